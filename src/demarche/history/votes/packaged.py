"""The packaged record: roll calls on ten targets, with those of a case from the record of that case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from demarche.history.record import Record
from demarche.history.votes.rollcalls import BODIES, KINDS, WORDS, RollCall
from demarche.reading.tables import Row, Sheet, open_sheet

DATA = Path(__file__).parent / "data"
CASE_KINDS = {"resolution": "text", "no_action": "no_action"}
"""Kind of motion -> what the record of a case calls it."""


def open_packaged(name: str, columns: Sequence[str]) -> Sheet:
    """Open a table of the room's own data.

    Raises
    ------
    ScenarioError
        If it cannot be read.
    """
    sheet = open_sheet(DATA / name, columns)
    sheet.report.raise_if_any()
    return sheet


def load_packaged(case: Record) -> tuple[RollCall, ...]:
    """Return the packaged roll calls in order of date, those on the focal state from the record of its case."""
    ballots = _ballots()
    of_case: dict[tuple[int, str], dict[str, str]] = {}
    for vote in case.votes:
        of_case.setdefault((vote.year, vote.motion), {})[vote.state] = vote.vote
    found = []
    sheet = open_packaged("motions.csv", ("motion", "body", "date", "kind", "target", "votes_in"))
    for row in sheet.rows(("motion",)):
        call = _call(row, {})
        if row["votes_in"] == "case" and call.target != case.focal:
            continue
        key = (call.year, CASE_KINDS[call.kind])
        votes = of_case[key] if row["votes_in"] == "case" else ballots[call.key]
        found.append(_call(row, votes))
    sheet.report.raise_if_any()
    return tuple(sorted(found, key=lambda call: call.place))


@cache
def load_others(focal: str) -> tuple[RollCall, ...]:
    """Return the packaged roll calls on targets other than a focal state whose votes are packaged, in order of date."""
    ballots, found = _ballots(), []
    sheet = open_packaged("motions.csv", ("motion", "body", "date", "kind", "target", "votes_in"))
    for row in sheet.rows(("motion",)):
        call = _call(row, ballots.get(row["motion"], {}))
        if row["votes_in"] != "case" and call.target != focal:
            found.append(call)
    sheet.report.raise_if_any()
    return tuple(sorted(found, key=lambda call: call.place))


def _call(row: Row, votes: Mapping[str, str]) -> RollCall:
    day = date.fromisoformat(row["date"])
    kind, body = row.choice("kind", KINDS, "kind of motion"), row.choice("body", BODIES, "body")
    return RollCall(row.word("motion"), body, kind, row.word("target"), day.year, day, votes)


@cache
def _ballots() -> Mapping[str, Mapping[str, str]]:
    """Return motion -> member -> word."""
    sheet = open_packaged("ballots.csv", ("motion", *WORDS))
    return {
        row["motion"]: {state: word for word in WORDS for state in row[word].split()} for row in sheet.rows(("motion",))
    }


@cache
def members(body: str, year: int) -> tuple[str, ...]:
    """Return the members of a body in a year, none if they are not packaged."""
    sheet = open_packaged("members.csv", ("body", "year", "states"))
    found = {(row["body"], row.year("year")): tuple(row["states"].split()) for row in sheet.rows(("body", "year"))}
    return found.get((body, year), ())
