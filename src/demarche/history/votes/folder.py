"""Records that anyone can bring: a folder with `rollcalls.csv` and `motions.csv`, read strictly.

`events.csv` may lie there too and is not read here. Every problem is told with file, line and column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from demarche.errors import Problem, ScenarioError, closest
from demarche.history.votes.rollcalls import BODIES, KINDS, WORDS, RollCall
from demarche.reading.tables import Flaw, Row, open_sheet

ROLL_CALLS, MOTIONS = "rollcalls.csv", "motions.csv"
FACTS = ("body", "date", "motion", "target_iso3")
TOTALS = ("yes", "no", "abstain", "absent")
ROLL_CALL_COLUMNS = (*FACTS, "iso3", "vote")
FOR_READERS = ("title", "name", "un_group", "verified", "source", "note")
ROLL_CALL_OPTIONAL = ("motion_id", "year", *FOR_READERS)
MOTION_OPTIONAL = ("motion_id", "year", *TOTALS, "result", *FOR_READERS)
MOST_VOTES = 1000
NO_DAY = date(1, 1, 1)


@dataclass(frozen=True)
class Folder:
    """What a folder holds: roll calls in order of date, and remarks on what is odd but no mistake."""

    path: Path
    calls: tuple[RollCall, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class _Facts:
    """What rows of one motion must agree on."""

    body: str
    day: date
    kind: str
    target: str
    year: int

    @property
    def stand_in(self) -> str:
        """Return the name of a motion that has none of its own."""
        return f"{self.body}-{self.day}-{self.target}-{self.kind}"


def read_folder(path: Path) -> Folder:
    """Read a record.

    Parameters
    ----------
    path
        A folder with `rollcalls.csv`; where `motions.csv` lies beside it, both must agree.

    Raises
    ------
    ScenarioError
        With every problem of both files.
    """
    _need(path)
    sheet = open_sheet(path / ROLL_CALLS, ROLL_CALL_COLUMNS, ROLL_CALL_OPTIONAL)
    votes: dict[str, dict[str, str]] = {}
    facts: dict[str, _Facts] = {}
    lines: dict[tuple[str, str], int] = {}
    for row in sheet.rows():
        own = _facts(row)
        key = _cell(row, "motion_id") or own.stand_in
        if facts.setdefault(key, own) != own:
            row.tell("motion" if "motion_id" not in sheet.header else "motion_id", _disagrees(facts[key]))
        member = _code(row, "iso3")
        first = lines.setdefault((key, member), row.line)
        if first != row.line:
            sheet.repeats(row.line, first, f"{key}, {member}")
        votes.setdefault(key, {})[member] = row.choice("vote", WORDS, "vote")
    problems, remarks = list(sheet.report.problems()), list[str]()
    if (path / MOTIONS).exists():
        more, remarks = _compare(path / MOTIONS, facts, votes)
        problems += more
    if problems:
        raise ScenarioError(problems)
    calls = [RollCall(key, f.body, f.kind, f.target, f.year, f.day, votes[key]) for key, f in facts.items()]
    return Folder(path, tuple(sorted(calls, key=lambda call: call.place)), tuple(remarks))


def _need(path: Path) -> None:
    if not path.is_dir():
        fix = f"name a folder with {ROLL_CALLS} and {MOTIONS}; see docs/votes.md"
        raise ScenarioError([Problem(f"{path}:1:1", "there is no such folder", fix=fix)])
    if not (path / ROLL_CALLS).is_file():
        names = [one.name for one in path.iterdir()]
        meant = closest(ROLL_CALLS, names)
        what, fix = f"the folder has no {ROLL_CALLS}", "bring it in the form of docs/votes.md"
        raise ScenarioError([Problem(f"{path}:1:1", what, ", ".join(sorted(names)), ROLL_CALLS, meant, fix)])


def _compare(
    path: Path, facts: dict[str, _Facts], votes: dict[str, dict[str, str]]
) -> tuple[Sequence[Problem], list[str]]:
    """Return where the table of motions has mistakes or disagrees with the roll calls, and remarks on totals."""
    sheet = open_sheet(path, FACTS, MOTION_OPTIONAL)
    seen: set[str] = set()
    remarks: list[str] = []
    for row in sheet.rows(("motion_id",) if "motion_id" in sheet.header else FACTS):
        own = _facts(row)
        name = _cell(row, "motion_id")
        key = name if name in facts else own.stand_in
        seen.add(key)
        if facts.get(key, own) != own:
            row.tell("motion_id" if name else "motion", _disagrees(facts[key]))
        told = {word: row.count_or_none(word, MOST_VOTES) for word in TOTALS if word in sheet.header}
        counted = {word: sum(one == word for one in votes.get(key, {}).values()) for word in TOTALS}
        off = [f"{word} {counted[word]} of {n}" for word, n in told.items() if n is not None and n != counted[word]]
        remarks += [f"{key}: the roll call does not add up to the totals ({', '.join(off)})"] if off else []
    if not sheet.report:
        for key in sorted(facts.keys() - seen):
            sheet.tell(f"the motion '{key}' of {ROLL_CALLS} is missing", fix="add its row")
    return sheet.report.problems(), remarks


def _disagrees(facts: _Facts) -> Flaw:
    expected = f"{facts.body}, {facts.day}, {facts.kind}, {facts.target}, {facts.year}"
    fix = "give motions names of their own in 'motion_id', or mend the row"
    return Flaw("body, date, kind, target or year differ from an earlier row of the same motion", expected, fix=fix)


def _facts(row: Row) -> _Facts:
    day = _day(row)
    year = row.year("year") if _cell(row, "year") else day.year
    if day != NO_DAY and year and abs(year - day.year) > 1:
        row.tell("year", Flaw("the year is not that of the date", str(day.year)))
    body, kind = row.choice("body", BODIES, "body"), row.choice("motion", KINDS, "kind of motion")
    return _Facts(body, day, kind, _code(row, "target_iso3"), year)


def _cell(row: Row, column: str) -> str:
    return row[column] if column in row.sheet.header else ""


def _day(row: Row) -> date:
    try:
        found = date.fromisoformat(row["date"])
    except ValueError:
        found = NO_DAY
    if found == NO_DAY or row["date"] != found.isoformat():
        row.tell("date", Flaw("this is not a date", "a day like 1995-03-08"))
    return found


def _code(row: Row, column: str) -> str:
    text = row[column]
    if not (len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()):
        row.tell(column, Flaw("this is not a code of a state", "three capital letters like NOR (ISO 3166-1)"))
    return text


def without_repeats(kept: Iterable[RollCall], more: Iterable[RollCall]) -> list[RollCall]:
    """Return those of `more` that are not among `kept`: the same body, day, kind, target and votes."""

    def content(call: RollCall) -> tuple[object, ...]:
        votes = frozenset((code, word) for code, word in call.votes.items() if word in ("yes", "no", "abstain"))
        return call.body, call.day, call.kind, call.target, votes

    there = {content(call) for call in kept}
    return [call for call in more if content(call) not in there]
