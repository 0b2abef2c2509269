"""What runs show month by month, added up to some months: the measures of `measures.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from demarche.arrays import Array
from demarche.world.fields import FIELDS
from demarche.world.world import World
from tests.claims.rows import measures

Reading = Callable[[], Array]


class Gauge:
    """Reads some measures of a world at the end of each month, and keeps their sums up to some months."""

    def __init__(self, world: World, names: Iterable[str], bounds: Sequence[int]) -> None:
        self.bounds = tuple(bounds)
        self.readings = {name: reading(world, measures()[name]) for name in names}
        self.total = {name: np.zeros(world.n_runs) for name in self.readings}
        self.kept: dict[str, list[Array]] = {name: [] for name in self.readings}
        self.month = 0

    def read(self) -> None:
        """Add the month that has ended."""
        for name, read in self.readings.items():
            self.total[name] += read()
        self.month += 1
        if self.month in self.bounds:
            for name, total in self.total.items():
                self.kept[name].append(total.copy())

    def sums(self) -> dict[str, Array]:
        """Return measure -> sums up to each bound `(n_bounds, n_runs)`."""
        return {name: np.array(kept) for name, kept in self.kept.items()}


def reading(world: World, said: dict) -> Reading:
    """Return the function that reads a measure `(n_runs,)`."""
    if "focus" in said:
        return focus(world, said)
    name = said.get("field", said.get("events"))
    codes = [FIELDS[name].labels.index(label) + 1 for label in said.get("labels", ())]
    adds = bool(codes) or said.get("sum", False)
    array, mask = world[name], masks(world, name, said)

    def read() -> Array:
        values = happened(array, codes) if codes else array
        if "times" in said:
            values = values * world[said["times"]]
        axes = tuple(range(values.ndim - 1))
        if mask is None:
            return values.sum(axis=axes) if adds else values.mean(axis=axes) if axes else values
        held = mask()
        weighed = (values * held).sum(axis=axes)
        return weighed if adds else weighed / np.maximum(np.broadcast_to(held, values.shape).sum(axis=axes), 1.0)

    return read


def happened(array: Array, codes: Sequence[int]) -> Array:
    """Return where one of some kinds of events happens."""
    found = array == codes[0]
    for code in codes[1:]:
        found |= array == code
    return found


def masks(world: World, name: str, said: dict) -> Callable[[], Array] | None:
    """Return the function that gives the rows which count, or None for all; `second` masks the second axis."""
    if "rows" in said:
        rows = world[name].shape[0]
        wide = world[name].ndim == 3

        def first() -> Array:
            mask = world[said["rows"]][:rows]
            return mask[:, None] if wide else mask

        return first
    return (lambda: world[said["second"]][None]) if "second" in said else None


def focus(world: World, said: dict) -> Reading:
    """Return the share of groups at work on issues above or below a level of a fact."""
    facts = world[said["focus"]][:, 0]
    chosen = facts >= said["above"] if "above" in said else facts < said["below"]

    def read() -> Array:
        at_work = world["ngo_is_open"] > 0.0
        mine = chosen[world["ngo_focus"].astype(int)] * at_work
        part: Array = mine.sum(axis=0) / np.maximum(at_work.sum(axis=0), 1)
        return part

    return read
