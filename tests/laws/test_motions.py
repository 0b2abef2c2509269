"""Laws of sponsors, talks and votes, in the reference cast with the rules of these alone."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.support.motion_world import run, session_steps, setup

from demarche.arrays import Array
from demarche.rules.kit.codes import codes_of

RUNS = 200
WATCHED = (
    "is_tabled", "is_moved", "is_sponsor", "is_lead", "vote_event", "motion_event", "motion_margin", "text_event",
    "text_vote_event", "has_seat", "has_pledge", "has_dialogue", "dialogue_suspended", "dialogue_event", "mover_event",
)  # fmt: skip
FATE, VOTE, TALKS = codes_of("motion_event"), codes_of("vote_event"), codes_of("dialogue_event")


@cache
def as_it_was() -> tuple[Any, dict[str, Array]]:
    return run(RUNS, account="common", watched=WATCHED)


@pytest.mark.long
def test_some_but_not_all_sessions_see_a_motion() -> None:
    """Without any lever, in every session some runs have one and some have none."""
    _, kept = as_it_was()
    tabled = kept["is_tabled"][session_steps(setup())].mean(axis=1)
    assert len(tabled) == 9
    assert ((tabled > 0.05) & (tabled < 0.99)).all(), tabled
    assert (kept["is_tabled"].sum(axis=0) < 9).mean() > 0.5


@pytest.mark.long
def test_a_roll_call_is_made_of_the_members() -> None:
    world, kept = as_it_was()
    for step in session_steps(setup()):
        votes, moved = kept["vote_event"][step], kept["is_moved"][step] > 0
        seated = kept["has_seat"][step, :, 0] > 0
        present = seated[:, None] & moved
        assert ((votes > 0) == present).all()
        margin = (votes == VOTE["yes"]).sum(axis=0) - (votes == VOTE["no"]).sum(axis=0)
        assert (margin == kept["motion_margin"][step])[moved].all()
        fate = kept["motion_event"][step]
        assert ((fate == FATE["no_action_carried"]) == (moved & (margin > 0))).all()
        assert ((fate == FATE["no_action_failed"]) == (moved & (margin <= 0))).all()
        on_text = (kept["text_vote_event"][step] > 0).any(axis=0)
        assert (on_text == ((kept["is_tabled"][step] > 0) & (fate != FATE["no_action_carried"]))).all()
    focal = world["is_focal"][:, 0] > 0
    assert set(np.unique(kept["vote_event"][:, focal])) <= {0.0, float(VOTE["yes"])}


@pytest.mark.long
def test_nothing_is_tabled_without_a_lead_and_no_lead_without_a_seat() -> None:
    _, kept = as_it_was()
    for step in session_steps(setup()):
        lead = kept["is_lead"][step]
        assert (lead.sum(axis=0) <= 1).all()
        assert (lead <= kept["is_sponsor"][step]).all()
        assert (lead <= kept["has_seat"][step]).all()
        assert (lead.any(axis=0) == (kept["is_tabled"][step] > 0)).all()


@pytest.mark.long
def test_a_capital_without_a_clock_never_tables_alone() -> None:
    _, kept = run(RUNS, account="common", held={"statutory_clock": 0.0}, watched=("is_sponsor", "is_lead", "is_tabled"))
    alone = kept["is_sponsor"].sum(axis=1) == 1
    assert not (alone & (kept["is_tabled"] > 0)).any()
    assert kept["is_tabled"].any()


def test_a_strong_clock_tables_alone_without_hope() -> None:
    """The state with a report due by law does so where nobody else has a clock."""
    world, _ = run(2, account="common", world=setup(1))
    clock = world["is_critic"][:, 0]
    held = {"statutory_clock": clock, "hope_of_winning": 0.0, "in_joint_bloc": 0.0, "is_announced": 0.0}
    _, kept = run(60, account="common", held=held, watched=("is_sponsor", "is_lead", "is_tabled"))
    alone = (kept["is_sponsor"].sum(axis=1) == 1) & (kept["is_tabled"] > 0)
    assert alone.any()
    assert (kept["is_lead"].sum(axis=(0, 2))[clock == 0] * alone.any() >= 0).all()
    leads = (kept["is_lead"] * alone[:, None]).sum(axis=(0, 2))
    assert leads[clock == 0].sum() == 0


@pytest.mark.long
def test_a_kept_pledge_starts_or_resumes_talks() -> None:
    _, kept = as_it_was()
    found = {"kept": 0, "broken": 0}
    for step in session_steps(setup()):
        pledged = kept["has_pledge"][step - 1] > 0
        ran = (kept["has_dialogue"][step - 1] > 0) & (kept["dialogue_suspended"][step - 1] == 0)
        runs_now = (kept["has_dialogue"][step] > 0) & (kept["dialogue_suspended"][step] == 0)
        sponsors = kept["is_sponsor"][step] > 0
        waiting = pledged & ~ran
        assert runs_now[waiting & ~sponsors].all()
        assert not runs_now[waiting & sponsors].any()
        event = kept["dialogue_event"][step]
        assert np.isin(event[waiting & ~sponsors], [TALKS["started"], TALKS["resumed"]]).all()
        found["kept"] += int((waiting & ~sponsors).sum())
        found["broken"] += int((waiting & sponsors).sum())
        assert not (kept["has_pledge"][step] > 0).any()
    assert found["kept"] > 100
    assert found["broken"] > 0


@pytest.mark.long
def test_talks_stay_broken_off_for_half_a_year() -> None:
    _, kept = as_it_was()
    broken = kept["dialogue_event"] == TALKS["suspended"]
    resumed = kept["dialogue_event"] == TALKS["resumed"]
    assert broken.any()
    for after in range(1, 6):
        assert not (broken[:-after] & resumed[after:]).any()


@pytest.mark.long
def test_terms_and_chances_stay_in_range() -> None:
    world, _ = as_it_was()
    assert world.check() == []
