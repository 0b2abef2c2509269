"""The historical record that patterns are held against: facts only, each with its source.

The tables lie in `record/`. `verified` says how far a row was checked: `yes` (seen in a
source, or in two that agree), `partly` (the event was, its day, number or wording not), `no`
(general knowledge or recollection; never a test on its own). The vote lists of 1996 are
recalled, with totals and all names agreeing with the UN record.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Motion:
    """A session and the fate of the motion; counts are None where nothing was voted or is known.

    `yes` to taking no action is a vote for the focal state; a tie defeats the motion.
    """

    year: int
    month: str
    tabled: bool
    sponsors: int | None
    yes: int | None
    no: int | None
    abstain: int | None
    absent: int | None
    result: str
    text_for: int | None
    text_against: int | None
    text_abstain: int | None
    source: str
    verified: str


@dataclass(frozen=True)
class Vote:
    """One member's vote: `motion` is no_action or text, `vote` is yes, no, abstain or absent."""

    year: int
    motion: str
    state: str
    vote: str
    source: str
    verified: str


@dataclass(frozen=True)
class Sponsorship:
    """A state that led, sponsored or declined to sponsor; complete for 1996 and 1997 only."""

    year: int
    state: str
    role: str
    source: str
    verified: str


@dataclass(frozen=True)
class DialogueTurn:
    """A dialogue started, suspended or resumed; `date` is a year or a month, `state` empty for a bloc."""

    partner: str
    state: str
    change: str
    date: str
    source: str
    verified: str


@dataclass(frozen=True)
class TreatyAct:
    """A treaty signed or ratified (accession included)."""

    treaty: str
    act: str
    month: str
    source: str
    verified: str


@dataclass(frozen=True)
class CaseTurn:
    """A dated release, exile or renewed detention; `case` may be a group of `persons`."""

    month: str
    turn: str
    case: str
    persons: int
    source: str
    verified: str


@dataclass(frozen=True)
class Deadline:
    """A tariff deadline, summit or decision on a bid."""

    month: str
    kind: str
    source: str
    verified: str


@dataclass(frozen=True)
class RightsScore:
    """Physical-integrity score of the focal state in a year, on [0, 1], with its standard error."""

    year: int
    score: float
    error: float
    source: str


@cache
def motions() -> tuple[Motion, ...]:
    """Sessions of 1990 to 1998, one each, tabled or not."""
    return _read("motions.csv", Motion)


@cache
def votes() -> tuple[Vote, ...]:
    """Votes of all members on every motion of 1990 to 1997."""
    return _read("votes.csv", Vote)


@cache
def sponsorships() -> tuple[Sponsorship, ...]:
    """Sponsors and refusals of 1992 to 1998."""
    return _read("sponsors.csv", Sponsorship)


@cache
def dialogues() -> tuple[DialogueTurn, ...]:
    """Turns of official rights dialogues, dated ones only."""
    return _read("dialogues.csv", DialogueTurn)


@cache
def treaty_acts() -> tuple[TreatyAct, ...]:
    """Signatures and ratifications of the six core treaties to 1998."""
    return _read("treaty_acts.csv", TreatyAct)


@cache
def releases() -> tuple[CaseTurn, ...]:
    """Well-known releases and renewed detentions of 1990 to 1998."""
    return _read("releases.csv", CaseTurn)


@cache
def deadlines() -> tuple[Deadline, ...]:
    """Dates before which releases may cluster, 1990 to 1998."""
    return _read("deadlines.csv", Deadline)


@cache
def rights() -> tuple[RightsScore, ...]:
    """Yearly scores of 1988 to 1998."""
    return _read("rights.csv", RightsScore)


def _read(name: str, kind: type[Row]) -> tuple[Row, ...]:
    text = (resources.files("demarche.history") / "record" / name).read_text(encoding="utf-8")
    convert = {field.name: _CONVERT[str(field.type)] for field in fields(kind)}  # type: ignore[arg-type]
    rows = csv.DictReader(io.StringIO(text))
    return tuple(kind(**{name: convert[name](value) for name, value in row.items()}) for row in rows)


_CONVERT: dict[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": lambda text: text == "1",
    "int | None": lambda text: int(text) if text else None,
}
