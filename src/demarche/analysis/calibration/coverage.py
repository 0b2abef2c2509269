"""Whether calibration finds known parameters: histories of the bank itself, each in turn taken for the record."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.analysis.calibration.adjusting import (
    HIGH,
    LOW,
    adjusted,
    least_near,
    nearest,
    noisy,
    quantiles,
    widths,
)
from demarche.analysis.calibration.matching import Target, fit, kept, reached
from demarche.analysis.calibration.measures import Measured
from demarche.analysis.calibration.narrowing import narrowed_by
from demarche.arrays import Array

HISTORIES = 20
LEAST_LEFT = 100
"""With fewer runs left by history matching, the record is refused."""
TOLD = 0.1
"""An emulator that tells this share of the variance of draws left out tells something."""
INFORMED = 0.9
"""Intervals that are narrower than this share of the prior's count as informed."""


@dataclass(frozen=True)
class Coverage:
    """How often intervals of 80 % hold the truth.

    Parameters
    ----------
    histories
        Synthetic histories that were calibrated on.
    all, informed, narrowed
        Share of intervals that hold the truth: of all parameters, of those narrower than the prior by a tenth, and of
        those narrower than chance gives, which is what a calibration lists.
    low, high
        Interval of 95 % of `informed`, histories drawn with replacement.
    narrowed_low, narrowed_high, narrowed_intervals
        The same of `narrowed`, and their number.
    deciding, parameters
        Share of intervals of those parameters on which emulators that tell something rest, and their number.
    intervals
        Number of informed intervals.
    left
        Share of the runs that history matching left, mean over histories.
    truths_left
        Share of histories whose own parameters were left.
    """

    histories: int
    all: float
    informed: float
    low: float
    high: float
    narrowed: float
    narrowed_low: float
    narrowed_high: float
    narrowed_intervals: int
    deciding: float
    parameters: int
    intervals: int
    left: float
    truths_left: float


def coverage(
    places: Array, runs: Measured, draws: NDArray[np.int64], target: Target, seed: int, histories: int = HISTORIES
) -> Coverage:
    """Calibrate on synthetic histories from a bank of prior runs.

    Parameters
    ----------
    places, runs, draws
        Of the prior runs: places `(n_runs, n_parameters)`, the numbers that are matched, number of the draw.
    target
        Errors and discrepancy are those of the record; its values are not looked at.
    seed, histories
        Of luck; truths are the first draws of which every number can be taken, and none of them is learned from.
    """
    values = noisy(runs, target, seed)
    complete = np.isfinite(values).all(axis=1)
    truths = [int(np.flatnonzero((draws == draw) & complete)[0]) for draw in np.unique(draws[complete])[:histories]]
    rest = ~np.isin(draws, draws[truths])
    paths = [str(number) for number in range(places.shape[1])]
    emulators = list(fit(places[rest], Measured(runs.names, runs.values[rest], runs.errors), draws[rest]))
    others = Measured(runs.names, runs.values[rest], runs.errors)
    hits, informed, narrowed, left, truths_left = [], [], [], [], []
    for truth in truths:
        # as with the record: what is missed is not learned from, and a posterior does not rest on a handful of runs
        whole = Target(target.names, values[truth], target.errors, target.discrepancy)
        history, _ = reached(whole, others)
        columns = [target.names.index(name) for name in history.names]
        some = [one for one in emulators if one.name in history.names]
        fine = kept(some, history, places[rest])
        left.append(float(fine.mean()))
        fine |= fine.sum() < least_near(len(columns))
        near = nearest(values[rest][fine][:, columns], history.values)
        matched = places[rest][fine][near.rows]
        after = adjusted(matched, near)
        low, high = quantiles(after, near.weights, (LOW, HIGH))
        hits.append((places[truth] >= low) & (places[truth] <= high))
        informed.append(widths(after, near.weights) < INFORMED)
        found = {one.path: one.stands_out for one in narrowed_by(paths, matched, near, seed)}
        narrowed.append([found[path] for path in paths])
        truths_left.append(bool(kept(some, history, places[truth][None, :])[0]))
    deciding = np.unique(np.concatenate([one.chosen for one in emulators if one.told > TOLD] or [np.empty(0, int)]))
    shares = float(np.mean(left)), float(np.mean(truths_left))
    return _told(np.array(hits), (np.array(informed), np.array(narrowed)), deciding.astype(int), shares, seed)


def _told(
    hits: NDArray[np.bool_], chosen: tuple[NDArray[np.bool_], NDArray[np.bool_]], deciding: NDArray[np.int64],
    left: tuple[float, float], seed: int,
) -> Coverage:  # fmt: skip
    n = len(hits)
    (informed, *ends), (narrowed, *narrow_ends) = (_share(hits, some, seed) for some in chosen)
    return Coverage(
        histories=n,
        all=float(hits.mean()),
        informed=informed,
        low=ends[0],
        high=ends[1],
        narrowed=narrowed,
        narrowed_low=narrow_ends[0],
        narrowed_high=narrow_ends[1],
        narrowed_intervals=int(chosen[1].sum()),
        deciding=float(hits[:, deciding].mean()) if len(deciding) else float("nan"),
        parameters=len(deciding),
        intervals=int(chosen[0].sum()),
        left=left[0],
        truths_left=left[1],
    )


def _share(hits: NDArray[np.bool_], chosen: NDArray[np.bool_], seed: int) -> tuple[float, float, float]:
    """Return the share of chosen intervals that hold the truth, with its interval over histories; NaN without any."""
    inside, of = (hits & chosen).sum(axis=1), chosen.sum(axis=1)
    if not of.sum():
        return float("nan"), float("nan"), float("nan")
    rows = np.random.default_rng(seed).integers(len(hits), size=(2000, len(hits)))
    low, high = np.quantile(inside[rows].sum(axis=1) / np.maximum(of[rows].sum(axis=1), 1), (0.025, 0.975))
    return float(inside.sum() / of.sum()), float(low), float(high)
