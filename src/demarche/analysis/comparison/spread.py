"""How a difference is spread over independent units: how many share the sign of the mean, the middle, the skew."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from demarche.analysis.comparison.intervals import Codes
from demarche.analysis.comparison.shown import FEW_UNITS
from demarche.arrays import Array

ENDS = (0.1, 0.9)
SKEWED = 1.0
"""Skewness from which a distribution counts as highly skewed (Bulmer 1979, Principles of Statistics, chapter 4)."""


@dataclass(frozen=True)
class Spread:
    """Of the means of independent units: draws where there are draws.

    Parameters
    ----------
    same_sign
        Share of units whose mean has the sign of the mean of all; NaN if that is 0.
    median, q10, q90
        Median and ends of the middle 80 %, in units of the outcome.
    skewed
        Whether they are so skewed that median and quantiles tell more than the mean.
    """

    same_sign: float
    median: float
    q10: float
    q90: float
    skewed: bool


NO_SPREAD = Spread(math.nan, math.nan, math.nan, math.nan, False)


def spread_of(values: Array, clusters: Sequence[Codes]) -> Spread:
    """Return the spread of some values `(n,)`, without missing ones; the first set of clusters are the units."""
    if not len(values):
        return NO_SPREAD
    codes = clusters[0] if clusters else np.arange(len(values))
    by_unit = np.bincount(codes, weights=values) / np.bincount(codes)
    mean = float(values.mean())
    same = float((np.sign(by_unit) == np.sign(mean)).mean()) if mean else math.nan
    q10, median, q90 = (float(one) for one in np.quantile(by_unit, (ENDS[0], 0.5, ENDS[1])))
    return Spread(same, median, q10, q90, is_skewed(by_unit))


def is_skewed(values: Array) -> bool:
    """Tell whether some values `(n,)` are highly skewed; fewer than five never are.

    Examples
    --------
    >>> is_skewed(np.array([0.0, 1.0, 2.0, 3.0, 4.0])), is_skewed(np.array([0.0, 0.0, 0.0, 0.0, 9.0]))
    (False, True)
    """
    if len(values) < FEW_UNITS:
        return False
    off = values - values.mean()
    spread = float(np.sqrt((off**2).mean()))
    return spread > 0.0 and abs(float((off**3).mean())) / spread**3 > SKEWED
