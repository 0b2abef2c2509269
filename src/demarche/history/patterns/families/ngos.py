"""Patterns of non-governmental organisations and firms: P42 to P44."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demarche.history.patterns.contract import Pattern, PatternKeys, Reads
from demarche.history.patterns.kit.lines import fitted, series_of
from demarche.history.patterns.view import NotMeasured, View
from demarche.history.tables import MONTHS

if TYPE_CHECKING:
    import pandas as pd


class AttentionKeys(PatternKeys):
    """Keys of P42: most attention before the first report, least jump in the year after."""

    before_at_most: float
    jump_at_least: float


def documented(view: View, keys: AttentionKeys) -> pd.Series[float]:
    """P42: share of issues that are near zero on senders' agendas before their first report and jump after it."""
    reports = view.events("report", keys.years)
    first = reports.groupby(["run", "about"], as_index=False)["step"].min()
    low, high = view.arm().steps(*keys.years)
    right: dict[int, list[bool]] = {}
    for issue, rows in first.groupby("about"):
        attention = view.monthly(f"attention_{issue}", keys.years)
        for run, step in zip(rows["run"].tolist(), rows["step"].tolist(), strict=True):
            mine = attention.loc[run]
            before, after = mine.loc[low : step - 1], mine.loc[step : min(step + MONTHS, high)]
            if len(before) and len(after):
                jump = float(after.max()) - float(before.mean())
                calm = float(before.mean()) <= keys.before_at_most
                right.setdefault(run, []).append(calm and jump >= keys.jump_at_least)
    if not right:
        raise NotMeasured("no issue has months before and after its first report")
    return view.per_run(series_of({run: float(np.mean(some)) for run, some in right.items()}))


def networks(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P43: 1 if groups with more allies get more policy changes and close more often (slopes over groups of a run)."""
    groups = view.events("group_year", keys.years)
    found = {}
    for run, mine in groups.groupby("run"):
        allies = mine[mine["detail"] == "allies"].groupby("actor")["value"].mean()
        changes = mine[mine["detail"] == "policy_change"].groupby("actor")["value"].sum()
        closed = mine[mine["detail"] == "closed"].groupby("actor")["value"].max()
        table = [one.reindex(allies.index, fill_value=0.0).to_numpy(dtype=float) for one in (changes, closed)]
        weights = [fitted(one, allies.to_numpy(dtype=float))[0] for one in table]
        found[run] = float(weights[0] > 0 and weights[1] > 0) if not np.isnan(weights).any() else float("nan")
    return view.per_run(series_of(found))


def brands(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P44: weight of codes x right to organise on next year's labour practice."""
    names = ("practice_labour", "corporate_codes", "right_to_organise")
    practice, codes, right = (view.yearly(name, keys.years) for name in names)
    found = {}
    for run in practice.index:
        change = practice.loc[run].diff().to_numpy()[1:]
        some, free = codes.loc[run].to_numpy()[:-1], right.loc[run].to_numpy()[:-1]
        found[run] = float(fitted(change, some, free, some * free)[2])
    return view.per_run(series_of(found))


P42 = Pattern(
    "P42",
    AttentionKeys,
    documented,
    Reads(
        {"report": "actor: group or body; about: issue"},
        {"attention_<issue>": "place of the issue on senders' agendas, 0-1"},
    ),
)
P43 = Pattern(
    "P43",
    PatternKeys,
    networks,
    Reads({"group_year": "actor: group; detail: allies, policy_change, closed; value: number in the year"}),
)
P44 = Pattern(
    "P44",
    PatternKeys,
    brands,
    Reads(
        series={
            "practice_labour": "labour practice",
            "corporate_codes": "weight of firms with a code",
            "right_to_organise": "right to organise, 0-1",
        }
    ),
)
