"""The conditional renewal, the spent threat, the end of the yearly vote."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.rule_bench import RuleBench

DEADLINE = (("tariff_deadline", 10),)
WAIVED, MET, ENFORCED = 2, 1, 3


def pull(step: int, bar: float, belief: float = 0.6) -> float:
    bench = RuleBench(threat_credibility=belief, lever_tariff=bar)
    return float(bench.act("pressure.tariff_deadline", step=step, events=DEADLINE)["trade_pressure"].mean())


def test_the_deadline_pulls_only_when_it_is_near() -> None:
    assert pull(10, 0.5) == pull(9, 0.5) > pull(8, 0.5) > 0
    assert pull(5, 0.5) == pull(11, 0.5) == 0


def test_the_pull_rises_then_falls_with_the_height_of_the_public_bar() -> None:
    assert pull(10, 0.2) < pull(10, 0.7) > pull(10, 1.0) > 0


def test_the_pull_needs_belief_and_a_condition() -> None:
    assert pull(10, 0.5, belief=0.3) < pull(10, 0.5)
    assert pull(10, 0.5, belief=0.0) == pull(10, 0.0) == 0


def test_without_a_lever_the_calendar_sets_the_bar() -> None:
    bench = RuleBench(threat_credibility=0.6)
    assert (bench.act("pressure.tariff_deadline", step=10, events=DEADLINE)["trade_pressure"] > 0).all()
    assert RuleBench(threat_credibility=0.6).silent("pressure.tariff_deadline", step=10, events=DEADLINE, strength=0)


@pytest.mark.parametrize(
    ("fields", "parameters", "event", "sign"),
    [
        ({"lever_tariff": 1.0}, {"will_to_enforce": 0}, WAIVED, -1),
        ({"lever_tariff": 1.0, "recent_concessions": 1.0}, {}, MET, 0),
        ({"lever_tariff": 1.0, "threat_credibility": 0.999}, {"will_to_enforce": 1.01}, ENFORCED, 1),
        ({"lever_tariff": 0.5}, {}, 0, 0),
    ],
)
def test_a_condition_is_met_waived_or_enforced(fields: dict, parameters: dict, event: int, sign: int) -> None:
    bench = RuleBench(**{"threat_credibility": 0.6, **fields})
    change = bench.act("pressure.spent_threat", step=10, events=DEADLINE, **parameters)
    assert (change["condition_event"] == event).all()
    assert (np.sign(change["threat_credibility_change"]) == sign).all()


def test_a_silenced_threat_rule_changes_nothing() -> None:
    bench = RuleBench(threat_credibility=0.6, lever_tariff=1.0)
    assert bench.silent("pressure.spent_threat", step=10, events=DEADLINE, strength=0)


def test_accession_ends_belief_and_meets_needs() -> None:
    bench = RuleBench(threat_credibility=0.6, target_needs=0.7)
    assert bench.silent("pressure.trade_accession", strength=0)
    change = bench.act("pressure.trade_accession")
    assert (change["threat_credibility_change"] < 0).all()
    assert (change["target_needs_change"] < 0).all()
    assert RuleBench().silent("pressure.trade_accession")
