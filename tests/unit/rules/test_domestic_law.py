"""Law, treaties and professions."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench
from tests.support.rule_cases import Case

# rule, field, sign of its change, world, call, change of the world that silences it (none: the event is left out)
CASES: list[Case] = [
    ("domestic.professions_grow", "professional_strength_change", 1, {"growth_rate": 0.1}, {}, {"growth_rate": 0}),
    ("domestic.craft_needs_freedom", "activist_capacity_change", 1, {"professional_strength": 0.4}, {},
     {"professional_strength": 0}),
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
