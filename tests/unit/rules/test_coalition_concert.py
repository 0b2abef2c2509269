"""How far senders act together, and slow consequences of coalitions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.rule_bench import RuleBench

GROUPS = {"ngo_network": 0.6, "ngo_budget": 0.5}
# rule, field, sign, trigger, what removes the trigger
RULES: tuple[tuple[str, str, int, dict[str, Any], dict[str, Any]], ...] = (
    ("joint_work", "coordination_change", 1, {"sponsor_count": 25, "coordination": 0.5}, {"coordination": 0.75}),
    ("joint_work", "coordination_change", -1, {"sponsor_count": 0, "coordination": 0.5}, {"coordination": 0.25}),
    ("regional_campaigns", "message_credibility_change", 1, GROUPS, {"ngo_budget": 0}),
    ("regional_campaigns", "mobilisation_change", 1, GROUPS, {"ngo_network": 0}),
    ("regional_bodies", "institution_scrutiny_change", 1, {"ngo_evidence": 0.5}, {"ngo_evidence": 0}),
    ("election_totals", "target_status_change", 1, {"has_seat": [1, 0, 0, 0, 0, 0], "target_status": 0.4},
     {"has_seat": 0}),
    ("pivotal_state", "norm_strength_change", -1, {"practice": 0.3, "target_status": 0.5, "norm_strength": 0.6},
     {"target_status": 0}),
)  # fmt: skip


@pytest.mark.parametrize(("name", "field", "sign", "trigger", "absent"), RULES)
def test_direction_and_silence(
    name: str, field: str, sign: int, trigger: dict[str, Any], absent: dict[str, Any]
) -> None:
    rule_id = f"coalition.{name}"
    assert (sign * RuleBench(**trigger).act(rule_id)[field] > 0).all()
    assert RuleBench(**{**trigger, **absent}).silent(rule_id)
    assert RuleBench(**trigger).silent(rule_id, strength=0)


def test_quarrels_come_now_and_then() -> None:
    change = RuleBench(n_runs=400, coordination=0.6).act("coalition.allied_quarrels", chance=0.1)["coordination_change"]
    assert (change <= 0).all()
    assert 0.04 < (change < 0).mean() < 0.2
    assert RuleBench(coordination=0.6).silent("coalition.allied_quarrels", strength=0)
    assert RuleBench(coordination=0.0).silent("coalition.allied_quarrels")


def test_agreed_coordination_is_held_whatever_else_acts_on_it() -> None:
    bench = RuleBench(coordination=0.6, coordination_change=0.05, lever_coordination=0.8)
    bench.act("coalition.coordination_imposed")
    assert (abs(bench.world["coordination_change"] - 0.2) < 1e-12).all()
    assert RuleBench(coordination=0.6).silent("coalition.coordination_imposed")
