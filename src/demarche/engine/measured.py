"""What is measured of a run: kinds of series, events and outcomes, and how they are read and reduced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array, Mask
from demarche.world.fields import FIELDS
from demarche.world.world import World

Rows = tuple[NDArray[np.intp], ...]


@dataclass(frozen=True)
class Happened:
    """The events of one field in one month, those of all runs.

    Parameters
    ----------
    place
        Where each event lies in its field, read row by row, `(n_events,)`.
    codes
        What happened, `(n_events,)`: 1 is the first label.
    counted
        How many events of each code a run had, `(n_labels + 1, n_runs)`.
    shape
        Shape of the field, the run axis last.
    """

    place: NDArray[np.intp]
    codes: NDArray[np.int8]
    counted: NDArray[np.intp]
    shape: tuple[int, ...]

    @property
    def where(self) -> Rows:
        """Positions of each event on the axes of its field, the run last, each `(n_events,)`."""
        return np.unravel_index(self.place, self.shape)


class Month:
    """The world at the end of a month, as it is read: the fields of events are searched once, whoever asks for them."""

    def __init__(self, world: World) -> None:
        self.world, self.n_runs = world, world.n_runs
        self._happened: dict[str, Happened] | None = None

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return a field, the run axis last."""
        return self.world[name]

    def happened(self, field: str) -> Happened | None:
        """Return the events of a field of the world, None where there are none."""
        if self._happened is None:
            self._happened = _search(self.world)
        return self._happened.get(field)


def _search(world: World) -> dict[str, Happened]:
    place, codes, own = world.events()
    n_runs = world.n_runs
    ends = np.cumsum([len(FIELDS[name].labels) + 1 for name in own], dtype=np.intp)
    first = np.concatenate([np.zeros(1, dtype=np.intp), ends])
    which = np.repeat(first[:-1], [some.stop - some.start for some in own.values()])  # row of each event's field
    which += codes
    which -= place // n_runs
    which *= n_runs
    which += place  # less the rows of its field: a division and a product are faster than a remainder
    counted = np.bincount(which, minlength=int(first[-1]) * n_runs).reshape(-1, n_runs)
    return {
        name: Happened(place[some], codes[some], counted[start:end], world[name].shape)
        for (name, some), start, end in zip(own.items(), first[:-1], ends, strict=True)
    }


Reader = Callable[[Month], Array | None]
"""Function from the world at the end of a month to `(n_runs,)`; None for zero in all runs."""


@dataclass(frozen=True)
class SeriesSpec:
    """One monthly variable of a run.

    Parameters
    ----------
    name, unit, meaning
        Name in tables and figures, unit of the values, meaning in plain words.
    read
        Function from the world at the end of a month to `(n_runs,)`.
    counts
        True if it counts events of the month (added up over time), False for a level.
    """

    name: str
    unit: str
    meaning: str
    read: Reader
    counts: bool = False


class _Noting(Month):
    """A month that notes which fields of the world are read."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.noted: set[str] = set()

    def __getitem__(self, name: str) -> NDArray[Any]:
        self.noted.add(name)
        return super().__getitem__(name)

    def happened(self, field: str) -> Happened | None:
        self.noted.add(field)
        return super().happened(field)


def fields_of(spec: SeriesSpec, world: World) -> frozenset[str]:
    """Return the fields that a series is read from, found by reading it once."""
    month = _Noting(world)
    spec.read(month)
    return frozenset(month.noted)


def level(name: str, counts: bool = False) -> SeriesSpec:
    """Return a field without rows as a series of its own name, of a level or, if it counts, of a month's events."""
    spec = FIELDS[name]
    return SeriesSpec(name, spec.unit, spec.meaning, lambda month: month[name], counts)


def issue_mean(name: str, mask: str) -> Reader:
    """Return a reader of the mean of a field over the issues of a mask."""
    def read(month: Month) -> Array:
        weights = month[mask]
        mean: Array = (month[name] * weights).sum(axis=0) / max(float(weights.sum()), 1.0)
        return mean

    return read


def over_issues(name: str) -> Reader:
    """Return a reader of the plain mean of a field over all issues."""
    return lambda month: np.asarray(month[name].mean(axis=0))


