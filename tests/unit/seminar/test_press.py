"""The seat of the press: it writes what everybody reads, and moves nothing."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import numpy as np
import pytest

from demarche.errors import ScenarioError
from demarche.scenario.content import Scenario
from demarche.scenario.load import load_scenario
from demarche.scenario.seminar.declared import Seat
from demarche.seminar.export import arms_of
from demarche.seminar.frames import Viewer
from demarche.seminar.led import debrief_frame
from demarche.seminar.orders import Order
from demarche.seminar.pages import render
from demarche.seminar.room import Room
from demarche.seminar.timeline import need_seminar
from tests.unit.seminar.conftest import SCENARIO, SEMINAR, close, give, keep_open, read_cast

HEADLINE = "<b>Nothing new</b> this year"


def with_press(small: Scenario) -> Scenario:
    """Return the small class with a press, which may write though nobody else does."""
    seminar = need_seminar(small)
    seats = {**seminar.seats, "press": Seat("press", "The press", "press", (), ())}
    return dataclasses.replace(small, seminar=dataclasses.replace(seminar, seats=seats, speech="none"))


@pytest.mark.long
def test_a_headline_is_on_all_pages_and_moves_nothing(small: Scenario, tmp_path: Path) -> None:
    rooms = []
    for name in ("silent", "written"):
        room = keep_open(Room.open_new(with_press(small), tmp_path / f"{name}.sqlite", "strategic_target", 5))
        give(room, Order("critic", "posture", "public"))
        close(room)
        close(room)
        if name == "written":
            room.say("press", "An older line")
            room.say("press", HEADLINE)
        close(room)
        close(room)
        rooms.append(room)
    np.testing.assert_array_equal(rooms[0].now.recorder.series, rooms[1].now.recorder.series)
    assert set(arms_of(rooms[1])) == {"nobody", "class"}, "a class without the press is the class"
    frame = Viewer(rooms[1]).projector()
    assert [(one["round"], one["text"]) for one in frame["press"]] == [(1, "An older line"), (1, HEADLINE)]
    assert frame["statements"] == []
    shown = {"figures": [], **frame, "address": "", "said": "", "debriefed": False, "computing": False, "leads": False,
             "version": "", "news": "", "seconds_left": 0}  # fmt: skip
    page = render("projector.html", shown)
    assert "<strong>&lt;b&gt;Nothing new&lt;/b&gt; this year</strong>" in page
    led = {**shown, **debrief_frame(rooms[1], Viewer(rooms[1]), None), "step": 2}
    path = re.findall(r'<th scope="row">(\d+)</th><td>[^<]*</td><td>([^<]*)</td>', render("projector.html", led))
    assert path == [("1991", "&lt;b&gt;Nothing new&lt;/b&gt; this year"), ("1992", "")], "the last line of each round"
    member = rooms[1].member(rooms[1].join("press")[1])
    assert member is not None
    mine = Viewer(rooms[1]).seat(member)
    assert mine["legal"] == []
    assert [one["round"] for one in mine["reports"]] == [1], "it reads as late as governments do"
    with pytest.raises(Exception, match="nothing of the kind is written"):
        rooms[1].say("france", "We speak")
    with pytest.raises(Exception, match="nothing of the kind is written"):
        rooms[1].say("press", "A word", "france")


@pytest.mark.parametrize(
    ("seat", "fault"),
    [
        ("{title: P, kind: press, moves: [posture]}", "a press has no moves"),
        ("{title: P, kind: press, actors: [USA]}", "a press has no actors"),
        ("{title: P, kind: waverer, actors: [MEX]}", "the seat has no moves"),
        ("{title: P, kind: press, passages: [PRS-11, PRS-999]}", "PRS-999"),
    ],
)
def test_a_press_that_moves_and_a_passage_that_is_none_are_refused(
    small: Scenario, seat: str, fault: str
) -> None:
    path = small.path.with_name("press.yaml")
    path.write_text(SCENARIO + SEMINAR.replace("  seats:\n", f"  seats:\n    late: {seat}\n"), encoding="utf-8")
    with pytest.raises(ScenarioError, match=fault):
        load_scenario(path, read_cast)
