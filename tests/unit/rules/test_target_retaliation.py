"""Punishment of those in front, rewards for those who leave."""

from __future__ import annotations

import pytest

from tests.support.rule_bench import RuleBench

PUNISH = 1
PUNISHED, REWARDED, LEFT = 1, 2, 3


def test_punishing_is_rare_costly_and_never_repeated_at_once() -> None:
    def standing(**fields: object) -> list[float]:
        return RuleBench(**fields).act("target.lets_pass")["retaliate_utility"][PUNISH, :, 0].tolist()

    assert max(standing()) < -6
    assert standing()[0] < -500
    assert standing(economic_weight=0.25)[1] < standing()[1]
    assert standing(retaliation=0.8)[1] < standing()[1]


@pytest.mark.parametrize("fields", [{"is_lead": [0, 0, 1, 0, 0, 0]}, {"is_sponsor": [0, 0, 1, 0, 0, 0]},
                                    {"public_stance": [0, 0, 1, 0, 0, 0]}])  # fmt: skip
def test_anger_meets_those_who_lead_sponsor_or_speak(fields: dict) -> None:
    anger = RuleBench(un_pressure=0.5, **fields).act("target.anger")["retaliate_utility"][PUNISH, :, 0]
    assert (anger > 0).tolist() == [False, False, True, False, False, False]
    assert RuleBench(un_pressure=0.5, **fields).silent("target.anger", strength=0)
    assert RuleBench(un_pressure=0.5).silent("target.anger")


def test_the_lead_draws_more_anger_than_other_sponsors() -> None:
    bench = RuleBench(un_pressure=0.5, is_lead=[0, 0, 1, 0, 0, 0], is_sponsor=[0, 0, 1, 1, 0, 0])
    anger = bench.act("target.anger")["retaliate_utility"][PUNISH, :, 0]
    assert anger[2] > anger[3] > 0


def test_punishment_is_felt_and_fades_within_two_years() -> None:
    bench = RuleBench(retaliate_choice=[0, 0, 1, 0, 0, 0])
    change = bench.act("target.punishes")
    assert (change["retaliation"][:, 0] > 0).tolist() == [False, False, True, False, False, False]
    assert (change["retaliation_event"][2] == PUNISHED).all()
    bench.set(retaliate_choice=0)
    for _ in range(24):
        bench.act("target.punishes")
    assert bench.world["retaliation"].max() < 0.1
    assert RuleBench(retaliate_choice=0).silent("target.punishes")


def test_a_lone_defector_gains_most() -> None:
    lone = RuleBench(sponsor_event=[0, 0, LEFT, 0, 0, 0]).act("target.rewards_defectors")
    crowd = RuleBench(sponsor_event=[0, LEFT, LEFT, LEFT, LEFT, LEFT]).act("target.rewards_defectors")
    assert (lone["favour"][2] > crowd["favour"][2]).all()
    assert (lone["retaliation_event"][2] == REWARDED).all()
    assert not lone["favour"][3].any()
    assert RuleBench(sponsor_event=[0, 0, LEFT, 0, 0, 0]).silent("target.rewards_defectors", strength=0)
    assert RuleBench(sponsor_event=[0, 1, 2, 0, 0, 0]).silent("target.rewards_defectors")


@pytest.mark.parametrize("field", ["favour", "lobbied", "goodwill"])
def test_rewards_and_visits_fade(field: str) -> None:
    assert (RuleBench(**{field: 0.5}).act("target.favour_fades")[field] < 0).all()
    assert RuleBench().silent("target.favour_fades")
