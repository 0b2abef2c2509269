"""Drawing few things out of many: one member of an axis for each of some cells, by weights."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array

Positions = NDArray[np.intp]


def one_of(weights: Array, luck: Array) -> Positions:
    """Return for each column the member that its luck picks, with chances by weight.

    Parameters
    ----------
    weights
        At least 0, `(n_members, n)`.
    luck
        Uniforms `(n,)`.

    Returns
    -------
    Positions
        Members `(n,)`; the last where all weights are 0.
    """
    bounds = summed_up(weights)
    passed = (bounds <= luck * bounds[-1]).view(np.int8).sum(axis=0, dtype=np.int16)
    found: Positions = np.minimum(passed, len(weights) - 1).astype(np.intp)
    return found


def summed_up(weights: Array) -> Array:
    """Return the sums of the weights of each member and those before it, `(n_members, n)`.

    As `np.cumsum` along the first axis, in a third of the time: row is added to row.
    """
    bounds = weights.copy()
    for bound, before in zip(bounds[1:], bounds[:-1], strict=True):
        bound += before
    return bounds


def distinct(keys: Positions) -> Positions:
    """Return the different ones among some keys `(n,)`, in ascending order."""
    ordered = np.sort(keys)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def members_of_runs(weights: Array, runs: Positions, luck: Array) -> Positions:
    """Return for each entry a member of an axis, with chances by the weights of its run; -1 where all are 0.

    Parameters
    ----------
    weights
        At least 0, `(n_members, n_runs)`.
    runs, luck
        Run and uniform of each entry `(n,)`.
    """
    bounds = summed_up(weights)
    wanted = luck * bounds[-1, runs]
    before, flat = np.zeros(len(runs), dtype=np.intp), bounds.reshape(-1)
    for step in (1 << bit for bit in reversed(range(len(weights).bit_length()))):  # halves what is left
        probe = np.minimum(before + step, len(weights)) - 1
        before += step * ((flat[probe * bounds.shape[1] + runs] <= wanted) & (probe + 1 == before + step))
    found = np.minimum(before, len(weights) - 1)
    return np.where(bounds[-1, runs] > 0.0, found, -1)
