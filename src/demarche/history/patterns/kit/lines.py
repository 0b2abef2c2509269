"""Lines through yearly values, and how things move together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd


def series_of(found: Mapping[Any, float]) -> pd.Series[float]:
    """Return numbers by run as a Series."""
    import pandas as pd

    return pd.Series(dict(found), dtype=float)


def cell(table: pd.DataFrame, run: Any, year: Any) -> float:
    """Return the value of a run and year, NaN outside the table."""
    known = run in table.index and year in table.columns
    return float(table.to_numpy()[table.index.get_loc(run), table.columns.get_loc(year)]) if known else float("nan")


def slopes(yearly: pd.DataFrame) -> pd.Series[float]:
    """Return the least-squares slope per year of each run of a table run by year."""
    import pandas as pd

    years = np.asarray(yearly.columns, dtype=np.float64)
    years -= years.mean()
    return pd.Series(yearly.to_numpy(dtype=np.float64) @ years / (years @ years), yearly.index)


def correlations(left: pd.DataFrame, right: pd.DataFrame) -> pd.Series[float]:
    """Return the correlation within each run of two tables run by time; NaN where one does not move."""
    a, b = (one.sub(one.mean(axis=1), axis=0) for one in (left, right))
    length = (a**2).sum(axis=1) * (b**2).sum(axis=1)
    return (a * b).sum(axis=1) / np.sqrt(length.where(length > 0))


def fitted(y: NDArray[Any], *columns: NDArray[Any]) -> NDArray[np.float64]:
    """Return the least-squares weights of some columns, after a constant; NaN if they cannot be told apart."""
    table = np.column_stack([np.ones(len(y)), *columns])
    if len(y) <= table.shape[1] or np.linalg.matrix_rank(table) < table.shape[1]:
        return np.full(len(columns), np.nan)
    return np.asarray(np.linalg.lstsq(table, y, rcond=None)[0][1:], dtype=np.float64)


def pairwise(changes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean pairwise correlation of each run `(n_runs,)` of changes `(n_rows, n_runs, n_years)`."""
    centred = changes - changes.mean(axis=2, keepdims=True)
    length = np.sqrt((centred**2).sum(axis=2, keepdims=True))
    unit = np.divide(centred, length, out=np.full_like(centred, np.nan), where=length > 1e-12)
    matrix = np.einsum("iry,jry->rij", unit, unit)
    upper = np.triu_indices(len(changes), k=1)
    pairs = matrix[:, upper[0], upper[1]]
    known = ~np.isnan(pairs)
    total = np.where(known, pairs, 0.0).sum(axis=1)
    mean: NDArray[np.float64] = np.where(known.any(axis=1), total / np.maximum(known.sum(axis=1), 1), np.nan)
    return mean
