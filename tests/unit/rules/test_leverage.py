"""Sanctions, trade conditions, punishment and reward, needs and will."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.arrays import TINY
from demarche.rules.kit.codes import codes_of
from tests.support.precision import ROUNDING
from tests.support.rule_bench import RuleBench

SANCTION, CONDITION, TARIFF = codes_of("sanction_event"), codes_of("condition_event"), codes_of("tariff_event")
CRITIC = 1  # row of the leading critic on the bench


def imposing(**fields: object) -> np.ndarray:
    """Return the utility of an arms embargo by state a quarter after a crackdown."""
    bench = RuleBench(months_since_crackdown=3.0, **fields)
    return bench.act("senders.sanctions_after_shock")["sanction_utility"][3, :, 0]


def test_sanctions_follow_a_shock_by_the_will_of_each() -> None:
    utility = imposing(sender_will=[0, 0.8, 0.4, 0.4, 0, 0], business_pull=[0, 0, 0, 1, 0, 0])
    assert utility[1] > utility[2] > utility[3] > utility[4]
    assert utility[4] < np.log(2.0 * TINY)
    bench = RuleBench(sender_will=0.8, months_since_crackdown=30.0)
    calm = bench.act("senders.sanctions_after_shock")["sanction_utility"][3, 0, 0]
    assert calm < utility[1] - 3


def test_sanctions_spread_and_wear_off() -> None:
    bench = RuleBench(may_sanction=1, sanction_live=[1, 1, 1, 0, 0, 0])
    change = bench.act("senders.sanctions_follow_others", ratio=4.0)["sanction_utility"]
    assert change[1:] == pytest.approx(np.log(2.0))
    assert RuleBench(may_sanction=1).silent("senders.sanctions_follow_others")
    lift = RuleBench(business_pull=[0, 1, 0, 0, 0, 0], security_salience=[0, 0, 1, 0, 0, 0])
    utility = lift.act("senders.sanctions_wear_off", ratio=2.0)["lift_sanction_utility"][1, :, 0]
    assert utility[1] - utility[0] == pytest.approx(np.log(2.0))
    assert utility[2] - utility[0] == pytest.approx(np.log(2.0))


def test_the_heavier_sanction_stands_until_it_is_lifted() -> None:
    bench = RuleBench(sanction_kind=[0, 2, 3, 3, 0, 0], sanction_choice=[1, 4, 2, 0, 0, 0],
                      lift_sanction_choice=[0, 0, 0, 1, 0, 1])  # fmt: skip
    bench.act("senders.sanctions_in_force")
    assert bench.world["sanction_kind"][:, 0].tolist() == [1, 4, 3, 0, 0, 0]
    assert bench.world["sanction_event"][:, 0].tolist() == [1, 4, 0, SANCTION["lifted"], 0, 0]


def test_sanctions_weigh_by_the_economy_behind_them_and_shareholders_ask_banks_to_halt() -> None:
    bench = RuleBench(is_sender=[0, 1, 1, 1, 1, 1], economic_weight=[0, 0.4, 0.2, 0.2, 0, 0],
                      sanction_kind=[0, 2, 0, 3, 0, 0], lending=0.0)  # fmt: skip
    bench.act("senders.sanctions_weigh", money=0.6, weapons=0.3, banks=0.3)
    assert bench.world["sanction_live"][:, 0] == pytest.approx([0, 0.6, 0, 0.3, 0, 0], abs=ROUNDING)
    assert bench.world["lending_halted"][0] == 1.0
    assert bench.world["sanctions_felt"][0] == pytest.approx(0.7 * (0.5 * 0.6 + 0.25 * 0.3) + 0.3)


def test_a_condition_presses_near_its_date_unless_status_is_permanent() -> None:
    def pressed(step: int, **fields: float) -> tuple[float, float]:
        bench = RuleBench(threat_credibility=0.5, **fields)
        bench.act("senders.condition_presses", step=step, events=[("tariff_deadline", 12)])
        return float(bench.world["trade_condition"][0]), float(bench.world["condition_explicit"][0])

    assert pressed(10, condition_height=0.5) == (0.5, 0.0)
    assert pressed(12, condition_height=1.0) == (0.5, 0.5)
    assert pressed(9, condition_height=1.0) == (0.0, 0.0)
    assert pressed(11, bill_pending=1) == (0.5, 0.0)
    assert pressed(11, condition_height=1.0, is_permanent=1) == (0.0, 0.0)


@pytest.mark.parametrize(("choice", "event", "left"), [(0, "waived", 0.3), (1, "enforced", 1.0)])
def test_an_unmet_condition_is_waived_or_enforced(choice: int, event: str, left: float) -> None:
    bench = RuleBench(condition_height=1.0, is_critic=[0, 1, 0, 0, 0, 0], threat_credibility=0.6)
    bench.act("senders.condition_falls_due")
    assert bench.world["answers_condition"][:, 0].tolist() == [0, 1, 0, 0, 0, 0]
    bench.set(answer_condition_choice=choice)
    change = bench.act("senders.condition_answered", waiver_credibility=0.5)["threat_credibility_change"]
    assert 0.6 + change == pytest.approx(left)
    assert (bench.world["condition_event"] == CONDITION[event]).all()
    assert bench.world["sanction_kind"][CRITIC, 0] == (SANCTION["trade"] if choice else 0)


def test_a_condition_that_was_met_or_was_vague_asks_for_nothing() -> None:
    stood = {"condition_height": 1.0}
    for fields in (stood | {"yield_persons": 0.9}, stood | {"yield_issue": 0.9}, {"condition_height": 0.5}):
        bench = RuleBench(**fields)
        bench.act("senders.condition_falls_due")
        assert not bench.world["answers_condition"].any()
        bench.act("senders.condition_answered")
        met = CONDITION["met"] if fields["condition_height"] == 1.0 else 0
        assert (bench.world["condition_event"] == met).all()
        assert not bench.world["threat_credibility_change"].any()


@pytest.mark.parametrize(("lever", "best"), [(0.0, 0), (0.5, 1), (1.0, 2)])
def test_an_arm_imposes_a_condition(lever: float, best: int) -> None:
    utility = RuleBench(lever_tariff=lever).act("senders.executive_conditions")["set_condition_utility"][:, CRITIC, 0]
    assert utility.argmax() == best
    assert np.sort(utility)[1] < utility.max() - 100


def test_permanent_status_is_given_once() -> None:
    bench = RuleBench(make_permanent_choice=[1, 1, 0, 0, 0, 0])
    bench.act("senders.permanent_status")
    assert bench.world["is_permanent"].all()
    assert (bench.world["tariff_event"] == TARIFF["permanent"]).all()
    bench.set(tariff_event=0).act("senders.permanent_status")
    assert not bench.world["tariff_event"].any()


def test_leads_may_be_punished_and_those_who_left_rewarded_within_a_year() -> None:
    left = codes_of("sponsor_event")["left"]
    bench = RuleBench(is_lead=[0, 1, 0, 0, 0, 0], sponsor_event=[0, 0, left, 0, 0, 0])
    bench.act("focal.whom_to_answer", events=[("session", 0)])
    assert bench.world["may_be_answered"][:, 0].tolist() == [0, 1, 1, 0, 0, 0]
    utility = bench.act("focal.punishes_or_rewards")["retaliate_utility"][:, :, 0]
    assert utility[1, 1] > -10 > -100 > utility[1, 2]
    assert utility[2, 2] > -10 > -100 > utility[2, 1]
    bench.set(retaliate_choice=[0, 1, 2, 0, 0, 0]).act("focal.answers_to_sponsors")
    assert bench.world["retaliation"][:, 0] == pytest.approx([0, 0.8, 0, 0, 0, 0], abs=ROUNDING)
    assert bench.world["favour"][:, 0] == pytest.approx([0, 0, 0.8, 0, 0, 0], abs=ROUNDING)
    bench.set(sponsor_event=0).act("focal.whom_to_answer", step=1, events=[("session", 0)])
    assert not bench.world["may_be_answered"].any()


def test_needs_fall_with_growth_and_rise_with_sanctions() -> None:
    bench = RuleBench(growth_rate=0.1, standing_needs=0.7, target_status=0.4)
    change = bench.act("focal.needs_met")
    assert (change["standing_needs_change"] < 0).all()
    assert (change["target_status_change"] > 0).all()
    joined = bench.set(trade_entry=1.0).act("focal.needs_met")
    assert (joined["standing_needs_change"] < change["standing_needs_change"]).all()
    bench.set(sanctions_felt=0.5).act("focal.sanctions_felt_as_need", sanction_need=0.4)
    assert bench.world["target_needs"] == pytest.approx(0.7 + 0.4 * 0.5 * 0.3)


def test_will_stands_near_the_critic_and_moves_with_news_firms_and_talks() -> None:
    given = {"ideal_point": [-1, 3, 2, 1, 0, 2], "democracy": [0.1, 0.9, 0.9, 0.9, 0.9, 0.9], "own_rights": 0.9,
             "economic_weight": 0.05, "aid_need": [0, 0, 0, 0, 0, 1], "lever_effort": 1.0}  # fmt: skip
    bench = RuleBench(**given)
    bench.act("senders.will_stands")
    will = bench.world["sender_will"][:, 0]
    assert will[1] >= will[2] > will[3] > 0
    assert will[0] == will[4] == will[5] == 0
    will = RuleBench(sender_will=0.5, headline=0.6).act("senders.news_moves_will")["sender_will_change"]
    assert (will > 0).all()
    assert (RuleBench(sender_will=0.5, has_dialogue=1).act("senders.talks_satisfy")["sender_will_change"] < 0).all()
    back = RuleBench(sender_will=0.7, standing_will=0.5).act("senders.will_returns")["sender_will_change"]
    assert (back < 0).all()


def test_other_needs_crowd_rights_out_and_rivalry_is_with_the_critic() -> None:
    bench = RuleBench()
    bench.act("senders.other_needs", events=[("security_shock", 0, ("BBB",), 0.5), ("sender_need", 0, ("CCC",), 0.9)])
    assert bench.world["security_salience"][:, 0] == pytest.approx([0, 0.5, 0.9, 0, 0, 0])
    assert bench.world["security_rivalry"][0] == pytest.approx(0.5)


def test_an_occasion_is_near_by_its_will_or_its_games() -> None:
    bench = RuleBench(sender_will=[0, 0.3, 0, 0, 0, 0], next_visit=99)
    bench.act("world.occasions", events=[("summit", 1, ("BBB",))])
    assert bench.world["occasion"][0] == pytest.approx(0.6)
    far = RuleBench(sender_will=0.5, next_visit=99)
    assert not far.act("world.occasions", events=[("summit", 6, ("BBB",))])["occasion"].any()
    assert RuleBench(next_visit=99).act("world.occasions", events=[("bid_decision", 0)])["occasion"].all()


def test_a_drawn_visit_is_an_occasion_as_a_dated_one_is() -> None:
    given = {"sender_will": [0, 0.3, 0.4, 0, 0, 0]}
    bench = RuleBench(**given, next_visit=[99, 13, 14, 99, 99, 99])
    bench.act("world.occasions", step=12, visit=0.5, lead=2.0)
    assert bench.world["occasion"] == pytest.approx(max(0.5 * 0.6, 0.5 * 0.8 * 0.5))
    bench.act("world.occasions", step=11, visit=0.5, lead=2.5)
    assert bench.world["occasion"] == pytest.approx(max(0.5 * 0.6 * 0.75, 0.5 * 0.8 * 0.25))
    assert not RuleBench(**given, next_visit=16).act("world.occasions", step=12, lead=2.0)["occasion"].any()


def test_games_draw_reporters_for_seven_years() -> None:
    bench = {"media_visibility": 0.5}
    near = RuleBench(**bench).act("world.games_draw_reporters", events=[("games", 84)])
    far = RuleBench(**bench).act("world.games_draw_reporters", events=[("games", 85)])
    assert near["media_visibility_change"] == pytest.approx(-0.5 * (0.9 ** (1 / 12) - 1), abs=1e-3)
    assert not far["media_visibility_change"].any()


GOODS = {"person_fame": 0.5, "person_is_detained": 0, "next_visit": 99}


@pytest.mark.parametrize(
    ("world", "events", "is_taken"),
    [
        ({}, (), False),
        ({"next_visit": [99, 18, 99, 99, 99, 99]}, (), True),
        ({"next_visit": 19}, (), False),
        ({}, [("summit", 18, ("BBB",))], True),
        ({}, [("tariff_deadline", 15, ("BBB",))], True),
        ({"is_permanent": 1}, [("tariff_deadline", 15, ("BBB",))], False),
    ],
)
def test_the_famous_are_taken_as_goods_before_an_occasion(world: dict[str, object], events: object,
                                                          is_taken: bool) -> None:  # fmt: skip
    made = RuleBench(**(GOODS | world)).act("focal.goods", step=12, events=events, prisoners_as_goods=3.0)
    assert (made["detain_utility"][1] > 0).all() == is_taken
    assert made["detain_utility"].any() == is_taken


def test_status_is_made_permanent_after_entry() -> None:
    before, after = (RuleBench(in_trade_organisation=one).act("senders.status_made_permanent", tariff_permanent=0.02,
                                                              accession=50.0)["make_permanent_utility"]
                     for one in (0, 1))  # fmt: skip
    assert after[1] - before[1] == pytest.approx(np.log(50.0))
    assert before[1] == pytest.approx(np.log(0.02 / 0.98))
