"""The recorder: reads the world once a month and never writes to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array, cells
from demarche.engine.variables import EVENT_KINDS, ISSUE_FIELDS, OUTCOMES, SERIES, SeriesSpec, issue_series, outcome
from demarche.world.fields import FIELDS
from demarche.world.world import World


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
    detail
        Code of the kind's field (1 is its first label).
    value
        Value of the kind's value field, NaN without one.
    """

    run: NDArray[np.int32]
    step: NDArray[np.int16]
    kind: NDArray[np.int8]
    actor: NDArray[np.int16]
    detail: NDArray[np.int8]
    value: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.run)


_COLUMNS: tuple[tuple[str, Any], ...] = (
    ("run", np.int32),
    ("step", np.int16),
    ("kind", np.int8),
    ("actor", np.int16),
    ("detail", np.int8),
    ("value", np.float32),
)


def join_events(parts: list[dict[str, NDArray[Any]]]) -> EventTable:
    """Join parts of columns into one table sorted by run, step, kind and actor."""
    columns = {
        name: np.concatenate([part[name] for part in parts]) if parts else np.empty(0, dtype)
        for name, dtype in _COLUMNS
    }
    order = np.lexsort((columns["actor"], columns["kind"], columns["step"], columns["run"]))
    return EventTable(**{name: columns[name][order].astype(dtype) for name, dtype in _COLUMNS})


@dataclass
class Recorder:
    """Collects series and events of one chunk of runs.

    Parameters
    ----------
    codes
        Codes of the world's axes.
    n_steps, n_runs
        Size of the chunk.
    events
        Whether events are recorded; bulk kinds only if `bulk`.
    """

    codes: dict[str, tuple[str, ...]]
    n_steps: int
    n_runs: int
    events: bool = True
    bulk: bool = False
    specs: tuple[SeriesSpec, ...] = field(init=False)
    series: NDArray[np.float32] = field(init=False)
    parts: list[dict[str, NDArray[Any]]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.specs = (*SERIES, *issue_series(self.codes["issue"]))
        self.series = np.zeros((len(self.specs), self.n_steps, self.n_runs), dtype=np.float32)

    def record(self, world: World, step: int) -> None:
        """Read the series and the events of a step."""
        for row, spec in enumerate(SERIES):
            self.series[row, step] = spec.read(world)[: self.n_runs]
        n_issues = len(self.codes["issue"])
        for number, name in enumerate(ISSUE_FIELDS):
            start = len(SERIES) + number * n_issues
            self.series[start : start + n_issues, step] = world[name][:, : self.n_runs]
        if self.events:
            for position, kind in enumerate(EVENT_KINDS):
                if self.bulk or not kind.bulk:
                    self._record_events(world, step, position)

    def _record_events(self, world: World, step: int, position: int) -> None:
        kind = EVENT_KINDS[position]
        codes = world[kind.field][..., : self.n_runs]
        if not codes.any():
            return
        where = cells(codes != 0) if codes.ndim > 1 else (np.flatnonzero(codes),)
        values = world[kind.value][..., : self.n_runs] if kind.value else None
        shared = values is not None and values.ndim == codes.ndim
        n = len(where[-1])
        self.parts.append(
            {
                "run": where[-1],
                "step": np.full(n, step),
                "kind": np.full(n, position),
                "actor": where[0] if codes.ndim > 1 else np.full(n, -1),
                "detail": codes[where],
                "value": values[where] if values is not None and shared else np.full(n, np.nan),
            }
        )

    def outcomes(self) -> dict[str, Array]:
        """Return every outcome `(n_runs,)` of the recorded series."""
        table = {
            spec.name: self.series[row].astype(np.float64)
            for row, spec in enumerate(self.specs)
            if any(o.series == spec.name for o in OUTCOMES.values()) or spec.name == "motions_tabled"
        }
        return {name: outcome(spec, table) for name, spec in OUTCOMES.items()}


def detail_label(kind: int, detail: int) -> str:
    """Return the label of an event's detail code."""
    return FIELDS[EVENT_KINDS[kind].field].labels[detail - 1]
