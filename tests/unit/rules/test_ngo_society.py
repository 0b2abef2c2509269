"""Groups and society."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench
from tests.support.rule_cases import Case

GROUPS = {"ngo_attention": 0.8, "ngo_budget": 0.4, "ngo_access": 0.4, "ngo_network": 0.5, "ngo_evidence": 0.2}
# rule, field, sign of its change, world, call, change of the world that silences it (none: the event is left out)
CASES: list[Case] = [
    ("ngo.foreign_support", "activist_capacity_change", 1, {**GROUPS, "lever_foreign_support": 1}, {},
     {"lever_foreign_support": 0}),
    ("ngo.presence_protects", "activist_risk_change", -1, {"vocal_pressure": 0.3, "activist_risk": 0.6}, {},
     {"vocal_pressure": 0}),
    ("ngo.risk_deters", "activist_capacity_change", -1, {"activist_risk": 0.5, "activist_capacity": 0.3}, {},
     {"activist_risk": 0}),
    ("ngo.outreach", "awareness_change", 1, {**GROUPS, "lever_foreign_support": 1}, {}, {"ngo_access": 0}),
    ("ngo.brand_lever", "corporate_codes_change", 1, {**GROUPS, "media_visibility": 0.5}, {}, {"ngo_evidence": 0}),
    ("ngo.families", "mobilisation_change", 1, {"media_visibility": 0.5}, {"step": 12, "events": (("crackdown", 0),)},
     {}),
    ("ngo.welfare_critique", "legitimacy_change", -1, {**GROUPS, "legitimacy": 0.5}, {}, {"ngo_evidence": 0}),
    ("ngo.legal_partners", "formal_law_change", 1, {**GROUPS, "is_procedural": [0, 0, 0, 1]}, {}, {"ngo_budget": 0}),
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


def test_open_backing_adds_to_money() -> None:
    quiet, open_ = (
        RuleBench(**GROUPS, lever_foreign_support=1,
                  vocal_pressure=level).act("ngo.foreign_support")["activist_capacity_change"]
        for level in (0.0, 0.3)
    )
    assert (open_ > quiet).all()
