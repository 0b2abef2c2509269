"""Whoever reads frames and pages learns no more than who reads `seen`; all routes are walked with each role."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from demarche.engine.recorder import EventTable, Recorder, detail_label
from demarche.engine.variables import EVENT_KINDS
from demarche.scenario.content import Scenario
from demarche.scenario.seminar.declared import SEEN_EVENTS, SEEN_KINDS
from demarche.seminar import seen
from demarche.seminar.frames import Viewer
from demarche.seminar.room import Room
from demarche.seminar.timeline import need_seminar
from demarche.seminar.world import Held
from tests.unit.seminar.test_room import new_room, played
from tests.unit.seminar.test_server import OWN, Served, lead, served, sit

__all__ = ["served"]
SERIES_SEEN = ("headline_violations", "protest")
EVENTS_SEEN = {*((kind, detail) for name in SEEN_EVENTS for kind in SEEN_KINDS[name] for detail in SEEN_EVENTS[name]),
               *((vote, detail) for vote in seen.VOTES for detail in ("yes", "abstain", "no", "absent"))}  # fmt: skip


def frames_of(room: Room, tokens: dict[str, str]) -> dict[str, Any]:
    """Return the frame of each role."""
    viewer = Viewer(room)
    found = {"projector": viewer.projector(), "lead": viewer.facilitator()}
    for seat, token in tokens.items():
        member = room.member(token)
        assert member is not None
        found[seat] = viewer.seat(member)
    return found


def blind(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Turn all that is hidden into noise, wherever frames might read it; return the names of series that are read."""
    read: set[str] = set()
    of, luck = Recorder.of, np.random.default_rng(7)

    def public(self: Recorder, name: str) -> Any:
        read.add(name)
        values = of(self, name)
        hidden = name not in SERIES_SEEN and not name.startswith("report_")
        return luck.random(values.shape) if hidden else values

    def events(self: Held) -> EventTable:
        table = whole.fget(self)  # type: ignore[attr-defined]
        names = [(EVENT_KINDS[kind].kind, detail_label(kind, detail))
                 for kind, detail in zip(table.kind.tolist(), table.detail.tolist(), strict=True)]  # fmt: skip
        kept = np.array([name in EVENTS_SEEN for name in names])
        return replace(table, **{name: column[kept] for name, column in vars(table).items()})

    whole = Held.events
    monkeypatch.setattr(Recorder, "of", public)
    monkeypatch.setattr(Held, "events", property(events))
    return read


def test_frames_hang_on_nothing_but_what_is_seen(
    small: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = played(small, tmp_path)
    tokens = {seat: room.join(seat)[1] for seat in need_seminar(small).seats}
    before = frames_of(room, tokens)
    other = "domestic_engine" if room.state.account == "strategic_target" else "strategic_target"
    seal = room.seal
    with monkeypatch.context() as patch:
        read = blind(patch)
        patch.setattr(Room, "seal", seal)  # what is published of the account is this hash
        patch.setattr(room.state, "account", other)
        patch.setattr(room.state, "salt", "0" * 32)
        patch.setattr(room.worlds, "account", other)
        for held in room.held:
            world = held.simulation.world
            for name, values in world.arrays.items():
                if name not in seen.GROUPS.values():
                    patch.setitem(world.arrays, name, np.zeros_like(values))
        assert frames_of(room, tokens) == before
    assert read == {*SERIES_SEEN, *(name for name in read if name.startswith("report_"))}


def test_a_frame_that_read_the_truth_would_be_told(
    small: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = played(small, tmp_path)

    def leaking(self: Viewer) -> dict[str, Any]:
        return {"truth": float(self.room.now.recorder.of("core_practice").mean())}

    monkeypatch.setattr(Viewer, "projector", leaking)
    before = Viewer(room).projector()
    blind(monkeypatch)
    assert Viewer(room).projector() != before


def test_frames_do_not_grow_with_what_is_hidden(small: Scenario, tmp_path: Path) -> None:
    """Of two rooms that differ in account and seed the frames at the start are equal, and so are their sizes."""
    sizes = set()
    for account in small.accounts:
        room = new_room(small, tmp_path, account, account)
        frame = frames_of(room, {"france": room.join("france")[1]})["france"]
        frame |= {"seal": "", "code": "", "before": None, "reports": []}
        sizes.add(json.dumps(frame))
    assert len(sizes) == 1


GETS = {
    "/", "/seat", "/projector", "/key/{key}", "/lead", "/state", "/debrief", "/static/{name}", "/qr.svg",
    "/favicon.ico",
}  # fmt: skip
POSTS = {"/join", "/order", "/believe", "/say", "/instead", "/lead/{what}"}


@pytest.mark.long
def test_every_route_shows_each_role_its_layer_alone(served: Served) -> None:
    room, shell = served.shell.room, served.shell
    routes = {(method, route.path) for route in served.first.app.app.routes
              for method in getattr(route, "methods", None) or ("WS",)}  # fmt: skip
    assert {path for method, path in routes if method == "GET"} == GETS, "a new page must be walked here"
    assert {path for method, path in routes if method == "POST"} == POSTS
    assert {path for method, path in routes if method == "WS"} == {"/live"}
    key = str(shell.key)
    roles = {"nobody": served.open(), "lead": lead(served), **{seat: sit(served, seat) for seat in room.seminar.seats}}
    roles["france"].post("/say", data={"text": "for the critic alone", "to": "critic", "key": "n"}, headers=OWN)
    roles["critic"].post("/order", data={"stage": "0", "act.posture": "private_first"}, headers=OWN)
    for stage in ("0", "1"):
        roles["lead"].post("/lead/close", data={"stage": stage, "key": stage}, headers=OWN)
    stored = {one.token for one in room.state.members.values()} | room.state.leads
    hidden = {room.state.salt, str(room.state.seed), str(room.worlds.seed), key, *stored}
    reports = dict.fromkeys(roles, 0)
    for role, browser in roles.items():
        tokens = {name: one.cookies.get("seat") for name, one in roles.items()}
        for path in sorted(GETS):
            where = path.format(key="x", name="room.js")
            answer = browser.get(where, params={"code": room.state.code} if where == "/" else {})
            text = answer.text + str(answer.headers)
            assert not [one for one in hidden if one in text], (role, path)
            assert not [name for name, one in tokens.items() if one and one in text], (role, path)
            if role in ("nobody", "bloc", "monitors"):
                assert "for the critic alone" not in text, (role, path)
            if role != "lead" and path == "/lead":
                assert answer.status_code == 403
            if role not in need_seminar(room.scenario).seats:
                assert not [one for one in room.scenario.accounts if one.split("_")[0] in text], (role, path)
            reports[role] += "Report of the monitors" in text
    assert reports["monitors"] == 1
    assert sum(reports.values()) == 1, "governments read a report a round later, nobody else reads any"
