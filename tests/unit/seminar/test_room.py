"""The room: own history, empty seats, orders that bind, undo, pause, late arrivals, recovery from the log."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from demarche.engine.setup import Runs
from demarche.engine.simulate import simulate_chunk
from demarche.engine.simulation import Simulation
from demarche.errors import DesignError, StoreError
from demarche.experiment.design.seeds import replication_seed
from demarche.scenario.compile import compile_arm, compile_scenario
from demarche.scenario.content import Arm, Scenario
from demarche.seminar.log import Log
from demarche.seminar.orders import Order
from demarche.seminar.room import Room
from demarche.seminar.world import Held
from tests.conftest import ROOT
from tests.unit.seminar.conftest import BALLOT, FIRST, close, give, keep_open

ACCOUNT, SEED = "strategic_target", 20260707702


def new_room(small: Scenario, folder: Path, name: str = "room", account: str = ACCOUNT) -> Room:
    return keep_open(Room.open_new(small, folder / f"{name}.sqlite", account, SEED))


def room_again(small: Scenario, path: Path) -> Room:
    return keep_open(Room(small, Log(path)))


def played(small: Scenario, folder: Path, name: str = "room", account: str = ACCOUNT) -> Room:
    room = new_room(small, folder, name, account)
    give(room, *FIRST)
    close(room)
    give(room, *BALLOT)
    close(room)
    return room


def straight(small: Scenario, arm: Arm, account: str = ACCOUNT) -> np.ndarray:
    """Return the series of the first run of a batch with that arm, `(n_series, n_steps)`."""
    setup = dataclasses.replace(compile_scenario(small), arms={"one": compile_arm(small, arm)})
    runs = Runs(["one"] * 3, [account] * 3, [replication_seed(SEED, number) for number in range(3)])
    return simulate_chunk(setup, runs).series[..., 0]


def assert_same(one: Held, other: Held) -> None:
    assert one.step == other.step
    for name, values in one.simulation.world.arrays.items():
        np.testing.assert_array_equal(values, other.simulation.world.arrays[name], err_msg=name)
    np.testing.assert_array_equal(one.recorder.series, other.recorder.series)


@pytest.mark.parametrize("account", ["strategic_target", pytest.param("domestic_engine", marks=pytest.mark.long)])
def test_empty_seats_are_played_by_the_rules_as_in_a_batch(small: Scenario, tmp_path: Path, account: str) -> None:
    room = new_room(small, tmp_path, account=account)
    for _ in room.stages:
        close(room)
    mine = room.now.recorder.series[..., 0]
    assert mine.shape[1] == 22
    np.testing.assert_array_equal(mine, straight(small, Arm("one"), account)[:, :22])


@pytest.mark.long
def test_what_a_class_did_is_an_arm_of_a_batch_bit_for_bit(small: Scenario, tmp_path: Path) -> None:
    room = played(small, tmp_path)
    mine, theirs = room.now.recorder.series[..., 0], straight(small, room.arm)
    np.testing.assert_array_equal(mine, theirs[:, :10])
    assert not np.array_equal(mine, straight(small, Arm("one"))[:, :10]), "the orders do something"


def test_orders_are_what_the_record_shows(small: Scenario, tmp_path: Path) -> None:
    room = played(small, tmp_path)
    world = room.now.simulation.world
    row = {code: world.codes["state"].index(code) for code in ("USA", "FRA")}
    assert world["vote_no_action_choice"][row["USA"], 0] == 2, "no"
    assert world["vote_no_action_choice"][row["FRA"], 0] == 3, "absent"
    assert world["sponsor_choice"][row["USA"], 0] == 2, "lead"
    ngo, issue = world.codes["ngo"].index("documentation"), world.codes["issue"].index("labour")
    np.testing.assert_array_equal(np.flatnonzero(world["ngo_focus_choice"][ngo, :, 0] == 1), [issue])
    called = {world.codes["state"][one] for one in np.flatnonzero(world["canvass_choice"][:, 0] > 0)}
    assert {"MEX", "PHL"} <= called


def test_a_room_opened_again_is_the_same_room(small: Scenario, tmp_path: Path) -> None:
    room = played(small, tmp_path)
    give(room, Order("france", "posture", "private"))
    room.log.close()
    again = room_again(small, tmp_path / "room.sqlite")
    assert again.state == room.state
    assert len(again.held) == len(room.held) == 3
    for one, other in zip(room.held, again.held, strict=True):
        assert_same(one, other)


@pytest.mark.long
def test_two_rooms_with_one_seed_are_the_same_world(small: Scenario, tmp_path: Path) -> None:
    assert_same(played(small, tmp_path, "one").now, played(small, tmp_path, "other").now)


@pytest.mark.long
def test_two_rooms_at_once_do_not_touch(small: Scenario, tmp_path: Path) -> None:
    one, other = new_room(small, tmp_path, "one"), new_room(small, tmp_path, "other")
    give(one, *FIRST)
    close(other)
    close(one)
    give(one, *BALLOT)
    close(other)
    close(one)
    assert_same(one.now, played(small, tmp_path, "alone").now)
    np.testing.assert_array_equal(other.now.recorder.series[..., 0], straight(small, Arm("one"))[:, :10])


def test_a_closing_is_written_before_the_months_pass(
    small: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = new_room(small, tmp_path)
    give(room, *FIRST)

    def die(self: Simulation) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Simulation, "advance", die)
        with pytest.raises(KeyboardInterrupt):
            close(room)
    again = room_again(small, tmp_path / "room.sqlite")
    assert len(again.state.closed) == 1
    whole = new_room(small, tmp_path, "whole")
    give(whole, *FIRST)
    close(whole)
    assert_same(again.now, whole.now)


KILLED = """
import sys
from pathlib import Path
from demarche.scenario.load import load_scenario
from demarche.seminar.orders import Order
from demarche.seminar.room import Room
room = Room.open_new(load_scenario(Path(sys.argv[1])), Path(sys.argv[2]), "strategic_target", 20260707702)
room.close(0)
room.order(Order("france", "vote_no_action", "no"), 1)
print("kept", flush=True)
while True:
    room.say("france", "again")
