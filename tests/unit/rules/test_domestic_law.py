"""Law, treaties and professions."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench
from tests.support.rule_cases import ISSUES, Case

# rule, field, sign of its change, world, call, change of the world that silences it (none: the event is left out)
CASES: list[Case] = [
    ("domestic.texts", "commitment_change", 1, ISSUES, {}, {"commitment": 1}),
    ("domestic.law_follows_treaties", "formal_law_change", 1, {**ISSUES, "treaty_stage": 2}, {}, {"treaty_stage": 1}),
    ("domestic.reform_path", "structural_practice_change", 1, ISSUES, {}, {"formal_law": 0.2}),
    ("domestic.extralegal_path", "structural_practice_change", -1, {**ISSUES, "structural_practice_change": 0.01}, {},
     {"threatens_monopoly": 0}),
    ("domestic.professionals", "formal_law_change", 1, {**ISSUES, "professional_strength": 0.4}, {},
     {"professional_strength": 0}),
    ("domestic.professions_grow", "professional_strength_change", 1, {"growth_rate": 0.1}, {}, {"growth_rate": 0}),
    ("domestic.craft_needs_freedom", "activist_capacity_change", 1, {"professional_strength": 0.4}, {},
     {"professional_strength": 0}),
    ("domestic.movable_issues", "structural_practice_change", 1, {**ISSUES, "quiet_pressure": 0.2}, {},
     {"tractability": 0}),
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


def test_pull_of_professions_gives_out_where_stability_is_at_stake() -> None:
    gain = RuleBench(**ISSUES, professional_strength=0.4).act("domestic.professionals")["formal_law_change"]
    assert (gain[2] > 0).all()
    assert not gain[:2].any()


def test_little_of_a_reform_survives_the_extralegal_path() -> None:
    bench = RuleBench(**ISSUES, structural_practice_change=0.01)
    bench.act("domestic.extralegal_path")
    assert (bench.world["structural_practice_change"][3] <= 0.0021).all()
