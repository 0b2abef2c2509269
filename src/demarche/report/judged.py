"""The scorecard of history for a report: the accounts as they were run, placebos run anew beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from demarche.analysis.scorecard.assemble import REPLICATIONS, Plan, judge_setup, judge_tables
from demarche.analysis.scorecard.jobs import Roles
from demarche.analysis.side_by_side import Workers
from demarche.errors import DemarcheError
from demarche.experiment.results.rerun import setup_of
from demarche.history.patterns.find import find_patterns
from demarche.history.scorecard.verdict import LEAST
from demarche.history.tables import Tables

if TYPE_CHECKING:
    from demarche.analysis.scorecard.assemble import Judged
    from demarche.experiment.results.store import Results
    from demarche.history.scorecard.card import Column

SIGNS = {"pass": "pass", "fail": "fail", "undecided": "undecided", "not applicable": "n/a"}


@dataclass(frozen=True)
class PatternRow:
    """One pattern: id, what history shows, marks, and the verdict of each column with a note on it."""

    id: str
    title: str
    marks: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Scores:
    """The scorecard as a report shows it; `anew` runs an account where the results hold too few, else 0."""

    first_line: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[PatternRow, ...]
    left_out: int
    notes: tuple[str, ...]
    with_placebos: bool
    anew: int


def scores_of(results: Results, placebos: bool, workers: int | Workers = 1) -> Scores | str:
    """Return the scorecard, or in words why there is none.

    Parameters
    ----------
    results
        The results folder.
    placebos
        Whether placebos are run anew beside the accounts; without them nothing is known to be free.
    workers
        Processes that run them.
    """
    manifest = results.manifest
    if "record" not in manifest.digests or not manifest.digests["record"]:
        return "The case brings no record of history, so that nothing can be held against it."
    if not manifest.table("series") or not manifest.table("events"):
        return "The scorecard needs monthly series and events, which these results do not hold."
    reference = manifest.asked.reference
    roles = Roles(reference, "quiet" if "quiet" in manifest.arms else None)
    plan = Plan(int(manifest.experiment["seed"]), workers=workers, accounts_only=not placebos)
    n_runs = int(results.outcomes().groupby(["arm", "account"], observed=True).size().min())
    try:
        if n_runs < LEAST and placebos:
            judged, anew = judge_setup(setup_of(results), roles, plan), REPLICATIONS
        elif n_runs < LEAST:
            return f"A verdict needs {LEAST} runs an account and arm, and these results hold {n_runs}."
        else:
            judged, anew = judge_tables(_tables(results), setup_of(results), roles, plan), 0
    except DemarcheError as error:
        return f"The scorecard could not be made: {' '.join(problem.what for problem in error.problems)}."
    return _shown(judged, placebos, anew)


def _tables(results: Results) -> Tables:
    """Return the tables of a batch with the series and events that patterns read, since all of them take gigabytes."""
    series, kinds = read_by_patterns([str(column["name"]) for column in results.manifest.columns["series"]])
    return Tables(results.runs(), results.outcomes(), results.series(series), results.events(kinds), results.calendar(),
                  results.start)  # fmt: skip


def read_by_patterns(columns: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return which of some columns of series patterns read, and which kinds of events.

    Examples
    --------
    >>> read_by_patterns(["run", "core_practice", "practice_labour", "nobody_reads_this"])[0]
    ['core_practice', 'practice_labour']
    """
    reads = [pattern.reads for pattern in find_patterns().values()]
    names = {re.sub(r"<[^>]*>", ".+", name) for one in reads for some in one.series for name in some.split(", ")}
    asked = re.compile("|".join(names))
    return [name for name in columns if asked.fullmatch(name)], sorted({kind for one in reads for kind in one.events})


def _shown(judged: Judged, placebos: bool, anew: int) -> Scores:
    card = judged.card
    rows = tuple(
        PatternRow(name, card.patterns[name].title, ", ".join(card.marks[name]),
                   tuple(_cell(column, name) for column in card.columns))
        for name in card.applicable
    )  # fmt: skip
    columns = tuple((column.name, column.title) for column in card.columns)
    return Scores(card.first_line, columns, rows, len(card.patterns) - len(rows), card.notes, placebos, anew)


def _cell(column: Column, pattern: str) -> tuple[str, str]:
    if column.several:
        passed, tried = column.several.get(pattern, (0, 0))
        return SIGNS[column.word(pattern)], f"{passed} of {tried} permutations pass"
    verdict = column.verdicts.get(pattern)
    if verdict is None or column.word(pattern) == "not applicable":
        return SIGNS["not applicable"], verdict.reason if verdict is not None else ""
    low, high = verdict.limits
    return SIGNS[column.word(pattern)], f"{verdict.mean:.3g} ({low:.3g} to {high:.3g})"
