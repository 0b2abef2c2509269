"""What open words do and what silence is taken for."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench

SUMMIT = (("summit", 0, ("BBB",)),)
WORLD = {"structural_practice": 0.3, "activist_risk": 0.5, "activist_capacity": 0.3, "message_credibility": 0.6,
         "sender_will": 0.8}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "field", "sign", "acts_at", "silent_at"),
    [
        ("visible_price", "activist_risk_change", -1, 0.4, 0.0),
        ("backing_at_visits", "activist_capacity_change", 1, 0.4, 0.0),
        ("silence_speaks", "message_credibility_change", -1, 0.0, 0.4),
    ],
)
def test_direction_and_silence(rule: str, field: str, sign: int, acts_at: float, silent_at: float) -> None:
    changed = RuleBench(vocal_pressure=acts_at, **WORLD).act(f"pressure.{rule}", events=SUMMIT)[field]
    assert (sign * changed).max() > 0
    assert (sign * changed).min() >= 0
    assert RuleBench(vocal_pressure=silent_at, **WORLD).silent(f"pressure.{rule}", events=SUMMIT)
    assert RuleBench(vocal_pressure=acts_at, **WORLD).silent(f"pressure.{rule}", events=SUMMIT, strength=0)


def test_a_partner_that_never_cared_loses_no_credit() -> None:
    bench = RuleBench(**{**WORLD, "sender_will": 0})
    assert bench.silent("pressure.silence_speaks", events=SUMMIT)
