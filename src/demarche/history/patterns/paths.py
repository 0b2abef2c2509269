"""Patterns of practice and commitment over the years: P19, P32, P34, P37.

Slopes are least-squares slopes per year of calendar-year means, taken run by run and averaged.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from demarche.cast.keys import MonthText
from demarche.history.patterns.verdict import (
    Band,
    Finding,
    Gate,
    Limits,
    Share,
    Years,
    between,
    inside,
    not_applicable,
    slopes,
)
from demarche.history.tables import Slice

CORE = "core_practice"
PREFIX = "practice_"
Issues = Annotated[list[str], Field(min_length=1)]


class FlatCoreBand(Band):
    """Band of P19: slope of core practice."""

    slope: Limits


class GapBand(Band):
    """Band of P32: slope of core practice, and the years after the rebound."""

    after_rebound: Years
    slope: Limits


class PartingBand(Band):
    """Band of P34: issue areas that rise, stay flat, do not rise; slope of the flat; correlation of yearly changes."""

    rising: Issues
    flat: Issues
    not_rising: Issues
    slope: Limits
    correlation_at_most: Annotated[float, Field(ge=-1.0, le=1.0)]


class ReboundBand(Band):
    """Band of P37: when the trough, the rebound and the plateau are looked for, how deep and how full they must be."""

    trough_until: MonthText
    rebound_months: Annotated[list[MonthText], Field(min_length=2, max_length=2)]
    plateau: Years
    depth_at_least: Share
    rebound_at_least: Share
    slope: Limits


def flat_core(runs: Slice, band: FlatCoreBand) -> Finding:
    """P19: mean slope of core practice; second value: share of runs whose own slope is inside."""
    words = f"mean slope {between(band.slope)} a year"
    if not runs.has(CORE):
        return not_applicable("the series lack core_practice", words)
    slope = slopes(runs.yearly(CORE, band.years))
    low, high = band.slope
    share = float(((slope >= low) & (slope <= high)).mean())
    mean = float(slope.mean())
    note = "second value: share of runs inside"
    return Finding((mean, share), inside(mean, band.slope), words, len(slope), note)


def widening_gap(runs: Slice, band: GapBand) -> Finding:
    """P32: slopes of commitment, of core practice, and of the gap between them.

    The slope of commitment spans the whole window; core practice and gap start after the
    rebound, which P37 measures.
    """
    words = f"commitment rises; core slope {between(band.slope)} a year; gap widens"
    if not runs.has(CORE, "commitment"):
        return not_applicable("the series lack core_practice or commitment", words)
    core = runs.yearly(CORE, band.after_rebound)
    late = runs.yearly("commitment", band.after_rebound)
    parts = slopes(runs.yearly("commitment", band.years)), slopes(core), slopes(late - core)
    rise, drift, gap = (float(part.mean()) for part in parts)
    passes = rise > 0 and inside(drift, band.slope) and gap > 0
    return Finding((rise, drift, gap), passes, words, len(core))


def mean_correlation(changes: NDArray[np.float64]) -> float:
    """Return the mean pairwise correlation of yearly changes `(n_issues, n_runs, n_years)`.

    Correlations are taken within each run over its years, then averaged over pairs and runs;
    an issue that does not move in a run is left out there. NaN if nothing moves.
    """
    centred = changes - changes.mean(axis=2, keepdims=True)
    length = np.sqrt((centred**2).sum(axis=2, keepdims=True))
    unit = np.divide(centred, length, out=np.full_like(centred, np.nan), where=length > 1e-12)
    matrix = np.einsum("iry,jry->rij", unit, unit)
    upper = np.triu_indices(len(changes), k=1)
    pairs = matrix[:, upper[0], upper[1]]
    known = ~np.isnan(pairs)
    return float(pairs[known].mean()) if known.any() else float("nan")


def parting_issues(runs: Slice, band: PartingBand) -> Finding:
    """P34: slopes by issue area, and correlation of their yearly changes (not of levels).

    Values: lowest slope of the rising, widest slope of the flat, highest slope of the overlap,
    mean pairwise correlation over all issue areas.
    """
    low, high = band.slope
    words = (
        f"{', '.join(band.rising)} above 0; {', '.join(band.flat)} {between(band.slope)}; "
        f"{', '.join(band.not_rising)} at most {high:g}; mean r at most {band.correlation_at_most:g}"
    )
    groups = (band.rising, band.flat, band.not_rising)
    needed = [PREFIX + issue for group in groups for issue in group]
    if not runs.has(*needed):
        return not_applicable("the series lack practice by issue area", words)
    columns = [name for name in runs.series.columns if name.startswith(PREFIX)]
    tables = {name: runs.yearly(name, band.years) for name in columns}
    slope = {name: float(slopes(table).mean()) for name, table in tables.items()}
    rising, flat, other = ([slope[PREFIX + issue] for issue in group] for group in groups)
    changes = np.stack([np.diff(table.to_numpy(dtype=np.float64), axis=1) for table in tables.values()])
    r = mean_correlation(changes)
    widest = max(flat, key=abs)
    passes = (
        min(rising) > 0
        and inside(widest, (low, high))
        and max(other) <= high
        and bool(r <= band.correlation_at_most)
    )
    note = f"{len(columns)} issue areas"
    return Finding((min(rising), widest, max(other), r), passes, words, len(runs.runs), note)


def rebound(runs: Slice, band: ReboundBand) -> Finding:
    """P37: rebound share within two years, and slope of the six years after.

    The series are recorded after the shock, so the level before it is not in them: the plateau
    of later years stands in. Share = (level two years on - trough) / (plateau - trough), of run means.
    """
    words = f"rebound at least {band.rebound_at_least:g}; slope {between(band.slope)} a year"
    if not runs.has(CORE):
        return not_applicable("the series lack core_practice", words)
    series = runs.series
    early = series[series["step"] <= runs.step(str(band.trough_until))]
    if early.empty:
        return not_applicable("the period begins after the trough", words)
    low, high = (runs.step(str(month)) for month in band.rebound_months)
    trough = early.groupby("run")[CORE].min().mean()
    level = series[series["step"].between(low, high)].groupby("run")[CORE].mean().mean()
    plateau = runs.yearly(CORE, band.plateau).mean(axis=1).mean()
    slope = float(slopes(runs.yearly(CORE, band.years)).mean())
    depth = float(plateau - trough)
    if depth < band.depth_at_least:
        return Finding((float("nan"), slope), False, words, len(runs.runs), f"no trough: depth {depth:.3f}")
    share = float((level - trough) / depth)
    passes = share >= band.rebound_at_least and inside(slope, band.slope)
    return Finding((share, slope), passes, words, len(runs.runs), f"depth of the trough {depth:.3f}")


FLAT_CORE = Gate("P19", FlatCoreBand, flat_core, "quiet")
WIDENING_GAP = Gate("P32", GapBand, widening_gap)
PARTING_ISSUES = Gate("P34", PartingBand, parting_issues)
REBOUND = Gate("P37", ReboundBand, rebound)
