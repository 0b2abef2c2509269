"""Patterns of concessions and dates: P23, P24, P30, P31, P31b, P52."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator

from demarche.cast.keys import MonthText, OneOf
from demarche.history.patterns.contract import Few, Pattern, PatternKeys, Reads
from demarche.history.patterns.kit.lines import series_of
from demarche.history.patterns.kit.persons import freed
from demarche.history.patterns.view import BASELINE, QUIET, NotMeasured, View
from demarche.world.calendar import EVENT_KINDS

if TYPE_CHECKING:
    import pandas as pd

PERSON = {"person": "actor: person; detail: released, exiled"}
EventKind = Annotated[str, AfterValidator(OneOf("kind of event", tuple(EVENT_KINDS)))]


class ClusteringKeys(PatternKeys):
    """Keys of P23: months looked at, kinds of dated events, months ahead that count as before one."""

    first_month: MonthText
    last_month: MonthText
    kinds: list[EventKind]
    lead_months: Few


class WaiverKeys(PatternKeys):
    """Keys of P31: kind of deadline, months ahead that count as before one, deadlines on each side."""

    kind: EventKind
    lead_months: Few
    deadlines: Few


class SpanKeys(PatternKeys):
    """Keys of patterns with one span of months."""

    months: Few


class PressureKeys(PatternKeys):
    """Keys of P52: series that add up to pressure."""

    pressure: list[str]


def clustering(view: View, keys: ClusteringKeys) -> pd.Series[float]:
    """P23: releases a month near dates over those in other months; one half added to each count.

    Near means the month of the date and so many ahead: the calendar is monthly, so two stand for sixty days.
    """
    first, last = view.arm().step(str(keys.first_month)), view.arm().step(str(keys.last_month))
    months = np.arange(max(first, 0), last + 1)
    dated = view.dated(*keys.kinds)
    near = np.isin(months, np.concatenate([dated - lead for lead in range(keys.lead_months + 1)]))
    if not near.any() or near.all():
        raise NotMeasured("the calendar does not tell months before dates from others")
    rows = freed(view, (int(view.arm().start[:4]), keys.years[1]))
    rows = rows[rows["step"].isin(months)]
    soon = rows["step"].isin(months[near])
    before = view.per_run(soon.groupby(rows["run"]).sum(), 0.0)
    other = view.per_run((~soon).groupby(rows["run"]).sum(), 0.0)
    ratio = ((before + 0.5) / near.sum()) / ((other + 0.5) / (~near).sum())
    found: pd.Series[float] = ratio.where(before + other > 0)
    return found


def quiet_yield(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P24: followed releases a year where words are private."""
    rows = freed(view, keys.years, QUIET)
    years = keys.years[1] - keys.years[0] + 1
    return view.per_run(rows.groupby("run").size(), 0.0, QUIET) / years


def height_of_the_bar(view: View, keys: SpanKeys) -> pd.Series[float]:
    """P30: concessions after demands of middle height, minus the more of those after low and after high ones."""
    demands = view.events("demand", keys.years)
    given = view.events("concession", keys.years)[["run", "step"]].rename(columns={"step": "given"})
    demands = demands.reset_index(drop=True).reset_index(names="demand")
    pairs = demands.merge(given, on="run")
    counts = (pairs["given"] - pairs["step"]).between(0, keys.months).groupby(pairs["demand"]).sum()
    yields = demands["demand"].map(counts).fillna(0.0)
    third = np.ceil(demands["value"].clip(1e-9, 1.0) * 3)
    means = yields.groupby([demands["run"], third]).mean().unstack()
    if not {1.0, 2.0, 3.0} <= set(means.columns):
        raise NotMeasured("there are no demands of low, middle and high bars")
    return view.per_run(means[2.0] - means[[1.0, 3.0]].max(axis=1, skipna=False))


def after_waiver(view: View, keys: WaiverKeys) -> pd.Series[float]:
    """P31: drop of releases before deadlines from before to after the first waiver, as a share; one half added."""
    acts = view.events("condition", keys.years)
    waived = acts[acts["detail"] == "waived"].groupby("run")["step"].min()
    deadlines = view.dated(keys.kind)
    rows = freed(view, (int(view.arm().start[:4]), keys.years[1]))
    found = {}
    for run, step in waived.items():
        steps = rows[rows["run"] == run]["step"].to_numpy()
        early = deadlines[(deadlines < step) & (deadlines >= 0)][-keys.deadlines :]
        late = deadlines[deadlines > step][: keys.deadlines]
        if len(early) == len(late) == keys.deadlines:
            before, after = (_near(steps, some, keys.lead_months) for some in (early, late))
            found[run] = 1.0 - (after + 0.5) / (before + 0.5)
    if not found:
        raise NotMeasured("no condition was waived with enough deadlines on both sides")
    return view.per_run(series_of(found))


def _near(steps: NDArray[np.int64], dates: NDArray[np.int64], lead: int) -> int:
    return int(sum(((steps >= date - lead) & (steps <= date)).sum() for date in dates))


def affronts(view: View, keys: SpanKeys) -> pd.Series[float]:
    """P31b: persons raised by the affronted sender in the months after over those before; one half added."""
    blows = view.events("affront", keys.years)[["run", "actor", "step"]].rename(columns={"step": "blow"})
    asks = view.events("ask", keys.years)
    asks = asks[asks["detail"] == "person"]
    pairs = blows.merge(asks[["run", "actor", "step"]], on=["run", "actor"])
    wait = pairs["step"] - pairs["blow"]
    after = wait.between(1, keys.months).groupby(pairs["run"]).sum()
    before = wait.between(-keys.months, -1).groupby(pairs["run"]).sum()
    return view.per_run((after + 0.5) / (before + 0.5))


def tiring(view: View, keys: PressureKeys) -> pd.Series[float]:
    """P52: fall of concessions (persons freed and signatures) a unit of pressure from the first to the last third."""
    tables = [view.monthly(name, keys.years) for name in keys.pressure]
    pressure = sum(tables[1:], tables[0])
    acts = view.arm().events_of("treaty", keys.years)
    given = [freed(view, keys.years), acts]
    steps = list(pressure.columns)
    third = len(steps) // 3
    rates = []
    for some in (steps[:third], steps[-third:]):
        counts = [view.per_run(rows[rows["step"].isin(some)].groupby("run").size(), 0.0) for rows in given]
        total = pressure[some].sum(axis=1)
        rates.append((counts[0] + counts[1] + 0.5) / total.where(total > 0))
    return 1.0 - rates[1] / rates[0]


P23 = Pattern("P23", ClusteringKeys, clustering, Reads(PERSON, calendar=("tariff_deadline", "summit", "bid_decision")))
P24 = Pattern("P24", PatternKeys, quiet_yield, Reads(PERSON, arms=(QUIET,)))
P30 = Pattern(
    "P30",
    SpanKeys,
    height_of_the_bar,
    Reads({"demand": "actor: sender; value: height of the public bar, 0-1", "concession": "detail: kind"}),
)
P31 = Pattern("P31", WaiverKeys, after_waiver, Reads({**PERSON, "condition": "detail: waived"}, arms=(BASELINE,)))
P31B = Pattern(
    "P31b",
    SpanKeys,
    affronts,
    Reads({"affront": "actor: sender whose visitor was affronted", "ask": "actor: sender; detail: person"}),
)
P52 = Pattern(
    "P52",
    PressureKeys,
    tiring,
    Reads({**PERSON, "treaty": "detail: signed, ratified"}, {"private_pressure, public_pressure": "pressure"}),
)
