"""Writing and reading rings: rows of a run that are filled in turn, the oldest giving way to the newest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array, Cells, Spots, cells

Positions = NDArray[np.intp]


def write_rows(columns: Mapping[str, Array], head: Array, runs: Positions, values: Mapping[str, Array]) -> Cells:
    """Write one new row for each entry of `runs`, in order, and return where they stand.

    Parameters
    ----------
    columns
        Name -> column of the ring `(size, n_runs)`, changed in place.
    head
        Row that is written next `(n_runs,)`, moved on in place.
    runs
        Run of each new row `(n_new,)`, in ascending order; a run may have several.
    values
        Name -> values `(n_new,)` of each column.

    Returns
    -------
    Cells
        Rows and runs of the new entries, each `(n_new,)`. If a run has more new rows than the ring is
        long, only the last ones remain.
    """
    rows = next_rows(head, len(next(iter(columns.values()))), runs)
    for name, column in columns.items():
        column[rows, runs] = values[name]
    return rows, runs


def in_order(mask: Array) -> Spots:
    """Return the cells that are not 0 in the order of runs, as rings want them."""
    found = cells(mask)
    return found.at(found.flat[order_of(found[1], mask.shape[1])], mask.shape[1])


def order_of(runs: Positions, n_runs: int) -> Positions:
    """Return how new rows are put in the order of their runs, `(n_new,)`; those of one run stay in their order."""
    # NumPy sorts whole numbers of 16 bits in one pass
    short = runs.astype(np.uint16) if n_runs <= np.iinfo(np.uint16).max else runs
    return np.argsort(short, kind="stable")


def new_rows(head: Array, size: int, runs: Positions) -> Spots:
    """Return where new rows of a ring of some size go, and move its head on in place; see `write_rows`."""
    return Spots.of_rows(next_rows(head, size, runs), runs, len(head))


def next_rows(head: Array, size: int, runs: Positions) -> Positions:
    """Return which rows new ones of a ring of some size take, `(n_new,)`, and move its head on in place."""
    many = np.bincount(runs, minlength=len(head))
    # the head of its run, and its number among the new ones of that run
    rows = np.arange(len(runs)) + np.repeat(head.astype(np.intp) + many - np.cumsum(many), many)
    rows %= size
    head += many
    head %= size
    return rows


def at_rows(values: NDArray[Any], rows: Array) -> NDArray[Any]:
    """Return in each run the values `(n_rows, n_runs)` of the rows that a column of numbers names.

    Parameters
    ----------
    values
        Of any rows, such as persons.
    rows
        Their positions `(size, n_runs)`; a number below 0 stands for none, and gets what the last one has.
    """
    n_runs = values.shape[1]
    places = rows.astype(np.int32)  # half as long as places in memory, which NumPy makes of them in the end
    places *= n_runs
    places += np.arange(n_runs, dtype=np.int32)
    found: NDArray[Any] = values.reshape(-1).take(places, mode="wrap")
    return found


def clear_rows(columns: Mapping[str, Array], cells: Cells, empty: float = -1.0) -> None:
    """Empty some rows of a ring in place."""
    for column in columns.values():
        column[cells] = empty
