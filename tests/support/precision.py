"""How close numbers of the world come to numbers worked out by hand: the world has single precision."""

from __future__ import annotations

import numpy as np

from demarche.arrays import REAL

ROUNDING = 8.0 * float(np.finfo(REAL).eps)
"""Largest error of a rule on numbers of about 1, 9.5e-7: each of its operations errs by half of eps, few by more."""
