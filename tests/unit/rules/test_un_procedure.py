"""Procedure of the charter body: exact counts, ties, and what a motion weighs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from demarche.world.decisions import DECISION_OF
from tests.support.rule_bench import RuleBench

YES, ABSTAIN, NO, ABSENT = range(4)
LED = {"is_lead": [0, 1, 0, 0, 0, 0], "sponsor_count": 3, "has_seat": [1, 1, 1, 1, 1, 0]}
LABELS = {"vote_no_action": ("yes", "abstain", "no", "absent"), "vote_text": ("no", "abstain", "yes", "absent")}


def test_options_stand_where_the_procedure_expects_them() -> None:
    assert {name: DECISION_OF[name].options for name in LABELS} == LABELS


def test_only_seated_states_vote() -> None:
    change = RuleBench(has_seat=[1, 1, 0, 1, 1, 1], is_present=[1, 1, 1, 0, 1, 1]).act("un_bodies.ballot")
    absent = change["vote_no_action_utility"][ABSENT]
    assert (absent[[0, 1, 4, 5]] < -100).all()
    assert (absent[[2, 3]] > 100).all()
    assert not change["vote_no_action_utility"][:ABSENT].any()


# choices of AAA to FFF (FFF has no seat), code of the event, margin, defeats
COUNTS = (
    ([YES, NO, YES, NO, YES, NO], 2, 1, 1),
    ([YES, NO, YES, NO, ABSTAIN, YES], 3, 0, 0),
    ([YES, NO, NO, NO, ABSTAIN, YES], 3, -2, 0),
    ([YES, NO, YES, ABSENT, ABSTAIN, NO], 2, 1, 1),
)


@pytest.mark.parametrize(("choices", "event", "margin", "defeats"), COUNTS)
def test_no_action_needs_more_yes_than_no(choices: list[int], event: int, margin: int, defeats: int) -> None:
    world = _act("un_bodies.motion", vote_no_action_choice=choices, **LED)
    assert (world["motion_event"] == event).all()
    assert (world["motion_margin"] == margin).all()
    assert (world["defeats"] == defeats).all()
    assert (world["is_tabled"] == 1).all()
    np.testing.assert_array_equal(world["vote_event"][:, 0], [*(np.array(choices[:5]) + 1), 0])


def _act(rule_id: str, **fields: Any) -> Any:
    bench = RuleBench(**fields)
    bench.act(rule_id)
    return bench.world


@pytest.mark.parametrize("missing", [{"is_lead": 0}, {"sponsor_count": 0}, {"has_seat": [1, 0, 1, 1, 1, 1]}])
def test_nothing_is_tabled_without_a_seated_lead_and_sponsors(missing: dict[str, Any]) -> None:
    world = _act("un_bodies.motion", vote_no_action_choice=NO, motion_margin=7, **{**LED, **missing})
    assert (world["motion_event"] == 1).all()
    assert not world["is_tabled"].any()
    assert not world["vote_event"].any()
    assert (world["motion_margin"] == 7).all()
    assert not world["defeats"].any()


# no is option 0 and yes option 2 on the text
@pytest.mark.parametrize(("choices", "event", "defeats"), [([0, 2, 2, 2, 1, 0], 2, 0), ([0, 2, 0, 2, 1, 2], 1, 1)])
def test_a_text_needs_more_yes_than_no(choices: list[int], event: int, defeats: int) -> None:
    world = _act("un_bodies.text_vote", vote_text_choice=choices, motion_event=3, has_seat=LED["has_seat"])
    assert (world["text_event"] == event).all()
    assert (world["defeats"] == defeats).all()
    np.testing.assert_array_equal(world["text_vote_event"][:, 0], [*(np.array(choices[:5]) + 1), 0])
    for motion in (0, 1, 2):
        assert RuleBench(vote_text_choice=choices, motion_event=motion, has_seat=1).silent("un_bodies.text_vote")


def test_the_prospect_of_a_motion_presses() -> None:
    many = RuleBench(**LED).act("un_bodies.threat_of_motion", many=3)["un_pressure"]
    few = RuleBench(**LED).act("un_bodies.threat_of_motion", many=30)["un_pressure"]
    assert (many > few).all()
    assert (few > 0).all()
    assert RuleBench(sponsor_count=3).silent("un_bodies.threat_of_motion")
    assert RuleBench(**LED).silent("un_bodies.threat_of_motion", strength=0)


def test_a_motion_presses_more_the_closer_it_came() -> None:
    clear, tie, adopted = (
        RuleBench(is_tabled=1, motion_margin=margin, text_event=text).act("un_bodies.motion_presses")["un_pressure"]
        for margin, text in ((12, 0), (0, 1), (0, 2))
    )
    assert (clear > 0.3).all()
    assert (tie > clear).all()
    assert (adopted > tie).all()
    assert RuleBench(is_tabled=0).silent("un_bodies.motion_presses")
    assert RuleBench(is_tabled=1).silent("un_bodies.motion_presses", strength=0)


def test_pressure_halves_in_its_half_life() -> None:
    bench = RuleBench(un_pressure=0.8)
    for step in range(6):
        bench.act("un_bodies.pressure_fades", step=step)
    np.testing.assert_allclose(bench.world["un_pressure"], 0.4)
    assert RuleBench().silent("un_bodies.pressure_fades")


def test_an_adopted_text_costs_standing_and_lending() -> None:
    change = RuleBench(text_event=2, target_status=0.5, target_needs=0.5).act("un_bodies.censure_costs")
    assert (change["target_status_change"] < 0).all()
    assert (change["target_needs_change"] > 0).all()
    assert RuleBench(text_event=1, target_status=0.5).silent("un_bodies.censure_costs")
    assert RuleBench(text_event=2, target_status=0.5).silent("un_bodies.censure_costs", strength=0)


def test_contested_sessions_wear_the_body_down() -> None:
    change = RuleBench(is_tabled=1, institution_strength=0.5).act("un_bodies.battlefield")
    assert (change["institution_strength_change"] < 0).all()
    assert RuleBench(is_tabled=0, institution_strength=0.5).silent("un_bodies.battlefield")
