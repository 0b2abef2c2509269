"""The world of one chunk of runs: arrays with named axes, the run axis last."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import NEAR, REAL, Spots, clear, places
from demarche.errors import Problem, RuleError, closest
from demarche.world.axes import CAST_AXES, FIXED_AXES
from demarche.world.declarations import BUFFERED_KINDS, Declarations
from demarche.world.fields import DECLARED, FieldSpec

SMALL_KINDS = ("choice", "event")
SENDER_ROWS = "senders"
LINE = 64  # bytes
NARROW = "senders of "  # begins what `touch` is told of a field of states of which only the senders may be written
BROAD = 2  # axes, runs among them, beyond which a field is integrated part by part
LARGE = 32  # rows of a run from which a field is cleared and integrated only when it was written


class World:
    """Arrays of every field for `n_runs` runs.

    Parameters
    ----------
    codes
        Stable codes of the members of each axis, in order; an axis that is left out has none.
    n_runs
        Length of the run axis, at least 2 (a single run is padded: width 1 sums in another order).
    n_senders
        Number of states, the first of their axis, that may ever act as senders; None means all.
    wide
        Lever fields, and facts that a lever changes, in which runs differ; the others have a run axis of length 1.
    declared
        Fields, decisions and rings of the world.

    Attributes
    ----------
    bound
        Names of the decisions in which seats may have been bound when they were last taken.
    weighed
        Name of a decision of few -> where it was last taken; nowhere else its utility is other than 0.
    touched
        Which large fields may have been written since the last turn of the month, see `touch`.
    """

    def __init__(
        self,
        codes: dict[str, tuple[str, ...]],
        n_runs: int,
        n_senders: int | None = None,
        wide: Iterable[str] = (),
        declared: Declarations = DECLARED,
    ) -> None:
        self.declared = declared
        self.codes = {**dict.fromkeys(CAST_AXES, ()), **codes, **FIXED_AXES, **declared.ring_axes}
        self.n_runs = n_runs
        self.n_senders = len(self.codes.get("state", ())) if n_senders is None else n_senders
        self.codes["sender"] = self.codes.get("state", ())[: self.n_senders]
        self.wide = frozenset(wide)
        self._order = {kind: sorted(declared.groups[kind], key=self._is_large) for kind in BUFFERED_KINDS}
        self._memory = np.zeros(sum(self._room(spec) for spec in declared.fields.values()), dtype=np.uint8)
        self._used = 0
        self._buffers = {kind: self._buffer(kind) for kind in BUFFERED_KINDS}
        self._small = {kind: self._elements(kind, small_only=True) for kind in BUFFERED_KINDS}
        self._large = {kind: [name for name in self._order[kind] if self._is_large(name)] for kind in BUFFERED_KINDS}
        broad = [name for name in self._large["stock"] if len(declared.fields[name].axes) >= BROAD]
        settled = (*self._large["stock"], *(f"{name}_change" for name in broad))
        self._settled = {*settled, *(NARROW + name for name in settled)}
        self._moves = {name: (name, f"{name}_change", NARROW + name, f"{NARROW}{name}_change")
                       for name in self._large["stock"]}  # fmt: skip
        self._written: dict[str, NDArray[Any]] = {}
        self.touched: set[str] = set()
        self.bound = {one.name for one in declared.decisions}
        self.weighed: dict[str, Spots] = {}
        self.touch()
        self.arrays: dict[str, NDArray[Any]] = {}
        for kind in BUFFERED_KINDS:
            self._lay_buffer(kind)
        for name, spec in declared.fields.items():
            if name not in self.arrays:
                self.arrays[name] = self._allocate(spec)

    def _shape(self, spec: FieldSpec) -> tuple[int, ...]:
        shared = spec.kind in ("data", "lever") and spec.name not in self.wide
        width = 1 if shared else self.n_runs
        return (*(self.size(axis) for axis in spec.axes), width)

    def _allocate(self, spec: FieldSpec) -> NDArray[Any]:
        values = self._take(math.prod(self._shape(spec)), _dtype(spec)).reshape(self._shape(spec))
        _begin(values, spec)
        return values

    def _room(self, spec: FieldSpec) -> int:
        """Return the bytes that a field takes, a whole number of lines of the cache."""
        return -(-math.prod(self._shape(spec)) * _dtype(spec).itemsize // LINE) * LINE

    def _take(self, size: int, dtype: np.dtype[Any]) -> NDArray[Any]:
        """Return the next elements of the memory of the world.

        All fields lie in one piece, for which the system can use large pages.
        """
        start, self._used = self._used, self._used + -(-size * dtype.itemsize // LINE) * LINE
        return self._memory[start : start + size * dtype.itemsize].view(dtype)

    def _is_large(self, name: str) -> bool:
        return math.prod(self._shape(self.declared.fields[name])[:-1]) >= LARGE

    def _elements(self, group: str, small_only: bool = False) -> int:
        names = [name for name in self._order[group] if not (small_only and self._is_large(name))]
        return sum(math.prod(self._shape(self.declared.fields[name])) for name in names)

    def _buffer(self, group: str) -> NDArray[Any]:
        return self._take(self._elements(group), np.dtype(np.int8 if group == "event" else REAL))

    def _lay_buffer(self, group: str) -> None:
        """Make each field of a group a view on one buffer, so that its small fields are cleared or added at once."""
        start = 0
        for name in self._order[group]:
            spec = self.declared.fields[name]
            shape = self._shape(spec)
            end = start + math.prod(shape)
            self.arrays[name] = self._buffers[group][start:end].reshape(shape)
            _begin(self.arrays[name], spec)
            start = end
        if group == "event":
            small = self._order[group][: len(self._order[group]) - len(self._large[group])]
            self._starts = np.cumsum([0, *(self.arrays[name].size for name in small)])

    def size(self, axis: str) -> int:
        """Return the number of members of an axis."""
        if axis.startswith("option:"):
            return len(self.declared.decision_of[axis.removeprefix("option:")].options)
        return len(self.codes[axis])

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name not in self.arrays:
            near = closest(name, self.declared.fields)
            raise RuleError([Problem("world", f"no field is called '{name}'", did_you_mean=near)])
        return self.arrays[name]

    def copy_from(self, other: World, rows: NDArray[np.intp]) -> None:
        """Take over the state of some runs of another world of the same actors, in that order.

        Lever fields, and facts that a lever changes in one of the two, are left alone: they belong to the arm that a
        run goes on in.
        """
        self.forget()
        for name, values in self.arrays.items():
            spec = self.declared.fields[name]
            theirs, shared = other.arrays[name], values.shape[-1] == 1
            if spec.kind != "lever" and shared == (theirs.shape[-1] == 1):
                values[...] = theirs if shared else theirs[..., rows]

    def tracked(self, names: Iterable[str], rows: str = "") -> tuple[str, ...]:
        """Return what `touch` is to be told by whoever writes some fields, all their rows or those of senders only."""
        large = {name for group in self._large.values() for name in group}
        narrow = [rows == SENDER_ROWS and self.declared.fields[name].axes[:1] == ("state",) for name in names]
        return tuple(NARROW * few + name for name, few in zip(names, narrow, strict=True) if name in large)

    def touch(self, names: Iterable[str] | None = None) -> None:
        """Remember that large fields may be written, as `tracked` names them; by default that all may be.

        Only they are cleared at the next turn of the month, and integrated at its end.
        """
        every = (name for group in self._large.values() for name in group)
        self.touched.update(every if names is None else names)

    def forget(self) -> None:
        """Forget what was written, bound and weighed where: the next month takes nothing for granted."""
        self.touch()
        self.bound.update(self.declared.decision_of)
        self.weighed.clear()

    def clear_month(self) -> None:
        """Set flows and events to zero."""
        for group in ("change", "flow", "event"):
            clear(self._buffers[group][: self._small[group]])
        for touched in self.touched:
            if touched not in self._settled:
                clear(self._rows_of(touched))
        self.touched.clear()

    def _rows_of(self, touched: str) -> NDArray[Any]:
        """Return what `touch` was told of, kept since it is asked for each month."""
        if touched not in self._written:
            name = touched.removeprefix(NARROW)
            self._written[touched] = self.arrays[name][: self.n_senders if touched != name else None]
        return self._written[touched]

    def events(self) -> tuple[NDArray[np.intp], NDArray[np.int8], dict[str, slice]]:
        """Return what the fields of events show this month.

        The small ones are searched at once, of the large those that were touched, each in the rows that were.

        Returns
        -------
        tuple
            Where each event lies in its field, read row by row `(n,)`; its code `(n,)`; and name of a field ->
            which of them are its own, of those fields that show any.
        """
        buffer = self._buffers["event"][: self._small["event"]]
        place = places(buffer)
        found, codes = [place], [buffer.take(place, mode="wrap")]
        many = np.diff(np.searchsorted(place, self._starts)).tolist()
        place -= np.repeat(self._starts[:-1], many)
        for name in self._large["event"]:
            touched = name if name in self.touched else NARROW + name
            many.append(0)
            if touched in self.touched:
                rows = self._rows_of(touched).reshape(-1)
                found.append(places(rows))
                codes.append(rows.take(found[-1], mode="wrap"))
                many[-1] = len(found[-1])
        own = zip(self._order["event"], many, np.cumsum(many).tolist(), strict=True)
        shown = {name: slice(end - some, end) for name, some, end in own if some}
        return np.concatenate(found), np.concatenate(codes), shown

    def integrate_stocks(self) -> None:
        """Add this month's changes to the stocks and clip them to [0, 1]; those of broad stocks are zero after it."""
        small = self._small["stock"]
        _integrate(self._buffers["stock"][:small], self._buffers["change"][:small])
        for name, written in self._moves.items():
            if not self.touched.isdisjoint(written):
                _integrate(self.arrays[name], self.arrays[f"{name}_change"])

    def check(self, names: Iterable[str] = ()) -> list[Problem]:
        """Return a problem for each field that is not finite or leaves its range."""
        problems = []
        for name in names or self.declared.fields:
            spec, values = self.declared.fields[name], self.arrays[name]
            if spec.kind == "lever" and np.isnan(values).any():
                values = values[~np.isnan(values)]
            if values.size and not (
                np.isfinite(values).all() and values.min() >= spec.low and values.max() <= spec.high
            ):
                found = f"{values.min()} to {values.max()}"
                problems.append(Problem(name, "field leaves its range", found, f"[{spec.low}, {spec.high}]"))
        return problems


