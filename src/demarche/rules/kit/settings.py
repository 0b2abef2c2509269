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
