"""Patterns of roll calls: P01 to P08."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from demarche.history.patterns.contract import Limits, Pattern, PatternKeys, Reads
from demarche.history.patterns.kit.lines import series_of
from demarche.history.patterns.kit.roll_calls import CAST, WEIGHT, continuing, margin_parts, ranked
from demarche.history.patterns.view import NotMeasured, View

if TYPE_CHECKING:
    import pandas as pd

VOTE, MOTION = "vote_no_action", "motion"
VOTE_COLUMNS = "actor: state; detail: yes, abstain, no, absent"
ROLL_CALLS = Reads({VOTE: VOTE_COLUMNS})


class GroupKeys(PatternKeys):
    """Keys of P08: groups from the most to the least lenient, the firm one, its least share of no."""

    order: list[list[str]]
    firm: str
    firm_no: float


class CovariateKeys(PatternKeys):
    """Keys of P07: what the AUC of two covariates must lie in."""

    ideal_point: Limits
    trade: Limits


def adopted(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P01: texts adopted."""
    view.events(MOTION, keys.years)
    texts = view.arm().events_of("text", keys.years)
    return view.per_run((texts["detail"] == "adopted").groupby(texts["run"]).sum(), 0.0)


def yes_share(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P02: yes / (yes + no), mean over sessions."""
    votes = view.events(VOTE, keys.years)
    votes = votes[votes["detail"].isin(["yes", "no"])]
    share = (votes["detail"] == "yes").groupby([votes["run"], votes["step"]]).mean()
    return view.per_run(share.groupby("run").mean())


def abstentions(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P03: share of members that abstain, mean over sessions."""
    votes = view.events(VOTE, keys.years)
    share = (votes["detail"] == "abstain").groupby([votes["run"], votes["step"]]).mean()
    return view.per_run(share.groupby("run").mean())


def near_misses(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P04: sessions whose motion was not carried (margin of 0 or less)."""
    votes = view.events(VOTE, keys.years)
    margin = votes["detail"].map(WEIGHT).fillna(0.0).groupby([votes["run"], votes["step"]]).sum()
    return view.per_run((margin <= 0).groupby("run").sum())


def switching(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P05: share of members that change between consecutive sessions, both votes cast."""
    pairs = continuing(ranked(view.events(VOTE, keys.years)))
    pairs = pairs[pairs["before"].isin(CAST) & pairs["after"].isin(CAST)]
    return view.per_run((pairs["before"] != pairs["after"]).groupby(pairs["run"]).mean())


def rotation(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P06: |rotation| / (|rotation| + |switching|), each summed over the intervals; NaN if nothing moved."""
    parts = margin_parts(ranked(view.events(VOTE, keys.years)))
    sums = parts[["rotation", "switching"]].abs().groupby("run").sum()
    total = sums.sum(axis=1)
    return view.per_run(sums["rotation"] / total.where(total > 0))


def covariates(view: View, keys: CovariateKeys) -> pd.Series[float]:
    """P07: 1 if the AUC of ideal point and that of trade for voting yes (not no) lie in their limits."""
    known = view.around.covariates
    if known is None:
        raise NotMeasured("ideal points and trade of the members are not known")
    votes = view.events(VOTE, keys.years)
    votes = votes[votes["detail"].isin(["yes", "no"])]
    votes = votes.assign(year=view.year_of(votes["step"]))
    rows = votes.merge(known, left_on=["actor", "year"], right_on=["state", "year"])
    inside = {}
    for name, limits, sign in (("ideal_point", keys.ideal_point, -1.0), ("trade", keys.trade, 1.0)):
        found = {run: auc(sign * one[name], one["detail"] == "yes") for run, one in rows.groupby("run")}
        inside[name] = series_of(found).between(*limits)
    return view.per_run((inside["ideal_point"] & inside["trade"]).astype(float))


def auc(score: pd.Series[float], positive: pd.Series[bool]) -> float:
    """Return the chance that a positive has the higher score, ties counting one half."""
    ranks, n = score.rank(), int(positive.sum())
    others = len(score) - n
    if not n or not others:
        return float("nan")
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * others))


def groups(view: View, keys: GroupKeys) -> pd.Series[float]:
    """P08: 1 if the groups' shares of yes come in the stated order and the firm group votes no."""
    if not view.around.groups:
        raise NotMeasured("regional groups of the members are not known")
    votes = view.events(VOTE, keys.years)
    votes = votes[votes["detail"].isin(CAST)].assign(group=votes["actor"].map(dict(view.around.groups)))
    lean = votes["detail"].map(WEIGHT).fillna(0.0)
    means = lean.groupby([votes["run"], votes["group"]]).mean().unstack("group")
    needed = [group for tier in keys.order for group in tier]
    if not set(needed) <= set(means.columns):
        raise NotMeasured("a regional group has no votes")
    tiers = [means[tier] for tier in keys.order]
    ordered = means[needed].notna().all(axis=1)
    for upper, lower in pairwise(tiers):
        ordered &= upper.min(axis=1) > lower.max(axis=1)
    mine = votes[votes["group"] == keys.firm]
    no = (mine["detail"] == "no").groupby(mine["run"]).mean()
    return view.per_run((ordered & (no.reindex(ordered.index) >= keys.firm_no)).astype(float))


P01 = Pattern("P01", PatternKeys, adopted, Reads({MOTION: "detail: not_tabled or fate", "text": "detail: adopted"}))
P02 = Pattern("P02", PatternKeys, yes_share, ROLL_CALLS)
P03 = Pattern("P03", PatternKeys, abstentions, ROLL_CALLS)
P04 = Pattern("P04", PatternKeys, near_misses, ROLL_CALLS)
P05 = Pattern("P05", PatternKeys, switching, ROLL_CALLS)
P06 = Pattern("P06", PatternKeys, rotation, ROLL_CALLS)
P07 = Pattern("P07", CovariateKeys, covariates, ROLL_CALLS)
P08 = Pattern("P08", GroupKeys, groups, ROLL_CALLS)
