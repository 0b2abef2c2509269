"""Bundled seminars: each seat weighs something or says so, votes are lost and won, guessing comes by degrees."""

from __future__ import annotations

import pytest
from tests.conftest import ROOT
from tests.integration.test_seminar_browser import BUNDLED

from demarche.scenario.load import load_scenario
from demarche.seminar.preview.guessing import AT_LEAST_LAST, AT_MOST_FIRST
from demarche.seminar.preview.preview import preview
from demarche.seminar.timeline import need_seminar

pytestmark = [pytest.mark.long, pytest.mark.classroom]
SEED = 31
"""Of luck; other than those that the goal was looked at with."""


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_seminar_is_worth_playing(name: str) -> None:
    scenario = load_scenario(ROOT / "scenarios" / f"{name}.yaml")
    found = preview(scenario, 64, SEED, 300)
    for seat, weights in found.weights.items():
        assert weights or "luck" in need_seminar(scenario).seats[seat].purpose, f"{seat}: its sheet does not say so"
    first, last = found.curves["at_random"][0], found.curves["at_random"][-1]
    print(name, f"first {first.accuracy:.3f}, last {last.accuracy:.3f}, standard error {last.error:.3f}")
    # three standard errors: a false alarm is rarer than one in a thousand where the truth lies on the bound
    assert first.accuracy - 3 * first.error < AT_MOST_FIRST
    assert last.accuracy + 3 * last.error > AT_LEAST_LAST
    for kind, accounts in found.rooms.items():
        for account, vote in accounts.items():
            assert 0.0 < vote.lost < 1.0, (kind, account)
            assert vote.carried > 0.0, (kind, account)
    for account in scenario.accounts:
        assert found.rooms["spoil"][account].lost < found.rooms["campaign"][account].lost, "the vote is the class's"
