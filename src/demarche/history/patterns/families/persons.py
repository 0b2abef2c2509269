"""Patterns of named persons: P25 to P29."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demarche.history.patterns.contract import Few, Pattern, PatternKeys, Reads
from demarche.history.patterns.kit.lines import slopes
from demarche.history.patterns.kit.persons import freed
from demarche.history.patterns.view import NotMeasured, View

if TYPE_CHECKING:
    import pandas as pd

PERSON = {"person": "actor: person; detail: detained, released, exiled, ...; value: fame"}


class FameKeys(PatternKeys):
    """Keys of P26: fame from which a person is famous."""

    famous: float


class SpanKeys(PatternKeys):
    """Keys of patterns with one span of months."""

    months: Few


def revolving_door(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P25: yearly change of the stock of prisoners over releases a year."""
    view.events("person", keys.years)
    stock = slopes(view.yearly("detained", keys.years))
    rows = freed(view, keys.years)
    years = keys.years[1] - keys.years[0] + 1
    rate = view.per_run(rows.groupby("run").size(), 0.0) / years
    return stock / rate.where(rate > 0)


def famous_exiles(view: View, keys: FameKeys) -> pd.Series[float]:
    """P26: share of exile among famous persons freed; 0 where it is not above that of others."""
    rows = freed(view, keys.years)
    exile = (rows["detail"] == "exiled").astype(float)
    known = (rows["value"] >= keys.famous).to_numpy()
    famous = view.per_run(exile[known].groupby(rows["run"][known]).mean())
    others = view.per_run(exile[~known].groupby(rows["run"][~known]).mean(), 0.0).fillna(0.0)
    return famous.where(famous.isna() | (famous > others), 0.0)


def both_channels(view: View, keys: SpanKeys) -> pd.Series[float]:
    """P27: chance to be freed within so many months of being raised in public and private over the better of one.

    One half is added to each count; NaN without a person raised by each of the three routes.
    """
    raised = view.events("person_raised", keys.years)[["run", "actor", "step", "detail"]]
    raised = raised.reset_index(drop=True).reset_index(names="act")
    out = freed(view, keys.years)[["run", "actor", "step"]].rename(columns={"step": "freed"})
    pairs = raised.merge(out, on=["run", "actor"])
    hits = pairs[(pairs["freed"] - pairs["step"]).between(0, keys.months)]["act"]
    raised = raised.assign(hit=raised["act"].isin(hits).astype(float))
    grouped = raised.groupby(["run", "detail"])["hit"]
    rate = ((grouped.sum() + 0.5) / (grouped.count() + 1.0)).unstack("detail")
    if not {"both", "public", "private"} <= set(rate.columns):
        raise NotMeasured("no person was raised by each of the three routes")
    best = rate[["public", "private"]].max(axis=1, skipna=False)
    return view.per_run(rate["both"] / best)


def answered_lists(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P28: share of asks on persons that were answered."""
    asks = view.events("ask", keys.years)
    asks = asks[asks["detail"] == "person"]
    answers = view.events("answer", keys.years)
    answers = answers[answers["detail"].isin(["told", "better", "freed"])]
    asked, answered = asks.groupby("run").size(), answers.groupby("run")["value"].sum()
    return view.per_run(answered.reindex(asked.index, fill_value=0) / asked)


def chosen(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P29: 1 if the freed are more famous and organise less than the stock of prisoners."""
    stock = view.events("prisoner", keys.years)
    rows = freed(view, keys.years)[["run", "actor"]].assign(freed=True)
    stock = stock.merge(rows.drop_duplicates(), on=["run", "actor"], how="left")
    out = stock["freed"].notna()
    means = stock["value"].groupby([stock["run"], stock["detail"], out.rename("out")]).mean().unstack("out")
    means = (means[True] - means[False]).unstack("detail")
    return view.per_run(((means["fame"] > 0) & (means["organising"] < 0)).astype(float))


P25 = Pattern("P25", PatternKeys, revolving_door, Reads(PERSON, {"detained": "followed persons in detention"}))
P26 = Pattern("P26", FameKeys, famous_exiles, Reads(PERSON))
P27 = Pattern(
    "P27", SpanKeys, both_channels, Reads({**PERSON, "person_raised": "actor: person; detail: private, public, both"})
)
P28 = Pattern(
    "P28",
    PatternKeys,
    answered_lists,
    Reads(
        {
            "ask": "actor: sender; about: person or issue; detail: person, issue",
            "answer": "actor: sender; about: person; detail: told, better, freed; value: asks that it answers",
        }
    ),
)
P29 = Pattern(
    "P29",
    PatternKeys,
    chosen,
    Reads({**PERSON, "prisoner": "actor: person; detail: fame or organising; value: its level"}),
)
