"""Array types that all layers share, and the search for true cells; NumPy only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Codes = NDArray[np.int8]
Cells = tuple[NDArray[np.intp], NDArray[np.intp]]


def cells(mask: Mask | Array) -> Cells:
    """Return the positions (rows, runs) of the true cells of `(n_rows, n_runs)`; of numbers, those that are not 0.

    A flat search is several times faster than one over two axes, one for truths than one for numbers,
    and few cells are true.
    """
    found = np.flatnonzero(mask if mask.dtype == np.bool_ else mask != 0)
    rows = found // mask.shape[1]
    return rows, found - rows * mask.shape[1]
