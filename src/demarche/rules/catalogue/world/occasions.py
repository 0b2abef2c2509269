"""Occasions: summits, bids and games that make a good name worth something, and bring reporters."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import share_a_year


def near(wait: float | Array, lead: Array) -> Array:
    """Return how near an event is: 1 in its month and the one before, 0 beyond `lead` months."""
    nearness: Array = np.clip((lead + 1.0 - wait) / 2.0, 0.0, 1.0)
    return nearness


@rule(
    "world.occasions",
    "A summit with a government that cares, a bid decision or games make a good name worth something beforehand.",
    claims=("PRS-10", "DLG-05"), accounts=ALL, phase="perceiving", rows="senders",
    reads=("sender_will", "next_visit"), writes=("occasion",), calendar=("summit", "bid_decision", "games"),
    parameters=(
        Parameter("lead", 2.0, 1.0, 4.0, "months", "months beforehand", "as the base rate answer_occasion_ratio"),
        Parameter("visit", 0.7, 0.5, 1.0, "share", "weight of a visit that is drawn",
                  "mean weight of the visits of 1990-1998 in the calendar of the reference case"),
    ),
)  # fmt: skip
def occasions(w: Fields, now: Moment, *, lead: Array, visit: Array) -> None:
    """Limits: a summit counts by the will of the most willing partner, doubled and cut at 1."""
    wait = now.months_to("summit")
    partners = np.flatnonzero(now.actors("summit", int(min(wait, 12.0))))
    will = w.sender_will[partners].max(axis=0, initial=0.0)
    met = near(wait, lead) * now.next_strength("summit") * np.minimum(2.0 * will, 1.0)
    coming = cells(w.next_visit <= now.step + lead + 1.0)
    soon = near(coming.of(w.next_visit) - now.step, lead[coming[1]])
    np.maximum.at(met, coming[1], soon * visit[coming[1]] * np.minimum(2.0 * coming.of(w.sender_will), 1.0))
    bid = near(now.months_to("bid_decision"), lead) * now.next_strength("bid_decision")
    games = near(now.months_to("games"), lead) * now.next_strength("games")
    w.occasion[...] = np.maximum(met, np.maximum(bid, games))


@rule(
    "world.games_draw_reporters",
    "In the years before games that the focal state will host, reporters come, and what is abused is seen by more.",
    claims=("PRS-26",), accounts=ALL, phase="learning", reads=("media_visibility",),
    writes=("media_visibility_change",), calendar=("games",),
    parameters=(
        Parameter("ahead", 84.0, 36.0, 84.0, "months", "time before games from which they draw reporters",
                  "seven years between award and games"),
        Parameter("a_year", 0.1, 0.0, 0.3, "share a year", "of the reach that is missing, won back",
                  "PRS-26; assumption"),
    ),
)  # fmt: skip
def games_draw_reporters(w: Fields, now: Moment, *, ahead: Array, a_year: Array) -> None:
    """Limits: what groups do with it is theirs; reach fades once the games are over."""
    coming = now.strength_within("games", ahead)
    w.media_visibility_change += share_a_year(w.media_visibility, a_year, coming)
