"""Patterns of UN bodies: P47, P49 to P51."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demarche.history.patterns.contract import Few, Pattern, PatternKeys, Reads
from demarche.history.patterns.kit.lines import cell, fitted, series_of
from demarche.history.patterns.view import NotMeasured, View

if TYPE_CHECKING:
    import pandas as pd


class SpanKeys(PatternKeys):
    """Keys of patterns with one span of months."""

    months: Few


class KinkKeys(PatternKeys):
    """Keys of P50: share of the like-minded at which the scope of mandates bends."""

    threshold: float


def taken_up(view: View, keys: SpanKeys) -> pd.Series[float]:
    """P47: gain of practice in the year after findings that were circulated, minus that after others.

    Only runs in which some finding was cited within so many months count.
    """
    findings = view.events("finding", keys.years)[["run", "about", "step"]].reset_index(drop=True)
    findings = findings.reset_index(names="finding")
    marked = {}
    for kind in ("citation", "circulation"):
        later = view.events(kind, keys.years)[["run", "about", "step"]].rename(columns={"step": "then"})
        pairs = findings.merge(later, on=["run", "about"])
        soon = (pairs["then"] - pairs["step"]).between(0, keys.months)
        marked[kind] = findings["finding"].isin(pairs[soon]["finding"])
    year = view.year_of(findings["step"])
    tables = {issue: view.yearly(f"practice_{issue}", keys.years).diff(axis=1) for issue in findings["about"].unique()}
    gains = [
        cell(tables[issue], run, when + 1)
        for run, issue, when in zip(findings["run"], findings["about"], year, strict=True)
    ]
    rows = findings.assign(gain=gains, circulated=marked["circulation"], cited=marked["citation"])
    means = rows.groupby(["run", "circulated"])["gain"].mean().unstack("circulated")
    if not {True, False} <= set(means.columns):
        raise NotMeasured("findings that were circulated and others are not both there")
    cited = rows.groupby("run")["cited"].any()
    return view.per_run((means[True] - means[False]).where(cited))


def self_reports(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P49: gain of practice a report to a committee, least squares over the years of a run."""
    reports = view.events("state_report", keys.years)
    reports = reports.assign(year=view.year_of(reports["step"]))
    practice = view.yearly("core_practice", keys.years)
    counts = reports.groupby(["run", "year"]).size().unstack("year", fill_value=0)
    counts = counts.reindex(index=practice.index, columns=practice.columns, fill_value=0).cumsum(axis=1)
    return series_of(
        {
            run: float(fitted(practice.loc[run].to_numpy(), counts.loc[run].to_numpy(dtype=float))[0])
            for run in practice.index
        }
    )


def mandates(view: View, keys: KinkKeys) -> pd.Series[float]:
    """P50: fall of the mean scope of mandates from years below to years above the threshold of the like-minded."""
    scope, share = (view.yearly(name, keys.years) for name in ("mandate_scope", "like_minded_share"))
    above = share > keys.threshold
    return scope.where(~above).mean(axis=1) - scope.where(above).mean(axis=1)


def visits(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P51: share of requests for a visit that were granted within the window."""
    asked = view.events("visit_request", keys.years).groupby("run").size()
    granted = view.arm().events_of("visit_granted", keys.years).groupby("run").size()
    return view.per_run(granted.reindex(asked.index, fill_value=0) / asked)


P47 = Pattern(
    "P47",
    SpanKeys,
    taken_up,
    Reads(
        {"finding": "actor: committee; about: issue", "citation": "about: issue", "circulation": "about: issue"},
        {"practice_<issue>": "practice by issue area"},
    ),
)
P49 = Pattern("P49", PatternKeys, self_reports, Reads({"state_report": "about: treaty"}, {"core_practice": "practice"}))
P50 = Pattern(
    "P50",
    KinkKeys,
    mandates,
    Reads(
        series={
            "mandate_scope": "scope of mandates, 0-1",
            "like_minded_share": "share of the focal state's like-minded in the body",
        }
    ),
)
P51 = Pattern(
    "P51", PatternKeys, visits, Reads({"visit_request": "actor: procedure", "visit_granted": "actor: procedure"})
)
