"""Rules on the credit and the message of senders."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.rule_bench import RuleBench

SENDER = {"sender_will": [0, 0.8, 0.5, 0, 0, 0], "economic_weight": [0.05, 0.3, 0.1, 0, 0, 0]}


def test_scandal_costs_its_actor_credit() -> None:
    bench = RuleBench(credibility=0.8)
    change = bench.act("sender.scandal", events=(("scandal", 0, ("BBB",)),))["credibility_change"]
    assert (change[1] < 0).all()
    assert not change[2].any()
    assert bench.silent("sender.scandal")


@pytest.mark.parametrize(("record", "sign"), [(0.9, 1), (0.5, 0), (0.2, -1)])
def test_credit_returns_to_the_record(record: float, sign: int) -> None:
    change = RuleBench(credibility=0.5, own_rights=record, democracy=record).act("sender.repair")
    assert (np.sign(change["credibility_change"]) == sign).all()


@pytest.mark.parametrize(
    ("rule_id", "field", "sign", "trigger", "rest"),
    [
        ("sender.lecturing", "resistance_change", 1, "rival_pressure", {"resistance": 0.5, "coordination": 0.3}),
        ("sender.published_commitments", "message_credibility_change", 1, "vocal_pressure", {"commitment": 0.5}),
        ("sender.published_commitments", "message_credibility_change", 1, "commitment", {"quiet_pressure": 0.5}),
        ("sender.adopted_goals", "resistance_change", -1, "vocal_pressure", {"commitment": 0.5, "resistance": 0.5}),
        ("sender.acknowledged_gains", "resistance_change", -1, "lever_acknowledge", {"practice": 0.5, "resistance": 1}),
        ("sender.speaks_to_citizens", "awareness_change", 1, "vocal_pressure", {"media_visibility": 0.5}),
        ("sender.coherent_strategy", "pressure_effect", 1, "activist_capacity", SENDER),
        ("sender.mainstreaming", "compartment_change", -1, "business_pull", SENDER),
    ],
)
def test_direction_and_silence(rule_id: str, field: str, sign: int, trigger: str, rest: dict[str, object]) -> None:
    change = RuleBench(**{trigger: 0.5}, **rest).act(rule_id)[field]
    assert (np.sign(change).min() if sign < 0 else np.sign(change).max()) == sign
    assert not (np.sign(change) == -sign).any()
    assert RuleBench(**{trigger: 0}, **rest).silent(rule_id)


def test_mixed_stances_weaken_consistency_and_message() -> None:
    steady = RuleBench(**SENDER, public_stance=0.0).act("sender.oscillation")["consistency_change"]
    mixed = RuleBench(**SENDER, public_stance=0.5, consistency=0.5).act("sender.oscillation")
    assert (steady > 0).all()
    assert (mixed["consistency_change"][1:] < 0).all()
    assert (mixed["message_credibility_change"] < 0).all()


def test_conferences_give_the_message_credit() -> None:
    bench = RuleBench(message_credibility=0.5)
    change = bench.act("sender.shared_authorship", events=(("norm_conference", 0),))
    assert (change["message_credibility_change"] > 0).all()
    assert bench.silent("sender.shared_authorship")


@pytest.mark.parametrize(("apart", "sign"), [(1.0, -1), (0.2, 1)])
def test_compartments_scale_the_effect(apart: float, sign: int) -> None:
    change = RuleBench(**SENDER, compartment=apart).act("sender.compartment")["pressure_effect"]
    assert (np.sign(change) == sign).all()


def test_conviction_without_a_stake_is_discounted() -> None:
    change = RuleBench(**SENDER, business_pull=0.0).act("sender.conviction_or_interest")["pressure_effect"]
    assert (change < 0).all()
    engaged = RuleBench(**SENDER, business_pull=1.0).act("sender.conviction_or_interest")["pressure_effect"]
    assert np.allclose(engaged, 0)
