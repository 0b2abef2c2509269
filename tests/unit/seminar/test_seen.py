"""Layers of truth: what each seat sees, by which words, and that nothing else is in a frame."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from demarche.errors import DesignError
from demarche.keyed import run_keys
from demarche.scenario.content import Scenario
from demarche.seminar.beliefs import brier, check_shares, rounds_asked, uniform_score
from demarche.seminar.frames import Viewer
from demarche.seminar.orders import Order
from demarche.seminar.seal import seal_of
from demarche.seminar.seen import GROUPS, measured
from demarche.seminar.text import clean
from demarche.seminar.timeline import need_seminar
from tests.unit.seminar.conftest import close
from tests.unit.seminar.test_room import new_room, played

STANDING = {
    "code", "seal", "stage", "n_stages", "round", "n_rounds", "closing", "year", "paused", "opened", "door", "step",
    "seats", "title", "before", "rounds", "statements", "press",
}  # fmt: skip
OWN = {
    "seat", "seat_title", "kind", "purpose", "dilemma", "member", "legal", "orders", "reports", "notes", "speech",
    "accounts", "standpoints", "asked", "belief",
}  # fmt: skip
ROUND = {
    "round", "year", "headline", "protest", "acts", "rolls", "sponsors", "lead", "outcome", "margin",
}  # fmt: skip


def test_frames_hold_their_layer_and_nothing_else(small: Scenario, tmp_path: Path) -> None:
    room = played(small, tmp_path)
    viewer = Viewer(room)
    member = room.member(room.join("france")[1])
    assert member is not None
    assert set(viewer.projector()) == STANDING
    assert set(viewer.seat(member)) == STANDING | OWN
    assert set(viewer.facilitator()) == STANDING | {"members", "notes", "beliefs"}
    for frame in (viewer.projector(), viewer.seat(member), viewer.facilitator()):
        assert all(set(one) == ROUND for one in frame["rounds"])
        text = json.dumps(frame)
        assert room.state.salt not in text
        assert str(room.state.seed) not in text
        assert str(room.worlds.seed) not in text
        assert "practice" not in text
        assert "account" not in {key for key in frame if key != "accounts"}
    named = json.dumps([viewer.projector(), viewer.facilitator()])
    assert not any(account in named for account in small.accounts), "the account is sealed"


def test_the_frame_of_a_seat_does_not_hang_on_orders_of_others(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    viewer = Viewer(room)
    member = room.member(room.join("bloc")[1])
    assert member is not None
    room.order(Order("france", "posture", "public"), 0)
    before = viewer.seat(member)
    room.order(Order("france", "posture", "private"), 0)
    assert viewer.seat(member) == before, "that a seat has moved is seen, not how"


def test_monitors_read_a_report_a_round_before_governments(small: Scenario, tmp_path: Path) -> None:
    room = played(small, tmp_path)
    viewer = Viewer(room)
    frames = {}
    for seat in ("monitors", "france"):
        member = room.member(room.join(seat)[1])
        assert member is not None
        frames[seat] = viewer.seat(member)
    assert [one["round"] for one in frames["monitors"]["reports"]] == [1]
    assert frames["france"]["reports"] == []
    close(room)
    close(room)
    again = viewer.seat(room.member(room.join("france")[1]))  # type: ignore[arg-type]
    assert [one["round"] for one in again["reports"]] == [1]
    assert set(again["reports"][0]) == {"round", "year", *GROUPS}


def test_a_report_errs_as_much_as_the_scenario_says(small: Scenario) -> None:
    runs, series = run_keys(list(range(2000))), np.full((12, 2000), 0.5)
    size = need_seminar(small).seen.error
    errors = measured(series, runs, "core", 1, size) - 0.5
    # two parts of 0.02 each: 0.0283; the bounds are more than four standard errors wide
    assert 0.0264 < errors.std() < 0.0302
    assert abs(errors.mean()) < 0.0026
    first, second = (measured(series, runs, "core", number, size) for number in (1, 2))
    assert 0.4 < np.corrcoef(first, second)[0, 1] < 0.6, "half of it lasts"


def test_what_is_seen_is_the_same_at_every_look(small: Scenario, tmp_path: Path) -> None:
    room = played(small, tmp_path)
    assert Viewer(room).rounds() == Viewer(room).rounds()
    seen = Viewer(room).rounds()[0]
    assert seen.rolls["vote_no_action"]["United States"] == "no"
    assert list(seen.rolls["vote_no_action"]) == sorted(seen.rolls["vote_no_action"])
    roll = list(seen.rolls["vote_no_action"].values())
    assert seen.margin == roll.count("yes") - roll.count("no")
    assert seen.lead == ("United States",)
    assert "Novara" in seen.rolls["vote_no_action"]
    assert "CHN" not in json.dumps(seen.public())


def test_notes_are_read_by_two_seats_and_statements_by_all(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    room.say("france", "We are with you.", "critic")
    room.say("france", "We speak for ourselves.")
    viewer = Viewer(room)
    frames = {}
    for seat in ("france", "critic", "bloc"):
        member = room.member(room.join(seat)[1])
        assert member is not None
        frames[seat] = viewer.seat(member)
    assert [len(frames[seat]["notes"]) for seat in ("france", "critic", "bloc")] == [1, 1, 0]
    assert all(len(frame["statements"]) == 1 for frame in frames.values())
    assert "We are with you." not in json.dumps(viewer.projector())


@pytest.mark.long
def test_the_opened_seal_can_be_checked(small: Scenario, tmp_path: Path) -> None:
    room = played(small, tmp_path)
    close(room)
    close(room)
    sealed = Viewer(room).projector()["seal"]
    room.open_seal()
    frame = Viewer(room).projector()
    assert seal_of(frame["account"], frame["salt"]) == sealed == frame["seal"]


def test_beliefs_are_asked_for_and_kept(small: Scenario, tmp_path: Path) -> None:
    room = played(small, tmp_path)
    name, token = room.join("france")
    room.believe(name, {"strategic_target": 70, "domestic_engine": 30})
    member = room.member(token)
    assert member is not None
    assert Viewer(room).seat(member)["belief"] == {"strategic_target": 70, "domestic_engine": 30}
    room.undo()
    assert room.state.beliefs == {}, "a belief on a round that is taken back goes with it"


@pytest.mark.parametrize("shares", [{"a": 100}, {"a": 60, "b": 41}, {"a": 110, "b": -10}, {"a": 50, "c": 50}])
def test_shares_that_do_not_add_up_are_refused(shares: dict[str, int]) -> None:
    with pytest.raises(DesignError):
        check_shares(shares, ("a", "b"))


def test_the_score_is_proper() -> None:
    """Whoever thinks that one account has a chance of 0.7 scores best, on average, by saying so."""
    said = [{"a": share, "b": 100 - share} for share in range(101)]
    expected = [0.7 * brier(one, "a") + 0.3 * brier(one, "b") for one in said]
    assert expected.index(min(expected)) == 70
    assert uniform_score(2) == brier({"a": 50, "b": 50}, "a")
    assert rounds_asked(6) == (2, 4, 6)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 281, "\u200b\u202e"])
def test_texts_without_content_or_end_are_refused(text: str) -> None:
    with pytest.raises(DesignError, match="empty or too long"):
        clean(text)
