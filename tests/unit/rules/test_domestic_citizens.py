"""Citizens, protest and what rulers concede."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench
from tests.support.rule_cases import ISSUES, Case

LEVELS = {"mobilisation": 0.25, "activist_capacity": 0.15, "activist_risk": 0.5, "awareness": 0.2}
# rule, field, sign of its change, world, call, change of the world that silences it (none: the event is left out)
CASES: list[Case] = [
    ("domestic.grievances", "protest", 1, {**ISSUES, "mobilisation": 0.4}, {}, {"mobilisation": 0}),
    ("domestic.citizens", "mobilisation_change", 1, {"protest": 0.3, "awareness": 0.3, "mobilisation": 0.3}, {},
     {"protest": 0}),
    ("domestic.activists_rouse", "mobilisation_change", 1, {"activist_capacity": 0.3}, {}, {"activist_capacity": 0}),
    ("domestic.social_media", "awareness_change", 1, {"awareness": 0.2, "protest": 0.2}, {}, {"awareness": 1,
                                                                                              "mobilisation": 1}),
    ("domestic.dread_of_disorder", "mobilisation_change", -1, {"fear_of_instability": 0.6, "mobilisation": 0.3}, {},
     {"fear_of_instability": 0}),
    ("domestic.society_settles", "mobilisation_change", -1, LEVELS | {"mobilisation": 0.9}, {},
     {"mobilisation": 0.25}),
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
