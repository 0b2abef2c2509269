"""The level at which a verdict is undecided, from how rarely verdicts may contradict one another from seed to seed.

A verdict is called each way on a seed with a chance of (1 - level) / 2 if what is true lies on its line, and is
undecided else; no other place of the truth makes contradictions likelier. That of twenty seeds more than one then says
yes and more than one no has a chance of 6 in 100 at 90 %, of 1.07 in 1,000 at 97 %, of 0.23 in 1,000 at 98 %. The level
is the lowest whole percentage at which that is below 1 in 1,000: if all of some two hundred verdicts lay on their
lines, any of them would be contrary over twenty seeds with a chance of 5 % at most, and at 90 % some thirteen.
"""

from __future__ import annotations

import math
from statistics import NormalDist

SEEDS = 20
"""Seeds over which verdicts are compared."""
MOST_CONTRARY = 0.05
"""Share of seeds that may say the contrary of the others: one in twenty."""
RARE = 0.001
"""Chance at most that a verdict on its line is contrary on more seeds than that, both ways."""


def chance_of_contrary(yes: float, no: float, seeds: int = SEEDS) -> float:
    """Return the chance that more than one seed in twenty says yes and more than one in twenty no.

    Parameters
    ----------
    yes, no
        Chance of either word on one seed; seeds are independent, and what is left is undecided.
    seeds
        How many.

    Examples
    --------
    >>> round(chance_of_contrary(0.05, 0.05), 4), round(chance_of_contrary(0.01, 0.01), 5)
    (0.0627, 0.00023)
    """
    least = int(MOST_CONTRARY * seeds) + 1
    left = max(0.0, 1.0 - yes - no)
    return math.fsum(
        math.comb(seeds, i) * math.comb(seeds - i, j) * yes**i * no**j * left ** (seeds - i - j)
        for i in range(least, seeds + 1)
        for j in range(least, seeds - i + 1)
    )


def level_of(rare: float) -> float:
    """Return the lowest whole percentage at which a verdict on its line is contrary with a chance below `rare`.

    Examples
    --------
    >>> level_of(0.1), level_of(0.001)
    (0.89, 0.98)
    """
    sides = ((percent, (100 - percent) / 200) for percent in range(50, 100))
    return next(percent / 100 for percent, side in sides if chance_of_contrary(side, side) < rare)


LEVEL = level_of(RARE)
"""Level of the interval in which a line makes a verdict undecided: 98 %."""
ERROR = NormalDist().inv_cdf(0.5 + LEVEL / 2)
"""Standard errors on either side of an estimate that make such an interval: 2.33."""
