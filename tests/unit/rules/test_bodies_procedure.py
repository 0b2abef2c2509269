"""Procedure of the charter body: tabling, the motion to take no action, the text, and what is remembered."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.rules.kit.codes import codes_of
from tests.support.rule_bench import RuleBench

FATE, TEXT = codes_of("motion_event"), codes_of("text_event")
YES, ABSTAIN, NO, ABSENT = range(4)


@pytest.mark.parametrize(("seat", "tabled"), [(1, 1), (0, 0)])
def test_a_draft_needs_a_lead_with_a_seat(seat: int, tabled: int) -> None:
    bench = RuleBench(is_lead=[0, 1, 0, 0, 0, 0], has_seat=[1, seat, 1, 1, 1, 1])
    bench.act("bodies.tabled")
    assert bench.world["is_tabled"].tolist() == [tabled] * 8


@pytest.mark.parametrize(("choice", "margin", "fate", "text"), [
    ([YES, NO, YES, ABSTAIN, NO, YES], 1, "no_action_carried", 0),
    ([YES, NO, YES, ABSTAIN, NO, ABSENT], 0, "no_action_failed", 1),
    ([YES, NO, NO, ABSTAIN, NO, ABSENT], -2, "no_action_failed", 1),
])  # fmt: skip
def test_a_tie_defeats_the_motion(choice: list[int], margin: int, fate: str, text: int) -> None:
    bench = RuleBench(has_seat=1, is_tabled=1, is_moved=1, vote_no_action_choice=choice)
    bench.act("bodies.motion")
    assert bench.world["motion_margin"].tolist() == [margin] * 8
    assert (bench.world["motion_event"] == FATE[fate]).all()
    assert bench.world["text_open"].tolist() == [text] * 8
    assert bench.world["vote_event"][:, 0].tolist() == [one + 1 for one in choice]


def test_without_a_mover_the_text_comes_to_the_vote() -> None:
    bench = RuleBench(has_seat=1, is_tabled=1, is_moved=0, vote_no_action_choice=0, motion_margin=7)
    bench.act("bodies.motion")
    assert (bench.world["motion_event"] == FATE["no_action_not_moved"]).all()
    assert bench.world["motion_margin"].tolist() == [7] * 8
    assert bench.world["text_open"].all()
    assert not bench.world["vote_event"].any()


def test_only_seated_states_count_and_nothing_is_counted_untabled() -> None:
    bench = RuleBench(has_seat=[1, 1, 0, 0, 0, 0], is_tabled=1, is_moved=1, vote_no_action_choice=[YES, NO] + [YES] * 4)
    bench.act("bodies.motion")
    assert bench.world["motion_margin"].tolist() == [0] * 8
    bench = RuleBench(has_seat=1, vote_no_action_choice=YES)
    bench.act("bodies.motion")
    assert (bench.world["motion_event"] == FATE["not_tabled"]).all()


@pytest.mark.parametrize(("choice", "fate"), [
    ([0, 2, 2, 1, 1, 2], "adopted"), ([0, 2, 2, 1, 1, 0], "rejected"), ([0, 2, 0, 1, 1, 3], "rejected"),
])  # fmt: skip
def test_a_text_needs_more_yes_than_no(choice: list[int], fate: str) -> None:
    bench = RuleBench(has_seat=1, text_open=1, vote_text_choice=choice)
    bench.act("bodies.text_vote")
    assert (bench.world["text_event"] == TEXT[fate]).all()


def test_somebody_moves_to_take_no_action_or_nobody() -> None:
    bench = RuleBench(has_seat=1, is_tabled=1, move_no_action_choice=[0, 0, 1, 0, 0, 0])
    bench.act("bodies.moved")
    assert bench.world["is_moved"].all()
    assert bench.world["mover_event"][:, 0].tolist() == [0, 0, 1, 0, 0, 0]
    assert not RuleBench(has_seat=1, is_tabled=0, move_no_action_choice=1).act("bodies.moved")["is_moved"].any()
    utility = RuleBench(agree_focal=[1, 0.2, 0.9, 0.5, 0.9, 0.9], target_status=[0.5]).act("bodies.movers")
    moves = utility["move_no_action_utility"][1, :, 0]
    assert moves[0] > moves[2] > -100 > moves[1]
    assert moves[3] < -100


def test_votes_are_remembered_by_stance_and_fade() -> None:
    choice = [YES, NO, ABSTAIN, ABSENT, YES, NO]
    bench = RuleBench(has_seat=[1, 1, 1, 1, 0, 0], is_moved=1, vote_no_action_choice=choice)
    bench.act("bodies.votes_remembered")
    assert bench.world["stance_own"][:, :, 0].tolist() == [[0, 1, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0], [1, 0, 0, 0, 0, 0]]
    assert bench.world["last_stance"][:, 0].tolist() == [-1, 1, 0, 0, 0, 0]
    assert bench.world["voted_last"][:, 0].tolist() == [1, 1, 1, 0, 0, 0]
    assert bench.world["stance_age"][:, 0].tolist() == [0, 0, 0, -1, -1, -1]
    bench.act("bodies.votes_fade")
    assert bench.world["stance_recent"][2, 0, 0] == pytest.approx(0.5)
    assert bench.world["stance_own"][2, 0, 0] == pytest.approx(2**-0.25)
    assert bench.world["stance_age"][:, 0].tolist() == [1, 1, 1, -1, -1, -1]


def test_a_text_after_a_failed_motion_is_a_vote_the_other_way_round() -> None:
    bench = RuleBench(has_seat=1, text_open=1, vote_text_choice=[0, 2, 1, 3, 2, 2])
    bench.act("bodies.text_votes_remembered")
    assert bench.world["last_stance"][:, 0].tolist() == [-1, 1, 0, 0, 1, 1]


def test_each_sponsor_remembers_its_own_defeats() -> None:
    bench = RuleBench(is_sponsor=[0, 1, 1, 0, 0, 0], is_tabled=1, own_defeats=[0, 1, 0, 1, 0, 0])
    bench.act("bodies.defeats_remembered")
    faded = 0.5**0.25
    np.testing.assert_allclose(bench.world["own_defeats"][:, 0], [0, 1 + faded, 1, faded, 0, 0])
    won = RuleBench(is_sponsor=1, is_tabled=1, text_event=TEXT["adopted"])
    assert won.silent("bodies.defeats_remembered")
