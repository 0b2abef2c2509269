"""What happened year by year, in a run or on the record: the same arrays for both.

Nothing is asked of the model's inside: motions, sponsors, votes, dialogues, treaty acts, persons freed and the score
of rights are what a historian could see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from demarche.arrays import Array
from demarche.history.patterns.kit.lists import ON_LIST, RUNNING
from demarche.history.patterns.kit.persons import FREED
from demarche.history.tables import MONTHS

if TYPE_CHECKING:
    import pandas as pd

    from demarche.history.record import Record
    from demarche.history.tables import Slice

ALL = ("all",)
VOTE_VALUES = {"no": -1.0, "abstain": 0.0, "yes": 1.0}
ACTS = ("signed", "ratified", "ratified_with_reservations")
SCORE = "core_practice"
"""Series under which the tables of a record hold the score."""
KINDS = ("tabling", "sponsors", "votes", "dialogues", "treaty_acts", "releases", "rights")
EVENTS = ("motion", "vote_no_action", "sponsor", "dialogue", "treaty", "person")
"""Kinds of events that facts and patterns with a value read."""


@dataclass(frozen=True)
class Axes:
    """States, treaties and calendar years, in order, and the series that the score of rights is of."""

    states: tuple[str, ...]
    treaties: tuple[str, ...]
    years: tuple[int, ...]
    rights: str

    def units(self, kind: str) -> tuple[str, ...]:
        """Return the units of a kind of fact."""
        return {"sponsors": self.states, "votes": self.states, "dialogues": self.states,
                "treaty_acts": self.treaties}.get(kind, ALL)  # fmt: skip


Facts = Mapping[str, Array]
"""Kind -> values `(n_runs, n_units, n_years)`, NaN where there is none.

`tabling`, `sponsors`, `dialogues` (talks that run at the end of the year) and `treaty_acts`: 0 or 1; `votes` on taking
no action: -1, 0 or 1; `releases`: persons freed; `rights`: practice in the issue area that the score is of. There are
sponsors and votes only where a motion was tabled.
"""


def facts_of(runs: Slice, axes: Axes) -> dict[str, Array]:
    """Return the facts of some runs, in their order."""
    read = _Read(runs, axes)
    tabled = read.counted("motion", ALL, lambda rows: rows["detail"] != "not_tabled") > 0
    sponsors = read.counted("sponsor", axes.states, lambda rows: rows["detail"].isin(ON_LIST)) > 0
    acts = read.counted("treaty", axes.treaties, lambda rows: rows["detail"].isin(ACTS)) > 0
    return {
        "tabling": tabled.astype(float),
        "sponsors": np.where(tabled, sponsors.astype(float), np.nan),
        "votes": read.votes(),
        "dialogues": read.talks(),
        "treaty_acts": acts.astype(float),
        "releases": read.counted("person", ALL, lambda rows: rows["detail"].isin(FREED)),
        "rights": read.rights(),
    }


class _Read:
    """Lays the events of runs on runs, units and years."""

    def __init__(self, runs: Slice, axes: Axes) -> None:
        self.runs, self.axes = runs, axes
        self.rows = {run: row for row, run in enumerate(runs.runs)}
        year, month = (int(part) for part in runs.start.split("-"))
        self.offset = year * MONTHS + month - 1

    def of_kind(self, kind: str, units: Sequence[str]) -> pd.DataFrame:
        """Return the events of a kind with `row`, `unit` and `year` as positions, those outside left out."""
        events = self.runs.events[self.runs.events["kind"] == kind].sort_values("step", kind="stable")
        place = {name: at for at, name in enumerate(units)}
        unit = 0 if tuple(units) == ALL else events["actor"].map(place)
        year = (events["step"] + self.offset) // MONTHS - self.axes.years[0]
        events = events.assign(row=events["run"].map(self.rows), unit=unit, year=year).dropna(subset=["row", "unit"])
        events = events[events["year"].between(0, len(self.axes.years) - 1)]
        return events.astype({"row": int, "unit": int, "year": int})

    def empty(self, n_units: int, fill: float = 0.0) -> Array:
        return np.full((len(self.rows), n_units, len(self.axes.years)), fill)

    def counted(self, kind: str, units: Sequence[str], keep: object) -> Array:
        """Return how many events of a kind there are of each run, unit and year."""
        rows = self.of_kind(kind, units)
        rows = rows[keep(rows)] if callable(keep) else rows
        found = self.empty(len(units))
        np.add.at(found, (rows["row"], rows["unit"], rows["year"]), 1.0)
        return found

    def votes(self) -> Array:
        rows = self.of_kind("vote_no_action", self.axes.states)
        rows = rows[rows["detail"].isin(list(VOTE_VALUES))]
        found = self.empty(len(self.axes.states), np.nan)
        found[rows["row"], rows["unit"], rows["year"]] = rows["detail"].map(VOTE_VALUES)
        return found

    def talks(self) -> Array:
        """Return whether talks run at the end of each year: the last turn tells, later years go on with it."""
        rows = self.of_kind("dialogue", self.axes.states)
        rows = rows[rows["detail"].isin(list(RUNNING))]
        found = self.empty(len(self.axes.states), np.nan)
        found[rows["row"], rows["unit"], rows["year"]] = rows["detail"].map(RUNNING)
        for year in range(found.shape[2]):
            before = found[..., year - 1] if year else np.zeros(found.shape[:2])
            found[..., year] = np.where(np.isnan(found[..., year]), before, found[..., year])
        return found

    def rights(self) -> Array:
        table = self.runs.yearly(self.axes.rights, (self.axes.years[0], self.axes.years[-1]))
        table = table.reindex(index=list(self.rows), columns=list(self.axes.years))
        return table.to_numpy(dtype=np.float64)[:, None, :]


def recorded(record: Record, runs: Slice, axes: Axes) -> dict[str, Array]:
    """Return the facts of the record; who is not on a list that is incomplete is unknown, not absent."""
    found = facts_of(runs, replace(axes, rights=SCORE))
    listed = {year: sum(row.year == year and row.role in ON_LIST for row in record.sponsorships) for year in axes.years}
    complete = {motion.year for motion in record.motions if motion.sponsors == listed.get(motion.year, 0)}
    for place, year in enumerate(axes.years):
        if year not in complete:
            rows = found["sponsors"][..., place]
            rows[rows == 0.0] = np.nan
    return found
