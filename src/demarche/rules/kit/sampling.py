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
    bounds = np.cumsum(weights, axis=0)
    return np.minimum((bounds <= luck * bounds[-1]).sum(axis=0), len(weights) - 1)


def members_of_runs(weights: Array, runs: Positions, luck: Array) -> Positions:
    """Return for each entry a member of an axis, with chances by the weights of its run; -1 where all are 0.

    Parameters
    ----------
    weights
        At least 0, `(n_members, n_runs)`.
    runs, luck
        Run and uniform of each entry `(n,)`.

    Notes
    -----
    The weights of all runs stand one after the other in one sum, so that one search serves all entries.
    """
    size = len(weights)
    ends = np.cumsum(weights.T.ravel())
    totals = ends[size - 1 :: size]
    starts = np.concatenate([[0.0], totals[:-1]])
    weight = totals - starts
    found = np.searchsorted(ends, starts[runs] + luck * weight[runs], side="right") - size * runs
    inside = np.clip(found, 0, size - 1)
    return np.where(weight[runs] > 0.0, inside, -1)
