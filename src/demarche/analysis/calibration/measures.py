"""What a record to some date says in few numbers: patterns with a value, and levels of what happened.

Tables are cut at the date before anything is measured, those of the record too, so that no measure can see further.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from demarche.analysis.calibration.facts import Axes, Facts, facts_of, recorded
from demarche.arrays import Array
from demarche.cast.cast import Cast
from demarche.history.as_tables import NAME, record_tables, surroundings_of
from demarche.history.patterns.contract import PatternKeys
from demarche.history.patterns.find import find_patterns
from demarche.history.patterns.view import BASELINE, QUIET, NotMeasured, Surroundings, View
from demarche.history.record import Record
from demarche.history.tables import Slice

FIRST = 2
"""Years before the first to which the record can be learned: levels are means of three years."""
LEVELS = {
    "tabled": (0.0, "motions tabled; exact"),
    "talking": (1.0, "states whose talks run at the end; error as that of P17"),
    "acts": (0.0, "signatures and ratifications; exact"),
    "rights_level": (0.015, "core practice of the last three years; yearly error 0.023, correlated"),
    "rights_early": (0.015, "core practice of the first three years; as above"),
}
"""Level -> standard deviation of what a historian knows of it, with the reason (judgements)."""


@dataclass(frozen=True)
class Measured:
    """Numbers of runs or of the record: names, values `(n_runs, n)`, NaN where one cannot be taken, errors `(n,)`."""

    names: tuple[str, ...]
    values: Array
    errors: Array

    def take(self, names: tuple[str, ...]) -> Measured:
        """Return some of the numbers, in that order."""
        places = [self.names.index(name) for name in names]
        return Measured(names, self.values[:, places], self.errors[places])


def axes_of(cast: Cast, record: Record) -> Axes:
    """Return the states and treaties of a case and the whole calendar years of its record."""
    years = tuple(range(record.start.year + 1, record.end.year + 1))
    return Axes(tuple(cast.state_codes), record.treaties, years, f"practice_{record.rights_issue}")


def cut(runs: Slice, until: int) -> Slice:
    """Return runs as they were known at the end of a year."""
    last = runs.step(f"{until}-12")
    series, events = runs.series, runs.events
    return Slice(runs.runs, series[series["step"] <= last], events[events["step"] <= last], runs.calendar, runs.start,
                 runs.rows)  # fmt: skip


def judged(record: Record) -> dict[str, PatternKeys]:
    """Return the patterns whose value on the record is known with an error."""
    return {name: keys for name, keys in record.patterns.items() if keys.error is not None and not keys.many_targets}


def patterns_until(runs: Slice, record: Record, around: Surroundings, until: int) -> Measured:
    """Return the values of all patterns with a value in a record that ends with a year; without error."""
    known = cut(runs, until)
    view = View({BASELINE: known, QUIET: known}, around)
    keys = judged(record)
    values = np.full((len(runs.runs), len(keys)), np.nan)
    for column, (name, one) in enumerate(keys.items()):
        values[:, column] = _taken(name, one, view, until)
    return Measured(tuple(keys), values, np.array([one.error for one in keys.values()]))


def _taken(name: str, keys: PatternKeys, view: View, until: int) -> Array:
    """Return the value of every run, NaN where there is none; the window ends with the year at the latest."""
    runs = view.arm()
    if keys.years[0] >= until:
        return np.full(len(runs.runs), np.nan)
    within = keys.model_copy(update={"years": (keys.years[0], min(keys.years[1], until))})
    try:
        if not runs.covers(*within.years):
            return np.full(len(runs.runs), np.nan)
        found = find_patterns()[name].measure(view, within)
    except (NotMeasured, KeyError, IndexError):
        return np.full(len(runs.runs), np.nan)
    return np.asarray(found.reindex(list(runs.runs)), dtype=np.float64)


def levels_until(facts: Facts, axes: Axes, until: int) -> Measured:
    """Return the levels at the end of a year."""
    n = axes.years.index(until) + 1
    rights = facts["rights"][:, 0, :n]
    values = {
        "tabled": facts["tabling"][:, 0, :n].sum(axis=1),
        "talking": facts["dialogues"][:, :, n - 1].sum(axis=1),
        "acts": facts["treaty_acts"][:, :, :n].sum(axis=(1, 2)),
        "rights_level": rights[:, -3:].mean(axis=1),
        "rights_early": rights[:, :3].mean(axis=1),
    }
    errors = np.array([LEVELS[name][0] for name in values])
    return Measured(tuple(values), np.column_stack(list(values.values())), errors)


def beside(first: Measured, second: Measured) -> Measured:
    """Return two sets of numbers side by side."""
    return Measured((*first.names, *second.names), np.hstack([first.values, second.values]),
                    np.concatenate([first.errors, second.errors]))  # fmt: skip


@dataclass(frozen=True, eq=False)
class History:
    """The record as facts and numbers: `facts` with one run, and until each year what is measured."""

    axes: Axes
    facts: Facts
    until: Mapping[int, Measured]

    @property
    def last(self) -> int:
        """The last year of the record."""
        return self.axes.years[-1]


def history_of(cast: Cast, record: Record) -> History:
    """Return the record of a case as runs are measured; numbers that it does not give are left out."""
    runs, axes = record_tables(record).slice(NAME, NAME), axes_of(cast, record)
    around, facts = surroundings_of(cast), recorded(record, runs, axes)
    until = {}
    for year in cuts(axes):
        found = beside(patterns_until(runs, record, around, year), levels_until(facts, axes, year))
        until[year] = found.take(tuple(name for name, value in zip(found.names, found.values[0], strict=True)
                                       if np.isfinite(value)))  # fmt: skip
    return History(axes, facts, until)


def cuts(axes: Axes) -> tuple[int, ...]:
    """Return the years to which a record is learned."""
    return axes.years[FIRST:]


@dataclass(frozen=True, eq=False)
class Seen:
    """What is kept of some runs: facts, and the numbers until each year."""

    facts: Facts
    until: Mapping[int, Measured]


def seen_of(runs: Slice, cast: Cast, record: Record) -> Seen:
    """Measure some runs as the record is measured."""
    axes, around = axes_of(cast, record), surroundings_of(cast)
    facts = facts_of(runs, axes)
    until = {
        year: beside(patterns_until(runs, record, around, year), levels_until(facts, axes, year)) for year in cuts(axes)
    }
    return Seen(facts, until)


def joined(parts: list[Seen]) -> Seen:
    """Return parts as one, in order."""
    facts = {kind: np.concatenate([part.facts[kind] for part in parts]) for kind in parts[0].facts}
    until = {
        year: replace(one, values=np.concatenate([part.until[year].values for part in parts]))
        for year, one in parts[0].until.items()
    }
    return Seen(facts, until)
