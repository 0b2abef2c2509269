"""Scenario discovery: under which conditions does one arm end above another?

A case is a design point in a pack (or one pair of runs if nothing but luck varies); it is of interest if
the first arm ends above the second. `discovery_prim` and `discovery_tree` look for conditions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from demarche.errors import DesignError, Problem
from demarche.rules.contract import Array, Mask

if TYPE_CHECKING:
    import pandas as pd

Method = Literal["prim", "tree"]
FEWEST = 20
SIGNIFICANT = 0.05


@dataclass(frozen=True, eq=False)
class Cases:
    """Cases with their conditions.

    Parameters
    ----------
    numbers
        Parameter -> values `(n_cases,)`.
    words
        Name of a condition in words (pack) -> values `(n_cases,)`.
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


def make_cases(
    frame: pd.DataFrame, between: tuple[str, str], outcome: str, parameters: Sequence[str], lower: bool = False,
    margin: float = 0.0,
) -> Cases:
    """Return the cases of a comparison of two arms.

    Parameters
    ----------
    frame
        One row a run: arm, pack, point, replication, parameters and outcomes.
    between
        The two arms.
    outcome
        Column to compare.
    parameters
        Columns of the parameters that vary.
    lower
        True if the first arm is of interest where it ends below the second.
    margin
        How far below or above it must end, in the unit of the outcome.

    Raises
    ------
    DesignError
        If there are no pairs.
    """
    keys = ["pack", *parameters, "point", "replication"]
    first, second = (frame[frame["arm"] == arm].set_index(keys)[outcome] for arm in between)
    gaps: pd.DataFrame = (first - second).dropna().rename("gain").reset_index()
    if gaps.empty:
        what = f"no replication was done in both {between[0]} and {between[1]}, so there is nothing to search"
        raise DesignError([Problem("--between", what)])
    if parameters:
        gaps = gaps.groupby(["pack", *parameters, "point"], sort=False)[["gain"]].mean().reset_index()
    gains = gaps["gain"].to_numpy(dtype=np.float64)
    numbers = {name: gaps[name].to_numpy(dtype=np.float64) for name in parameters if gaps[name].nunique() > 1}
    words = {"pack": gaps["pack"].to_numpy().astype(str)} if gaps["pack"].nunique() > 1 else {}
    return Cases(numbers, words, gains, gains < -margin if lower else gains > margin)


def nothing_to_find(cases: Cases) -> str:
    """Return why a search would be in vain, or an empty text."""
    n = len(cases.interest)
    if n < FEWEST:
        return f"there are {n} cases, and fewer than {FEWEST} tell nothing"
    if not (cases.numbers or cases.words):
        return "no condition varies: the results have one pack and no parameters that vary"
    if cases.interest.all():
        return f"it holds in all of {n} cases, so no condition is needed"
    if not cases.interest.any():
        return f"it holds in none of {n} cases"
    return ""


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


def search(cases: Cases, method: Method, density: float) -> Finding:
    """Look for conditions under which cases are of interest.

    Parameters
    ----------
    cases
        What `make_cases` returned.
    method
        `prim` for one box, `tree` for a tree of at most three questions.
    density
        Wished density of the box of PRIM, in (0, 1].
    """
    from demarche.analysis.discovery_prim import prim
    from demarche.analysis.discovery_tree import grow

    why = nothing_to_find(cases)
    if why:
        return Finding(method, (), (), why_nothing=why)
    return prim(cases, density) if method == "prim" else grow(cases)
