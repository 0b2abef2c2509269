"""A small class game on the reference case: two rounds, four seats, two accounts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache

import pytest

from demarche.cast.cast import load_cast
from demarche.scenario.content import Scenario
from demarche.scenario.load import load_scenario
from demarche.seminar.orders import Order
from demarche.seminar.room import Room
from tests.conftest import ROOT

SCENARIO = """\
title: A small class
cast: casts/china_1989.yaml
period: {start: 1990-06, end: 1992-06}
accounts: [strategic_target, domestic_engine]
arms:
  quiet: {channel_mix: {all_senders: {quiet: 1.0}}}
  as_it_was: {}
outcomes: [releases, sponsors]
aliases: {CHN: Novara}
"""
SEMINAR = """\
seminar:
  rounds: {first: 1991, last: 1992, minutes: 5}
  seats:
    critic:
      title: The critic
      kind: sender
      actors: [USA]
      moves: [posture, dialogue, sponsor, canvass, condition, vote_no_action]
    france: {title: France, kind: sender, actors: [FRA], moves: [posture, argument, sponsor, vote_no_action, vote_text]}
    bloc: {title: The presidency, kind: presidency, moves: [consult]}
    monitors: {title: The monitors, kind: ngo, actors: [documentation], moves: [focus, alliance]}
  seen: {error: 0.02, acts: [releases, exiles, sponsors, votes, dialogues, treaties]}
  speech: notes
"""
FIRST = (
    Order("critic", "posture", "public"), Order("critic", "sponsor", "lead"), Order("france", "posture", "both"),
    Order("france", "sponsor", "join"), Order("bloc", "consult", "majority"),
    Order("monitors", "focus", "work", ("labour",)), Order("critic", "canvass", "visit", ("MEX", "PHL")),
)  # fmt: skip
BALLOT = (Order("critic", "vote_no_action", "no"), Order("france", "vote_no_action", "absent"))

read_cast = cache(load_cast)
_ROOMS = ExitStack()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Return the scenario; batch parts of it lie beside it."""
    folder = tmp_path_factory.mktemp("class")
    shutil.copytree(ROOT / "scenarios" / "casts", folder / "casts")
    (folder / "small.yaml").write_text(SCENARIO + SEMINAR, encoding="utf-8")
    return load_scenario(folder / "small.yaml", read_cast)


@pytest.fixture(autouse=True)
def _rooms_are_closed() -> Iterator[None]:
    yield
    _ROOMS.close()


def keep_open(room: Room) -> Room:
    """Return a room that is closed when the test is over."""
    return _ROOMS.enter_context(room)


def give(room: Room, *orders: Order) -> None:
    """Give orders for the stage that is open."""
    for order in orders:
        room.order(order, len(room.state.closed))


def close(room: Room) -> None:
    """Close the stage that is open."""
    room.close(len(room.state.closed))
