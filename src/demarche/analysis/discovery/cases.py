"""Cases of a scenario discovery, the conditions and boxes that describe them, and what a search found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array, Mask

Method = Literal["prim", "tree"]
SIGNIFICANT = 0.05


@dataclass(frozen=True, eq=False)
class Cases:
    """Cases with their conditions.

    Parameters
    ----------
    numbers
        Parameter -> values `(n_cases,)`.
    words
        Name of a condition in words (account) -> values `(n_cases,)`.
    gains
        First arm minus second `(n_cases,)`, means over replications.
    interest
        Whether a case is of interest `(n_cases,)`.
    """

    numbers: dict[str, Array]
    words: dict[str, NDArray[np.str_]]
    gains: Array
    interest: Mask

    @property
    def share(self) -> float:
        """Share of cases that are of interest."""
        return float(self.interest.mean())

    def take(self, interest: Mask) -> Cases:
        """Return the same cases with other ones of interest."""
        return Cases(self.numbers, self.words, self.gains, interest)


@dataclass(frozen=True)
class Limit:
    """One condition: a number within `low` and `high`, or a word out of `allowed`.

    `quasi_p` is the probability of as many cases of interest, or more, among the cases in the box if this
    condition alone were without effect (binomial; Bryant and Lempert 2010).
    """

    name: str
    low: float = -np.inf
    high: float = np.inf
    allowed: tuple[str, ...] = ()
    quasi_p: float = np.nan

    def holds(self, cases: Cases) -> Mask:
        """Return which cases meet the condition `(n_cases,)`."""
        if self.allowed:
            return np.isin(cases.words[self.name], self.allowed)
        values = cases.numbers[self.name]
        return (values >= self.low) & (values <= self.high)

    def __str__(self) -> str:
        if self.allowed:
            return f"{self.name} is {' or '.join(self.allowed)}"
        if np.isinf(self.low):
            return f"{self.name} is at most {self.high:.3g}"
        if np.isinf(self.high):
            return f"{self.name} is at least {self.low:.3g}"
        return f"{self.name} is from {self.low:.3g} to {self.high:.3g}"


@dataclass(frozen=True)
class Box:
    """A set of conditions that hold together.

    Parameters
    ----------
    limits
        The conditions.
    n, hits
        Cases in the box, and cases of interest among them.
    coverage
        Share of all cases of interest that lie in the box.
    density
        Share of the cases in the box that are of interest.
    mass
        Share of all cases that lie in the box.
    """

    limits: tuple[Limit, ...]
    n: int
    hits: int
    coverage: float
    density: float
    mass: float


@dataclass(frozen=True)
class Finding:
    """What a search found.

    Parameters
    ----------
    method
        How it was searched.
    boxes
        The box that was chosen, or the leaves of the tree in which cases of interest are more frequent.
    trajectory
        Boxes on the way to the chosen one (PRIM), or all leaves (tree).
    p_value
        Share of searches among shuffled cases that find as much; NaN if none was made.
    why_nothing
        Why there are no boxes; empty if there are some.
    """

    method: Method
    boxes: tuple[Box, ...]
    trajectory: tuple[Box, ...]
    p_value: float = np.nan
    why_nothing: str = ""


def make_box(limits: Sequence[Limit], cases: Cases) -> Box:
    """Return a box with its measures and the quasi p value of each condition; conditions without an end go."""
    limits = [limit for limit in limits if limit.allowed or np.isfinite(limit.low) or np.isfinite(limit.high)]
    masks = [limit.holds(cases) for limit in limits]
    everything = np.ones(len(cases.interest), dtype=bool)
    box = measured_box(limits, np.logical_and.reduce([everything, *masks]), cases)
    found = []
    for position, limit in enumerate(limits):
        without = np.logical_and.reduce([everything, *masks[:position], *masks[position + 1 :]])
        found.append(replace(limit, quasi_p=quasi_p(box.n, box.hits, float(cases.interest[without].mean()))))
    return replace(box, limits=tuple(found))


def measured_box(limits: Sequence[Limit], inside: Mask, cases: Cases) -> Box:
    """Return a box with its measures, from its conditions and the cases that meet them `(n_cases,)`."""
    n, hits, everything = int(inside.sum()), int(cases.interest[inside].sum()), int(cases.interest.sum())
    return Box(tuple(limits), n, hits, hits / max(everything, 1), hits / max(n, 1), n / len(inside))


def quasi_p(n: int, hits: int, share: float) -> float:
    """Return the probability of at least `hits` in n draws that succeed with probability `share`.

    Examples
    --------
    >>> quasi_p(4, 4, 0.5)
    0.0625
    """
    from scipy.special import betainc

    return 1.0 if hits == 0 else float(betainc(hits, n - hits + 1, share))


def in_words(box: Box) -> str:
    """Return the conditions of a box as part of a sentence."""
    return " and ".join(str(limit) for limit in box.limits) or "always"
