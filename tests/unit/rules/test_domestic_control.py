"""Control: policing and its wear."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench
from tests.support.rule_cases import Case

LEVELS = {"fear_of_instability": 0.55, "security_effort": 0.5, "legitimacy": 0.5}
# rule, field, sign of its change, world, call, change of the world that silences it (none: the event is left out)
CASES: list[Case] = [
    ("domestic.stability_spending", "security_effort_change", 1, {"fear_of_instability": 0.6, "protest": 0.3}, {},
     {"protest": 0}),
    ("domestic.retaliation", "activist_risk_change", 1, {"mobilisation": 0.4, "security_effort": 0.5}, {},
     {"mobilisation": 0}),
    ("domestic.tempers_cool", "security_effort_change", -1, LEVELS | {"security_effort": 0.9}, {},
     {"security_effort": 0.5}),
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
