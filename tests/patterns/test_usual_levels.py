"""Base rates hold at the usual level of treatments: the reference case stays near it."""

from __future__ import annotations

import dataclasses

import pytest
from tests.conftest import make_setup

from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.usual_levels import usual_levels
from demarche.cast.cast import Cast
from demarche.rules.kit.usual import USUAL

MONTHS = 115  # June 1989 to December 1998


@pytest.mark.long
def test_the_reference_case_stays_near_its_usual_levels(cast: Cast) -> None:
    """Within 0.1: beyond it, a sustained odds ratio of 2 would shift the base rates by more than a fifteenth."""
    setup = dataclasses.replace(make_setup(cast, MONTHS), accounts=packaged_accounts())
    found = usual_levels(setup, "as_it_was", "common", 20)
    assert found == pytest.approx(USUAL, abs=0.1)
