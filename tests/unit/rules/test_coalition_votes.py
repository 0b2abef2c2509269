"""Votes on the motion to take no action: direction and silence of each rule."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from demarche.world.decisions import DECISION_OF
from tests.support.rule_bench import RuleBench

YES, ABSTAIN, NO, ABSENT = (DECISION_OF["vote_no_action"].index(o) for o in ("yes", "abstain", "no", "absent"))


def lean(change: dict[str, Any]) -> Any:
    """Return what a rule added to yes, `(n_states, n_runs)`, checking that no moved the other way."""
    utility = change["vote_no_action_utility"]
    np.testing.assert_allclose(utility[YES], -utility[NO])
    return utility[YES]


def test_lasting_leans_differ_between_states_and_runs_and_last() -> None:
    bench = RuleBench(n_runs=64)
    first = bench.act("coalition.delegation_lean")["delegation_lean"]
    again = bench.set(delegation_lean=0).act("coalition.delegation_lean", step=5)["delegation_lean"]
    assert 0.5 < first.std() < 1.0
    assert abs(first.mean()) < 0.2
    np.testing.assert_array_equal(first, again)
    assert RuleBench().silent("coalition.delegation_lean", strength=0)


def test_a_lean_is_voted() -> None:
    change = RuleBench(delegation_lean=[0, 1, -1, 0, 0, 0]).act("coalition.standing_lean")
    assert (lean(change)[1] > 0).all()
    assert (lean(change)[2] < 0).all()
    assert not lean(change)[3].any()
    assert RuleBench().silent("coalition.standing_lean")


def test_alignment_decides() -> None:
    bench = RuleBench(ideal_point=[-1, 2, -1, 1, 0, 0], democracy=[0.1, 0.9, 0.1, 0.1, 0.1, 0.9])
    change = lean(bench.act("coalition.alignment"))
    assert (change[2] > change[3]).all()
    assert (change[4] > change[5]).all()
    assert (change[1] < 0).all()
    assert bench.silent("coalition.alignment", strength=0)


def test_african_and_asian_states_stand_together() -> None:
    change = lean(RuleBench(region=[1, 4, 0, 1, 2, 3]).act("coalition.group_solidarity"))
    assert (change[[0, 2, 3]] > 0).all()
    assert not change[[1, 4, 5]].any()
    assert RuleBench(region=4).silent("coalition.group_solidarity")


def test_western_states_and_the_joint_bloc_vote_against() -> None:
    bench = RuleBench(is_western=[0, 1, 0, 0, 0, 0], in_joint_bloc=[0, 0, 1, 0, 0, 0])
    change = lean(bench.act("coalition.western_line"))
    assert (change[[1, 2]] < 0).all()
    assert not change[3:].any()
    assert RuleBench().silent("coalition.western_line")


def test_moods_change_from_session_to_session() -> None:
    bench = RuleBench(n_runs=64)
    first, second = (lean(bench.act("coalition.session_mood", step=step)) for step in (0, 12))
    assert 0.1 < first.std() < 0.4
    assert not np.allclose(first, second)
    assert bench.silent("coalition.session_mood", strength=0)


def test_reluctance_makes_both_sides_dearer_most_of_all_outside_the_camps() -> None:
    change = RuleBench(region=[1, 4, 0, 3, 2, 3]).act("coalition.reluctance")["vote_no_action_utility"]
    np.testing.assert_array_equal(change[YES], change[NO])
    assert (change[YES] < 0).all()
    assert (change[YES][3] < change[YES][2]).all()
    assert not change[ABSTAIN].any()
    assert RuleBench().silent("coalition.reluctance", strength=0)


def test_the_focal_state_votes_for_itself() -> None:
    change = lean(RuleBench().act("coalition.focal_votes_for_itself"))
    assert (change[0] > 10).all()
    assert not change[1:].any()
    assert RuleBench(is_focal=0).silent("coalition.focal_votes_for_itself")


def test_only_small_delegations_miss_a_vote() -> None:
    bench = RuleBench(n_runs=200, economic_weight=[0.02, 0.2, 0.0001, 0.0001, 0.0001, 0.02],
                      is_western=[0, 0, 0, 1, 0, 0])  # fmt: skip
    missing = bench.act("coalition.small_delegations", rate=0.1)["vote_no_action_utility"][ABSENT] > 0
    assert not missing[[0, 1, 3, 5]].any()
    assert 0.02 < missing[[2, 4]].mean() < 0.2
    assert RuleBench(economic_weight=0.1).silent("coalition.small_delegations")


@pytest.mark.parametrize("side", ["yes", "no"])
def test_the_text_mirrors_the_motion_with_more_abstention(side: str) -> None:
    bench = RuleBench()
    bench.world["vote_no_action_utility"][DECISION_OF["vote_no_action"].index(side)] = 1.0
    change = bench.act("coalition.text_votes")["vote_text_utility"]
    mirrored = DECISION_OF["vote_text"].index("no" if side == "yes" else "yes")
    assert (change[mirrored] < 1.0).all()
    assert (change[mirrored] > 0.0).all()
    assert bench.silent("coalition.text_votes", strength=0)
