"""The history of a case: what was recorded of it, and the patterns that output is held against.

The folder that a cast file names as its `record` holds `record.yaml` (whose history it is),
`patterns.yaml` (patterns) and tables of facts, of which any may be left out: nothing is recorded then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from demarche.cast.cast import Cast
from demarche.cast.sheets import record_files
from demarche.errors import Problem, ScenarioError, closest
from demarche.history.file import RecordFile
from demarche.history.patterns.contract import PatternKeys
from demarche.history.patterns.file import Judging, patterns_model
from demarche.history.patterns.find import find_patterns
from demarche.history.rows import (
    DEADLINE_TABLE,
    DIALOGUE_TABLE,
    MOTION_TABLE,
    PERSON_TABLE,
    RIGHTS_TABLE,
    SPONSOR_TABLE,
    TREATY_TABLE,
    VOTE_TABLE,
    Deadline,
    DialogueTurn,
    Known,
    Motion,
    PersonTurn,
    RightsScore,
    Sponsorship,
    TableOf,
    TreatyAct,
    Vote,
)
from demarche.reading.messages import validate
from demarche.reading.names import check_names
from demarche.reading.report import Report
from demarche.reading.tables import open_sheet
from demarche.reading.yaml_nodes import ANY, read_yaml
from demarche.world.calendar import Month

Fact = TypeVar("Fact")

FACTS, PATTERNS = "record.yaml", "patterns.yaml"
TABLES = (
    MOTION_TABLE, VOTE_TABLE, SPONSOR_TABLE, DIALOGUE_TABLE, TREATY_TABLE, PERSON_TABLE, DEADLINE_TABLE, RIGHTS_TABLE,
)  # fmt: skip
KNOWN_FILES = (FACTS, PATTERNS, *(table.file for table in TABLES))
ISSUE_LISTS = ("rising", "flat", "not_rising", "issues")
EXAMPLE = "scenarios/casts/china_1989/record"


@dataclass(frozen=True, eq=False)
class Record:
    """The history of a case.

    Parameters
    ----------
    folder, digest
        Where it lies, and the SHA-256 of its files.
    focal, start, end
        Code of the state whose history it is; first and last month.
    treaties
        Treaties whose acts make up commitment, each with the same weight.
    rights_issue, rights_name, rights_caption, votes_caption
        Issue area that the scores are of, name of the score, and what figures say; empty if not told.
    motions, votes, sponsorships, dialogues, treaty_acts, releases, deadlines, rights
        Facts, in the order of their tables.
    judging
        What the case says of its patterns.
    """

    folder: Path
    digest: str
    focal: str
    start: Month
    end: Month
    treaties: tuple[str, ...]
    rights_issue: str
    rights_name: str
    rights_caption: str
    votes_caption: str
    motions: tuple[Motion, ...]
    votes: tuple[Vote, ...]
    sponsorships: tuple[Sponsorship, ...]
    dialogues: tuple[DialogueTurn, ...]
    treaty_acts: tuple[TreatyAct, ...]
    releases: tuple[PersonTurn, ...]
    deadlines: tuple[Deadline, ...]
    rights: tuple[RightsScore, ...]
    judging: Judging

    @property
    def patterns(self) -> Mapping[str, PatternKeys]:
        """Pattern -> what the case says of it, in order."""
        return self.judging.patterns


def need_record(cast: Cast) -> Record:
    """Return the record of a cast that must bring one.

    Raises
    ------
    ScenarioError
        If it names none, saying what is missing and how to bring it; or with every problem of its files.
    """
    record = load_record(cast)
    if record is None:
        what = f"the case has no record of its own to hold the output for {cast.focal} against"
        expected = f"'record: FOLDER' in the cast file, the folder with {FACTS}, {PATTERNS} and tables of facts"
        fix = f"bring the history of {cast.focal} in the form of {EXAMPLE}, or judge another case"
        raise ScenarioError([Problem(f"{cast.path}:1:1: record", what, expected=expected, fix=fix)])
    return record


@lru_cache(maxsize=8)
def load_record(cast: Cast) -> Record | None:
    """Read the record of a cast, None if it names none.

    Raises
    ------
    ScenarioError
        With every problem of all files of the record, each with file, line and column.
    """
    return None if cast.record is None else _Reader(cast, cast.record).read()


class _Reader:
    """Reads the files of one record and collects what is wrong with them."""

    def __init__(self, cast: Cast, folder: Path) -> None:
        self.cast, self.folder = cast, folder
        self.known = Known(cast.state_codes, ())
        self.problems: list[Problem] = []

    def read(self) -> Record:
        """Return the record; raises all problems at once."""
        self._refuse_unknown_files()
        facts, judging = self._facts(), self._judging()
        motions = self._table(MOTION_TABLE)
        self.known = replace(self.known, sessions=[motion.year for motion in motions])
        votes = self._table(VOTE_TABLE)
        sponsorships, dialogues = self._table(SPONSOR_TABLE), self._table(DIALOGUE_TABLE)
        acts, releases = self._table(TREATY_TABLE), self._table(PERSON_TABLE)
        deadlines, rights = self._table(DEADLINE_TABLE), self._table(RIGHTS_TABLE)
        if self.problems or facts is None or judging is None:
            raise ScenarioError(self.problems)
        return Record(
            folder=self.folder,
            digest=self._digest(),
            focal=facts.focal,
            start=facts.start,
            end=facts.end,
            treaties=tuple(facts.treaties),
            rights_issue=facts.rights.issue if facts.rights else "",
            rights_name=facts.rights.name if facts.rights else "",
            rights_caption=facts.rights.caption if facts.rights else "",
            votes_caption=facts.votes.caption if facts.votes else "",
            motions=motions,
            votes=votes,
            sponsorships=sponsorships,
            dialogues=dialogues,
            treaty_acts=acts,
            releases=releases,
            deadlines=deadlines,
            rights=rights,
            judging=judging,
        )

    def _refuse_unknown_files(self) -> None:
        """Refuse tables and YAML files that nothing would read."""
        for path in record_files(self.folder):
            if path.name not in KNOWN_FILES:
                meant, fix = closest(path.name, KNOWN_FILES), "rename the file, or move it elsewhere"
                what = "a record has no such file"
                self.problems.append(Problem(f"{path}:1:1", what, path.name, ", ".join(KNOWN_FILES), meant, fix))

    def _opened(self, name: str) -> Report | None:
        try:
            report = Report(read_yaml(self.folder / name))
        except ScenarioError:
            fix = f"write it in the form of {EXAMPLE}/{name}"
            self.problems.append(Problem(f"{self.folder / name}:1:1", "the record lacks this file", fix=fix))
            return None
        return report

    def _facts(self) -> RecordFile | None:
        report = self._opened(FACTS)
        if report is None:
            return None
        model = None if report.document.is_broken else validate(RecordFile, report)
        issues = [issue.code for issue in self.cast.issues]
        check_names(report, "issue", report.document.select("rights", "issue"), issues)
        if model is not None and model.focal != self.cast.focal:
            what = f"the record is not that of the focal state of {self.cast.path.name}"
            fix = f"bring the history of {self.cast.focal}, or leave 'record' out of the cast file"
            report.add(("focal",), what, found=model.focal, expected=self.cast.focal, fix=fix)
        if model is not None and model.end < model.start:
            report.add(("end",), "the record ends before it begins", found=str(model.end), expected=f"{model.start} on")
        self.problems += report.problems()
        return model

    def _judging(self) -> Judging | None:
        report = self._opened(PATTERNS)
        if report is None:
            return None
        model = None if report.document.is_broken else validate(patterns_model(), report)
        issues = [issue.code for issue in self.cast.issues]
        for key in ISSUE_LISTS:
            check_names(report, "issue", report.document.select("patterns", ANY, key, ANY), issues)
        events = [event.code for event in self.cast.events]
        check_names(report, "dated event", report.document.select("encodes", ANY, "calendar", ANY), events)
        check_names(report, "pattern", report.document.select("encodes", ANY, "patterns", ANY), find_patterns())
        names = [table.file for table in TABLES]
        check_names(report, "table of the record", report.document.select("patterns", ANY, "tables", ANY), names)
        self.problems += report.problems()
        return None if model is None else model.judging()

    def _table(self, table: TableOf[Fact]) -> tuple[Fact, ...]:
        """Return the rows of a table, none if the record leaves it out."""
        path = self.folder / table.file
        if not path.exists():
            return ()
        sheet = open_sheet(path, table.columns)
        found = tuple(table.read(row, self.known) for row in sheet.rows(table.key))
        self.problems += sheet.report.problems()
        return found

    def _digest(self) -> str:
        total = hashlib.sha256()
        for path in record_files(self.folder):
            total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        return total.hexdigest()
