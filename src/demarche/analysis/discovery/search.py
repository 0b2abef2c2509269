"""Scenario discovery: under which conditions does one arm end above another?

A case is a design point in an account (or one pair of runs if nothing but luck varies); it is of interest if
the first arm ends above the second. `discovery_prim` and `discovery_tree` look for conditions, in the
terms of `discovery_cases`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from demarche.analysis.comparison.contrast import LUCK, POINTS
from demarche.analysis.comparison.shown import MISSING
from demarche.analysis.discovery.cases import Box, Cases, Finding, Limit, Method, in_words, make_box, quasi_p
from demarche.analysis.discovery.prim import prim
from demarche.analysis.discovery.tree import grow
from demarche.errors import DesignError, Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Box", "Cases", "Finding", "Limit", "Method", "in_words", "make_box", "make_cases", "quasi_p", "search"]

FEWEST = 20


def make_cases(
    frame: pd.DataFrame, between: tuple[str, str], outcome: str, parameters: Sequence[str], lower: bool = False,
    margin: float = 0.0,
) -> Cases:
    """Return the cases of a comparison of two arms.

    Parameters
    ----------
    frame
        One row a run: arm, account, point and replication, or draw and luck, parameters and outcomes.
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
    point, luck = (next(name for name in names if name in frame.columns) for names in (POINTS, LUCK))
    place = ["account", point]
    mine = frame[frame["arm"] == between[0]]
    own = mine.set_index([*place, luck])[outcome]
    other = frame[frame["arm"] == between[1]].set_index([*place, luck])[outcome]
    gaps = (own - other).dropna().rename("gain").reset_index()
    if gaps.empty and len(own.index.intersection(other.index)):
        what = f"the outcome {outcome} is {MISSING}"
        raise DesignError([Problem("--outcome", what, fix="name another outcome")])
    if gaps.empty:
        what = f"no replication was done in both {between[0]} and {between[1]}, so there is nothing to search"
        raise DesignError([Problem("--between", what)])
    if parameters:
        gaps = gaps.groupby(place, sort=False)[["gain"]].mean().reset_index()
        gaps = gaps.merge(mine.drop_duplicates(place)[[*place, *parameters]], on=place)
    gains = gaps["gain"].to_numpy(dtype=np.float64)
    numbers = {name: gaps[name].to_numpy(dtype=np.float64) for name in parameters if gaps[name].nunique() > 1}
    words = {"account": gaps["account"].to_numpy().astype(str)} if gaps["account"].nunique() > 1 else {}
    return Cases(numbers, words, gains, gains < -margin if lower else gains > margin)


def nothing_to_find(cases: Cases) -> str:
    """Return why a search would be in vain, or an empty text."""
    n = len(cases.interest)
    if n < FEWEST:
        return f"there are {n} cases, and fewer than {FEWEST} tell nothing"
    if not (cases.numbers or cases.words):
        return "no condition varies: the results have one account and no parameters that vary"
    if cases.interest.all():
        return f"it holds in all of {n} cases, so no condition is needed"
    if not cases.interest.any():
        return f"it holds in none of {n} cases"
    return ""


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
    why = nothing_to_find(cases)
    if why:
        return Finding(method, (), (), why_nothing=why)
    return prim(cases, density) if method == "prim" else grow(cases)
