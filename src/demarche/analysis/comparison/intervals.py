"""Intervals of a mean difference, over units that are independent of one another.

Pairs of one replication share their luck in all design points, and pairs of one design point share its
parameters; they are clusters, and only clusters count as independent (Cameron, Gelbach and Miller 2011,
Journal of Business & Economic Statistics 29, for crossed clusters).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array

Interval = Literal["t", "bootstrap"]
Codes = NDArray[np.intp]

CONFIDENCE = 0.95
RESAMPLES = 2000
SEED = 1995  # of resampling: the same results give the same interval
MOST_NEEDED = 10**9


@dataclass(frozen=True)
class Estimate:
    """A mean with its interval.

    Parameters
    ----------
    n, units
        Number of values, and of independent units among them (degrees of freedom of the error plus 1).
    mean, sd
        Mean and standard deviation of the values.
    error
        Standard error of the mean; NaN below two units.
    low, high
        Ends of the 95 % interval; NaN below two units.
    """

    n: int
    units: int
    mean: float
    sd: float
    error: float
    low: float
    high: float


NOTHING = Estimate(0, 0, *[math.nan] * 5)


def estimate(values: Array, clusters: Sequence[Codes] = (), interval: Interval = "t") -> Estimate:
    """Return the mean of some values with its interval.

    Parameters
    ----------
    values
        `(n,)`, without missing ones.
    clusters
        At most two crossed sets of clusters, each `(n,)`; every value is a unit of its own if there is none.
    interval
        `t`: Student's t, with Satterthwaite's degrees of freedom for crossed clusters. `bootstrap`:
        percentiles of 2,000 resamples of clusters.
    """
    n = len(values)
    if n == 0:
        return NOTHING
    mean, sd = float(values.mean()), float(values.std(ddof=1)) if n > 1 else math.nan
    codes = _counting(clusters, n)
    if min(int(one.max()) for one in codes) == 0:
        return Estimate(n, 1, mean, sd, *[math.nan] * 3)
    error, freedom = _error(values - mean, codes)
    units = round(freedom) + 1
    if interval == "bootstrap":
        low, high = np.percentile(_resampled(values, codes), [50 * (1 - CONFIDENCE), 50 * (1 + CONFIDENCE)])
        return Estimate(n, units, mean, sd, error, float(low), float(high))
    half = t_quantile(freedom) * error
    return Estimate(n, units, mean, sd, error, mean - half, mean + half)


def luck_error(values: Array, within: Codes, luck: Codes) -> tuple[float, float]:
    """Return the Monte Carlo error of a mean, with luck as the only thing that is random, and its degrees of freedom.

    Parameters
    ----------
    values
        `(n,)`, without missing ones.
    within
        Within what luck is drawn anew, such as draws of parameters, `(n,)`; all of it counts as given.
    luck
        Which values of it share their luck, `(n,)`.

    Returns
    -------
    tuple
        Standard error and degrees of freedom; NaN and 0 where nothing met luck twice. What met luck once is taken to
        vary like the others.
    """
    if not len(values):
        return math.nan, 0.0
    groups = np.unique(within, return_inverse=True)[1]
    sizes = np.bincount(groups)
    residuals = values - (np.bincount(groups, values) / sizes)[groups]
    cells, codes = np.unique(np.stack([groups, luck]), axis=1, return_inverse=True)
    sums = np.bincount(codes.ravel(), residuals)
    n_cells = np.bincount(cells[0])
    repeated = n_cells > 1
    if not repeated.any():
        return math.nan, 0.0
    squares = np.bincount(cells[0], sums**2)[repeated] * n_cells[repeated] / (n_cells[repeated] - 1)
    share = sizes[repeated].sum() / len(values)
    return float(math.sqrt(squares.sum() / share) / len(values)), float((n_cells[repeated] - 1).sum())


def welch(first: Estimate, second: Estimate) -> Estimate:
    """Return the difference first minus second of two independent means with Welch's t interval.

    `sd` is the root of the summed variances, so that the error of n runs on each side is `sd / sqrt(n)`.
    """
    mean = first.mean - second.mean
    n, units = min(first.n, second.n), min(first.units, second.units)
    a, b = first.error**2, second.error**2
    if math.isnan(a + b):
        return Estimate(n, units, mean, *[math.nan] * 4)
    error, sd = math.sqrt(a + b), math.sqrt(first.sd**2 + second.sd**2)
    if error == 0:
        return Estimate(n, units, mean, sd, 0.0, mean, mean)
    freedom = (a + b) ** 2 / (a**2 / (first.units - 1) + b**2 / (second.units - 1))
    half = t_quantile(freedom) * error
    return Estimate(n, units, mean, sd, error, mean - half, mean + half)


def t_quantile(freedom: float) -> float:
    """Return the quantile of Student's t that leaves 2.5 % above it."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + CONFIDENCE) / 2))


