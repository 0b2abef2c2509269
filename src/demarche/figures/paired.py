"""Paired runs of two arms: the same luck and the same inputs, month by month."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demarche.figures.tables import FigureTables
from demarche.figures.view import COUNTS, series_of

KEYS = ("point", "replication", "draw", "luck")


def pairs_of(tables: FigureTables, account: str, arm: str, against: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the numbers of the runs of two arms that share luck and inputs, pair by pair."""
    done = tables.done
    keys = [name for name in KEYS if name in done.columns]
    mine = done[done["account"] == account]
    one, other = (mine[mine["arm"] == name].set_index(keys)["run"] for name in (arm, against))
    both = one.index.intersection(other.index).sort_values()
    return one.loc[both].to_numpy(dtype=np.int64), other.loc[both].to_numpy(dtype=np.int64)


def months_of(tables: FigureTables, name: str, runs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return an outcome's series for some runs, `(n_runs, n_steps)`; what is counted is added up over time."""
    series = series_of(name)
    values = tables.rows_of(series, runs).astype(np.float64)
    return values.cumsum(axis=1) if series in COUNTS else values


def is_added_up(name: str) -> bool:
    """Tell whether what is shown of an outcome over time is the sum so far."""
    return series_of(name) in COUNTS
