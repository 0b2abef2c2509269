"""Priors: what an account holds a number to be, as median and range, and the values that are drawn of it.

A prior is two half-normals on a scale: below the median one whose 5 % quantile is `low`, above it one
whose 95 % quantile is `high`. Luck of a value is keyed by seed, draw and the id of what is drawn, never
by the account, so that two accounts differ by their quantile functions only and can be paired.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from demarche.arrays import Array
from demarche.errors import DesignError, Problem
from demarche.keyed import run_keys, text_key, uniforms

Scale = Literal["ln", "identity", "logit"]
Transform = Callable[[Array], Array]

ENDS = 1.645  # standard normal quantile of 95 %: where low and high lie
FAMILY_CORRELATION = 0.4  # assumption: links of one family are argued from the same cases
LOGIT_EDGE = 0.02  # shares of exactly 0 and 1 get a place on the logit scale
MOST_SPREAD = 10.0  # a positive range that spans more than this factor is spread by factors
HALF_STEP = 2.0**-54  # keeps a uniform of exactly 0 off minus infinity

SCALES: Mapping[Scale, tuple[Transform, Transform]] = {
    "ln": (np.log, np.exp),
    "identity": (lambda values: values, lambda values: values),
    "logit": (
        lambda values: np.log((values + LOGIT_EDGE) / (1.0 + LOGIT_EDGE - values)),
        lambda places: (1.0 + 2.0 * LOGIT_EDGE) / (1.0 + np.exp(-places)) - LOGIT_EDGE,
    ),
}
"""Scale -> to its places and back: logarithm, the value itself, logit of (value + 0.02) / 1.04."""


@dataclass(frozen=True)
class Prior:
    """What is held of one number.

    Parameters
    ----------
    id
        What is drawn: path of a parameter or id of a link.
    median, low, high
        Median, 5 % and 95 % quantile.
    scale
        On which values are spread: `ln`, `identity` or `logit`.
    bounds
        Lowest and highest value that is possible; what lies beyond is put there.
    family
        Priors of one family are correlated; empty for none.
    sign
        +1, or -1 if a higher value stands for the opposite within its family.
    correlation
        Of its family where that is known, in [0, 1]; None for that of all families.

    Raises
    ------
    DesignError
        If the numbers are not in order, or cannot lie on the scale.
    """

    id: str
    median: float
    low: float
    high: float
    scale: Scale = "identity"
    bounds: tuple[float, float] = (-math.inf, math.inf)
    family: str = ""
    sign: int = 1
    correlation: float | None = None

    def __post_init__(self) -> None:
        found = f"median {self.median:g}, low {self.low:g}, high {self.high:g}, bounds {self.bounds}"
        numbers = (self.median, self.low, self.high)
        if not (self.bounds[0] <= self.low <= self.median <= self.high <= self.bounds[1]):
            raise DesignError([
                Problem(
                    self.id, "the numbers of a prior are not in order", self._out_of_order(),
                    "lower bound, low, median, high, upper bound, each at most the next", fix="change one of the two",
                )
            ])  # fmt: skip
        if self.scale == "ln" and self.low <= 0:
            fix = "give a small number above 0, such as 0.02"
            raise DesignError([Problem(self.id, "a low of 0 or less has no logarithm", found, "above 0", fix=fix)])
        if self.scale == "logit" and not all(0 <= value <= 1 for value in numbers):
            raise DesignError([Problem(self.id, "a share on the logit scale lies outside 0 to 1", found)])
        if self.sign not in (1, -1):
            raise DesignError([Problem(self.id, "the sign of a prior is neither 1 nor -1", found=str(self.sign))])

    def _out_of_order(self) -> str:
        """Return which numbers are above the next, in words."""
        lowest, highest = self.bounds
        order = [("the lower bound of its unit", lowest), ("low", self.low), ("median", self.median),
                 ("high", self.high), ("the upper bound of its unit", highest)]  # fmt: skip
        pairs = pairwise(order)
        return "; ".join(f"{name} is {one:g}, {after} is {other:g}" for (name, one), (after, other) in pairs
                         if not one <= other)  # fmt: skip

    def values(self, normals: Array) -> Array:
        """Return the values at standard normal places, of any shape; the median at 0."""
        there, back = SCALES[self.scale]
        low, middle, high = there(np.array([self.low, self.median, self.high], dtype=np.float64))
        spread = np.where(normals < 0, middle - low, high - middle) / ENDS
        return np.clip(back(middle + normals * spread), *self.bounds)


def range_prior(id: str, median: float, low: float, high: float) -> Prior:
    """Return the prior of a parameter of which only a declared range is known.

    The ends of the range are its 5 % and 95 % quantiles and its bounds. A positive range that spans more than
    a factor of ten is spread by factors (`ln`), since half of it would else lie within the highest parts; every
    other range is spread evenly about the median (`identity`).

    Examples
    --------
    >>> range_prior("a.b.c", 1.0, 0.0, 2.0).scale, range_prior("a.b.c", 1.0, 0.1, 2.0).scale
    ('identity', 'ln')
    """
    scale: Scale = "ln" if low > 0 and high > MOST_SPREAD * low else "identity"
    return Prior(id, median, low, high, scale, (low, high))


def normals_of(id: str, seed: int, draws: Sequence[int]) -> Array:
    """Return the standard normal luck `(n_draws,)` of one id in some draws; it depends on nothing else."""
    from scipy.special import ndtri

    luck = uniforms(run_keys(draws), text_key(f"prior of {id}, seed {seed}"), 0)
    normals: Array = ndtri(np.maximum(luck, HALF_STEP))
    return normals


def correlated_normals(
    prior: Prior, seed: int, draws: Sequence[int], r: float = FAMILY_CORRELATION
) -> Array:
    """Return the standard normal places `(n_draws,)` of a prior: a part of its family's and a part of its own.

    `z = sqrt(r) sign z_family + sqrt(1 - r) z_own`, so that two priors of one family correlate by r times the
    product of their signs; a prior without family has luck of its own alone.

    Raises
    ------
    DesignError
        If r lies outside 0 to 1.
    """
    if not 0 <= r <= 1:
        raise DesignError([Problem("r", "a correlation within families lies outside 0 to 1", found=f"{r:g}")])
    r = r if prior.correlation is None else prior.correlation
    own = normals_of(prior.id, seed, draws)
    if not prior.family or r == 0:
        return own
    shared = normals_of(f"family {prior.family}", seed, draws)
    return math.sqrt(r) * prior.sign * shared + math.sqrt(1 - r) * own


def draw_values(
    priors: Iterable[Prior], seed: int, draws: Sequence[int], r: float = FAMILY_CORRELATION
) -> dict[str, Array]:
    """Return the values of some priors in some draws.

    Parameters
    ----------
    priors
        What is held, one entry an id.
    seed
        Seed of the experiment.
    draws
        Numbers of the draws, from 0; a longer list keeps the values of a shorter one.
    r
        Correlation of priors of one family, in [0, 1].

    Returns
    -------
    dict
        Id -> values `(n_draws,)`.
    """
    return {prior.id: prior.values(correlated_normals(prior, seed, draws, r)) for prior in priors}
