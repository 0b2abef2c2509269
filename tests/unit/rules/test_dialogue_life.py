"""Rules on offers, acceptance, start, suspension and resumption of dialogues."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.rule_bench import RuleBench

STARTED, SUSPENDED, RESUMED, DECLINED = 1, 3, 4, 5
CRITIC = [0, 0.8, 0.5, 0.05, 0, 0]


def offer(rule_id: str, **fields: object) -> np.ndarray:
    return RuleBench(**fields).act(rule_id)["offer_dialogue_utility"][1]


def accept(rule_id: str, **fields: object) -> np.ndarray:
    return RuleBench(**fields).act(rule_id)["accept_dialogue_utility"][1]


def test_running_partners_and_the_focal_state_are_offered_nothing() -> None:
    utility = offer("dialogue.no_offer", has_dialogue=[0, 1, 1, 0, 0, 0], dialogue_suspended=[0, 0, 1, 0, 0, 0])
    assert (utility[:2] < -800).all()
    assert (utility[2:] > -20).all()
    assert (utility < 0).all()


@pytest.mark.parametrize("trigger", ["un_pressure", "vocal_pressure", "skill"])
def test_offers_go_to_critics_under_pressure(trigger: str) -> None:
    calm, pressed = (offer("dialogue.offers_to_critics", sender_will=CRITIC, **{trigger: x}) for x in (0, 0.5))
    assert (pressed[1:4] > calm[1:4]).all()
    assert (pressed[1] > pressed[3]).all()
    assert not pressed[4].any()


def test_first_success_opens_the_way_and_many_tracks_close_it() -> None:
    bloc = {"sender_will": CRITIC, "in_joint_bloc": [0, 0, 1, 1, 0, 0]}
    opened = offer("dialogue.first_success", has_dialogue=[0, 0, 1, 0, 0, 0], **bloc)
    crowded = offer("dialogue.first_success", has_dialogue=[0, 0, 1, 0, 0, 0], dialogue_tracks=0.9, **bloc)
    assert (opened[1] > 0).all()
    assert (crowded[1] < opened[1]).all()
    assert not opened[4].any()
    assert RuleBench(has_dialogue=[0, 1, 0, 0, 0, 0], **bloc).silent("dialogue.first_success")


@pytest.mark.parametrize(
    ("rule_id", "trigger", "value", "sign", "rest"),
    [
        ("dialogue.offers_of_resumption", "dialogue_suspended", 1, 1, {}),
        ("dialogue.calm_setting", "target_needs", 0.7, 1, {"sender_will": 0.5}),
        ("dialogue.pledges_and_cooperation", "commitment", 0.5, 1, {"sender_will": 0.5}),
        ("dialogue.openness_feared", "lever_agenda", 1, -1, {}),
        ("dialogue.demand", "lever_dialogue", 1, 1, {"sender_will": 0.5}),
        ("dialogue.demand", "lever_dialogue", -1, -1, {"sender_will": 0.5}),
    ],
)
def test_reasons_for_offers(rule_id: str, trigger: str, value: float, sign: int, rest: dict[str, float]) -> None:
    assert (np.sign(offer(rule_id, **{trigger: value}, **rest)) == sign).all()
    off = {} if trigger == "lever_agenda" else {trigger: 0}
    assert RuleBench(**off, **rest).silent(rule_id)


@pytest.mark.parametrize(
    ("rule_id", "trigger", "value", "sign", "rest"),
    [
        ("dialogue.after_defeats", "defeats", 4, 1, {}),
        ("dialogue.partner_interest", "business_pull", 0.5, 1, {}),
        ("dialogue.partner_interest", "public_stance", 0.5, -1, {}),
        ("dialogue.example_of_others", "has_dialogue", 1, 1, {"in_joint_bloc": 1}),
        ("dialogue.bloc_holds_out", "coordination", 0.5, -1, {"in_joint_bloc": 1}),
        ("dialogue.policy", "lever_dialogue", 1, 1, {}),
        ("dialogue.policy", "lever_dialogue", -1, -1, {}),
    ],
)
def test_reasons_for_acceptance(rule_id: str, trigger: str, value: float, sign: int, rest: dict[str, float]) -> None:
    assert (np.sign(accept(rule_id, **{trigger: value}, **rest)) == sign).all()
    assert RuleBench(**{trigger: 0}, **rest).silent(rule_id)


def test_the_bloc_no_longer_holds_out_once_a_member_talks() -> None:
    bench = RuleBench(coordination=0.6, in_joint_bloc=1, has_dialogue=[0, 1, 0, 0, 0, 0])
    assert bench.silent("dialogue.bloc_holds_out")


def test_a_new_partner_hesitates_more_than_an_old_one() -> None:
    utility = accept("dialogue.hesitation", dialogue_suspended=[0, 0, 1, 0, 0, 0])
    assert (utility[1] < 0).all()
    assert (utility[2] > utility[1]).all()


def test_a_running_dialogue_replaces_sponsoring_after_serial_defeat() -> None:
    partners = {"has_dialogue": [0, 1, 1, 0, 0, 0], "dialogue_suspended": [0, 0, 1, 0, 0, 0]}
    utility = RuleBench(defeats=6, **partners).act("dialogue.substitutes_for_motion")["sponsor_utility"][1]
    assert (utility[1] < 0).all()
    assert not utility[2:].any()
    assert RuleBench(defeats=0, **partners).silent("dialogue.substitutes_for_motion")


def test_offers_are_taken_up_declined_or_resumed() -> None:
    bench = RuleBench(dialogue_offered=[0, 1, 1, 1, 0, 0], has_dialogue=[0, 0, 0, 1, 0, 0], dialogue_months=9)
    bench.set(dialogue_suspended=[0, 0, 0, 1, 0, 0], accept_dialogue_choice=[1, 1, 0, 1, 1, 0])
    bench.act("dialogue.begins")
    world = bench.world
    assert (world["dialogue_event"][:, 0] == [0, STARTED, DECLINED, RESUMED, 0, 0]).all()
    assert (world["has_dialogue"][:, 0] == [0, 1, 0, 1, 0, 0]).all()
    assert not world["dialogue_suspended"].any()
    assert not world["dialogue_offered"].any()
    assert (world["dialogue_months"][[1, 3], 0] == [0, 9]).all()
    assert world["term_agenda"][1, 0] > 0 == world["term_agenda"][3, 0]


def test_nothing_begins_without_an_offer_and_refusal_ends_talks() -> None:
    assert RuleBench(has_dialogue=1).set(accept_dialogue_choice=1).silent("dialogue.begins")
    change = RuleBench(has_dialogue=1, lever_dialogue=[0, -1, 0, 0, 0, 0]).act("dialogue.begins")["has_dialogue"]
    assert (change[1] == -1).all()
    assert not change[2].any()


def test_offers_stand_for_those_without_a_running_dialogue() -> None:
    bench = RuleBench(has_dialogue=[0, 1, 1, 0, 0, 0], dialogue_suspended=[0, 0, 1, 0, 0, 0])
    bench.set(offer_dialogue_choice=[1, 1, 1, 1, 0, 0])
    assert (bench.act("dialogue.offers_stand")["dialogue_offered"][:, 0] == [0, 0, 1, 1, 0, 0]).all()


def test_terms_are_captured_at_the_start_unless_an_arm_insists() -> None:
    bench = RuleBench(dialogue_event=[0, STARTED, STARTED, 0, 0, 0], term_agenda=0.5, term_secrecy=0.5)
    bench.set(lever_agenda=[np.nan, np.nan, 0.9, np.nan, np.nan, np.nan], skill=0.5)
    change = bench.act("dialogue.captured")
    assert (change["term_agenda"][1] < 0).all()
    assert (change["term_secrecy"][1:3] > 0).all()
    assert not change["term_agenda"][2].any()
    assert not change["term_agenda"][3].any()


def test_imposed_terms_enter_existing_dialogues() -> None:
    bench = RuleBench(has_dialogue=[0, 1, 0, 0, 0, 0], lever_ngo_seat=0.8)
    assert (bench.act("dialogue.terms_insisted")["term_ngo_seat"][:, 0] == [0, 0.8, 0, 0, 0, 0]).all()
    assert RuleBench(has_dialogue=1).silent("dialogue.terms_insisted")


@pytest.mark.parametrize(
    ("fields", "events"),
    [({"is_sponsor": 1}, (("session", 1),)), ({}, (("security_shock", 0, ("BBB",)),)), ({"spoke_public": 1}, ())],
)
def test_talks_are_broken_off_with_cause(fields: dict[str, float], events: tuple[tuple[str, int], ...]) -> None:
    bench = RuleBench(n_runs=64, has_dialogue=[0, 1, 0, 0, 0, 0], **fields)
    change = bench.act("dialogue.suspension", events=events, strength=2, motion=0.5, dispute=0.8, affront=0.3)
    assert change["dialogue_suspended"][1].mean() > 0.2
    assert not change["dialogue_suspended"][2:].any()
    assert set(np.unique(bench.world["dialogue_event"][1])) <= {0, SUSPENDED}


def test_talks_go_on_without_cause_or_long_after_a_motion() -> None:
    bench = RuleBench(n_runs=64, has_dialogue=1, is_sponsor=1)
    assert bench.silent("dialogue.suspension", step=8, events=(("session", 0),), strength=2, motion=0.5)


def test_resumption_is_booked_as_a_concession() -> None:
    change = RuleBench(dialogue_event=[0, RESUMED, STARTED, 0, 0, 0]).act("dialogue.resumption_sold")
    assert (change["credited_concession"][1] > 0).all()
    assert not change["credited_concession"][2].any()
    assert (change["recent_concessions"] > 0).all()
    assert RuleBench(dialogue_event=STARTED).silent("dialogue.resumption_sold")


def test_tracks_are_counted() -> None:
    bench = RuleBench(has_dialogue=[0, 1, 1, 1, 0, 0], dialogue_suspended=[0, 0, 1, 0, 0, 0])
    change = bench.act("dialogue.tracks")
    assert np.allclose(change["dialogue_tracks"], 2 / 12)
    assert (change["dialogue_months"][:, 0] == [0, 1, 0, 1, 0, 0]).all()
