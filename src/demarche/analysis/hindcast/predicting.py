"""Predictions of what comes after a date, from the runs of a bank whose past is nearest to the record's.

A run that is near the record to the date has both its parameters and its state learned: what happens later in it is
the prediction. Of a state or treaty only those runs count in which it did last what the record says it did.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demarche.analysis.calibration.facts import Facts
from demarche.analysis.hindcast.known import filled, state_of
from demarche.arrays import Array

LEAST = 20
"""Fewest effective runs that a chance rests on; with fewer, what is known of the unit is let go, then its kind."""


@dataclass(frozen=True, eq=False)
class Past:
    """The bank at the date.

    Parameters
    ----------
    facts
        Of all runs.
    weights
        Of the runs near the record `(n_runs,)`, 0 for others; they add up to 1.
    left
        1 for the runs that history matching left, 0 for others `(n_runs,)`.
    n
        Number of years that are known.
    """

    facts: Facts
    weights: Array
    left: Array
    n: int


def chances(past: Past, kind: str, known: Array, n_stances: int) -> Array:
    """Return the chances of each stance `(n_units, n_years_after, n_stances)`.

    Parameters
    ----------
    past
        The bank.
    kind
        Of facts, as stances 0 to `n_stances - 1`.
    known
        State of each unit on the record at the date `(n_units,)`, NaN if nothing is known.
    n_stances
        Number of stances.
    """
    shift = 1.0 if kind == "votes" else 0.0
    after = filled(past.facts, kind)[..., past.n :] + shift
    state = state_of(past.facts, kind, past.n)
    found = np.zeros((*after.shape[1:], n_stances))
    for unit in range(after.shape[1]):
        same = np.ones(len(state), dtype=bool) if np.isnan(known[unit]) else state[:, unit] == known[unit]
        for year in range(after.shape[2]):
            found[unit, year] = _chance(past, after[:, unit, year], same, n_stances)
    has = np.isfinite(found).all(axis=2, keepdims=True)
    n = has.sum(axis=0)
    pooled = np.where(n > 0, np.where(has, found, 0.0).sum(axis=0) / np.maximum(n, 1), 1.0 / n_stances)
    return np.where(has, found, pooled)


def _chance(past: Past, values: Array, same: Array, n_stances: int) -> Array:
    """Return the chances of one unit and year `(n_stances,)`; NaN if hardly any run knows the unit in that year."""
    has = np.isfinite(values)
    for weights in (past.weights * same, past.left * same, past.weights, past.left):
        some = np.where(has, weights, 0.0)
        total = some.sum()
        effective = total**2 / max((some**2).sum(), 1e-300)
        if total > 0 and effective >= LEAST:
            shares = np.bincount(values[has].astype(int), some[has], minlength=n_stances) / total
            return np.asarray((shares * effective + 1.0 / n_stances) / (effective + 1.0))
    return np.full(n_stances, np.nan)


def ensemble(past: Past, kind: str, at_date: float, error: Array) -> Array:
    """Return the values `(n_runs, n_years_after)` of a kind with one unit.

    Parameters
    ----------
    past
        The bank.
    kind
        `releases`, taken as they are; or `rights`, whose change since the date is added to the record's value.
    at_date
        The record's value in the last known year.
    error
        What a historian errs in practice `(n_runs, n_years)`.
    """
    values = past.facts[kind][:, 0, :]
    if kind == "releases":
        return np.asarray(values[:, past.n :])
    seen = values + error
    return np.asarray(at_date + seen[:, past.n :] - seen[:, past.n - 1 : past.n])
