"""Resistance settles."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.rule_bench import RuleBench


@pytest.mark.parametrize(("level", "sign"), [(0.9, -1), (0.2, 1), (0.55, 0)])
def test_resistance_returns_to_its_usual_height(level: float, sign: int) -> None:
    change = RuleBench(resistance=level).act("pressure.resistance_settles")["resistance_change"]
    assert (np.sign(change) == sign).all()
    assert RuleBench(resistance=0.9).silent("pressure.resistance_settles", strength=0)
