"""From base rates to utilities: how often an option is taken when nothing pushes.

Every function adds what makes the chances of a decision equal to its base rates when no other term acts, whatever
the temperature. All arrays have the run axis last.
"""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.kit.arithmetic import log_of


def base_utility(temperature: Array, chance: Array, reference: Array) -> Array:
    """Return the utility of an option against the reference of utility 0, from the chances of both.

    Parameters
    ----------
    temperature
        Scale of the unexplained part of the decision `(n_runs,)`.
    chance, reference
        Chances of the option and of the reference per occasion, in [0, 1) and (0, 1], broadcasting; with several
        options the reference keeps 1 less their sum. A chance of 0 is never taken.
    """
    utility: Array = temperature * (log_of(chance) - log_of(reference))
    return utility


def times(chance: Array, ratio: Array | float, highest: float = 0.98) -> Array:
    """Return a chance times a ratio, kept below `highest` so that its odds stay finite."""
    raised: Array = np.minimum(chance * ratio, highest)
    return raised


def monthly(chance_a_year: Array) -> Array:
    """Return the chance a month that gives a chance a year, if months are alike and independent."""
    a_month: Array = 1.0 - np.power(1.0 - chance_a_year, 1.0 / 12.0)
    return a_month


def quarterly(chance_a_year: Array) -> Array:
    """Return the chance a quarter that gives a chance a year, if quarters are alike and independent."""
    a_quarter: Array = 1.0 - np.power(1.0 - chance_a_year, 0.5 * 0.5)
    return a_quarter
