"""Roll calls: members of two sessions in a row, and what moved the margin.

A session counts if a motion was tabled, that is, if votes were cast. Members are the states
with a vote row, absent ones included; consecutive sessions are consecutive tabled ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

CAST = ("yes", "abstain", "no")
WEIGHT = {"yes": 1.0, "no": -1.0}


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
