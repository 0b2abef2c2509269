"""Means of scores with bootstrap intervals: clusters are drawn with replacement, then units within each of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array

DRAWS = 2000
INTERVAL = (2.5, 97.5)


def mean_of(values: Array) -> float:
    """Return the mean, NaN without any value."""
    return float(values.mean()) if len(values) else float("nan")


def mean_and_interval(
    values: Array, unit: NDArray[np.int64], cluster: Sequence[str], seed: int
) -> dict[str, float]:
    """Return `mean`, `low` and `high` of some values, the interval of 95 %; NaN without any.

    Parameters
    ----------
    values
        `(n,)`.
    unit
        Number of the unit that each value belongs to `(n,)`; the values of a unit stay together.
    cluster
        Name of the cluster of each unit, by number. With one cluster only units are drawn.
    seed
        Of the draws.
    """
    if not len(values):
        return dict.fromkeys(("mean", "low", "high"), float("nan"))
    units, place = np.unique(unit, return_inverse=True)
    sums = np.bincount(place, values).astype(np.float64)
    sizes = np.bincount(place).astype(np.int64)
    members: dict[str, list[int]] = {}
    for row, one in enumerate(units):
        members.setdefault(cluster[one], []).append(row)
    means = _drawn_means(list(members.values()), sums, sizes, np.random.default_rng(seed))
    low, high = np.percentile(means, INTERVAL)
    return {"mean": float(values.mean()), "low": float(low), "high": float(high)}


def _drawn_means(
    clusters: Sequence[list[int]], sums: Array, sizes: NDArray[np.int64], rng: np.random.Generator
) -> Array:
    """Return the mean of each draw; how often a unit is drawn is multinomial, given how often its cluster is."""
    times = rng.multinomial(len(clusters), np.full(len(clusters), 1 / len(clusters)), size=DRAWS)
    total, number = np.zeros(DRAWS), np.zeros(DRAWS)
    for cluster, drawn in zip(clusters, times.T, strict=True):
        size = len(cluster)
        counts = rng.multinomial(drawn * size, np.full(size, 1 / size))
        total += counts @ sums[cluster]
        number += counts @ sizes[cluster]
    return total / number
