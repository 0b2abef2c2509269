"""The world of one chunk of runs: arrays with named axes, the run axis last."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.errors import Problem, RuleError, closest
from demarche.world.axes import FIXED_AXES
from demarche.world.decisions import DECISION_OF
from demarche.world.fields import FIELDS, FieldSpec

SMALL_KINDS = ("choice", "event")
SENDER_ROWS = "senders"
BUFFERED_KINDS = ("stock", "change", "flow", "event")


class World:
    """Arrays of every field for `n_runs` runs.

    Parameters
    ----------
    codes
        Stable codes of the members of each axis, in order.
    n_runs
        Length of the run axis, at least 2 (a single run is padded: width 1 sums in another order).
    n_senders
        Number of states, the first of their axis, that may ever act as senders; None means all.
    """

    def __init__(self, codes: dict[str, tuple[str, ...]], n_runs: int, n_senders: int | None = None) -> None:
        self.codes = {**codes, **FIXED_AXES}
        self.n_runs = n_runs
        self.n_senders = len(codes["state"]) if n_senders is None else n_senders
        self._buffers = {kind: self._buffer(kind) for kind in BUFFERED_KINDS}
        self.arrays: dict[str, NDArray[Any]] = {}
        for kind in BUFFERED_KINDS:
            self._lay_buffer(kind)
        for name, spec in FIELDS.items():
            if name not in self.arrays:
                self.arrays[name] = self._allocate(spec)

    def _shape(self, spec: FieldSpec) -> tuple[int, ...]:
        width = 1 if spec.kind in ("data", "lever") else self.n_runs
        return (*(self.size(axis) for axis in spec.axes), width)

    def _allocate(self, spec: FieldSpec) -> NDArray[Any]:
        return np.full(self._shape(spec), _start(spec), dtype=np.int8 if spec.kind in SMALL_KINDS else np.float64)

    def _buffer(self, group: str) -> NDArray[Any]:
        size = sum(math.prod(self._shape(FIELDS[name])) for name in _GROUPS[group])
        return np.zeros(size, dtype=np.int8 if group == "event" else np.float64)

    def _lay_buffer(self, group: str) -> None:
        """Make each field of a group a view on one buffer, so that the group is cleared or added at once."""
        start = 0
        for name in _GROUPS[group]:
            shape = self._shape(FIELDS[name])
            end = start + math.prod(shape)
            self.arrays[name] = self._buffers[group][start:end].reshape(shape)
            self.arrays[name][...] = _start(FIELDS[name])
            start = end

    def size(self, axis: str) -> int:
        """Return the number of members of an axis."""
        if axis.startswith("option:"):
            return len(DECISION_OF[axis.removeprefix("option:")].options)
        return len(self.codes[axis])

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name not in self.arrays:
            raise RuleError([Problem("world", f"no field is called '{name}'", did_you_mean=closest(name, FIELDS))])
        return self.arrays[name]

    def clear_month(self) -> None:
        """Set flows and events to zero."""
        for group in ("change", "flow", "event"):
            self._buffers[group].fill(0)

    def integrate_stocks(self) -> None:
        """Add this month's changes to the stocks and clip them to [0, 1]."""
        stocks = self._buffers["stock"]
        stocks += self._buffers["change"]
        np.clip(stocks, 0.0, 1.0, out=stocks)

    def check(self, names: Iterable[str] = ()) -> list[Problem]:
        """Return a problem for each field that is not finite or leaves its range."""
        problems = []
        for name in names or FIELDS:
            spec, values = FIELDS[name], self.arrays[name]
            if spec.kind == "lever" and np.isnan(values).any():
                values = values[~np.isnan(values)]
            if values.size and not (
                np.isfinite(values).all() and values.min() >= spec.low and values.max() <= spec.high
            ):
                found = f"{values.min()} to {values.max()}"
                problems.append(Problem(name, "field leaves its range", found, f"[{spec.low}, {spec.high}]"))
        return problems


_STOCKS = tuple(name for name, spec in FIELDS.items() if spec.kind == "stock")
_CHANGES = tuple(f"{name}_change" for name in _STOCKS)
_GROUPS: dict[str, tuple[str, ...]] = {
    "stock": _STOCKS,
    "change": _CHANGES,
    "flow": tuple(name for name, spec in FIELDS.items() if spec.kind == "flow" and name not in _CHANGES),
    "event": tuple(name for name, spec in FIELDS.items() if spec.kind == "event"),
}


def _start(spec: FieldSpec) -> float:
    return 0.0 if spec.initial == "cast" else spec.initial


def _rows(world: World, name: str, rows: str) -> NDArray[Any]:
    axes = FIELDS[name].axes if name in FIELDS else ()
    if rows != SENDER_ROWS or "state" not in axes:
        return world[name]
    return world[name][(slice(None),) * axes.index("state") + (slice(world.n_senders),)]


class FieldView:
    """What one rule sees of the world: the fields it declared, read-only unless it writes them.

    With `rows` set to `senders`, fields of states show the possible senders only, the first rows.
    """

    _owner: str

    def __init__(self, world: World, reads: Iterable[str], writes: Iterable[str], owner: str, rows: str = "") -> None:
        arrays: dict[str, NDArray[Any]] = {}
        for name in reads:
            arrays[name] = _rows(world, name, rows).view()
            arrays[name].flags.writeable = False
        for name in writes:
            arrays[name] = _rows(world, name, rows)
        # Straight into the instance dictionary: fields are read some two hundred thousand times a chunk.
        self.__dict__.update(arrays, _owner=owner)

    def __getattr__(self, name: str) -> NDArray[Any]:
        declared = ", ".join(sorted(set(self.__dict__) - {"_owner"}))
        fix = f"add '{name}' to its reads or writes"
        raise RuleError([Problem(self._owner, f"field '{name}' is not declared", expected=declared, fix=fix)])

    def __setattr__(self, name: str, value: object) -> None:
        if self.__dict__.get(name) is not value:
            fix = f"use w.{name}[...] = value or w.{name} += value, on a field it writes"
            raise RuleError([Problem(self._owner, f"field '{name}' must be written in place", fix=fix)])