def events(field: str, *labels: str) -> Reader:
    """Return a reader of how many rows of an event field show some of its labels."""
    codes = [FIELDS[field].labels.index(label) + 1 for label in labels]

    def read(month: Month) -> Array | None:
        found = month.happened(field)
        return None if found is None else np.asarray(found.counted[codes].sum(axis=0))

    return read


def how_many(hits: Mask) -> Array:
    """Return of how many rows something is true, by run `(n_runs,)`."""
    rows = hits.view(np.uint8).reshape(-1, hits.shape[-1])
    # numbers that need no wider place than a truth are added several times as fast
    counted = rows.sum(axis=0, dtype=np.uint8 if len(rows) <= np.iinfo(np.uint8).max else np.int32)
    return np.asarray(counted, dtype=np.float64)


def count(field: str, value: float) -> Reader:
    """Return a reader of how many rows of a field have a value."""
    return lambda month: how_many(month[field] == value)


@dataclass(frozen=True)
class EventKind:
    """One kind of row in the event table.

    Parameters
    ----------
    kind
        Name in the table.
    field
        Event field whose codes become the column `detail`; its axis gives the actor.
    value
        Field read for the column `value`, empty for none.
    bulk
        Rows so many that they are recorded only on request.
    sides
        Of rows of a ring: columns that say who acted and whom or what it is about, each with the axis on which it is
        a position; -1 is nobody. Without them the axes of the field say both.
    """

    kind: str
    field: str
    value: str = ""
    bulk: bool = False
    sides: tuple[tuple[str, str], ...] = ()

    @property
    def axes(self) -> tuple[str, ...]:
        """Axes of the actor and of whom or what it is about, as far as there are such."""
        return tuple(axis for _, axis in self.sides) or FIELDS[self.field].axes


@dataclass(frozen=True)
class OutcomeSpec:
    """One number of a run, computed from its series.

    Parameters
    ----------
    name, unit, meaning
        Name in files, tables and figures; unit; meaning.
    series
        The series it rests on.
    how
        `total` over all months, `mean` over all months, `last` five years' mean,
        `change` (mean of the last 24 months minus mean of the months 24 to 48), `margin` (mean over
        tabled motions), `near_miss`; see `REDUCERS`.
    """

    name: str
    unit: str
    meaning: str
    series: str
    how: str

    @property
    def months(self) -> int:
        """Shortest period in months that its window fits; a shorter one has no such number."""
        return WINDOW_MONTHS.get(self.how, 1)


TABLED = "motions_tabled"  # the series that tells in which months there was something to vote on
NEAR_MISS_VOTES = 3
LAST_MONTHS = 60
CHANGE_MONTHS = 24
CHANGE_FROM = 24  # the months before it hold the rebound from the start of the reference case

WINDOW_MONTHS = {"last": LAST_MONTHS, "change": CHANGE_FROM + 2 * CHANGE_MONTHS}
"""How -> months of the shortest period that the window fits: the two windows of a change may not overlap."""


def outcome(spec: OutcomeSpec, series: dict[str, Array]) -> Array:
    """Return one outcome `(n_runs,)` from monthly series `(n_steps, n_runs)`; NaN if its window does not fit."""
    values = series[spec.series]
    if len(values) < spec.months:
        return np.full(values.shape[1:], np.nan)
    return REDUCERS[spec.how](values, series[TABLED] > 0)


def _change(values: Array, tabled: Mask) -> Array:
    first = values[CHANGE_FROM : CHANGE_FROM + CHANGE_MONTHS]
    change: Array = values[-CHANGE_MONTHS:].mean(axis=0) - first.mean(axis=0)
    return change


def _margin(values: Array, tabled: Mask) -> Array:
    votes = tabled.sum(axis=0)
    return np.where(votes > 0, (values * tabled).sum(axis=0) / np.maximum(votes, 1), np.nan)


def _near_miss(values: Array, tabled: Mask) -> Array:
    misses: Array = (tabled & (np.abs(values) <= NEAR_MISS_VOTES)).sum(axis=0, dtype=np.float64)
    return misses


REDUCERS: dict[str, Callable[[Array, Mask], Array]] = {
    "total": lambda values, tabled: np.asarray(values.sum(axis=0)),
    "mean": lambda values, tabled: np.asarray(values.mean(axis=0)),
    "last": lambda values, tabled: np.asarray(values[-LAST_MONTHS:].mean(axis=0)),
    "change": _change,
    "margin": _margin,
    "near_miss": _near_miss,
}