def _dtype(spec: FieldSpec) -> np.dtype[Any]:
    return np.dtype(np.int8 if spec.kind in SMALL_KINDS else REAL)


def _integrate(stocks: NDArray[Any], changes: NDArray[Any]) -> None:
    if stocks.ndim > BROAD:
        rows = max(NEAR // stocks[0].size, 1)
        for start in range(0, len(stocks), rows):  # parts stay near the processor
            part, change = stocks[start : start + rows], changes[start : start + rows]
            _add_up(part, change)
            clear(change)
    else:
        _add_up(stocks, changes)


def _add_up(stocks: NDArray[Any], changes: NDArray[Any]) -> None:
    stocks += changes
    stocks.clip(0.0, 1.0, out=stocks)


def _begin(values: NDArray[Any], spec: FieldSpec) -> None:
    """Lay the start value of a field in place; memory that nobody has written is zero, and is not taken before."""
    start = 0.0 if isinstance(spec.initial, str) else spec.initial
    if start:
        values[...] = start


def _rows(world: World, name: str, rows: str) -> NDArray[Any]:
    values, spec = world[name], world.declared.fields[name]
    if spec.kind == "lever":
        # every run has its own setting as a rule sees it, also where they agree and share memory
        values = np.broadcast_to(values, (*values.shape[:-1], world.n_runs))
    if rows != SENDER_ROWS or "state" not in spec.axes:
        return values
    return values[(slice(None),) * spec.axes.index("state") + (slice(world.n_senders),)]


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
