"""Approximate Bayesian computation with regression adjustment, on what history matching left.

Numbers of runs get the error of the record and the discrepancy of the model, are put on normal scores of the bank,
and runs are weighted by how near they are to the record. Parameters are then moved by a ridge regression on the
numbers (Beaumont, Zhang and Balding 2002), chosen for each parameter by how it predicts runs left out. Residuals are
widened by what the regression used up, so that a parameter of which the numbers tell nothing keeps its prior.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.analysis.calibration.matching import Target
from demarche.analysis.calibration.measures import Measured
from demarche.arrays import Array

ACCEPTED = 0.3
"""Share of the runs that count, the nearest ones."""
PER_NUMBER = 10
"""Runs for each number of the record, below which a regression on the numbers says little: a rule of thumb."""
STRENGTHS = tuple(float(10.0**k) for k in (-1, 0, 1, 2, 3, 4, 5, 6))
LOW, HIGH = 0.1, 0.9
PRIOR_WIDTH = 2 * 1.2815515655446004
"""Width of the middle 80 % of a standard normal."""


@dataclass(frozen=True, eq=False)
class Near:
    """Runs that count.

    Parameters
    ----------
    rows
        Their positions among all runs.
    weights
        Weights, which add up to 1.
    scores
        Normal scores of their numbers minus those of the record `(n, n_numbers)`.
    complete
        Share of all runs of which every number could be taken; others are no match.
    """

    rows: NDArray[np.intp]
    weights: Array
    scores: Array
    complete: float

    @property
    def effective(self) -> float:
        """Effective number of runs."""
        return float(1.0 / (self.weights**2).sum())


def noisy(runs: Measured, target: Target, seed: int) -> Array:
    """Return the numbers of runs with the error of a record and the discrepancy of the model added."""
    values = runs.take(target.names).values
    return values + target.noise * np.random.default_rng(seed).standard_normal(values.shape)


def least_near(n_numbers: int) -> int:
    """Return how many runs must count for a regression on so many numbers.

    Examples
    --------
    >>> least_near(19)
    200
    """
    return PER_NUMBER * (n_numbers + 1)


def nearest(values: Array, observed: Array, share: float = ACCEPTED) -> Near:
    """Return the runs whose numbers `(n_runs, n)` are nearest to those observed `(n,)`, by Epanechnikov's kernel.

    So many as `share` says, but no fewer than a regression on the numbers needs, as long as there are so many.
    """
    from sklearn.preprocessing import QuantileTransformer

    complete = np.flatnonzero(np.isfinite(values).all(axis=1))
    scale = QuantileTransformer(n_quantiles=min(200, len(complete)), output_distribution="normal", random_state=0)
    scores = np.clip(scale.fit_transform(values[complete]), -3.0, 3.0)
    scores -= np.clip(scale.transform(observed[None, :]), -3.0, 3.0)
    distance = np.sqrt((scores**2).sum(axis=1))
    n = max(min(len(complete), least_near(len(observed))), math.ceil(share * len(complete)))
    chosen = np.argsort(distance, kind="stable")[:n]
    reach = distance[chosen[-1]] * (1.0 + 1e-9) + 1e-12
    weights = 1.0 - (distance[chosen] / reach) ** 2 + 1e-9
    return Near(complete[chosen], weights / weights.sum(), scores[chosen], len(complete) / len(values))


def adjusted(places: Array, near: Near) -> Array:
    """Return the places `(n, n_parameters)` of the runs that count, moved to where the numbers are the record's."""
    from sklearn.linear_model import RidgeCV

    root = np.sqrt(near.weights * len(near.weights))[:, None]
    middle = near.weights @ near.scores
    centre = near.weights @ places
    x, y = (near.scores - middle) * root, (places - centre) * root
    model = RidgeCV(alphas=STRENGTHS, fit_intercept=False, alpha_per_target=True).fit(x, y)
    slopes = np.atleast_2d(model.coef_)
    residual = places - centre - (near.scores - middle) @ slopes.T
    used = 1.0 + _freedom(x, np.atleast_1d(model.alpha_))
    n = near.effective
    widened = np.sqrt(n / np.maximum(n - used, 1.0))
    at_record = centre - middle @ slopes.T
    return np.asarray(at_record + residual * widened)


def _freedom(x: Array, strengths: Array) -> Array:
    """Return the degrees of freedom that ridge regressions on `x` use, one a strength."""
    squared = np.linalg.svd(x, compute_uv=False) ** 2
    return np.asarray([(squared / (squared + strength)).sum() for strength in strengths])


def quantiles(values: Array, weights: Array, at: Sequence[float]) -> Array:
    """Return weighted quantiles `(n_at, n_columns)` of the columns of some values `(n, n_columns)`."""
    order = np.argsort(values, axis=0, kind="stable")
    ranked = np.take_along_axis(values, order, axis=0)
    share = weights[order]
    below = np.cumsum(share, axis=0) - 0.5 * share
    return np.column_stack([
        np.array([np.interp(q, below[:, column], ranked[:, column]) for q in at]) for column in range(values.shape[1])
    ])  # fmt: skip


def widths(places: Array, weights: Array) -> Array:
    """Return the width of the middle 80 % of each parameter `(n_parameters,)` as a share of the prior's."""
    low, high = quantiles(places, weights, (LOW, HIGH))
    return np.asarray((high - low) / PRIOR_WIDTH)


def resampled(places: Array, weights: Array, n: int, seed: int) -> Array:
    """Return `n` places of equal weight, by systematic resampling in a shuffled order."""
    rng = np.random.default_rng(seed)
    points = (rng.random() + np.arange(n)) / n
    rows = np.searchsorted(np.cumsum(weights), points).clip(max=len(weights) - 1)
    found: Array = places[rng.permutation(rows)]
    return found
