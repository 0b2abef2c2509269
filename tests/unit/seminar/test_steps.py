"""The debrief as a led sequence, and what a delegation asks about a move of its own."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from demarche.errors import DesignError
from demarche.scenario.content import Scenario
from demarche.seminar.debrief import Line, make_debrief
from demarche.seminar.drawn import chart
from demarche.seminar.instead import Alternatives, Instead, check, choices_of
from demarche.seminar.led import drawing_of
from demarche.seminar.orders import Order
from demarche.seminar.room import Room
from demarche.seminar.server.asking import MOST_ASKED, Asking
from demarche.seminar.state import fold
from demarche.seminar.steps import OWN_STEP, STEPS
from tests.unit.seminar.conftest import close, give
from tests.unit.seminar.test_export import over
from tests.unit.seminar.test_room import new_room
from tests.unit.seminar.test_server import OWN, Served, lead, served, sit

__all__ = ["served"]


def test_curves_are_drawn_where_their_values_lie() -> None:
    one = chart([1990, 1992], {"mean": [0.0, 10.0]}, ([0.0, 5.0], [0.0, 20.0]), last_played=1991, zero=True)
    assert one.curves["mean"] == "44.0,176.0 380.0,94.0", "0 lies at the foot, 10 half way up to 20"
    assert one.band == "44.0,176.0 380.0,135.0 380.0,12.0 44.0,176.0"
    assert (one.zero, one.end) == (176.0, 212.0)
    assert [tick.text for tick in one.values] == ["0", "5", "10", "15", "20"]
    words = chart([1990, 1991], {"mean": [0.0, 1.0]}, None, last_played=1991, words=("little", "much"))
    assert [(tick.at, tick.text) for tick in words.values] == [(176.0, "little"), (12.0, "much")]
    assert (words.zero, words.end) == (None, None)


def test_what_is_nothing_does_not_look_like_much() -> None:
    def line(name: str, low: float, mean: float, high: float, unit: str = "persons", side: int = 0) -> Line:
        return Line(name, name, unit, "a", mean, low, high, side)

    found = drawing_of([line("releases", -0.3, 0.1, 0.4), line("exiles", 1.0, 2.0, 3.0), line("sponsors", 0.01, 0, 0)])
    assert [(one.name, place.high) for one, place in found.pairs] == [("releases", 70.0)], "of a scale of one person"
    assert found.flat == ("sponsors",)
    apart = [line("sponsors", 1.0, 2.0, 3.0, side=1), line("releases", -1.0, 0.0, 1.0),
             line("no_action_margin", -1.0, 0.0, 1.0)]  # fmt: skip
    assert [one.name for one, _ in drawing_of(apart, only_clear=True).pairs] == ["sponsors", "releases"]


def test_the_debrief_is_led_and_nothing_is_told_before_the_seal_is_open(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    with pytest.raises(DesignError, match="no such step"):
        room.turn(1)
    while room.stage:
        close(room)
    for step in (0, len(STEPS) + 1):
        with pytest.raises(DesignError, match="no such step"):
            room.turn(step)
    room.turn(3)
    with pytest.raises(DesignError, match="tells the account"):
        room.turn(4)
    room.open_seal()
    room.turn(9)
    room.turn(9)
    assert [one.body["step"] for one in room.log.read() if one.kind == "turned"] == [3, 9]
    assert fold(room.log.read()).step == 9


@pytest.mark.long
def test_a_closing_that_is_taken_back_ends_the_debrief(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    while room.stage:
        close(room)
    room.turn(2)
    room.undo()
    assert room.state.step == fold(room.log.read()).step == 0


@pytest.mark.long
def test_a_seat_asks_about_its_own_moves_alone(small: Scenario, tmp_path: Path) -> None:
    room = over(small, tmp_path)
    with pytest.raises(DesignError, match="seal is closed"):
        check(room, Instead("critic", 0, "posture", "silent"))
    room.open_seal()
    choices = {one.key: one for one in choices_of(room, "critic")}
    assert "0.posture" in choices
    assert choices["0.posture"].given == Order("critic", "posture", "public")
    assert "public" not in choices["0.posture"].options, "what was done is no alternative"
    assert "" in choices["0.posture"].options
    assert choices["0.canvass"].options[0] == "", "whom it names stays as it was"
    assert "3.posture" not in choices, "not a move of a session"
    assert not any(one.act.name == "consult" for one in choices.values()), "a move of the presidency"
    for wrong in (Instead("critic", 0, "consult", "majority"), Instead("critic", 9, "posture", "silent"),
                  Instead("critic", 0, "posture", "public"), Instead("critic", 0, "posture", "shout")):  # fmt: skip
        with pytest.raises(DesignError, match=r"no move of your seat|could not have been done"):
            check(room, wrong)


@pytest.mark.long
def test_one_move_is_changed_and_all_others_stay(small: Scenario, tmp_path: Path) -> None:
    room = over(small, tmp_path)
    room.open_seal()
    worlds = Alternatives(room, 2)
    whole, other = worlds.arm(None), worlds.arm(Instead("france", 0, "posture", "silent"))
    mine = [one for one in other.choices if one.group == "FRA" and one.lever == "channel_mix"]
    assert set(mine[0].values.values()) == {0.0}
    assert [one for one in other.choices if one.group != "FRA"] == [one for one in whole.choices if one.group != "FRA"]
    assert other.moves == whole.moves
    left = worlds.arm(Instead("critic", 0, "sponsor", ""))
    assert {(one.decision, one.actors) for one in whole.moves} - {(one.decision, one.actors) for one in left.moves} == {
        ("sponsor", ("USA",))
    }  # fmt: skip


@pytest.mark.long
def test_the_answer_is_that_of_the_batch_without_the_seat(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    give(room, Order("critic", "posture", "public"), Order("bloc", "consult", "majority"))
    close(room)
    close(room)
    close(room)
    give(room, Order("critic", "vote_no_action", "no"))
    close(room)
    room.open_seal()
    made = make_debrief(room, tmp_path / "out", 3, 2, workers=1)
    answer = Alternatives(room, 3).answer(Instead("bloc", 0, "consult", ""))
    assert answer is not None
    batch = {line.name: line for line in made.without["The presidency"]}
    assert {line.name for line in answer} == set(batch)
    for line in answer:  # there the class minus it without the seat, here the other way round
        assert (line.mean, line.low, line.high) == pytest.approx(
            (-batch[line.name].mean, -batch[line.name].high, -batch[line.name].low), abs=1e-5
        )


@pytest.mark.long
def test_whom_nobody_waits_for_is_not_run_to_the_end(small: Scenario, tmp_path: Path) -> None:
    room = over(small, tmp_path)
    room.open_seal()
    looks = iter(range(100))
    assert Alternatives(room, 2).answer(Instead("critic", 0, "posture", ""), lambda: next(looks) > 3) is None
    assert next(looks) == 5, "it looked once a month, and stopped"


def test_questions_wait_in_line_and_can_be_taken_back(
    small: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = over(small, tmp_path)
    room.turn(1)
    free, ran = threading.Event(), []

    def answer(self: Alternatives, asked: Instead, stopped: Any) -> Any:
        ran.append((asked.seat, asked.option))
        while not free.is_set() and not stopped():
            time.sleep(0.001)
        return None if stopped() else ()

    monkeypatch.setattr(Alternatives, "answer", answer)

    async def go() -> Asking:
        asking = Asking(room, lambda quiet: None)
        with pytest.raises(DesignError, match="later in the debrief"):
            asking.ask(Instead("critic", 0, "posture", "silent"))
        room.open_seal()
        room.turn(OWN_STEP)
        asking.ask(Instead("critic", 0, "posture", "silent"))
        asking.ask(Instead("france", 0, "posture", "silent"))
        asking.ask(Instead("france", 0, "posture", "private"))
        while not ran:
            await asyncio.sleep(0.001)
        assert asking.before("critic") == 0
        assert asking.before("france") == 1
        asking.ask(Instead("bloc", 0, "consult", "unanimity"))
        assert asking.before("bloc") == 2
        asking.withdraw("critic")
        asking.withdraw("bloc")
        assert asking.of("critic") is None
        free.set()
        while asking.running or asking.waiting:
            await asyncio.sleep(0.001)
        for option in ("", "silent", "public", "private_first"):
            asking.ask(Instead("france", 0, "posture", option))
            while asking.running or asking.waiting:
                await asyncio.sleep(0.001)
        asking.ask(Instead("france", 0, "posture", "silent"))
        assert len(asking.answered["france"]) == 5, "what was answered is not run again"
        asking.ask(Instead("france", 0, "sponsor", ""))
        while asking.running or asking.waiting:
            await asyncio.sleep(0.001)
        with pytest.raises(DesignError, match=f"asked {MOST_ASKED} times"):
            asking.ask(Instead("france", 2, "posture", "silent"))
        return asking

    asking = asyncio.run(go())
    assert ran[:2] == [("critic", "silent"), ("france", "private")], "the later question took the place of the first"
    assert set(asking.answered) == {"france"}


def finish(served: Served) -> Room:
    """Play a room to the end: the critic speaks in public, in its first year."""
    room = served.shell.room
    give(room, Order("critic", "posture", "public"))
    while room.stage:
        close(room)
    return room


@pytest.mark.long
def test_pages_follow_the_steps_with_forms_alone(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    facilitator, critic, france = lead(served), sit(served, "critic"), sit(served, "france")
    room = finish(served)
    begun: list[bool] = []
    monkeypatch.setattr(served.shell, "start_debrief", lambda: begun.append(True))
    france.post("/say", data={"text": "for the critic alone", "to": "critic", "key": "n"}, headers=OWN)
    assert "for the critic alone" not in served.open().get("/projector").text

    def turn(step: int) -> None:
        facilitator.post("/lead/turn", data={"step": step, "from": "projector"}, headers=OWN)

    for step in (1, 2):
        turn(step)
        for page in (critic.get("/seat"), served.open().get("/projector"), facilitator.get("/projector")):
            assert f'tabindex="-1">{step}. {STEPS[step - 1].title}</h1>' in page.text
    assert begun
    assert "for the critic alone" in served.open().get("/projector").text, "notes are opened in the debrief"
    assert 'action="/lead/turn"' in facilitator.get("/projector").text
    assert 'action="/lead/turn"' not in served.open().get("/projector").text
    assert critic.post("/lead/turn", data={"step": 3}, headers=OWN).status_code == 403
    turn(3)
    turn(4)
    assert room.state.step == 3, "the seal first"
    account = room.state.account.replace("_", " ")
    assert "Open the seal" in facilitator.get("/projector").text
    assert f"Opened: <strong>{account}" not in served.open().get("/projector").text
    facilitator.post("/lead/open_seal", data={"from": "projector"}, headers=OWN)
    assert f"Opened: <strong>{account}" in served.open().get("/projector").text
    turn(4)
    assert "The figures are being computed" in critic.get("/seat").text


@pytest.mark.long
def test_a_delegation_is_answered_without_scripts_and_nobody_else(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    facilitator, france = lead(served), sit(served, "france")
    critic = served.first  # the others' loops end with each request, and what waits in them
    critic.post("/join", data={"code": served.shell.room.state.code, "seat": "critic"}, headers=OWN)
    room = finish(served)
    monkeypatch.setattr(served.shell, "start_debrief", lambda: None)
    asked = {"move": "0.posture", "option": "silent"}
    assert critic.post("/instead", data=asked, headers=OWN).status_code == 400, "before the debrief"
    facilitator.post("/lead/turn", data={"step": 1}, headers=OWN)
    facilitator.post("/lead/open_seal", data={}, headers=OWN)
    facilitator.post("/lead/turn", data={"step": OWN_STEP}, headers=OWN)
    page = critic.get("/seat").text
    assert 'value="0.posture"' in page
    picked = critic.get("/seat", params={"move": "0.posture"}).text
    assert re.findall(r'name="option" value="(\w*)"', picked) == ["", "silent", "private", "both", "private_first"]
    assert served.open().post("/instead", data=asked, headers=OWN).status_code == 403
    for wrong in ({"move": "0.consult", "option": ""}, {"move": "x", "option": ""}, {"move": "0.posture"}):
        status = critic.post("/instead", data=wrong, headers=OWN).status_code
        assert status == (200 if wrong == {"move": "0.posture"} else 400)
    critic.post("/instead", data={"what": "withdraw"}, headers=OWN)
    critic.post("/instead", data=asked, headers=OWN)
    for _ in range(600):
        if "say nothing instead of" in (page := critic.get("/seat").text):
            break
        time.sleep(0.05)
    assert "posture: say nothing instead of speak in public" in page
    assert "say nothing instead of" not in france.get("/seat").text
    assert [one.kind for one in room.log.read()].count("turned") == 2, "questions are not part of the game's log"
