"""What is known of each unit at the date: its last fact, of the record and of every run alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demarche.analysis.calibration.facts import Axes, Facts
from demarche.arrays import Array

BINARY = ("tabling", "sponsors", "dialogues", "treaty_acts")
REAL = ("releases", "rights")


def filled(facts: Facts, kind: str) -> Array:
    """Return a kind of fact; who is on no known list of sponsors counts as absent where there was a list."""
    values = facts[kind]
    if kind != "sponsors":
        return values
    listed = np.isfinite(values).any(axis=1, keepdims=True)
    return np.where(np.isnan(values) & listed, 0.0, values)


def last_known(values: Array, n: int) -> Array:
    """Return the last fact `(n_runs, n_units)` in the first `n` years, NaN where there is none.

    Examples
    --------
    >>> last_known(np.array([[[1.0, 0.0, np.nan, 1.0]]]), 3)
    array([[0.]])
    """
    found = np.full(values.shape[:2], np.nan)
    for year in range(n):
        found = np.where(np.isnan(values[..., year]), found, values[..., year])
    return found


def state_of(facts: Facts, kind: str, n: int) -> Array:
    """Return what counts as the state of each unit after `n` years `(n_runs, n_units)`.

    Of treaty acts it is whether there was one so far; of all else the last fact.
    """
    values = filled(facts, kind)
    return values[..., :n].max(axis=2) if kind == "treaty_acts" else last_known(values, n)


def open_units(kind: str, axes: Axes, done: tuple[str, ...]) -> NDArray[np.intp]:
    """Return the units of a kind that are predicted; treaties that were ratified before the date are not."""
    units = axes.units(kind)
    return np.array([at for at, unit in enumerate(units) if kind != "treaty_acts" or unit not in done], dtype=np.intp)
