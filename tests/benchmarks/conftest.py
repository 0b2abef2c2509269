"""What the benchmarks share: the reference case in full length and where tables go."""

from __future__ import annotations

import pytest

from demarche.cast.cast import Cast
from demarche.engine.setup import Setup
from tests.benchmarks.tables import Tables
from tests.conftest import make_setup

MONTHS = 247


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-tables", action="store_true", help="write benchmark tables into docs/performance.md")


@pytest.fixture(scope="session")
def tables(request: pytest.FixtureRequest) -> Tables:
    return Tables(bool(request.config.getoption("--write-tables", default=False)))


@pytest.fixture(scope="session")
def setup(cast: Cast) -> Setup:
    return make_setup(cast, MONTHS)
