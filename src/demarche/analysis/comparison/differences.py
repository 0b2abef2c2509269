"""Paired comparison: the same luck and the same inputs, but another arm, pack or parameter value.

Replication k has the same luck in every arm, pack and design point, so the difference of a pair is
free of most of it (common random numbers).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from demarche.analysis.comparison.intervals import (
    Codes,
    Estimate,
    Interval,
    estimate,
    superiority,
    superiority_unpaired,
    welch,
    wilson,
)
from demarche.arrays import Array
from demarche.engine.variables import OUTCOMES
from demarche.errors import DesignError, Problem, closest

if TYPE_CHECKING:
    import pandas as pd

INPUTS = ("arm", "pack", "point", "replication")
POINT_GROUP = "point_group"
LOWER, UPPER = "lower half", "upper half"
COLUMNS = ("pack", "arm", "reference", "outcome", "n", "mean", "sd", "low", "high", "p_superior")
MEASURES = ("n", "units", "mean", "sd", "error", "low", "high", "p_superior", "p_low", "p_high")


@dataclass(frozen=True)
class Contrast:
    """What is compared with what.

    Parameters
    ----------
    between
        Column whose levels are compared: arm, pack or a parameter.
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
    by: tuple[str, ...] = ("pack",)
    parameters: tuple[str, ...] = ()
    interval: Interval = "t"
    paired: bool = True

    def keys(self, frame: pd.DataFrame) -> list[str]:
        """Return the columns that the two runs of a pair share."""
        if self.between not in self.parameters:
            return [name for name in INPUTS if name in frame.columns and name != self.between]
        others = [name for name in self.parameters if name != self.between]
        return [name for name in ("arm", "pack", *others, "replication") if name in frame.columns]


def differences(frame: pd.DataFrame, contrast: Contrast) -> pd.DataFrame:
    """Return the differences of levels to the reference level.

    Parameters
    ----------
    frame
        One row a run: inputs and outcomes. A column `point_group` tells which design points were drawn
        together at random; without it, points count as chosen and only luck as random.
    contrast
        What is compared.

    Returns
    -------
    pandas.DataFrame
        The columns of `by`, level, reference, outcome, n (pairs in which both values exist; the smaller
        side if unpaired), units (independent ones among them), mean, sd and error of level minus
        reference in units of the outcome, low and high (95 % interval, NaN below two units), p_superior
        (probability that the level lies above the reference, ties half) with p_low and p_high (Wilson's
        95 % interval; NaN if unpaired).

    Raises
    ------
    DesignError
        If a column or a level is missing, or a run has no or more than one partner.
    """
    import pandas as pd

    _check_columns(frame, contrast)
    _check_levels(frame, contrast)
    one = _paired if contrast.paired else _unpaired
    rows = [row for level in contrast.levels for row in one(frame, contrast, level)]
    return pd.DataFrame(rows, columns=[*contrast.by, "level", "reference", "outcome", *MEASURES])


def _paired(frame: pd.DataFrame, contrast: Contrast, level: Hashable) -> list[tuple[object, ...]]:
    keys = contrast.keys(frame)
    extra = [POINT_GROUP] if POINT_GROUP in frame.columns else []
    both = (contrast.reference, level)
    base, other = (frame[frame[contrast.between] == name].set_index(keys) for name in both)
    _check_pairs({contrast.reference: base, level: other}, contrast)
    columns = list(contrast.outcomes)
    gaps = other[columns] - base.loc[other.index, columns]
    told = gaps.assign(**{name: other[name] for name in extra}).reset_index()
    rows: list[tuple[object, ...]] = []
    for group, part in _groups(told, frame, contrast.by):
        clusters = _clusters(part)
        for name in columns:
            values = part[name].to_numpy(dtype=np.float64)
            known = ~np.isnan(values)
            found = estimate(values[known], [one[known] for one in clusters], contrast.interval)
            chance = _chance(values[known], found.units)
            rows.append((*group, level, contrast.reference, name, *_measures(found), *chance))
    return rows


def _unpaired(frame: pd.DataFrame, contrast: Contrast, level: Hashable) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for group, part in _groups(frame, frame, contrast.by):
        for name in contrast.outcomes:
            values, found = [], []
            for one in (level, contrast.reference):
                side = part[(part[contrast.between] == one) & part[name].notna()]
                values.append(side[name].to_numpy(dtype=np.float64))
                found.append(estimate(values[-1], _clusters(side)))
            above = superiority_unpaired(*values) if len(values[0]) and len(values[1]) else math.nan
            measures = (*_measures(welch(*found)), above, math.nan, math.nan)
            rows.append((*group, level, contrast.reference, name, *measures))
    return rows


def _groups(
    part: pd.DataFrame, frame: pd.DataFrame, by: tuple[str, ...]
) -> list[tuple[tuple[Hashable, ...], pd.DataFrame]]:
    """Return the groups of a table in the order in which they appear in another."""
    if not by:
        return [((), part)]
    found = dict(iter(part.groupby(list(by), observed=True)))
    order = list(dict.fromkeys(frame[list(by)].itertuples(index=False, name=None)))
    return [(key, found.get(key, part.iloc[:0])) for key in order]


