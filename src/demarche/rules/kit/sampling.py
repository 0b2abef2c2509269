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

    As `np.cumsum` along the first axis, in a third of the time where rows are long: row is added to row.
    """
    if weights.shape[1] < len(weights):  # the call for each row would cost more than the adding
        return weights.cumsum(axis=0, dtype=weights.dtype)
    bounds = weights.copy()
    for bound, before in zip(bounds[1:], bounds[:-1], strict=True):
        bound += before
    return bounds


def distinct(keys: Positions) -> Positions:
    """Return the different ones among some keys `(n,)`, in ascending order."""
    ordered = np.sort(keys)
    is_first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    return ordered[is_first]


def members_of_runs(weights: Array, runs: Positions, luck: Array) -> Positions:
    """Return for each entry a member of an axis, with chances by the weights of its run; -1 where all are 0.

    Parameters
    ----------
    weights
        At least 0, `(n_members, n_runs)`.
    runs, luck
        Run and uniform of each entry `(n,)`.
    """
    n_runs, levels = weights.shape[1], (len(weights) - 1).bit_length()
    bounds = np.full(((1 << levels), n_runs), np.inf, dtype=weights.dtype)  # beyond the last nothing is passed
    bounds[: len(weights)] = summed_up(weights)
    whole = bounds[len(weights) - 1].take(runs, mode="wrap")
    wanted, flat = luck * whole, bounds.reshape(-1)
    place = runs - n_runs  # of the last member that is passed
    for level in reversed(range(levels)):  # halves what is left
        step = n_runs << level
        place += step * (flat.take(place + step, mode="wrap") <= wanted)
    found = np.minimum(place // n_runs + 1, len(weights) - 1)
    return np.where(whole > 0.0, found, -1)