def needed(sd: float, half_width: float) -> int:
    """Return the smallest number of units whose t interval has at most this half-width; 2 at least.

    Parameters
    ----------
    sd
        Standard deviation of a unit: standard error times the root of the number of units.
    half_width
        Wished half-width of the 95 % interval, above 0.

    Examples
    --------
    >>> needed(10.0, 2.0), needed(0.0, 1.0)
    (99, 2)
    """

    def fits(n: int) -> bool:
        return t_quantile(n - 1) * sd <= half_width * math.sqrt(n)

    high = 2
    while not fits(high) and high < MOST_NEEDED:
        high *= 2
    low = max(high // 2, 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle, high)
    return high


def superiority(differences: Array) -> float:
    """Return the share of differences above 0 plus half of the ties, in [0, 1]."""
    return float((differences > 0).mean() + (differences == 0).mean() / 2)


def superiority_unpaired(first: Array, second: Array) -> float:
    """Return the probability that a run of the first lies above one of the second, ties counted half."""
    from scipy.stats import rankdata

    ranks = rankdata(np.concatenate([first, second]))[: len(first)].sum()
    return float((ranks - len(first) * (len(first) + 1) / 2) / (len(first) * len(second)))


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share observed in n units.

    Examples
    --------
    >>> low, high = wilson(1.0, 10)
    >>> round(low, 3), high
    (0.722, 1.0)
    """
    from scipy.special import ndtri

    z = float(ndtri((1 + CONFIDENCE) / 2))
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return (0.0 if share == 0 else middle - half), (1.0 if share == 1 else middle + half)


def _counting(clusters: Sequence[Codes], n: int) -> list[Codes]:
    """Return the sets of clusters that have more than one member, as codes from 0."""
    codes = [np.unique(one, return_inverse=True)[1] for one in clusters]
    several = [one for one in codes if one.max() > 0]
    return several or codes[:1] or [np.arange(n)]


def _error(residuals: Array, codes: Sequence[Codes]) -> tuple[float, float]:
    """Return the standard error of a mean and its degrees of freedom.

    With crossed clusters it is never below that of either set alone.
    """
    variances = [_variance(residuals, one) for one in codes]
    freedoms = [float(one.max()) for one in codes]
    largest = int(np.argmax(variances))
    if len(codes) == 2:
        cells = np.unique(np.stack(codes), axis=1, return_inverse=True)[1]
        both = _variance(residuals, cells)
        total = variances[0] + variances[1] - both
        if total > variances[largest]:
            parts = zip((*variances, both), (*freedoms, freedoms[0] * freedoms[1]), strict=True)
            return math.sqrt(total), total**2 / sum(variance**2 / freedom for variance, freedom in parts)
    return math.sqrt(variances[largest]), freedoms[largest]


def _variance(residuals: Array, codes: Codes) -> float:
    sums = np.bincount(codes.ravel(), residuals)
    n_groups = len(sums)
    return float(n_groups / (n_groups - 1) * (sums**2).sum() / len(residuals) ** 2)


def _resampled(values: Array, codes: Sequence[Codes]) -> Array:
    """Return the means `(n_resamples,)` of clusters drawn with replacement, each set on its own."""
    generator = np.random.default_rng(SEED)
    drawn = []
    for one in codes:
        size = int(one.max()) + 1
        drawn.append(generator.multinomial(size, np.full(size, 1 / size), RESAMPLES).astype(np.float64))
    if len(codes) == 1:
        sums, counts = (drawn[0] @ np.bincount(codes[0], weights) for weights in (values, np.ones(len(values))))
    else:
        shape = (drawn[0].shape[1], drawn[1].shape[1])
        cell = np.ravel_multi_index((codes[0], codes[1]), shape)
        tables = (np.bincount(cell, w, math.prod(shape)).reshape(shape) for w in (values, np.ones(len(values))))
        sums, counts = ((drawn[0] @ table * drawn[1]).sum(axis=1) for table in tables)
    means: Array = sums[counts > 0] / counts[counts > 0]
    return means
