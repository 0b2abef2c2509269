"""Sensitivity indices from SALib: Sobol' first, total and second order, and Morris' elementary effects.

Sources: Sobol' 1993; Saltelli 2002 and Saltelli et al. 2010 for
the estimators; Morris 1991 and Campolongo et al. 2007 for mu* and sigma.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from demarche.analysis.sensitivity.layout import SALTELLI, Layout
from demarche.arrays import Array
from demarche.errors import DesignError, Problem

if TYPE_CHECKING:
    import pandas as pd

Rows = NDArray[np.intp]

RESAMPLES = 200
SEED = 1995  # SALib takes 0 for no seed
FEWEST = 4  # base rows below which SALib's intervals mean nothing
PARTS = (4, 2, 1)
COLUMNS = ("arm", "account", "outcome", "index", "parameter", "other", "value", "low", "high", "n_base")
MINUS = " minus "


def sensitivity(
    layout: Layout, frame: pd.DataFrame, outcomes: Sequence[str], between: tuple[str, str] | None = None
) -> pd.DataFrame:
    """Return the indices of every arm (or of a paired difference), account and outcome.

    Parameters
    ----------
    layout
        The layout of the design.
    frame
        One row a run that was done: arm, account, point, replication and outcomes; the mean over
        replications is analysed.
    outcomes
        Columns to analyse.
    between
        Two arms: the first minus the second is analysed instead of each arm.

    Returns
    -------
    pandas.DataFrame
        arm (`quiet minus vocal` for a difference), account, outcome; index (`first`, `total`, `second` for
        Saltelli designs, shares of the variance; `mu_star`, `mu`, `sigma` for Morris designs, in units
        of the outcome over the whole range of the parameter); parameter, other (second order only),
        value, low and high (95 % bootstrap interval; NaN for mu and sigma), n_base (rows of the base
        sample or trajectories used). Indices on the first quarter and half of the base sample come
        first, without second order. An outcome that does not vary, or leaves fewer than 4 base rows
        without a gap, has no row.

    Raises
    ------
    DesignError
        If SALib is not installed.
    """
    import pandas as pd

    analyse = _sobol if layout.method == SALTELLI else _morris
    rows: list[tuple[object, ...]] = []
    for arm, account, table in _tables(layout, frame, outcomes, between):
        for name in outcomes:
            blocks = table[name].to_numpy(dtype=np.float64).reshape(-1, layout.block)
            whole = ~np.isnan(blocks).any(axis=1)
            for part in PARTS:
                kept = np.flatnonzero(whole)[: int(whole.sum()) // part]
                if len(kept) < FEWEST or np.ptp(blocks[kept]) == 0:
                    continue
                found = analyse(layout, blocks[kept], kept, part == 1)
                rows += [(arm, account, name, *one, len(kept)) for one in found]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _tables(
    layout: Layout, frame: pd.DataFrame, outcomes: Sequence[str], between: tuple[str, str] | None
) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield arm, account and the means of outcomes by point; missing points are rows of NaN."""
    columns, points = list(outcomes), range(len(layout.points))
    for account, part in frame.groupby("account", sort=False, observed=True):
        if between is None:
            for arm, mine in part.groupby("arm", sort=False, observed=True):
                yield str(arm), str(account), mine.groupby("point")[columns].mean().reindex(points)
            continue
        both = [part[part["arm"] == arm].set_index(["point", "replication"])[columns] for arm in between]
        gaps = (both[0] - both[1]).dropna(how="all")
        yield MINUS.join(between), str(account), gaps.groupby("point").mean().reindex(points)


def _sobol(layout: Layout, blocks: Array, kept: Rows, full: bool) -> list[tuple[object, ...]]:
    """Return (index, parameter, other, value, low, high) of all Sobol' indices."""
    second = layout.second_order and full
    values = blocks if second or not layout.second_order else blocks[:, _without_second(layout)]
    found = _salib("sobol").analyze(
        layout.problem, values.ravel(), calc_second_order=second, num_resamples=RESAMPLES, seed=SEED
    )
    rows: list[tuple[object, ...]] = []
    for index, key in (("first", "S1"), ("total", "ST")):
        pairs = zip(layout.names, found[key], found[f"{key}_conf"], strict=True)
        rows += [(index, name, "", *_around(value, half)) for name, value, half in pairs]
    if second:
        for j, name in enumerate(layout.names):
            for k in range(j + 1, len(layout.names)):
                cells = _around(found["S2"][j, k], found["S2_conf"][j, k])
                rows.append(("second", name, layout.names[k], *cells))
    return rows


def _without_second(layout: Layout) -> list[int]:
    return [*range(len(layout.names) + 1), layout.block - 1]


def _morris(layout: Layout, blocks: Array, kept: Rows, full: bool) -> list[tuple[object, ...]]:
    """Return (index, parameter, other, value, low, high) of mu*, mu and sigma."""
    points = layout.points.reshape(-1, layout.block, len(layout.names))[kept].reshape(-1, len(layout.names))
    problem = {**layout.problem, "groups": None}
    found = _salib("morris").analyze(
        problem, points, blocks.ravel(), num_levels=layout.levels, num_resamples=RESAMPLES, seed=SEED
    )
    rows: list[tuple[object, ...]] = []
    for name, star, half, mean, sigma in zip(
        layout.names, *(found[key] for key in ("mu_star", "mu_star_conf", "mu", "sigma")), strict=True
    ):
        rows.append(("mu_star", name, "", *_around(star, half)))
        others = (("mu", mean), ("sigma", sigma))
        rows += [(index, name, "", float(value), math.nan, math.nan) for index, value in others]
    return rows


def _around(value: float, half: float) -> tuple[float, float, float]:
    return float(value), float(value - half), float(value + half)


def _salib(method: str) -> Any:
    try:
        return importlib.import_module(f"SALib.analyze.{method}")
    except ImportError as error:
        fix = "pip install SALib"
        raise DesignError([Problem("", "sensitivity indices need SALib, which is not installed", fix=fix)]) from error
