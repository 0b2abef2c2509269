"""History matching: which draws cannot have led to the record, whatever the luck.

An emulator of each number is a linear one on the places of the parameters that matter to it. Its distance from the
record is counted in standard deviations made of the error of the record, the ensemble variance (luck, and what the
emulator misses), the error of the emulator, and a stated discrepancy of the model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.analysis.calibration.measures import Measured
from demarche.arrays import Array

DISCREPANCY = 0.2
"""Standard deviation of what the model misses of a number, as a share of its spread over prior runs: a judgement."""
CUT = 3.0
"""Draws that lie more standard deviations off in any number are ruled out (Pukelsheim's rule: at most 5 % wrongly)."""
MOST = 12
"""Parameters that an emulator rests on."""
FOLDS = 5
LEAST = 50
"""Fewest runs with a value of which a number is emulated."""


@dataclass(frozen=True, eq=False)
class Emulator:
    """The emulator of one number.

    Parameters
    ----------
    name
        Of the number.
    model
        Regression on places, None where it told nothing of draws left out: the mean stands for all places then.
    mean, ensemble
        Mean over runs, and ensemble variance.
    told
        Share of the variance that is told of draws left out; at or below 0 if nothing.
    """

    name: str
    model: Any
    mean: float
    ensemble: float
    told: float

    @property
    def chosen(self) -> NDArray[np.intp]:
        """Positions of the parameters that it rests on."""
        none = np.empty(0, dtype=np.intp)
        return none if self.model is None else np.asarray(self.model[0].get_support(indices=True))

    def predict(self, places: Array) -> tuple[Array, Array]:
        """Return mean and variance of the emulator's own error `(n,)` at some places."""
        if self.model is None:
            return np.full(len(places), self.mean), np.zeros(len(places))
        mean, spread = self.model.predict(places, return_std=True)
        return mean, np.maximum(spread**2 - self.ensemble, 0.0)


@dataclass(frozen=True, eq=False)
class Target:
    """What is matched: names, values of the record, its errors, and the discrepancy of the model, each `(n,)`."""

    names: tuple[str, ...]
    values: Array
    errors: Array
    discrepancy: Array

    @property
    def noise(self) -> Array:
        """Standard deviation of what lies between a run and the record `(n,)`."""
        return np.asarray(np.hypot(self.errors, self.discrepancy))


def target_of(record: Measured, runs: Measured, share: float = DISCREPANCY) -> tuple[Target, dict[str, float]]:
    """Return what is matched, and what the model misses whatever its parameters.

    Returns
    -------
    tuple
        The numbers of a record that prior runs have too; and name -> standard deviations that the record lies off the
        mean of prior runs, for those beyond `CUT`: no parameter is bent to mend them.
    """
    usable = [
        name for name in record.names
        if np.isfinite(_column(runs, name)).sum() >= LEAST and np.nanstd(_column(runs, name)) > 0
    ]  # fmt: skip
    some, values = record.take(tuple(usable)), runs.take(tuple(usable)).values
    spread = np.nanstd(values, axis=0)
    return reached(Target(some.names, some.values[0], some.errors, share * spread), runs)


def reached(whole: Target, runs: Measured) -> tuple[Target, dict[str, float]]:
    """Return those numbers of a target that runs reach, and by how many standard deviations they miss the others."""
    values = runs.take(whole.names).values
    off = (whole.values - np.nanmean(values, axis=0)) / np.hypot(np.nanstd(values, axis=0), whole.noise)
    fine = np.abs(off) <= CUT
    missed = {name: round(float(one), 2) for name, one, ok in zip(whole.names, off, fine, strict=True) if not ok}
    names = tuple(name for name, ok in zip(whole.names, fine, strict=True) if ok)
    return Target(names, whole.values[fine], whole.errors[fine], whole.discrepancy[fine]), missed


def _column(runs: Measured, name: str) -> Array:
    return runs.values[:, runs.names.index(name)]


def fit(places: Array, runs: Measured, draws: NDArray[np.int64]) -> Iterator[Emulator]:
    """Yield the emulator of each number.

    Parameters
    ----------
    places
        Of the runs `(n_runs, n_parameters)`.
    runs
        What was measured of them.
    draws
        Number of the draw of each `(n_runs,)`; runs of one draw are left out together where it is tried.
    """
    from sklearn.feature_selection import SelectKBest, f_regression
    from sklearn.linear_model import BayesianRidge
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    for column, name in enumerate(runs.names):
        values = runs.values[:, column]
        has = np.isfinite(values)
        x, y = places[has], values[has]
        made = make_pipeline(SelectKBest(f_regression, k=min(MOST, x.shape[1])), BayesianRidge())
        guessed = cross_val_predict(made, x, y, groups=draws[has], cv=GroupKFold(FOLDS))
        told = 1.0 - float(np.mean((y - guessed) ** 2) / np.var(y))
        if told <= 0.0:
            yield Emulator(name, None, float(y.mean()), float(y.var()), told)
        else:
            made.fit(x, y)
            yield Emulator(name, made, float(y.mean()), 1.0 / float(made[-1].alpha_), told)


def implausibility(emulators: list[Emulator], target: Target, places: Array) -> Array:
    """Return how many standard deviations each place lies off in each number `(n, n_numbers)`."""
    found = np.zeros((len(places), len(emulators)))
    for column, one in enumerate(emulators):
        at = target.names.index(one.name)
        mean, error = one.predict(places)
        variance = one.ensemble + error + target.noise[at] ** 2
        found[:, column] = np.abs(target.values[at] - mean) / np.sqrt(variance)
    return found


def kept(emulators: list[Emulator], target: Target, places: Array) -> NDArray[np.bool_]:
    """Tell which places are not ruled out."""
    return np.asarray(implausibility(emulators, target, places).max(axis=1) <= CUT)
