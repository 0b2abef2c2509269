"""Patterns that need an experiment of many invented targets: P45, P46, P48, P57.

One run is one target; runs of one replication form one world, and a measure gives one value a replication.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from demarche.history.patterns.contract import Few, Limits, Pattern, PatternKeys, Reads
from demarche.history.patterns.kit.lines import fitted, series_of
from demarche.history.patterns.view import BASELINE, NotMeasured, View

if TYPE_CHECKING:
    import pandas as pd

NAMED, SILENT = "all_named", "all_silent"


class ReviewKeys(PatternKeys):
    """Keys of P45: accepted of all, acted upon of accepted, acted upon of noted."""

    accepted: Limits
    acted: Limits
    noted: Limits


class AidKeys(PatternKeys):
    """Keys of P48: months on each side of the text, most change of bilateral aid."""

    months: Few
    bilateral_at_most: float


def by_world(view: View, rows: pd.DataFrame) -> pd.Series[int]:
    """Return the replication of the run of each row."""
    facts = view.arm().rows
    if "target" not in facts.columns or facts["target"].nunique() < 2:
        raise NotMeasured("this needs an experiment of many targets (a column 'target' in the table of runs)")
    return rows["run"].map(facts["replication"])


def peer_review(view: View, keys: ReviewKeys) -> pd.Series[float]:
    """P45: 1 if the shares accepted, and acted upon if accepted and if noted, lie in their limits."""
    rows = view.events("recommendation", keys.years)
    world = by_world(view, rows)
    accepted = (rows["detail"] == "accepted").groupby(world).mean()
    acted = rows["value"].groupby([world, rows["detail"]]).mean().unstack("detail")
    if not {"accepted", "noted"} <= set(acted.columns):
        raise NotMeasured("recommendations that were accepted and noted are not both there")
    right = accepted.between(*keys.accepted) & acted["accepted"].between(*keys.acted)
    return (right & acted["noted"].between(*keys.noted)).astype(float)


def friends(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P46: 1 if closer ties go with softer recommendations and with more acceptance."""
    rows = view.events("recommendation_tie", keys.years)
    world = by_world(view, rows)
    parts = rows["detail"].str.split(" ", n=1, expand=True)
    severity = parts[0].map({"soft": 0.0, "specific": 0.5, "sensitive": 1.0}).astype(float)
    accepted = (parts[1] == "accepted").astype(float)
    table = rows.assign(world=world, severity=severity, accepted=accepted)
    found = {}
    for name, mine in table.groupby("world"):
        tie = mine["value"].to_numpy(dtype=float)
        down, up = (fitted(mine[column].to_numpy(), tie)[0] for column in ("severity", "accepted"))
        found[name] = float(down < 0 < up)
    return series_of(found)


def aid(view: View, keys: AidKeys) -> pd.Series[float]:
    """P48: change of multilateral aid after an adopted text, as a share, less that of targets without one.

    NaN where bilateral aid changes by more than is allowed.
    """
    texts = view.events("text", keys.years)
    world = by_world(view, view.arm().rows.reset_index())
    when = texts[texts["detail"] == "adopted"].groupby("run")["step"].min()
    if when.empty or len(when) == len(world):
        raise NotMeasured("targets with and without an adopted text are not both there")
    middle = int(when.median())
    change = {name: view.monthly(f"aid_{name}", keys.years) for name in ("multilateral", "bilateral")}
    world.index = view.arm().rows.index
    treated = world.index.isin(when.index)
    difference = {}
    for name, table in change.items():
        step = when.reindex(table.index).fillna(middle).astype(int)
        after = _mean(table, step, 0, keys.months) / _mean(table, step, -keys.months, 0) - 1.0
        with_text = after[treated].groupby(world[treated]).mean()
        difference[name] = with_text - after[~treated].groupby(world[~treated]).mean()
    return difference["multilateral"].where(difference["bilateral"].abs() <= keys.bilateral_at_most)


def _mean(table: pd.DataFrame, step: pd.Series[int], low: int, high: int) -> pd.Series[float]:
    return series_of({run: float(table.loc[run, step[run] + low : step[run] + high - 1].mean()) for run in table.index})


def selection(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P57: slope of practice on criticism over targets, minus the true effect of naming all against none."""
    words = view.events("statement", keys.years)
    practice = {role: view.yearly("core_practice", keys.years, role).mean(axis=1) for role in (BASELINE, NAMED, SILENT)}
    world = by_world(view, practice[BASELINE].index.to_frame(index=False, name="run"))
    world.index = practice[BASELINE].index
    count = view.per_run(words.groupby("run").size(), 0.0)
    naive = {
        name: float(fitted(practice[BASELINE][mine].to_numpy(), count[mine].to_numpy())[0])
        for name, mine in world.groupby(world).groups.items()
    }
    true = {name: one.groupby(view.arm(name).rows["replication"]).mean() for name, one in practice.items()}
    each = count.groupby(world).mean()
    return series_of(naive) - (true[NAMED] - true[SILENT]) / each.where(each > 0)


P45 = Pattern(
    "P45",
    ReviewKeys,
    peer_review,
    Reads(
        {"recommendation": "actor: state; about: issue; detail: accepted, noted; value: 1 if acted upon by mid-term"}
    ),
)
P46 = Pattern(
    "P46",
    PatternKeys,
    friends,
    Reads(
        {"recommendation_tie": "detail: kind (soft, specific, sensitive) and answer (accepted, noted); value: tie, 0-1"}
    ),
)
P48 = Pattern(
    "P48",
    AidKeys,
    aid,
    Reads(
        {"text": "detail: adopted"}, {"aid_multilateral": "aid and loans of bodies", "aid_bilateral": "aid of states"}
    ),
)
P57 = Pattern(
    "P57",
    PatternKeys,
    selection,
    Reads({"statement": "actor: sender; about: issue"}, {"core_practice": "practice"}, (BASELINE, NAMED, SILENT)),
)
