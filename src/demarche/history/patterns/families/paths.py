"""Patterns of practice and commitment over the years: P19, P32, P34, P36, P37, P39."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field

from demarche.cast.keys import MonthText
from demarche.history.patterns.contract import Limits, Pattern, PatternKeys, Reads, Years
from demarche.history.patterns.kit.lines import cell, pairwise, series_of, slopes
from demarche.history.patterns.view import QUIET, NotMeasured, View

if TYPE_CHECKING:
    import pandas as pd

CORE, PREFIX = "core_practice", "practice_"
PATH = {CORE: "practice in the civil-political core, 0-1"}
Issues = Annotated[list[str], Field(min_length=1)]


class PartingKeys(PatternKeys):
    """Keys of P34: issue areas that rise, stay flat, do not rise; slope of the flat; correlation of yearly changes."""

    rising: Issues
    flat: Issues
    not_rising: Issues
    slope: Limits
    correlation_at_most: Annotated[float, Field(ge=-1.0, le=1.0)]


class ReboundKeys(PatternKeys):
    """Keys of P37: where the trough lies, where the rebound is looked for, the plateau, the least depth."""

    trough_until: MonthText
    rebound_year: int
    plateau: Years
    depth_at_least: float


class SpreadKeys(PatternKeys):
    """Keys of P36: issues that may be spotlighted, and those that may be hit instead."""

    issues: Issues


def flat_core(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P19: slope of core practice a year where words are private."""
    return slopes(view.yearly(CORE, keys.years, QUIET))


def widening_gap(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P32: slope of commitment minus core practice, after the rebound."""
    return slopes(view.yearly("commitment", keys.years) - view.yearly(CORE, keys.years))


def parting(view: View, keys: PartingKeys) -> pd.Series[float]:
    """P34: 1 if issue areas move as stated and the mean correlation of their changes is small, 0 if no two move."""
    groups = (keys.rising, keys.flat, keys.not_rising)
    view.need(*(PREFIX + issue for group in groups for issue in group))
    columns = [name for name in view.arm().series.columns if name.startswith(PREFIX)]
    tables = {name: view.yearly(name, keys.years) for name in columns}
    slope = {name: slopes(table) for name, table in tables.items()}
    rising, flat, other = ([slope[PREFIX + issue] for issue in group] for group in groups)
    changes = np.stack([np.diff(table.to_numpy(dtype=np.float64), axis=1) for table in tables.values()])
    right = next(iter(slope.values())) == next(iter(slope.values()))
    for one in rising:
        right &= one > 0
    for one in flat:
        right &= one.between(*keys.slope)
    for one in other:
        right &= one <= keys.slope[1]
    return (right & (np.nan_to_num(pairwise(changes)) <= keys.correlation_at_most)).astype(float)


def rebound(view: View, keys: ReboundKeys) -> pd.Series[float]:
    """P37: part of the fall that is made up two years on; the plateau of later years stands in for the level before.

    0 where there was no trough of the least depth.
    """
    first = int(str(keys.trough_until)[:4])
    early = view.yearly(CORE, (int(view.arm().start[:4]), first))
    trough = early.min(axis=1)
    level = view.yearly(CORE, (keys.rebound_year, keys.rebound_year)).iloc[:, 0]
    depth = view.yearly(CORE, keys.plateau).mean(axis=1) - trough
    return ((level - trough) / depth).where(depth >= keys.depth_at_least, 0.0)


def displaced(view: View, keys: SpreadKeys) -> pd.Series[float]:
    """P36: fall of other issues' practice over the gain of a spotlighted one in the year after; NaN without a gain."""
    words = view.events("statement", keys.years)
    words = words.assign(year=view.year_of(words["step"]))[["run", "year", "about"]].drop_duplicates()
    change = {issue: view.yearly(PREFIX + issue, keys.years).diff(axis=1) for issue in keys.issues}
    rows: dict[int, list[tuple[float, float]]] = {}
    for run, year, issue in words.itertuples(index=False):
        if issue in change and year + 1 in change[issue].columns:
            others = [cell(one, run, year + 1) for name, one in change.items() if name != issue]
            rows.setdefault(int(run), []).append((cell(change[issue], run, year + 1), float(np.mean(others))))
    if not rows:
        raise NotMeasured("no issue was spotlighted with a year after it")
    sums = {run: np.sum(pairs, axis=0) for run, pairs in rows.items()}
    found = {run: float(-rest / own) if own > 0 else float("nan") for run, (own, rest) in sums.items()}
    return view.per_run(series_of(found))


def watched(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P39: slope of reported standing minus truth over the access of monitors, within a run."""
    access = view.yearly("monitor_access", keys.years)
    truth = view.yearly(CORE, keys.years)
    gap = (1.0 - view.yearly("reported_violations", keys.years)) - truth
    centred = access.sub(access.mean(axis=1), axis=0)
    moved = (centred**2).sum(axis=1)
    return (centred * gap).sum(axis=1) / moved.where(moved > 1e-9)


P19 = Pattern("P19", PatternKeys, flat_core, Reads(series=PATH, arms=(QUIET,)))
P32 = Pattern("P32", PatternKeys, widening_gap, Reads(series={**PATH, "commitment": "commitment, 0-1"}))
P34 = Pattern("P34", PartingKeys, parting, Reads(series={"practice_<issue>": "practice by issue area, 0-1"}))
P36 = Pattern(
    "P36",
    SpreadKeys,
    displaced,
    Reads({"statement": "actor: sender; about: issue"}, {"practice_<issue>": "practice by issue area"}),
)
P37 = Pattern("P37", ReboundKeys, rebound, Reads(series=PATH))
P39 = Pattern(
    "P39",
    PatternKeys,
    watched,
    Reads(
        series={
            **PATH,
            "reported_violations": "violations that monitors see",
            "monitor_access": "access of monitors, 0-1",
        }
    ),
)
