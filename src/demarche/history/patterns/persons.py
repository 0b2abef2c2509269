"""Patterns of individual cases and deadlines: P23 and P24."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import AfterValidator

from demarche.cast.keys import MonthText, OneOf
from demarche.history.patterns.verdict import (
    Band,
    Few,
    Finding,
    Gate,
    Limits,
    Years,
    between,
    inside,
    not_applicable,
    slopes,
)
from demarche.history.tables import Slice
from demarche.world.calendar import EVENT_KINDS

if TYPE_CHECKING:
    import pandas as pd

FREED = ("released", "exiled")
EventKind = Annotated[str, AfterValidator(OneOf("kind of event", tuple(EVENT_KINDS)))]


class ClusteringBand(Band):
    """Band of P23: months looked at, kinds of dated events, months ahead that count as before one, ratio of rates."""

    first_month: MonthText
    last_month: MonthText
    kinds: list[EventKind]
    lead_months: Few
    ratio: Limits


class QuietYieldBand(Band):
    """Band of P24: years in which releases are counted, and slope of core practice."""

    release_years: Years
    slope: Limits


def freed(runs: Slice) -> pd.DataFrame:
    """Return the events in which a person is released or sent into exile."""
    events = runs.events
    return events[(events["kind"] == "case") & events["detail"].isin(FREED)]


def clustering(runs: Slice, band: ClusteringBand) -> Finding:
    """P23: releases per month before deadlines against other months, pooled over runs.

    Before means the month of the event and the month ahead of it: the calendar is monthly, so
    these two stand for sixty days.
    """
    words = f"rate ratio {between(band.ratio)}"
    first, last = runs.step(str(band.first_month)), runs.step(str(band.last_month))
    months = np.arange(max(first, 0), last + 1)
    dated = runs.calendar[runs.calendar["kind"].isin(band.kinds)]["step"].to_numpy()
    leads = [dated - lead for lead in range(band.lead_months + 1)]
    before = np.isin(months, np.concatenate(leads))
    if not before.any() or before.all():
        return not_applicable("the calendar does not tell months before deadlines from others", words)
    steps = freed(runs)["step"].to_numpy()
    hits = np.array([(steps == month).sum() for month in months], dtype=np.float64)
    if hits.sum() == 0:
        return Finding(float("nan"), False, words, len(runs.runs), "nobody was released")
    near, far = hits[before].mean(), hits[~before].mean()
    ratio = float(near / far) if far > 0 else float(np.inf)
    note = f"{hits[before].sum():.0f} of {hits.sum():.0f} releases in {before.sum()} of {len(months)} months"
    return Finding(ratio, inside(ratio, band.ratio), words, len(runs.runs), note)


def quiet_yield(runs: Slice, band: QuietYieldBand) -> Finding:
    """P24: releases a year (exile included) in the quiet arm, and its slope of core practice."""
    words = f"releases above zero; slope {between(band.slope)} a year"
    if not runs.has("core_practice"):
        return not_applicable("the series lack core_practice", words)
    low, high = runs.steps(*band.release_years)
    years = band.release_years[1] - band.release_years[0] + 1
    rows = freed(runs)
    rate = int(rows["step"].between(low, high).sum()) / (years * len(runs.runs))
    slope = float(slopes(runs.yearly("core_practice", band.years)).mean())
    passes = rate > 0 and inside(slope, band.slope)
    return Finding((rate, slope), passes, words, len(runs.runs))


CLUSTERING = Gate("P23", ClusteringBand, clustering)
QUIET_YIELD = Gate("P24", QuietYieldBand, quiet_yield, "quiet")
