"""What a unit of pressure does: needs, rank, resistance, skill."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench


def effect(**fields: float) -> float:
    bench = RuleBench(**fields)
    bench.act("target.exposure")
    return float(bench.world["pressure_effect"].mean())


def test_needs_expose_and_rank_shields() -> None:
    assert effect(target_needs=0.8, target_status=0.3) > effect(target_needs=0.4, target_status=0.3)
    assert effect(target_needs=0.8, target_status=0.3) > effect(target_needs=0.8, target_status=0.8)
    assert effect(target_needs=0.0) == 0


def test_exposure_does_not_pile_up() -> None:
    bench = RuleBench(target_needs=0.75, target_status=0.35)
    bench.act("target.exposure")
    assert bench.silent("target.exposure")
    assert 0.8 < bench.world["pressure_effect"].mean() < 1.2


@pytest.mark.parametrize(
    ("rule", "field", "sign", "fields", "quiet_fields"),
    [
        ("resistance_blunts", "pressure_effect", -1, {"resistance": 0.9}, {"resistance": 0.55}),
        ("counter_skill", "pressure_effect", -1, {"skill": 0.5}, {}),
    ],
)
def test_direction_and_silence(rule: str, field: str, sign: int, fields: dict, quiet_fields: dict) -> None:
    changed = RuleBench(**fields).act(f"target.{rule}")[field]
    assert (sign * changed > 0).all()
    assert RuleBench(**quiet_fields).silent(f"target.{rule}")
    assert RuleBench(**fields).silent(f"target.{rule}", strength=0)
