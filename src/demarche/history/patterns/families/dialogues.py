"""Patterns of official rights dialogues: P17, P18, P20 to P22b."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demarche.history.patterns.contract import Few, Pattern, PatternKeys, Reads
from demarche.history.patterns.kit.lines import fitted, series_of
from demarche.history.patterns.view import NotMeasured, View

if TYPE_CHECKING:
    import pandas as pd

DIALOGUE = "dialogue"
TURNS = "actor: state; detail: started, suspended, resumed"


class SpanKeys(PatternKeys):
    """Keys of patterns with one span of months."""

    months: Few


class LagKeys(PatternKeys):
    """Keys of P22b: rise above the first year that counts as a change."""

    rise: float


def tracks(view: View, keys: SpanKeys) -> pd.Series[float]:
    """P17: states whose dialogue started within so many months of the first one."""
    turns = view.events(DIALOGUE, keys.years)
    starts = turns[turns["detail"] == "started"].groupby(["run", "actor"])["step"].min().reset_index()
    first = starts.groupby("run")["step"].transform("min")
    return view.per_run((starts["step"] <= first + keys.months).groupby(starts["run"]).sum())


def broken_off(view: View, keys: SpanKeys) -> pd.Series[float]:
    """P18: share of suspensions within so many months after a tabled motion or a punishment of that state."""
    turns = view.events(DIALOGUE, keys.years)
    stops = turns[turns["detail"] == "suspended"][["run", "actor", "step"]]
    motions = view.arm().events_of("motion", keys.years)
    motions = motions[motions["detail"] != "not_tabled"][["run", "step"]].rename(columns={"step": "cause"})
    affronts = view.arm().events_of("retaliation", keys.years)
    affronts = affronts[affronts["detail"] == "punished"][["run", "actor", "step"]].rename(columns={"step": "cause"})
    if stops.empty:
        raise NotMeasured("no dialogue was broken off")
    stops = stops.reset_index(drop=True).reset_index(names="stop")
    after = set[int]()
    for causes, on in ((motions, ["run"]), (affronts, ["run", "actor"])):
        pairs = stops.merge(causes, on=on)
        after |= set(pairs[(pairs["step"] - pairs["cause"]).between(0, keys.months)]["stop"])
    return view.per_run(stops["stop"].isin(after).groupby(stops["run"]).mean())


def same_topics(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P20: overlap of the issues raised in a year with those of the year before (common over all), mean over years."""
    topics = view.events("topic", keys.years)
    topics = topics.assign(year=view.year_of(topics["step"]))
    found = {}
    for run, mine in topics.groupby("run"):
        raised = mine.groupby("year")["about"].agg(set)
        pairs = [(raised[year - 1], raised[year]) for year in raised.index if year - 1 in raised.index]
        found[run] = float(np.mean([len(a & b) / len(a | b) for a, b in pairs])) if pairs else float("nan")
    return view.per_run(series_of(found))


def open_terms(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P21: 1 if open rounds have more substance and open terms a lower share of due rounds held."""
    due = view.events("round_due", keys.years)
    held = (due["detail"] == "held").astype(float)
    share = held.groupby([due["run"], due["about"]]).mean().unstack("about")
    substance = due["value"].where(held > 0).groupby([due["run"], due["about"]]).mean().unstack("about")
    if not {"open", "closed"} <= set(share.columns):
        raise NotMeasured("rounds under open and under closed terms are not both there")
    trade_off = (substance["open"] > substance["closed"]) & (share["open"] < share["closed"])
    return view.per_run(trade_off.astype(float))


def conditions(view: View, keys: SpanKeys) -> pd.Series[float]:
    """P22: weight of condition x coordination on concessions in the months after a resumption."""
    resumed = view.events("resumption", keys.years)
    given = view.events("concession", keys.years)
    found = {}
    for run, mine in resumed.groupby("run"):
        steps = given[given["run"] == run]["step"].to_numpy()
        count = np.array([((steps >= s) & (steps <= s + keys.months)).sum() for s in mine["step"]], dtype=float)
        condition = (mine["detail"] == "conditional").to_numpy(dtype=float)
        unity = mine["value"].to_numpy(dtype=float)
        found[run] = fitted(count, condition, unity, condition * unity)[2]
    return view.per_run(series_of(found))


def law_first(view: View, keys: LagKeys) -> pd.Series[float]:
    """P22b: years from the first rise of formal law to that of practice on trained issues, mean over issues.

    A practice that never rises within the window counts as rising after its end.
    """
    trained = view.events("training", keys.years)[["run", "about"]].drop_duplicates()
    end = keys.years[1] + 1
    lags = []
    for issue, mine in trained.groupby("about"):
        law, practice = (view.yearly(f"{what}_{issue}", keys.years) for what in ("formal_law", "practice"))
        lawful, practised = (_first_rise(table, keys.rise, end) for table in (law, practice))
        lag = (practised - lawful).where(lawful < end)
        lags.append(lag[lag.index.isin(mine["run"])])
    if not lags:
        raise NotMeasured("nobody was trained")
    import pandas as pd

    joined = pd.concat(lags)
    return view.per_run(joined.groupby(level=0).mean())


def _first_rise(table: pd.DataFrame, rise: float, end: int) -> pd.Series[float]:
    risen = table.sub(table.iloc[:, 0], axis=0) >= rise
    return risen.idxmax(axis=1).where(risen.any(axis=1), end).astype(float)


P17 = Pattern("P17", SpanKeys, tracks, Reads({DIALOGUE: TURNS}))
P18 = Pattern(
    "P18",
    SpanKeys,
    broken_off,
    Reads({DIALOGUE: TURNS, "motion": "detail: fate", "retaliation": "actor, detail: punished"}),
)
P20 = Pattern("P20", PatternKeys, same_topics, Reads({"topic": "actor: sender; about: issue raised at a round"}))
P21 = Pattern(
    "P21",
    PatternKeys,
    open_terms,
    Reads({"round_due": "about: open or closed terms; detail: held or missed; value: substance"}),
)
P22 = Pattern(
    "P22",
    SpanKeys,
    conditions,
    Reads(
        {
            "resumption": "actor: sender; detail: conditional or free; value: coordination of partners, 0-1",
            "concession": "about: sender whose act asked; detail: kind",
        }
    ),
)
P22B = Pattern(
    "P22b",
    LagKeys,
    law_first,
    Reads({"training": "about: issue"}, {"formal_law_<issue>": "formal law", "practice_<issue>": "practice"}),
)
