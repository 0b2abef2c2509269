"""The focal state abroad."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench
from tests.support.rule_cases import Case

WORLD = {"skill": 0.4, "target_status": 0.5, "norm_strength": 0.5, "norm_tilt": 0.3, "institution_scrutiny": 0.4,
         "growth_rate": 0.1,
         "media_visibility": 0.5, "un_pressure": 0.3, "soft_power": 0.4, "headline": 0.5, "structural_practice": 0.5,
         "legitimacy": 0.5, "internalisation": 0.2}
# rule, field, sign of its change, world, call, change of the world that silences it (none: the event is left out)
CASES: list[Case] = [
    ("target.norm_containment", "norm_strength_change", -1, WORLD, {}, {"skill": 0}),
    ("target.norm_containment", "norm_tilt_change", 1, WORLD, {}, {"target_status": 0}),
    ("target.doctrine_enriches", "norm_strength_change", 1, WORLD, {}, {"target_status": 0}),
    ("target.forestalls_monitors", "norm_strength_change", -1, WORLD, {}, {"skill": 0}),
    ("target.values_talk", "norm_tilt_change", 1, WORLD, {}, {"un_pressure": 0}),
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
