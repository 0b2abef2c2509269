"""The rows of the record: facts only, each with its source, and how they are read.

`verified` says how far a row was checked: `yes` (seen in a source, or in two that agree), `partly` (the
event was, its day, number or wording not), `no` (general knowledge or recollection; never a test on its own).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from typing import Generic, TypeVar

from demarche.reading.tables import Flaw, Row
from demarche.world.calendar import EVENT_KINDS

Fact = TypeVar("Fact")

VERIFIED = ("yes", "partly", "no")
MOTIONS = ("no_action", "text")
RESULTS = ("no_action_carried", "no_action_failed", "no_action_not_moved", "not_tabled")
VOTES = ("yes", "no", "abstain", "absent")
ROLES = ("lead", "sponsor", "declined")
TURNS_OF_TALKS = ("started", "suspended", "resumed")
ACTS = ("signed", "ratified")
TURNS_OF_PERSONS = ("released", "exiled", "detained_again")
MOST_VOTES = 1000
MOST_PERSONS = 1_000_000


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

    @property
    def text_fate(self) -> str:
        """Return `adopted` or `rejected` if a text was voted on, else an empty text; a tie rejects it."""
        if self.text_for is None or self.text_against is None:
            return ""
        return "adopted" if self.text_for > self.text_against else "rejected"


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
    """A state that led, sponsored or declined to sponsor; lists may be complete for some years only."""

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
class PersonTurn:
    """A dated release, exile or renewed detention; `person` may be a group of `persons`."""

    month: str
    turn: str
    person: str
    persons: int
    source: str
    verified: str


@dataclass(frozen=True)
class Deadline:
    """A dated event before which releases may cluster, of a kind that the calendar knows."""

    month: str
    kind: str
    source: str
    verified: str


@dataclass(frozen=True)
class RightsScore:
    """Score of the focal state's practice in a year, on [0, 1], with its standard error."""

    year: int
    score: float
    error: float
    source: str


@dataclass(frozen=True)
class Known:
    """What rows may name: codes of states, and years of the sessions in the table of motions."""

    states: Collection[str]
    sessions: Collection[int]


def _motion(row: Row, known: Known) -> Motion:
    counts = ("sponsors", "yes", "no", "abstain", "absent", "text_for", "text_against", "text_abstain")
    found = {name: row.count_or_none(name, MOST_VOTES) for name in counts}
    return Motion(
        year=row.year("year"),
        month=_month_of(row, row["year"]),
        tabled=row.choice("tabled", ("0", "1"), "mark") == "1",
        result=row.choice("result", RESULTS, "result"),
        source=row.word("source"),
        verified=row.choice("verified", VERIFIED, "mark"),
        **found,
    )


def _month_of(row: Row, year: str) -> str:
    month = row.month("month")
    if not month.startswith(year):
        row.tell("month", Flaw("the month lies in another year than the row", f"a month of {year}"))
    return month


def _session_of(row: Row, known: Known) -> int:
    year = row.year("year")
    if year and year not in known.sessions:
        expected = ", ".join(map(str, known.sessions)) or "a year of motions.csv"
        row.tell("year", Flaw("the table of motions has no session of this year", expected))
    return year


def _vote(row: Row, known: Known) -> Vote:
    return Vote(
        year=_session_of(row, known),
        motion=row.choice("motion", MOTIONS, "motion"),
        state=row.choice("state", known.states, "state"),
        vote=row.choice("vote", VOTES, "vote"),
        source=row.word("source"),
        verified=row.choice("verified", VERIFIED, "mark"),
    )


def _sponsorship(row: Row, known: Known) -> Sponsorship:
    return Sponsorship(
        year=_session_of(row, known),
        state=row.choice("state", known.states, "state"),
        role=row.choice("role", ROLES, "role"),
        source=row.word("source"),
        verified=row.choice("verified", VERIFIED, "mark"),
    )


def _dialogue(row: Row, known: Known) -> DialogueTurn:
    is_year = "-" not in row["date"]
    return DialogueTurn(
        partner=row.word("partner"),
        state=row.choice("state", known.states, "state") if row["state"] else "",
        change=row.choice("change", TURNS_OF_TALKS, "turn"),
        date=str(row.year("date")) if is_year else row.month("date"),
        source=row.word("source"),
        verified=row.choice("verified", VERIFIED, "mark"),
    )


def _treaty_act(row: Row, known: Known) -> TreatyAct:
    return TreatyAct(
        treaty=row.word("treaty"),
        act=row.choice("act", ACTS, "act"),
        month=row.month("month"),
        source=row.word("source"),
        verified=row.choice("verified", VERIFIED, "mark"),
    )


def _person_turn(row: Row, known: Known) -> PersonTurn:
    return PersonTurn(
        month=row.month("month"),
        turn=row.choice("turn", TURNS_OF_PERSONS, "turn"),
        person=row.word("person"),
        persons=row.count("persons", MOST_PERSONS),
        source=row.word("source"),
        verified=row.choice("verified", VERIFIED, "mark"),
    )


def _deadline(row: Row, known: Known) -> Deadline:
    return Deadline(
        month=row.month("month"),
        kind=row.choice("kind", EVENT_KINDS, "kind of event"),
        source=row.word("source"),
        verified=row.choice("verified", VERIFIED, "mark"),
    )


def _score(row: Row, known: Known) -> RightsScore:
    return RightsScore(
        year=row.year("year"),
        score=row.number("score", 0.0, 1.0),
        error=row.number("error", 0.0, 1.0),
        source=row.word("source"),
    )


@dataclass(frozen=True)
class TableOf(Generic[Fact]):
    """One table of the record.

    Parameters
    ----------
    file
        Its name in the folder of the record.
    kind
        What a row is; its fields are the columns.
    key
        Columns that together must not repeat.
    read
        Reads a row; given what it may name.
    """

    file: str
    kind: type[Fact]
    key: tuple[str, ...]
    read: Callable[[Row, Known], Fact]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(field.name for field in fields(self.kind))  # type: ignore[arg-type]  # a dataclass


MOTION_TABLE = TableOf("motions.csv", Motion, ("year",), _motion)
VOTE_TABLE = TableOf("votes.csv", Vote, ("year", "motion", "state"), _vote)
SPONSOR_TABLE = TableOf("sponsors.csv", Sponsorship, ("year", "state"), _sponsorship)
DIALOGUE_TABLE = TableOf("dialogues.csv", DialogueTurn, ("partner", "change", "date"), _dialogue)
TREATY_TABLE = TableOf("treaty_acts.csv", TreatyAct, ("treaty", "act"), _treaty_act)
PERSON_TABLE = TableOf("releases.csv", PersonTurn, ("month", "turn", "person"), _person_turn)
DEADLINE_TABLE = TableOf("deadlines.csv", Deadline, ("month", "kind"), _deadline)
RIGHTS_TABLE = TableOf("rights.csv", RightsScore, ("year",), _score)
