"""What is compared with what, and whether a table of runs can answer it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from demarche.analysis.comparison.intervals import Interval
from demarche.errors import DesignError, Problem, closest

if TYPE_CHECKING:
    import pandas as pd

POINTS, LUCK = ("point", "draw"), ("replication", "luck")
INPUTS = ("arm", "account", *POINTS, *LUCK)
LOWER, UPPER = "lower half", "upper half"


@dataclass(frozen=True)
class Contrast:
    """What is compared with what.

    Parameters
    ----------
    between
        Column whose levels are compared: arm, account or a parameter.
    reference, levels
        The level that is subtracted, and those that it is subtracted from.
    outcomes
        Columns to compare.
    by
        Columns within whose values differences are averaged; one average over all runs if empty.
    parameters
        Columns of the parameters that vary.
    interval
        How intervals are made; unpaired ones are always Welch's.
    paired
        Whether runs with the same luck and inputs are subtracted from one another.
    """

    between: str
    reference: Hashable
    levels: tuple[Hashable, ...]
    outcomes: tuple[str, ...]
    by: tuple[str, ...] = ("account",)
    parameters: tuple[str, ...] = ()
    interval: Interval = "t"
    paired: bool = True

    def keys(self, frame: pd.DataFrame) -> list[str]:
        """Return the columns that the two runs of a pair share."""
        if self.between not in self.parameters:
            return [name for name in INPUTS if name in frame.columns and name != self.between]
        others = [name for name in self.parameters if name != self.between]
        return [name for name in ("arm", "account", *others, *LUCK) if name in frame.columns]

    @property
    def within_accounts(self) -> Contrast:
        """The same contrast averaged within accounts, in which signs are compared."""
        return replace(self, by=tuple(dict.fromkeys(("account", *self.by))))


def halves(frame: pd.DataFrame, contrast: Contrast) -> pd.DataFrame:
    """Return a table in which the compared parameter is replaced by the half, lower or upper, of its values."""
    split = np.where(frame[contrast.between] > frame[contrast.between].median(), UPPER, LOWER)
    return frame.assign(**{contrast.between: split})


def check(frame: pd.DataFrame, contrast: Contrast) -> None:
    """Refuse a contrast that a table of runs cannot answer.

    Raises
    ------
    DesignError
        If a column or a level is missing, or a level is named twice.
    """
    _check_columns(frame, contrast)
    _check_levels(frame, contrast)


def _check_columns(frame: pd.DataFrame, contrast: Contrast) -> None:
    known = [str(name) for name in frame.columns]
    luck = next((name for name in LUCK if name in known), LUCK[0])
    needed = dict.fromkeys((contrast.between, *contrast.by, luck, *contrast.outcomes))
    problems = [
        Problem("outcomes", f"there is no column '{name}'", did_you_mean=closest(name, known))
        for name in needed
        if name not in known
    ]
    if not contrast.outcomes:
        problems.append(Problem("outcomes", "there is no outcome to compare", fix="name the columns to compare"))
    if contrast.between in contrast.by:
        what = f"differences between levels of '{contrast.between}' cannot be averaged within a level of it"
        problems.append(Problem("by", what, fix="average by another column"))
    if problems:
        raise DesignError(problems)


def _check_levels(frame: pd.DataFrame, contrast: Contrast) -> None:
    wanted, between = [contrast.reference, *contrast.levels], contrast.between
    known = set(frame[between])
    names = [str(name) for name in dict.fromkeys(frame[between])]
    problems = [
        Problem(f"{between}s", f"no run has the {between} '{name}'", expected=", ".join(names),
                did_you_mean=closest(str(name), names))
        for name in wanted
        if name not in known
    ]  # fmt: skip
    problems += [
        Problem(f"{between}s", f"the {between} '{name}' is named twice") for name in wanted if wanted.count(name) > 1
    ]
    if problems:
        raise DesignError(problems)
