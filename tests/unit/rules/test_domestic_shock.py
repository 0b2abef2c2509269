"""Shock and return."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench
from tests.support.rule_cases import ISSUES, Case

# rule, field, sign of its change, world, call, change of the world that silences it (none: the event is left out)
CASES: list[Case] = [
    ("domestic.crackdown", "practice_change", -1, ISSUES, {"events": (("crackdown", 0),)}, {}),
    ("domestic.crackdown", "emergency", 1, ISSUES, {"events": (("crackdown", 0),)}, {}),
    ("domestic.return_to_order", "practice_change", 1, {"practice": 0.2, "structural_practice": 0.35}, {},
     {"practice": 0.35}),
    ("domestic.succession", "practice_change", -1, ISSUES, {"events": (("succession", 0),), "chance": 0.0}, {}),
    ("domestic.emergency_grips", "activist_risk_change", 1, {"emergency": 0.5, "media_visibility": 0.5}, {},
     {"emergency": 0}),
]
each = pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])


@each
def test_moves_as_its_claims_say(case: Case) -> None:
    rule, field, sign, world, call, _ = case
    change = sign * RuleBench(**world).act(rule, **call)[field]
    assert change.min() >= 0
    assert change.max() > 0


@each
def test_silent_without_its_trigger(case: Case) -> None:
    rule, _, _, world, call, quiet = case
    without = call if quiet else {name: value for name, value in call.items() if name != "events"}
    assert RuleBench(**{**world, **quiet}).silent(rule, **without)


@each
def test_strength_zero_changes_nothing(case: Case) -> None:
    rule, _, _, world, call, _ = case
    assert RuleBench(**world).silent(rule, strength=0.0, **call)


def test_crackdown_hits_hardest_where_the_monopoly_is_at_stake() -> None:
    fall = -RuleBench(**ISSUES).act("domestic.crackdown", events=(("crackdown", 0),))["practice_change"]
    assert 0.1 < fall[0].mean() < 0.2
    assert fall[0].mean() > 10 * fall[2].mean()


def test_half_of_a_deviation_is_gone_after_a_half_life() -> None:
    bench = RuleBench(practice=0.15, structural_practice=0.35)
    for _ in range(7):
        bench.set(practice_change=0.0)
        bench.act("domestic.return_to_order", half_life=7.0)
        bench.set(practice=bench.world["practice"] + bench.world["practice_change"])
    assert bench.world["practice"].mean() == pytest.approx(0.25)


def test_noise_differs_between_issues_and_means_nothing() -> None:
    bench = RuleBench(n_runs=400)
    shock = bench.act("domestic.month_noise")["practice_change"]
    assert abs(shock.mean()) < 0.001
    assert shock.std() == pytest.approx(0.0045, rel=0.1)
    assert RuleBench().silent("domestic.month_noise", strength=0.0)
