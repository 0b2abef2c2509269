"""The perfect reader of a room: what could be known of the account from the public view, by who knows every world."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demarche.seminar.preview.guessing import Reader
from demarche.seminar.preview.runs import play
from demarche.seminar.room import Room
from demarche.seminar.timeline import CLASS

WORLDS = 200
"""Worlds of each account that teach the reader: with fewer it does not read all that can be read."""


@dataclass(frozen=True)
class Reading:
    """What the reader believes after some rounds.

    Parameters
    ----------
    rounds
        Rounds that were seen.
    shares
        Account -> probability.
    score
        Brier score, 0 to 2.
    """

    rounds: int
    shares: dict[str, float]
    score: float


def read_room(room: Room, worlds: int = WORLDS) -> tuple[Reading, ...]:
    """Return what a reader believes of the room's account after each round that is closed.

    It learns from other worlds in which a class did the same, under every account, and never from the room itself.

    Parameters
    ----------
    room
        The room.
    worlds
        Worlds of each account that it learns from, besides the room.
    """
    accounts = list(room.scenario.accounts)
    # the room's own world is replication 0 of its seed
    played = play(room.scenario, [room.arm], worlds + 1, room.state.seed)
    labels = np.array([accounts.index(name) for name in played.account.tolist()], dtype=np.intp)
    others = played.replication > 0
    own = np.flatnonzero(played.of(CLASS, room.state.account) & ~others)
    truth = np.array([name == room.state.account for name in accounts])
    found = []
    for rounds in range(1, room.rounds_closed + 1):
        features = played.until(rounds).T
        shares = Reader.learn(features[others], labels[others], len(accounts)).shares(features[own])[0]
        score = float(((shares - truth) ** 2).sum())
        found.append(Reading(rounds, dict(zip(accounts, shares.tolist(), strict=True)), score))
    return tuple(found)
