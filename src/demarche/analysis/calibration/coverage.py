"""Whether calibration finds known parameters: histories of the bank itself, each in turn taken for the record."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.analysis.calibration.adjusting import HIGH, LOW, adjusted, nearest, noisy, quantiles, widths
from demarche.analysis.calibration.matching import Target, fit, kept
from demarche.analysis.calibration.measures import Measured
from demarche.arrays import Array

HISTORIES = 20
LEAST_LEFT = 100
"""With fewer runs left by history matching, all runs of the bank are compared with the record."""
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
    all, informed
        Share of intervals that hold the truth: of all parameters, and of those narrower than the prior.
    low, high
        Interval of 95 % of `informed`, histories drawn with replacement.
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
    emulators = list(fit(places[rest], Measured(runs.names, runs.values[rest], runs.errors), draws[rest]))
    hits, informed, left, truths_left = [], [], [], []
    for truth in truths:
        history = Target(target.names, values[truth], target.errors, target.discrepancy)
        fine = kept(emulators, history, places[rest])
        left.append(float(fine.mean()))
        fine |= fine.sum() < LEAST_LEFT
        near = nearest(values[rest][fine], values[truth])
        after = adjusted(places[rest][fine][near.rows], near)
        low, high = quantiles(after, near.weights, (LOW, HIGH))
        hits.append((places[truth] >= low) & (places[truth] <= high))
        informed.append(widths(after, near.weights) < INFORMED)
        truths_left.append(bool(kept(emulators, history, places[truth][None, :])[0]))
    deciding = np.unique(np.concatenate([one.chosen for one in emulators if one.told > TOLD] or [np.empty(0, int)]))
    shares = float(np.mean(left)), float(np.mean(truths_left))
    return _told(np.array(hits), np.array(informed), deciding.astype(int), shares, seed)


def _told(
    hits: NDArray[np.bool_], informed: NDArray[np.bool_], deciding: NDArray[np.int64], left: tuple[float, float],
    seed: int,
) -> Coverage:  # fmt: skip
    n, rng = len(hits), np.random.default_rng(seed)
    inside, of = (hits & informed).sum(axis=1), informed.sum(axis=1)
    rows = rng.integers(n, size=(2000, n))
    low, high = np.quantile(inside[rows].sum(axis=1) / np.maximum(of[rows].sum(axis=1), 1), (0.025, 0.975))
    return Coverage(
        histories=n,
        all=float(hits.mean()),
        informed=float(inside.sum() / max(of.sum(), 1)),
        low=float(low),
        high=float(high),
        deciding=float(hits[:, deciding].mean()) if len(deciding) else float("nan"),
        parameters=len(deciding),
        intervals=int(of.sum()),
        left=left[0],
        truths_left=left[1],
    )
