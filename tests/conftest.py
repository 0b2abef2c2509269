"""What many tests share: the reference cast, a short setup, quiet Matplotlib."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.testing

from demarche.cast.cast import Cast, load_cast
from demarche.engine.setup import ArmSetup, Setup
from demarche.history.record import Record, need_record
from demarche.world.calendar import Calendar, Month, Period
from demarche.world.levers import LeverSetting
from tests.support.accounts import document_accounts

os.environ.setdefault("MPLBACKEND", "Agg")
typer.testing._get_command = cache(typer.testing._get_command)  # else every call makes all commands from signatures
ROOT = Path(__file__).resolve().parents[1]
BASELINES = ROOT / "tests" / "baselines"


def pytest_addoption(parser: pytest.Parser) -> None:
    what = "measure all pinned numbers again and write those that changed; see tests/baselines"
    parser.addoption("--update-baselines", action="store_true", help=what)


def pytest_configure(config: pytest.Config) -> None:
    """Numbers are pinned by long tests too, so that writing them asks for these."""
    if config.option.update_baselines:
        config.option.markexpr = ""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run nothing else while pinned numbers are written."""
    if config.option.update_baselines:
        config.hook.pytest_deselected(items=[item for item in items if BASELINES not in item.path.parents])
        items[:] = [item for item in items if BASELINES in item.path.parents]


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what stays until the end: modules, rules and thousands of tests."""
    gc.collect()
    gc.freeze()


TWO_ACCOUNTS = ("strategic_target", "domestic_engine")
"""Two accounts that stand for all in the fast part."""


def few_at_once(names: Iterable[Any], n: int) -> list[Any]:
    """Return names as parameters of a test, those beyond the first `n` in the long part."""
    return [pytest.param(one, marks=pytest.mark.long if place >= n else ()) for place, one in enumerate(names)]


EVERY_ACCOUNT = [
    pytest.param(account, marks=() if account in TWO_ACCOUNTS else pytest.mark.long) for account in document_accounts()
]
"""All accounts as parameters of a law; those beyond `TWO_ACCOUNTS` in the long part."""


def make_setup(cast: Cast, n_steps: int, from_step: int = 0) -> Setup:
    """Return the reference case with the arms as_it_was, quiet and vocal."""
    period = Period(Month(1989, 6), n_steps)
    calendar = Calendar(period, tuple(cast.events))
    senders = cast.group("all_senders")

    def arm(name: str, quiet: float, vocal: float) -> ArmSetup:
        settings = tuple(
            LeverSetting(field, value, senders, from_step)
            for field, value in (("lever_quiet", quiet), ("lever_vocal", vocal))
        )
        return ArmSetup(name, calendar, settings)

    arms = {
        "as_it_was": ArmSetup("as_it_was", calendar),
        "quiet": arm("quiet", 1.0, 0.0),
        "vocal": arm("vocal", 0.0, 1.0),
    }
    return Setup(cast, period, arms, document_accounts())


@pytest.fixture(scope="session")
def cast() -> Cast:
    return load_cast(ROOT / "scenarios" / "casts" / "china_1989.yaml")


@pytest.fixture(scope="session")
def record(cast: Cast) -> Record:
    """Return the history of the bundled case."""
    return need_record(cast)


@pytest.fixture(scope="session")
def short_setup(cast: Cast) -> Setup:
    """Sixty months: six sessions, five tariff deadlines, a bid, a crackdown."""
    return make_setup(cast, 60)
