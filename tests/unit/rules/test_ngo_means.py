"""Money, allies and doors."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench
from tests.support.rule_cases import Case

GROUPS = {"ngo_attention": 0.8, "ngo_budget": 0.4, "ngo_access": 0.4, "ngo_network": 0.5, "ngo_evidence": 0.2}
# rule, field, sign of its change, world, call, change of the world that silences it (none: the event is left out)
CASES: list[Case] = [
    ("ngo.business_turned", "ngo_budget_change", -1, {**GROUPS, "skill": 0.4}, {}, {"skill": 0}),
    ("ngo.alliances", "ngo_budget_change", 1, GROUPS, {}, {"ngo_network": 0, "ngo_budget": 0}),
    ("ngo.access_cut", "ngo_access_change", -1, {**GROUPS, "skill": 0.4, "target_status": 0.5}, {}, {"skill": 0}),
    ("ngo.access_regained", "ngo_access_change", 1, {"ngo_access": 0.2}, {}, {"ngo_access": 0.45}),
    ("ngo.shut_out", "ngo_access_change", -1, {**GROUPS, "emergency": 0.6}, {}, {"emergency": 0}),
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


def test_grants_come_and_go() -> None:
    change = RuleBench(n_runs=200, ngo_budget=0.35).act("ngo.funding")["ngo_budget_change"]
    assert change.min() < -0.03
    assert change.max() > 0.03
    assert abs(change.mean()) < 0.01


def test_rich_groups_drift_down_and_poor_ones_up() -> None:
    rich, poor = (RuleBench(n_runs=200,
                            ngo_budget=level).act("ngo.funding")["ngo_budget_change"].mean() for level in (0.9, 0.05))
    assert rich < 0 < poor
    assert RuleBench(ngo_budget=0.9).silent("ngo.funding", strength=0.0)
