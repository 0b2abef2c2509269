"""What a scenario says of its seminar, once it is checked: plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DRAW = "draw"
"""The account is drawn when a room opens, and sealed."""

SEEN_EVENTS: dict[str, tuple[str, ...]] = {
    "releases": ("released",),
    "exiles": ("exiled",),
    "detentions": ("detained", "detained_again"),
    "sponsors": ("lead", "sponsor"),
    "votes": ("not_tabled", "no_action_carried", "no_action_failed", "no_action_not_moved", "rejected", "adopted"),
    "dialogues": ("started", "round", "suspended", "resumed"),
    "treaties": ("signed", "ratified", "ratified_with_reservations"),
    "punishments": ("punished", "rewarded"),
    "sanctions": ("diplomatic", "aid_and_loans", "arms", "trade", "lifted"),
    "conditions": ("met", "waived", "enforced"),
}
"""Act that everybody sees -> details of the events that it is made of; a scenario names some of them."""

SEEN_KINDS: dict[str, tuple[str, ...]] = {
    "releases": ("person",), "exiles": ("person",), "detentions": ("person",), "sponsors": ("sponsor",),
    "votes": ("motion", "text"), "dialogues": ("dialogue",), "treaties": ("treaty",), "punishments": ("retaliation",),
    "sanctions": ("sanction",), "conditions": ("condition",),
}  # fmt: skip
"""Act that everybody sees -> kinds of events that it is made of."""


@dataclass(frozen=True)
class Seat:
    """A role that moves.

    Parameters
    ----------
    name, title
        Name in files; name for players.
    kind
        A kind of `demarche.scenario.seminar.acts.KINDS`.
    actors
        Codes of whom it moves; none for a presidency.
    acts
        Names of what it may do.
    purpose, dilemma
        What it wants and what it may not do; what pulls it both ways: for its sheet.
    passages
        Ids of claims behind its options, for its sheet.
    """

    name: str
    title: str
    kind: str
    actors: tuple[str, ...]
    acts: tuple[str, ...]
    purpose: str = ""
    dilemma: str = ""
    passages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """What is seen, and how well.

    Parameters
    ----------
    error
        Standard deviation of the error of measurement of a report, share; a lasting part and a yearly one, as large.
    delay_rounds
        Rounds after which governments read what monitors and UN bodies read at once.
    acts
        Names of `SEEN_EVENTS` that everybody sees.
    """

    error: float = 0.02
    delay_rounds: int = 1
    acts: tuple[str, ...] = tuple(SEEN_EVENTS)


@dataclass(frozen=True)
class Seminar:
    """A class game on a scenario.

    Parameters
    ----------
    first, last
        Years of the first and the last session that a class plays; years before are run by the rules.
    minutes
        Length of a round.
    seats
        By name.
    seen
        What is seen of the world.
    account
        Name of an account, or `DRAW`.
    speech
        `none`, `statements` or `notes` (statements as well).
    """

    first: int
    last: int
    minutes: float
    seats: Mapping[str, Seat]
    seen: Seen = field(default_factory=Seen)
    account: str = DRAW
    speech: str = "none"