def _clusters(part: pd.DataFrame) -> list[Codes]:
    names = [name for name in ("replication", POINT_GROUP) if name in part.columns]
    return [np.unique(part[name].to_numpy(), return_inverse=True)[1] for name in names]


def _measures(found: Estimate) -> tuple[float, ...]:
    return found.n, found.units, found.mean, found.sd, found.error, found.low, found.high


def _chance(gaps: Array, units: int) -> tuple[float, float, float]:
    if not units:
        return math.nan, math.nan, math.nan
    share = superiority(gaps)
    return share, *wilson(share, units)


def paired_differences(
    frame: pd.DataFrame,
    reference: str,
    arms: Sequence[str] | None = None,
    outcomes: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return the paired differences of arms to a reference arm by pack, with t intervals.

    Parameters
    ----------
    frame
        As for `differences`.
    reference
        The arm that is subtracted.
    arms
        Arms to compare with it; all others in order of appearance if None.
    outcomes
        Columns to compare; the declared outcomes among the columns if None.

    Returns
    -------
    pandas.DataFrame
        pack, arm, reference, outcome, n, mean, sd, low, high, p_superior; see `differences`.

    Raises
    ------
    DesignError
        As `differences`.
    """
    names = list(dict.fromkeys(frame["arm"])) if "arm" in frame.columns else []
    chosen = [name for name in names if name != reference] if arms is None else list(arms)
    measured = [name for name in OUTCOMES if name in frame.columns] if outcomes is None else list(outcomes)
    found = differences(frame, Contrast("arm", reference, tuple(chosen), tuple(measured)))
    return found.rename(columns={"level": "arm"})[list(COLUMNS)]


def _check_columns(frame: pd.DataFrame, contrast: Contrast) -> None:
    needed = dict.fromkeys((contrast.between, *contrast.by, "replication", *contrast.outcomes))
    known = [str(name) for name in frame.columns]
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


def _check_pairs(tables: dict[Hashable, pd.DataFrame], contrast: Contrast) -> None:
    between, base = contrast.between, tables[contrast.reference].index
    keys = ", ".join(str(name) for name in base.names)
    problems = []
    for level, table in tables.items():
        double = int(table.index.duplicated().sum())
        lonely = len(table.index.symmetric_difference(base)) if not double and base.is_unique else 0
        if double:
            what = f"{double} runs of the {between} '{level}' share their {keys} with another run of it"
            problems.append(Problem("runs", what, fix="keep one run of each, and the column 'point' if points vary"))
        elif lonely:
            what = (
                f"{between}s '{level}' and '{contrast.reference}' cannot be paired: {lonely} runs lack a partner with "
                f"the same {keys}"
            )
            problems.append(Problem("runs", what, fix="keep only what was done in every one of them (complete_pairs)"))
    if problems:
        raise DesignError(problems)


def complete_pairs(frame: pd.DataFrame, arms: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the rows whose pack, point and replication are there in every arm.

    Parameters
    ----------
    frame
        As for `paired_differences`; runs that failed are missing from it.
    arms
        Arms that count and are returned; all if None.
    """
    names = list(dict.fromkeys(frame["arm"])) if arms is None else list(arms)
    return complete(frame, Contrast("arm", "", tuple(names), ()))


def complete(frame: pd.DataFrame, contrast: Contrast) -> pd.DataFrame:
    """Return the rows of the levels of a contrast whose partners are there in every level."""
    levels = {contrast.reference, *contrast.levels}
    kept = frame[frame[contrast.between].isin(list(levels))]
    seen = kept.groupby(contrast.keys(frame), observed=True)[contrast.between].transform("nunique")
    return kept[seen == kept[contrast.between].nunique()]


def halves(frame: pd.DataFrame, contrast: Contrast) -> pd.DataFrame:
    """Return a table in which the compared parameter is replaced by the half, lower or upper, of its values."""
    split = np.where(frame[contrast.between] > frame[contrast.between].median(), UPPER, LOWER)
    return frame.assign(**{contrast.between: split})


def by_pack(contrast: Contrast) -> Contrast:
    """Return the same contrast averaged within packs, in which signs are compared."""
    return replace(contrast, by=tuple(dict.fromkeys(("pack", *contrast.by))))


def sign_disagreements(differences: pd.DataFrame, negligible: float = 0.0) -> pd.DataFrame:
    """Return the outcomes on which intervals of two packs lie on different sides of 0.

    Parameters
    ----------
    differences
        What `paired_differences` or `differences` returned, by pack.
    negligible
        Share of the largest mean difference among packs below which a difference counts as none, in [0, 1).

    Returns
    -------
    pandas.DataFrame
        arm (or level and further columns of the contrast), reference, outcome, and the packs `above` and
        `below` 0, each a tuple of names.
    """
    import pandas as pd

    rows = []
    keys = [name for name in differences.columns[: list(differences.columns).index("n")] if name != "pack"]
    for key, part in differences.groupby(keys, sort=False, observed=True):
        counts = part["mean"].abs() >= negligible * part["mean"].abs().max()
        above = tuple(str(pack) for pack in part.loc[counts & (part["low"] > 0), "pack"])
        below = tuple(str(pack) for pack in part.loc[counts & (part["high"] < 0), "pack"])
        if above and below:
            rows.append((*key, above, below))
    return pd.DataFrame(rows, columns=[*keys, "above", "below"])
