"""Array types and the working precision that all layers share, and the search for true cells; NumPy only."""

from __future__ import annotations

import math
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

REAL = np.float32
"""Precision of the world: of fields, parameters, draws and all that rules work out from them.

Half the memory of double precision, so that twice as much stays near the processor; what it costs in accuracy is
measured in docs/performance.md. A Python float leaves the precision of an array as it is, a NumPy number of double
precision (`np.exp(2.0)`, `np.sqrt(2.0)`) raises it: rules take such numbers from `math`.
"""

TINY = float(np.finfo(REAL).tiny)
"""Smallest number that keeps its precision: the floor under what is divided by, or whose logarithm is taken."""

BELOW_ONE = 1.0 - float(np.finfo(REAL).epsneg)
"""Largest number below 1: the highest uniform."""

LARGEST_EXPONENT = math.floor(math.log(np.finfo(REAL).max))
"""Beyond it an exponential overflows."""

SMALLEST_EXPONENT = math.ceil(math.log(TINY))
"""Below it an exponential loses precision, and what is worked out with it takes many times as long."""

NEAR = 2**16
"""So many numbers stay near the processor."""

WORD_BITS = 3
WORD = 1 << WORD_BITS  # bytes
MANY = 2**15  # bytes from which a search by words is worth its calls

Array = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]
Codes = NDArray[np.int8]
Number = TypeVar("Number", bound=np.generic)
Cells = tuple[NDArray[np.intp], NDArray[np.intp]]


def clear(values: NDArray[Any]) -> None:
    """Set an array to zero in place; as bytes it takes two thirds of the time where it lies in one piece."""
    (values.view(np.uint8) if values.flags.c_contiguous else values).fill(0)


class Spots(tuple[NDArray[np.intp], NDArray[np.intp]]):
    """Some cells of arrays `(n_rows, n_runs)`: a pair of rows and runs that also knows where each cell lies.

    `values[spots]` works as with any pair; `of`, `put_into` and `add_to` do the same several times faster.

    Attributes
    ----------
    flat
        Place of each cell in an array that is read row by row, `(n,)`.
    """

    flat: NDArray[np.intp]

    @classmethod
    def at(cls, flat: NDArray[np.intp], n_runs: int) -> Spots:
        """Return the cells at some places of arrays with so many runs."""
        rows = flat // n_runs
        spots = cls((rows, flat - rows * n_runs))
        spots.flat = flat
        return spots

    @classmethod
    def of_rows(cls, rows: NDArray[np.intp], runs: NDArray[np.intp], n_runs: int) -> Spots:
        """Return the cells of some rows and runs, each `(n,)`, of arrays with so many runs."""
        spots = cls((rows, runs))
        spots.flat = rows * n_runs + runs
        return spots

    def of(self, values: NDArray[Number]) -> NDArray[Number]:
        """Return the values of the cells, `(n,)`."""
        if not values.flags.c_contiguous:
            return values[self]
        return values.reshape(-1).take(self.flat, mode="wrap")  # with a mode NumPy does not look for places outside

    def of_each(self, values: NDArray[Number]) -> NDArray[Number]:
        """Return the values of the cells in each of several arrays `(n_arrays, n_rows, n_runs)`: `(n_arrays, n)`."""
        found = np.empty((len(values), len(self.flat)), dtype=values.dtype)
        for one, row in zip(values, found, strict=True):
            row[...] = self.of(one)
        return found

    def across(self, values: NDArray[Number]) -> NDArray[Number]:
        """Return the values of the cells for each member of an axis between rows and runs, `(n_members, n)`."""
        n_members, n_runs = values.shape[1:]
        place, flat = self[0] * (n_members * n_runs) + self[1], values.reshape(-1)
        found = np.empty((n_members, len(place)), dtype=values.dtype)
        for one in found:
            flat.take(place, out=one, mode="wrap")
            place += n_runs
        return found

    def put_into(self, values: NDArray[Any], new: NDArray[Any] | float) -> None:
        """Write the values of the cells in place."""
        if values.flags.c_contiguous:
            values.reshape(-1)[self.flat] = new
        else:
            values[self] = new

    def add_to(self, values: NDArray[Any], more: NDArray[Any] | float) -> None:
        """Add to the values of the cells in place."""
        self.put_into(values, self.of(values) + more)

    def where(self, kept: Mask) -> Spots:
        """Return those of the cells that are kept, by a truth for each `(n,)`."""
        place = np.flatnonzero(kept)
        spots = Spots((self[0][place], self[1][place]))
        spots.flat = self.flat[place]
        return spots


def cells(mask: Mask | NDArray[Any]) -> Spots:
    """Return the positions (rows, runs) of the true cells of `(n_rows, n_runs)`; of numbers, those that are not 0.

    A flat search is several times faster than one over two axes, one for truths than one for numbers,
    and few cells are true.
    """
    return Spots.at(places(mask), mask.shape[1])


def places(values: Mask | NDArray[Any]) -> NDArray[np.intp]:
    """Return where the true cells of an array lie, read row by row `(n,)`; of numbers, those that are not 0.

    In a large array of bytes few of which are true, words of eight are searched first, and then only those that are
    not empty: in half the time.
    """
    flat = values.reshape(-1)
    whole = flat.itemsize == 1 and flat.flags.c_contiguous and len(flat) % WORD == 0
    if whole and len(flat) >= MANY:
        words = flat.view(np.uint64)
        filled = words != 0
        if 2 * np.count_nonzero(filled) < len(filled):
            where = filled.nonzero()[0]
            cell = _true(words.take(where, mode="wrap").view(flat.dtype))
            found: NDArray[np.intp] = where.take(cell >> WORD_BITS, mode="wrap")
            found <<= WORD_BITS
            cell &= WORD - 1
            found += cell
            return found
    return _true(flat)


def _true(flat: NDArray[Any]) -> NDArray[np.intp]:
    true: Mask = flat if flat.dtype == np.bool_ else flat != 0
    return true.nonzero()[0]
