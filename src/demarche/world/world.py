"""The world of one chunk of runs: arrays with named axes, the run axis last."""

from __future__ import annotations

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
STARTING_KINDS = ("flow", "event")


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
        self.arrays: dict[str, NDArray[Any]] = {name: self._allocate(spec) for name, spec in FIELDS.items()}

    def _allocate(self, spec: FieldSpec) -> NDArray[Any]:
        width = 1 if spec.kind in ("data", "lever") else self.n_runs
        shape = (*(self.size(axis) for axis in spec.axes), width)
        start = 0.0 if spec.initial == "cast" else spec.initial
        return np.full(shape, start, dtype=np.int8 if spec.kind in SMALL_KINDS else np.float64)

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
        for name in _STARTING:
            self.arrays[name].fill(0)

    def integrate_stocks(self) -> None:
        """Add this month's changes to the stocks and clip them to their ranges."""
        for name, low, high in _STOCKS:
            stock = self.arrays[name]
            stock += self.arrays[f"{name}_change"]
            np.clip(stock, low, high, out=stock)

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


_STARTING = tuple(name for name, spec in FIELDS.items() if spec.kind in STARTING_KINDS)
_STOCKS = tuple((name, spec.low, spec.high) for name, spec in FIELDS.items() if spec.kind == "stock")


def _rows(world: World, name: str, rows: str) -> NDArray[Any]:
    axes = FIELDS[name].axes if name in FIELDS else ()
    if rows != SENDER_ROWS or "state" not in axes:
        return world[name]
    return world[name][(slice(None),) * axes.index("state") + (slice(world.n_senders),)]


class FieldView:
    """What one rule sees of the world: the fields it declared, read-only unless it writes them.

    With `rows` set to `senders`, fields of states show the possible senders only, the first rows.
    """

    __slots__ = ("_arrays", "_owner")
    _arrays: dict[str, NDArray[Any]]
    _owner: str

    def __init__(
        self, world: World, reads: Iterable[str], writes: Iterable[str], owner: str, rows: str = ""
    ) -> None:
        arrays: dict[str, NDArray[Any]] = {}
        for name in reads:
            arrays[name] = _rows(world, name, rows).view()
            arrays[name].flags.writeable = False
        for name in writes:
            arrays[name] = _rows(world, name, rows)
        object.__setattr__(self, "_arrays", arrays)
        object.__setattr__(self, "_owner", owner)

    def __getattr__(self, name: str) -> NDArray[Any]:
        try:
            return self._arrays[name]
        except KeyError:
            declared = ", ".join(sorted(self._arrays))
            fix = f"add '{name}' to its reads or writes"
            raise RuleError(
                [Problem(self._owner, f"field '{name}' is not declared", expected=declared, fix=fix)]
            ) from None

    def __setattr__(self, name: str, value: object) -> None:
        if self._arrays.get(name) is not value:
            fix = f"use w.{name}[...] = value or w.{name} += value, on a field it writes"
            raise RuleError([Problem(self._owner, f"field '{name}' must be written in place", fix=fix)])
