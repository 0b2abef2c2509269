"""Two rivals that know the record to the date and nothing of the model: persistence and base rate."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array


def transitions(values: Array, n_stances: int) -> Array:
    """Return how often a fact of one year was followed by each of the next `(n_stances, n_stances)`.

    Parameters
    ----------
    values
        Stances 0 to `n_stances - 1` of units by year `(n_units, n_years)`, NaN where unknown.
    n_stances
        Number of stances; each transition is given a part of one further case.
    """
    counts = np.full((n_stances, n_stances), 1.0 / n_stances)
    for unit in values:
        known = unit[np.isfinite(unit)].astype(int)
        np.add.at(counts, (known[:-1], known[1:]), 1.0)
    return np.asarray(counts / counts.sum(axis=1, keepdims=True))


def base_rate(values: Array, n_stances: int) -> Array:
    """Return the frequency of each stance `(n_stances,)`, each given a part of one further case."""
    known = values[np.isfinite(values)].astype(int)
    counts = np.bincount(known, minlength=n_stances) + 1.0 / n_stances
    return np.asarray(counts / counts.sum())


def persistence(values: Array, n_stances: int) -> Array:
    """Return chances `(n_units, n_stances)` after the last known stance of each unit; the base rate without one."""
    chances, base = transitions(values, n_stances), base_rate(values, n_stances)
    last = [unit[np.isfinite(unit)] for unit in values]
    return np.array([chances[int(one[-1])] if len(one) else base for one in last])


def real_persistence(values: Array) -> Array:
    """Return an ensemble `(n,)`: the last value of a series moved by each change so far, and not at all."""
    return np.asarray(values[-1] + np.concatenate([[0.0], np.diff(values)]))
