"""Patterns of the vote on taking no action: P02, P05, P06.

A session counts if a motion was tabled, that is, if votes were cast. Members are the states
with a vote row, absent ones included; consecutive sessions are consecutive tabled ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demarche.history.patterns.verdict import Band, Finding, Gate, Limits, Share, between, inside, not_applicable
from demarche.history.tables import Slice

if TYPE_CHECKING:
    import pandas as pd

CAST = ("yes", "abstain", "no")
WEIGHT = {"yes": 1.0, "no": -1.0}


class YesShareBand(Band):
    """Band of P02: mean over runs, and of single years with the share of years that must lie inside."""

    mean: Limits
    year: Limits
    years_inside: Share


class StickinessBand(Band):
    """Band of P05: share of members that switch, and largest share of switches from yes to no or back."""

    switch_rate: Limits
    flips_at_most: Share


class RotationBand(Band):
    """Band of P06: share of the movement of the margin that is due to seats."""

    rotation: Limits


def ranked(events: pd.DataFrame) -> pd.DataFrame:
    """Return run, step, actor, detail and `rank`: the position of the step among the run's steps."""
    steps = events[["run", "step"]].drop_duplicates().sort_values(["run", "step"])
    steps = steps.assign(rank=steps.groupby("run").cumcount())
    return events[["run", "step", "actor", "detail"]].merge(steps, on=["run", "step"])


def continuing(votes: pd.DataFrame) -> pd.DataFrame:
    """Return members of two consecutive sessions: run, actor, rank of the later one, before, after."""
    columns = ["run", "actor", "rank", "detail"]
    earlier = votes[columns].assign(rank=votes["rank"] + 1).rename(columns={"detail": "before"})
    return earlier.merge(votes[columns].rename(columns={"detail": "after"}), on=["run", "actor", "rank"])


def yes_share(runs: Slice, band: YesShareBand) -> Finding:
    """P02: yes / (yes + no); mean over the run means, and share of run-years inside the wide band."""
    years_words = f"at least {band.years_inside:.0%} of years in {between(band.year)}"
    words = f"mean {between(band.mean)}; {years_words}"
    votes = runs.events_of("vote_no_action", band.years)
    votes = votes[votes["detail"].isin(["yes", "no"])]
    if votes.empty:
        return Finding((float("nan"), 0.0), False, words, 0, "no motion was voted on")
    share = (votes["detail"] == "yes").groupby([votes["run"], votes["step"]]).mean()
    by_run = share.groupby("run").mean()
    mean = float(by_run.mean())
    years = float(share.between(*band.year).mean())
    passes = inside(mean, band.mean) and years >= band.years_inside
    note = f"range over years {share.min():.2f} to {share.max():.2f}"
    return Finding((mean, years), passes, words, len(by_run), note)


def stickiness(runs: Slice, band: StickinessBand) -> Finding:
    """P05: share of continuing members that change, and of changes that go straight from yes to no or back.

    Only members that voted yes, no or abstain in both sessions count. The rate is pooled over
    the intervals of a run and averaged over runs; flips are pooled over all runs.
    """
    words = f"switch rate {between(band.switch_rate)}; flips at most {band.flips_at_most:g} of switches"
    pairs = continuing(ranked(runs.events_of("vote_no_action", band.years)))
    pairs = pairs[pairs["before"].isin(CAST) & pairs["after"].isin(CAST)]
    if pairs.empty:
        return not_applicable("fewer than two motions were voted on", words)
    switched = pairs["before"] != pairs["after"]
    flipped = switched & (pairs["before"] != "abstain") & (pairs["after"] != "abstain")
    by_run = switched.groupby(pairs["run"]).mean()
    rate = float(by_run.mean())
    flips = float(flipped.sum() / max(int(switched.sum()), 1))
    passes = inside(rate, band.switch_rate) and flips <= band.flips_at_most
    note = f"{int(flipped.sum())} flips in {int(switched.sum())} switches among {len(pairs)} pairs"
    return Finding((rate, flips), passes, words, len(by_run), note)


def margin_parts(votes: pd.DataFrame) -> pd.DataFrame:
    """Split each change of margin (yes minus no) between consecutive sessions.

    Parameters
    ----------
    votes
        Ranked votes, see `ranked`.

    Returns
    -------
    pandas.DataFrame
        One row a run and interval: `switching`, the change among members of both sessions;
        `rotation`, the rest, by members that left or joined.
    """
    weight = votes["detail"].map(WEIGHT).fillna(0.0)
    margin = weight.groupby([votes["run"], votes["rank"]]).sum()
    change = margin.groupby("run").diff().dropna()
    pairs = continuing(votes)
    moved = pairs["after"].map(WEIGHT).fillna(0.0) - pairs["before"].map(WEIGHT).fillna(0.0)
    switching = moved.groupby([pairs["run"], pairs["rank"]]).sum().reindex(change.index, fill_value=0.0)
    return change.to_frame("change").assign(switching=switching, rotation=change - switching)


def rotation_share(runs: Slice, band: RotationBand) -> Finding:
    """P06: |rotation| / (|rotation| + |switching|), each summed over a run's intervals; mean over runs."""
    words = f"rotation share {between(band.rotation)}"
    votes = ranked(runs.events_of("vote_no_action", band.years))
    if votes.empty or votes["rank"].max() < 1:
        return not_applicable("fewer than two motions were voted on", words)
    sums = margin_parts(votes)[["rotation", "switching"]].abs().groupby("run").sum()
    total = sums.sum(axis=1)
    moved = total > 0
    if not moved.any():
        return Finding(float("nan"), False, words, len(sums), "the margin never moved")
    share = float(np.mean(sums["rotation"][moved] / total[moved]))
    means = sums.mean()
    note = f"votes per run: {means['rotation']:.1f} by rotation, {means['switching']:.1f} by switching"
    return Finding(share, inside(share, band.rotation), words, int(moved.sum()), note)


YES_SHARE = Gate("P02", YesShareBand, yes_share)
STICKINESS = Gate("P05", StickinessBand, stickiness)
ROTATION = Gate("P06", RotationBand, rotation_share)
