"""Ranges of treatments and of what they came to, on the bare world of reform."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.analysis.link_ranges import LinkRange, link_ranges
from demarche.rules.kit.usual import USUAL
from tests.support.reform_world import setup


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], LinkRange]:
    ranges = link_ranges(setup(years=3), "bare", "domestic_engine", 3)
    return {(one.link, one.rule): one for one in ranges}


def test_every_link_that_a_rule_carries_is_there(found: dict[tuple[str, str], LinkRange]) -> None:
    carried = {(link, rule.id) for rule in setup(years=3).catalogue.rules for link in rule.links}
    assert set(found) == carried


def test_the_freeze_is_as_strong_as_the_threats_of_the_cast(found: dict[tuple[str, str], LinkRange]) -> None:
    one = found["monopoly_freeze", "focal.monopoly_freezes"]
    assert one.treatment == pytest.approx((0.1, 0.5, 0.9), abs=1e-6)
    assert one.realised == pytest.approx(tuple(np.log(0.6) * np.array([0.9, 0.5, 0.1])), abs=1e-6)


def test_silence_is_full_where_nobody_speaks_and_its_belief_weighs_as_its_log_odds(
    found: dict[tuple[str, str], LinkRange],
) -> None:
    assert found["silence_belief", "focal.infers_cost_from_silence"].treatment == pytest.approx((1.0, 1.0, 1.0))
    licence = found["silence_licence", "focal.takes_silence_for_licence"]
    low, middle, high = licence.treatment
    assert -USUAL["belief_costless"] <= low <= middle <= high < 1.0
    assert abs(licence.realised[1]) < np.log(2.0) * max(abs(low), abs(high)) + 1e-9


def test_measuring_leaves_the_world_as_it_was() -> None:
    first = link_ranges(setup(years=2), "bare", "common", 2)
    assert first == link_ranges(setup(years=2), "bare", "common", 2)
