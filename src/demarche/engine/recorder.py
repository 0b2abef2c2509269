"""The recorder: reads the world once a month and never writes to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.engine.seats import Idle
from demarche.engine.variables import (
    EVENT_KINDS,
    ISSUE_FIELDS,
    OUTCOMES,
    RESTED_ON,
    SERIES,
    EventKind,
    Month,
    SeriesSpec,
    by_issue,
    issue_series,
    outcome,
)
from demarche.errors import DesignError, Problem, closest
from demarche.world.fields import FIELDS
from demarche.world.world import World

LEVEL_NAMES = frozenset(spec.name for spec in SERIES)
ISSUE_PREFIXES = tuple(f"{name}_" for name in ISSUE_FIELDS)


def place_of(name: str, recorded: Sequence[str]) -> int:
    """Return the place of a series among the names of those that are recorded.

    Raises
    ------
    DesignError
        If there is no such series, or it is left out.
    """
    if name in recorded:
        return recorded.index(name)
    if name in LEVEL_NAMES or (name.startswith(ISSUE_PREFIXES) and not any(map(_is_by_issue, recorded))):
        what = f"the series '{name}' is not recorded, but those alone that outcomes rest on"
        raise DesignError([Problem("series", what, fix="simulate with all_series=True")])
    raise DesignError([Problem("series", f"no series is called '{name}'", did_you_mean=closest(name, recorded))])


def _is_by_issue(name: str) -> bool:
    return name not in LEVEL_NAMES and name.startswith(ISSUE_PREFIXES)


@dataclass(frozen=True)
class EventTable:
    """Events as columns of equal length, one entry an event.

    Parameters
    ----------
    run, step
        Position of the run in its table, and step.
    kind
        Position in `EVENT_KINDS`.
    actor
        Position on the axis of the kind's field, -1 where it has none.
    about
        Position on the second axis of the kind's field, -1 where it has none.
    detail
        Code of the kind's field (1 is its first label).
    value
        Value of the kind's value field, NaN without one.
    """

    run: NDArray[np.int32]
    step: NDArray[np.int16]
    kind: NDArray[np.int8]
    actor: NDArray[np.int16]
    about: NDArray[np.int16]
    detail: NDArray[np.int8]
    value: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.run)


EVENT = np.dtype([
    ("run", np.int32),
    ("step", np.int16),
    ("actor", np.int16),
    ("about", np.int16),
    ("kind", np.int8),
    ("detail", np.int8),
    ("value", np.float32),
])
"""One event. Events lie side by side until they are sorted, so that each is fetched from memory once."""

WHOLE = np.complex128
"""As long as an event; NumPy moves its own numbers faster than records."""


def join_events(parts: list[NDArray[Any]]) -> EventTable:
    """Join parts of events, arrays of `EVENT`, into one table sorted by run, step, kind, actor and whom it is about.

    Those of a run come in order: months, within a month kinds, within a kind actors and whom it is about.
    """
    joined = np.concatenate(parts) if parts else np.empty(0, EVENT)
    run = joined["run"]
    # NumPy sorts whole numbers of 16 bits in one pass
    order = np.argsort(run.astype(np.uint16) if run.max(initial=0) < 2**16 else run, kind="stable")
    ordered = joined.view(WHOLE).take(order).view(EVENT)
    return EventTable(**{name: np.ascontiguousarray(ordered[name]) for name in EVENT.names or ()})


@dataclass
class Recorder:
    """Collects series and events of one chunk of runs, month by month; grows as long as months come.

    Parameters
    ----------
    codes
        Codes of the world's axes.
    n_steps, n_runs
        Months that are expected, and number of runs.
    events
        Whether events are recorded; bulk kinds only if `bulk`.
    all_series
        Whether all series are recorded, or only those that outcomes rest on, less than half of them.

    Attributes
    ----------
    specs
        The series that are recorded.
    n_months, series, parts
        What was recorded so far.
    idle
        Bound choices for which there was no occasion, see `simulate_chunk`.
    """

    codes: dict[str, tuple[str, ...]]
    n_steps: int
    n_runs: int
    events: bool = True
    bulk: bool = False
    all_series: bool = True
    specs: tuple[SeriesSpec, ...] = field(init=False)
    n_months: int = field(init=False, default=0)
    parts: list[NDArray[Any]] = field(init=False, default_factory=list)
    idle: tuple[Idle, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        self._levels = SERIES if self.all_series else tuple(one for one in SERIES if one.name in RESTED_ON)
        self._by_issue = ISSUE_FIELDS if self.all_series else ()
        self.specs = (*self._levels, *(issue_series(self.codes["issue"]) if self.all_series else ()))
        # month by month, so that what is written together lies together
        self._series = np.zeros((max(self.n_steps, 1), len(self.specs), self.n_runs), dtype=np.float32)

    @property
    def series(self) -> NDArray[np.float32]:
        """The series of the months recorded so far, `(n_series, n_months, n_runs)`."""
        return self._series[: self.n_months].transpose(1, 0, 2)

    def of(self, name: str) -> NDArray[np.float32]:
        """Return one series of the months recorded so far, `(n_months, n_runs)`.

        Raises
        ------
        DesignError
            If there is no such series, or it is not among those that are recorded.
        """
        one: NDArray[np.float32] = self.series[place_of(name, [spec.name for spec in self.specs])]
        return one

    def quantiles(self, name: str, shares: Sequence[float] = (0.1, 0.5, 0.9)) -> Array:
        """Return quantiles over the runs of each month recorded so far, `(n_shares, n_months)`.

        Parameters
        ----------
        name
            Name of a series.
        shares
            Shares of the runs that lie below, in [0, 1].
        """
        return np.asarray(np.quantile(self.of(name).astype(np.float64), shares, axis=1))

    def copy_of(self, rows: NDArray[np.intp]) -> Recorder:
        """Return a recorder that has recorded the same months of some runs, in that order, and may go on."""
        other = Recorder(self.codes, self.n_steps, len(rows), self.events, self.bulk, self.all_series)
        other._grow(self.n_months)
        other._series[: self.n_months] = self._series[: self.n_months, :, rows]
        other.n_months = self.n_months
        for part in self.parts:
            position, place = np.nonzero(part["run"][:, None] == rows)
            theirs = part[position]
            theirs["run"] = place
            other.parts.append(theirs)
        return other

    def record(self, world: World, step: int) -> None:
        """Read the series and the events of a step; steps come in order, the first is 0."""
        self._grow(step + 1)
        self.n_months = step + 1
        month = Month(world)
        for row, spec in enumerate(self._levels):
            values = spec.read(month)
            if values is not None:  # memory that nobody has written is zero
                self._series[step, row] = values[: self.n_runs]
        n_issues = len(self.codes["issue"])
        for number, name in enumerate(self._by_issue):
            start = len(self._levels) + number * n_issues
            self._series[step, start : start + n_issues] = by_issue(month, name)[:, : self.n_runs]
        if self.events:
            for position, kind in enumerate(EVENT_KINDS):
                if self.bulk or not kind.bulk:
                    self._record_events(month, step, position)

    def _grow(self, n_months: int) -> None:
        held = len(self._series)
        if n_months > held:
            more = np.zeros((max(n_months, 2 * held) - held, len(self.specs), self.n_runs), dtype=np.float32)
            self._series = np.concatenate([self._series, more])

    def _record_events(self, month: Month, step: int, position: int) -> None:
        kind = EVENT_KINDS[position]
        found = month.happened(kind.field)
        if found is None:
            return
        where, codes = found.where, found.codes
        if month.n_runs > self.n_runs:  # what a padded run repeats is left out
            kept = where[-1] < self.n_runs
            where, codes = tuple(place[kept] for place in where), codes[kept]
        shape = found.shape
        values = month[kind.value] if kind.value else None
        part = np.empty(len(codes), EVENT)
        part["run"], part["step"], part["kind"], part["detail"] = where[-1], step, position, codes
        part["actor"], part["about"] = _side(month, kind, where, 0), _side(month, kind, where, 1)
        shared = values is not None and values.ndim == len(shape)
        part["value"] = np.broadcast_to(values, shape)[where] if values is not None and shared else np.nan
        self.parts.append(part)

    def outcomes(self) -> dict[str, Array]:
        """Return every outcome `(n_runs,)` of the recorded series."""
        table = {
            spec.name: self.series[row].astype(np.float64)
            for row, spec in enumerate(self.specs)
            if spec.name in RESTED_ON
        }
        return {name: outcome(spec, table) for name, spec in OUTCOMES.items()}


def _side(month: Month, kind: EventKind, where: tuple[NDArray[np.intp], ...], side: int) -> NDArray[Any] | int:
    """Return positions of the actors of events (side 0), or of whom they are about; -1 for nobody."""
    if side < len(kind.sides):
        found: NDArray[Any] = month[kind.sides[side][0]][where]
        return found
    if not kind.sides and side < len(where) - 1:
        return where[side]
    return -1


def detail_label(kind: int, detail: int) -> str:
    """Return the label of an event's detail code."""
    return FIELDS[EVENT_KINDS[kind].field].labels[detail - 1]
