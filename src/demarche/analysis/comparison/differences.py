"""The one estimator of differences: the same luck and the same inputs, but another arm, account or parameter value.

Runs of the same luck are subtracted from one another, so that the difference of a pair is free of most of it
(common random numbers). Summary, figures, `compare` and Python take their numbers from here.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator
from dataclasses import astuple
from typing import TYPE_CHECKING

import numpy as np

from demarche.analysis.comparison.contrast import Contrast, check
from demarche.analysis.comparison.intervals import (
    Estimate,
    estimate,
    luck_error,
    superiority,
    superiority_unpaired,
    t_quantile,
    welch,
    wilson,
)
from demarche.analysis.comparison.shown import side_of
from demarche.analysis.comparison.spread import NO_SPREAD, spread_of
from demarche.analysis.comparison.units import POINT_GROUP, clusters_of, luck_of
from demarche.arrays import Array
from demarche.engine.variables import OUTCOMES
from demarche.errors import DesignError, Problem

if TYPE_CHECKING:
    import pandas as pd

MEASURES = (
    "n", "units", "mean", "sd", "error", "low", "high", "luck_error", "luck_low", "luck_high", "p_superior", "p_low",
    "p_high", "same_sign", "median", "q10", "q90", "skewed", "side",
)  # fmt: skip
Group = tuple[Hashable, ...]
Row = tuple[object, ...]


def differences(frame: pd.DataFrame, contrast: Contrast) -> pd.DataFrame:
    """Return the differences of levels to the reference level.

    Parameters
    ----------
    frame
        One row a run: inputs and outcomes. Runs of draws have the columns `draw` and `luck`, others `replication`
        and perhaps `point`. A column `point_group` tells which design points were drawn together at random;
        without it, points count as chosen and only luck as random.
    contrast
        What is compared.

    Returns
    -------
    pandas.DataFrame
        One row for each group of `by`, level and outcome: the columns of `by`; level, reference, outcome; n, pairs
        in which both values exist (the smaller side if unpaired); units, the independent ones among them (draws where
        there are draws); mean, sd and error of level minus reference in units of the outcome; low and high, the
        95 % interval over draws and luck, or over luck where nothing was drawn (NaN below two units);
        luck_error, luck_low and luck_high, the Monte Carlo error of the mean given the draws or points and its 95 %
        interval (NaN where no draw met luck twice, and if unpaired); p_superior, probability that the level lies
        above the reference, ties half, with p_low and p_high (Wilson's 95 % interval; NaN if unpaired); same_sign, the
        share of independent units (draws where there are draws) whose mean difference has the sign of the mean (NaN
        if that is 0, and if unpaired); median, q10 and q90, the median and the middle 80 % of those units, and skewed,
        whether they are so skewed that these tell more than the mean (NaN and False if unpaired);
        side, 1 or -1 if the interval lies above or below 0 in the digits shown, else 0.

    Raises
    ------
    DesignError
        If a column or a level is missing, or a run has more than one partner.
    """
    import pandas as pd

    check(frame, contrast)
    one = _paired if contrast.paired else _unpaired
    rows = [row for level in contrast.levels for row in one(frame, contrast, level)]
    return pd.DataFrame(rows, columns=[*contrast.by, "level", "reference", "outcome", *MEASURES])


def count_lonely(frame: pd.DataFrame, contrast: Contrast) -> tuple[int, int]:
    """Return how many pairs of a contrast can be made, and how many lack one of their two runs."""
    made = lost = 0
    for level in contrast.levels:
        base, other = (table.index for table in _sides(frame, contrast, level))
        both = len(base.intersection(other))
        made, lost = made + both, lost + len(base) + len(other) - 2 * both
    return made, lost


def _sides(frame: pd.DataFrame, contrast: Contrast, level: Hashable) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the runs of reference and level by what the two of a pair share."""
    keys = contrast.keys(frame)
    base, other = (frame[frame[contrast.between] == name].set_index(keys) for name in (contrast.reference, level))
    for name, table in ((contrast.reference, base), (level, other)):
        if double := int(table.index.duplicated().sum()):
            shared = ", ".join(keys)
            what = f"{double} runs of the {contrast.between} '{name}' share their {shared} with another run of it"
            raise DesignError([Problem("runs", what, fix="keep one of each, and the column 'point' if points vary")])
    return base, other


def _paired(frame: pd.DataFrame, contrast: Contrast, level: Hashable) -> Iterator[Row]:
    base, other = _sides(frame, contrast, level)
    other = other[other.index.isin(base.index)]
    columns = list(contrast.outcomes)
    gaps = other[columns] - base.loc[other.index, columns]
    extra = [POINT_GROUP] if POINT_GROUP in frame.columns else []
    told = gaps.assign(**{name: other[name] for name in extra}).reset_index()
    for group, part in _groups(told, frame, contrast.by):
        for name in columns:
            known = part[part[name].notna()]
            values = known[name].to_numpy(dtype=np.float64)
            found = estimate(values, clusters_of(known), contrast.interval)
            yield (*group, level, contrast.reference, name, *_measures(found), *_luck(values, known, found),
                   *_chance(values, found.units), *astuple(spread_of(values, clusters_of(known))),
                   _side(name, found))  # fmt: skip


def _unpaired(frame: pd.DataFrame, contrast: Contrast, level: Hashable) -> Iterator[Row]:
    for group, part in _groups(frame, frame, contrast.by):
        for name in contrast.outcomes:
            values, sides = [], []
            for one in (level, contrast.reference):
                mine = part[(part[contrast.between] == one) & part[name].notna()]
                values.append(mine[name].to_numpy(dtype=np.float64))
                sides.append(estimate(values[-1], clusters_of(mine)))
            found = welch(*sides)
            above = superiority_unpaired(*values) if len(values[0]) and len(values[1]) else math.nan
            nothing = (math.nan, math.nan)
            yield (*group, level, contrast.reference, name, *_measures(found), math.nan, *nothing, above, *nothing,
                   *astuple(NO_SPREAD), _side(name, found))  # fmt: skip


def _groups(part: pd.DataFrame, frame: pd.DataFrame, by: tuple[str, ...]) -> list[tuple[Group, pd.DataFrame]]:
    """Return the groups of a table in the order in which they appear in another."""
    if not by:
        return [((), part)]
    found = dict(iter(part.groupby(list(by), observed=True)))
    order = list(dict.fromkeys(frame[list(by)].itertuples(index=False, name=None)))
    return [(key, found.get(key, part.iloc[:0])) for key in order]


def _measures(found: Estimate) -> tuple[float, ...]:
    return found.n, found.units, found.mean, found.sd, found.error, found.low, found.high


def _luck(values: Array, part: pd.DataFrame, found: Estimate) -> tuple[float, float, float]:
    error, freedom = luck_error(values, *luck_of(part)) if found.n else (math.nan, 0.0)
    half = t_quantile(freedom) * error if freedom else math.nan
    return error, found.mean - half, found.mean + half


def _chance(gaps: Array, units: int) -> tuple[float, float, float]:
    if not units:
        return math.nan, math.nan, math.nan
    share = superiority(gaps)
    return share, *wilson(share, units)


def _side(outcome: str, found: Estimate) -> int:
    return side_of(found.low, found.high, OUTCOMES[outcome].unit if outcome in OUTCOMES else "")


def disagreements(table: pd.DataFrame) -> pd.DataFrame:
    """Return the outcomes on which two accounts disagree; see `shown.DISAGREE` for the rule.

    Parameters
    ----------
    table
        What `differences` returned, by account.

    Returns
    -------
    pandas.DataFrame
        Further columns of `by`, level, reference, outcome, and the accounts `above` and `below` 0, each a tuple
        of names.
    """
    import pandas as pd

    rows = []
    keys = [name for name in table.columns[: list(table.columns).index("n")] if name != "account"]
    for key, part in table.groupby(keys, sort=False, observed=True):
        above, below = (tuple(map(str, part.loc[part["side"] == side, "account"])) for side in (1, -1))
        if above and below:
            rows.append((*key, above, below))
    return pd.DataFrame(rows, columns=[*keys, "above", "below"])
