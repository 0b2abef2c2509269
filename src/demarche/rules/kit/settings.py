"""Where arms set a lever that is otherwise left to the rules."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, Mask


def imposed(lever: Array) -> Mask:
    """Return where a lever is set, `(n_rows, n_runs)`, or `(n_rows, 1)` if all runs share one setting."""
    # settings that runs share stand once in memory, and one column then says all
    shared = lever.strides[-1] == 0
    return ~np.isnan(lever[..., :1] if shared else lever)


def barred(utility: float = -900.0) -> float:
    """Return the utility of an option that an arm rules out: no other term can outweigh it."""
    return utility


def unless_imposed(lever: Array, usual: Mask) -> Mask:
    """Return what usually holds, or, where a lever of 0 or 1 is set, whether it is 1."""
    held: Mask = np.where(np.isnan(lever), usual, lever > 0.5)
    return held


def raised(values: Array, power: Array) -> Array:
    """Return values to a power `(n_runs,)`; powers of 1 and 0, at which nearly all runs stand, cost next to nothing."""
    if (power == 1.0).all():
        return values
    if (power == 0.0).all():
        return np.ones_like(power)
    plain = np.where(power == 0.0, 1.0, values)
    whole: Array = np.where((power == 0.0) | (power == 1.0), plain, np.power(values, power))
    return whole