"""


@pytest.mark.long
def test_a_killed_room_has_kept_all_that_it_acknowledged(small: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "room.sqlite"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(small.path), str(path)], stdout=subprocess.PIPE, env=environment, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "kept\n"
        process.send_signal(signal.SIGKILL)
    again = room_again(small, path)
    assert again.state.orders["france", "vote_no_action"].option == "no"
    whole = new_room(small, tmp_path, "whole")
    close(whole)
    assert_same(again.now, whole.now)


@pytest.mark.long
def test_the_last_closing_can_be_taken_back(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    give(room, *FIRST)
    close(room)
    first = room.now
    give(room, *BALLOT)
    close(room)
    room.undo()
    assert room.stage == room.stages[1]
    assert room.now is first
    assert room.state.orders["critic", "vote_no_action"].option == "no", "orders stand as they stood"
    give(room, Order("critic", "vote_no_action", "yes"), Order("france", "vote_no_action", ""))
    close(room)
    row = room.now.simulation.world.codes["state"].index("USA")
    assert room.now.simulation.world["vote_no_action_choice"][row, 0] == 0
    assert_same(room_again(small, tmp_path / "room.sqlite").now, room.now)


def test_nothing_is_taken_back_before_anything_is_closed(small: Scenario, tmp_path: Path) -> None:
    with pytest.raises(DesignError, match="nothing is closed yet"):
        new_room(small, tmp_path).undo()


@pytest.mark.parametrize(
    ("order", "what"),
    [
        (Order("nobody", "posture", "public"), "there is no such seat"),
        (Order("france", "condition", "explicit"), "no such move now"),
        (Order("france", "vote_no_action", "yes"), "no such move now"),
        (Order("france", "posture", "loud"), "not an option"),
        (Order("critic", "canvass", "visit", ("MEX", "PHL", "IND", "ITA")), "names too many"),
        (Order("critic", "canvass", "visit"), "does not say whom"),
        (Order("critic", "canvass", "visit", ("CHN",)), "cannot name these"),
        (Order("france", "posture", "public", ("MEX",)), "cannot name these"),
    ],
)
def test_what_is_not_legal_is_refused_and_not_written(
    small: Scenario, tmp_path: Path, order: Order, what: str
) -> None:
    room = new_room(small, tmp_path)
    with pytest.raises(DesignError, match=what):
        room.order(order, 0)
    assert [one.kind for one in room.log.read()] == ["created"]


def test_of_several_orders_all_are_taken_or_none(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    with pytest.raises(DesignError, match="not an option"):
        room.order_all([Order("france", "posture", "both"), Order("france", "sponsor", "perhaps")], 0)
    assert room.state.orders == {}
    given = [Order("france", "posture", "both"), Order("france", "sponsor", "")]
    for _ in range(2):
        room.order_all(given, 0)
    assert [one.kind for one in room.log.read()] == ["created", "ordered"], "what changes nothing is not written"
    room.order_all([Order("france", "posture", "")], 0)
    assert room.state.orders["france", "posture"].option == "", "what was ordered can be left to the ministry again"


def test_an_order_for_a_stage_that_is_closed_is_refused(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    close(room)
    with pytest.raises(DesignError, match="this stage is closed"):
        room.order(FIRST[0], 0)
    with pytest.raises(DesignError, match="this stage is closed"):
        room.close(0)


def test_the_same_request_has_effect_once(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    first = room.order(FIRST[0], 0, "a key")
    close(room)
    assert room.order(FIRST[0], 0, "a key") == first, "answered as before, though the stage is closed by now"
    done = room.close(1, "another")
    assert room.close(1, "another") == done
    assert len(room.state.closed) == 2


def test_only_those_in_the_commission_vote(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    close(room)
    ballots = {name: room.rulebook.legal(seat, room.stages[1]) for name, seat in room.seminar.seats.items()}
    assert [one.act.name for one in ballots["france"]] == ["vote_no_action", "vote_text"]
    assert ballots["bloc"] == ballots["monitors"] == ()


def test_late_arrivals_sit_down_and_a_freed_seat_is_played_on(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    name, token = room.join("france")
    assert room.member(token).name == name == "france-1"
    close(room)
    late, other = room.join("france")
    assert late == "france-2"
    assert other != token
    room.free(name)
    assert room.member(token) is None
    assert room.join("france")[0] == "france-3", "no number is given twice"
    room.set_door(False)
    with pytest.raises(DesignError, match="the door is closed"):
        room.join("critic")
    assert token not in str(room.log.read()), "tokens are stored as hashes only"


def test_pause_and_extension_are_kept(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    room.pause(True)
    room.extend(1.5)
    again = room_again(small, tmp_path / "room.sqlite")
    assert (again.state.paused, again.state.extra_minutes) == (True, 1.5)
    close(again)
    assert again.state.extra_minutes == 0.0


def test_the_seal_opens_after_the_last_round(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    with pytest.raises(DesignError, match="after the last round"):
        room.open_seal()
    for _ in room.stages:
        close(room)
    room.open_seal()
    assert room.state.opened
    name, _ = room.join("france")
    with pytest.raises(DesignError, match="the seal is open"):
        room.believe(name, {"strategic_target": 50, "domestic_engine": 50})


def test_a_log_of_another_scenario_is_refused(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    room.log.close()
    refused = Log(tmp_path / "room.sqlite")
    with pytest.raises(StoreError, match="another scenario"):
        Room(dataclasses.replace(small, digest="other"), refused)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        refused.read()
    (tmp_path / "text").write_text("no database, " * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="no log of a room"):
        Log(tmp_path / "text")


def test_a_room_closes_its_log(small: Scenario, tmp_path: Path) -> None:
    with new_room(small, tmp_path) as room:
        log = room.log
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        log.read()


@pytest.mark.long
def test_a_forgotten_room_keeps_what_was_done_and_nothing_that_was_said(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    _, token = room.join("france")
    room.say("france", "a word to be forgotten")
    give(room, *FIRST)
    close(room)
    held = room.now
    assert room.log.forget() == 2
    room.log.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("room.sqlite*"))
    assert b"to be forgotten" not in stored
    assert hashlib.sha256(token.encode()).hexdigest().encode() not in stored
    again = room_again(small, tmp_path / "room.sqlite")
    assert again.member(token) is None
    assert again.member("") is None
    assert_same(again.now, held)
