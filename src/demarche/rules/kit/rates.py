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
    return spread_over(chance_a_year, 12.0)


def quarterly(chance_a_year: Array) -> Array:
    """Return the chance a quarter that gives a chance a year, if quarters are alike and independent."""
    return spread_over(chance_a_year, 2.0 * 2.0)


def spread_over(chance: Array, occasions: Array | float) -> Array:
    """Return the chance at each of some occasions, alike and independent, that gives a chance over all of them.

    Worked out by logarithms, so that small chances keep their precision.
    """
    with np.errstate(divide="ignore"):  # a chance of 1 is one of 1 at each
        each: Array = -np.expm1(np.log1p(-chance) / occasions)
    return each
