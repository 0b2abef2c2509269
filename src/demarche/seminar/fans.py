"""How the differences between class and twin grow, year by year, in pairs of worlds with the same luck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from demarche.analysis.comparison.intervals import estimate
from demarche.engine.variables import OUTCOMES
from demarche.figures.titles import title_of
from demarche.seminar.room import Room
from demarche.seminar.timeline import CLASS, NOBODY
from demarche.world.calendar import Month

if TYPE_CHECKING:
    import pandas as pd

    from demarche.experiment.results.store import Results

DRAWN = ("releases", "person_months_detained", "core_practice", "core_practice_change")
"""Outcomes whose difference is drawn over the years, if a scenario names them; of one series the first."""

MOST_FANS = 3


@dataclass(frozen=True)
class Grown:
    """A difference as it is in one year.

    Parameters
    ----------
    year
        Which.
    mean, low, high
        Mean of the pairs and its 95 % interval.
    own
        Difference in the room's own world.
    """

    year: int
    mean: float
    low: float
    high: float
    own: float


@dataclass(frozen=True)
class Fan:
    """The difference of one outcome over the years.

    Parameters
    ----------
    title, unit
        Of the outcome.
    summed
        Whether what a year brings is added to the years before it.
    pairs
        Pairs of worlds.
    years
        One a year, in order.
    """

    title: str
    unit: str
    summed: bool
    pairs: int
    years: tuple[Grown, ...]


def fans_of(room: Room, medians: Results, outcomes: tuple[str, ...]) -> tuple[Fan, ...]:
    """Return how some outcomes' differences between class and twin grow, under the room's account at its medians.

    Parameters
    ----------
    room
        The room.
    medians
        Its pairs; the first is the own world.
    outcomes
        Outcomes that the room is asked about.
    """
    chosen = {OUTCOMES[name].series: name for name in reversed(DRAWN) if name in outcomes}
    series = list(reversed(chosen))[:MOST_FANS]
    runs = medians.runs()
    mine = runs[runs["account"] == room.state.account].set_index("run")[["arm", "replication"]]
    table = medians.series(["run", "step", *series])
    table = table[(table["step"] >= room.stages[0].first) & table["run"].isin(mine.index)].join(mine, on="run")
    start = Month.parse(medians.start)
    table = table.assign(year=[start.plus(int(one)).year for one in table["step"]])
    return tuple(_fan(table, name, chosen[name]) for name in series)


def _fan(table: pd.DataFrame, series: str, outcome: str) -> Fan:
    summed = OUTCOMES[outcome].how == "total"
    by_year = table.pivot_table(series, ["arm", "replication"], "year", "sum" if summed else "mean").sort_index()
    # the first row of each arm is the own world
    mine, twin = (by_year.loc[[arm]].to_numpy(dtype=np.float64) for arm in (CLASS, NOBODY))
    values = (mine - twin).cumsum(axis=1) if summed else mine - twin
    found = [estimate(column) for column in values.T]
    grown = tuple(
        Grown(int(year), one.mean, one.low, one.high, float(own))
        for year, one, own in zip(by_year.columns.tolist(), found, values[0], strict=True)
    )
    return Fan(title_of(outcome if summed else series), OUTCOMES[outcome].unit, summed, len(values), grown)
