"""The two layers of bands and intervals of runs: all of them, and luck given the draws of parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from demarche.analysis.comparison.units import DRAW, LUCK, clusters_of, luck_of, over_what
from demarche.figures.common import BAND
from demarche.figures.tables import FigureTables

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from demarche.analysis.comparison.intervals import Codes

FAINT, DARK = 0.13, 0.22
"""Opacity of the band of all runs, and of that of luck, which lies on it."""
LUCK_LABEL = "darker: luck given the draws"
LUCK_COLUMNS = {"luck_low": "10 % of luck below", "luck_high": "10 % of luck above"}


def has_layers(tables: FigureTables) -> bool:
    """Tell whether draws met luck twice, so that luck given the draws can be told apart."""
    done = tables.done
    if not {DRAW, LUCK} <= set(done.columns):
        return False
    return bool((done.groupby(["arm", "account", DRAW], observed=True)[LUCK].nunique() > 1).any())


def rows_of(tables: FigureTables, runs: NDArray[np.int64]) -> pd.DataFrame:
    """Return the rows of some runs in their order: draw and luck, or replication."""
    return tables.done.set_index("run").loc[runs].reset_index()


def luck_band(tables: FigureTables, values: NDArray[Any], runs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the ends of the middle 80 % of luck given the draws, around the median `(2, n_columns)`.

    NaN where no draw met luck twice. Runs are told apart from the mean of their draw, widened by what that mean uses
    up, so that draws of few lucks show all of their spread; ends stay within what was seen.

    Parameters
    ----------
    tables
        For the draws of the runs.
    values
        Of each run `(n_runs, n_columns)`, NaN where it has none.
    runs
        Numbers of the runs `(n_runs,)`.
    """
    if not has_layers(tables):
        return np.full((2, values.shape[1]), np.nan)
    return around_median(np.asarray(values, dtype=np.float64), luck_of(rows_of(tables, runs))[0])


def around_median(values: NDArray[np.float64], within: Codes) -> NDArray[np.float64]:
    """Return the ends `(2, n_columns)` of the middle 80 % of what values of one group differ by, around the median."""
    known = np.isfinite(values)
    shape = int(within.max(initial=-1)) + 1, values.shape[1]
    counts, sums = np.zeros(shape), np.zeros(shape)
    np.add.at(counts, within, known)
    np.add.at(sums, within, np.where(known, values, 0.0))
    mine = counts[within]
    repeated = known & (mine > 1)
    means = (sums / np.maximum(counts, 1.0))[within]
    off = np.where(repeated, (values - means) * np.sqrt(mine / np.maximum(mine - 1.0, 1.0)), np.nan)
    found = np.full((2, values.shape[1]), np.nan)
    for column in np.flatnonzero(repeated.any(axis=0)):
        some = values[known[:, column], column]
        ends = np.median(some) + np.nanpercentile(off[:, column], BAND)
        found[:, column] = np.clip(ends, some.min(), some.max())
    return found


def mean_layers(values: NDArray[np.float64], rows: pd.DataFrame) -> NDArray[np.float64]:
    """Return half the 95 % interval of the mean of runs, and half of that given the draws `(2, n_columns)`.

    Parameters
    ----------
    values
        Of each run `(n_runs, n_columns)`.
    rows
        Of the same runs, see `rows_of`: runs of one draw share its parameters and count as one.
    """
    from demarche.analysis.comparison.intervals import estimate, luck_error, t_quantile

    found = np.full((2, values.shape[1]), np.nan)
    for column, some in enumerate(values.T):
        over = estimate(some, clusters_of(rows))
        error, freedom = luck_error(some, *luck_of(rows)) if DRAW in rows.columns else (np.nan, 0.0)
        found[:, column] = (over.high - over.low) / 2, t_quantile(freedom) * error if freedom else np.nan
    return found


def fill_bands(ax: Axes, rows: pd.DataFrame, colour: str, *, with_luck: bool = True) -> None:
    """Fill the band of all runs and, on it, that of luck; rows hold year, low, high and the ends of luck."""
    bands = [("low", "high", FAINT), ("luck_low", "luck_high", DARK)]
    for low, high, alpha in bands if with_luck else bands[:1]:
        ax.fill_between(rows["year"], rows[low], rows[high], color=colour, alpha=alpha, linewidth=0)


def band_words(tables: FigureTables, arm: str = "") -> str:
    """Return what bands of the middle of the runs hold: draws and luck, and which part is luck, drawn for one arm."""
    over = over_what(tables.done, tables.parameters_from)
    if has_layers(tables):
        whose = f", for {arm}" if arm else ""
        return f"{over}; darker: the middle 80 % of luck given the draws, around the median{whose}"
    alone = "; each draw has one luck, so that the two cannot be told apart" if DRAW in tables.done.columns else ""
    return f"{over}{alone}"


def legend_entries(tables: FigureTables, words: tuple[str, str]) -> list[Any]:
    """Return entries of the legend for the faint band and, if luck can be told apart, the darker one."""
    from matplotlib.patches import Patch

    entries = [Patch(facecolor="#9a9a9a", alpha=0.35, label=words[0])]
    return [*entries, Patch(facecolor="#6a6a6a", alpha=0.6, label=words[1])] if has_layers(tables) else entries
