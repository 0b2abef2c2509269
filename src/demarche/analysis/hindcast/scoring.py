"""Scores of predictions, and the skill over a rival with its interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array

DRAWS = 2000


@dataclass(frozen=True)
class Skill:
    """One minus the score of the model over that of a rival, with an interval of 95 %; above 0 the model is better."""

    skill: float
    low: float
    high: float

    @property
    def surely(self) -> bool:
        """Tell whether the whole interval lies above 0."""
        return self.low > 0.0


def brier(chances: Array, happened: NDArray[np.int64]) -> Array:
    """Return the Brier scores `(n,)` of chances `(n, n_stances)`: squared distances from what happened, 0 is best."""
    exact = np.eye(chances.shape[1])[happened]
    return np.asarray(((chances - exact) ** 2).sum(axis=1))


def crps(ensemble: Array, weights: Array, happened: float) -> float:
    """Return the continuous ranked probability score of a weighted ensemble `(n,)`, in its unit; 0 is best.

    Examples
    --------
    >>> crps(np.array([1.0]), np.array([1.0]), 3.0)
    2.0
    """
    spread = np.abs(ensemble[:, None] - ensemble[None, :])
    return float(weights @ np.abs(ensemble - happened) - 0.5 * weights @ spread @ weights)


def skill(model: Array, rival: Array, clusters: NDArray[np.int64], seed: int) -> Skill:
    """Return the skill of scores `(n,)` over those of a rival; clusters are drawn with replacement."""
    names, place = np.unique(clusters, return_inverse=True)
    mine, other = np.bincount(place, model), np.bincount(place, rival)
    rows = np.random.default_rng(seed).integers(len(names), size=(DRAWS, len(names)))
    below = np.maximum(other[rows].sum(axis=1), 1e-12)
    low, high = np.quantile(1.0 - mine[rows].sum(axis=1) / below, (0.025, 0.975))
    return Skill(float(1.0 - mine.sum() / max(other.sum(), 1e-12)), float(low), float(high))
