"""Lists of sponsors: who left, who followed, and who talked meanwhile.

A decision is a month in which any sponsor event falls. The list of a decision holds the states
that lead or sponsor; a state leaves when it is on one list and not on the run's next one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from demarche.history.patterns.kit.roll_calls import ranked
from demarche.history.tables import Slice

if TYPE_CHECKING:
    import pandas as pd

ON_LIST = ("lead", "sponsor")
RUNNING = {"started": 1.0, "resumed": 1.0, "suspended": 0.0}


@dataclass(frozen=True)
class Lists:
    """Sponsors of each decision: `members` (run, rank, step, actor) and `decisions` (run, rank, step)."""

    members: pd.DataFrame
    decisions: pd.DataFrame

    def exits(self) -> pd.DataFrame:
        """Return those who left: run, actor, `rank` and `step` of the first decision without them."""
        keys = ["run", "rank", "actor"]
        due = self.members[keys].assign(rank=self.members["rank"] + 1)
        due = due.merge(self.decisions, on=["run", "rank"])
        kept = due.merge(self.members[keys], on=keys, how="left", indicator=True)["_merge"] == "both"
        return due[~kept.to_numpy()].reset_index(drop=True)


def sponsor_lists(runs: Slice, years: tuple[int, int]) -> Lists:
    """Return the lists of all decisions in some years."""
    rows = ranked(runs.events_of("sponsor", years))
    decisions = rows[["run", "rank", "step"]].drop_duplicates()
    members = rows[rows["detail"].isin(ON_LIST)]
    return Lists(members[["run", "rank", "step", "actor"]], decisions)


def votes_after_exit(runs: Slice, years: tuple[int, int], sessions: int) -> pd.DataFrame:
    """Return the first votes on taking no action of states that left the sponsors.

    The vote of the session at which a state no longer sponsors counts as the first; votes
    after a return to the sponsors do not count.
    """
    lists = sponsor_lists(runs, years)
    exits = lists.exits()[["run", "actor", "step"]].rename(columns={"step": "left"})
    votes = runs.events_of("vote_no_action", years)[["run", "actor", "step", "detail"]]
    after = exits.merge(votes, on=["run", "actor"])
    after = after[after["step"] >= after["left"]]
    returns = lists.members[["run", "actor", "step"]].rename(columns={"step": "back"})
    back = exits.merge(returns, on=["run", "actor"])
    back = back[back["back"] > back["left"]].groupby(["run", "actor", "left"])["back"].min().reset_index()
    after = after.merge(back, on=["run", "actor", "left"], how="left")
    after = after[after["back"].isna() | (after["step"] < after["back"])].sort_values("step")
    return after[after.groupby(["run", "actor", "left"]).cumcount() < sessions]


def first_pivotal_exits(lists: Lists, list_at_least: int, sessions_at_least: int) -> pd.DataFrame:
    """Return each run's first pivotal exit: run, actor, rank, step.

    Pivotal is an exit from a list of at least so many sponsors by a state that had been on at
    least so many lists. Of several at one decision the first by code stands for all.
    """
    members = lists.members.sort_values(["run", "rank", "actor"])
    members = members.assign(times=members.groupby(["run", "actor"]).cumcount() + 1)
    members = members.assign(size=members.groupby(["run", "rank"])["actor"].transform("size"))
    before = members[["run", "rank", "actor", "times", "size"]].assign(rank=members["rank"] + 1)
    exits = lists.exits().merge(before, on=["run", "rank", "actor"])
    exits = exits[(exits["size"] >= list_at_least) & (exits["times"] >= sessions_at_least)]
    first = exits.sort_values(["run", "rank", "actor"]).groupby("run").head(1)
    return first[["run", "actor", "rank", "step"]]


def shares_leaving(lists: Lists, pivots: pd.DataFrame, months: int) -> pd.Series[float]:
    """Return for each run with a pivotal exit the share of the other sponsors gone by its end.

    The others are on the list that the pivotal state left. They are gone if they are not on
    the last list within so many months after that exit.
    """
    pivots = pivots.rename(columns={"actor": "pivot", "rank": "exit_rank", "step": "exit_step"})
    seen = lists.decisions.merge(pivots, on="run")
    last = seen[seen["step"] <= seen["exit_step"] + months].groupby("run")["rank"].max().rename("last_rank")
    others = lists.members.merge(pivots, on="run").merge(last, on="run")
    others = others[(others["rank"] == others["exit_rank"] - 1) & (others["actor"] != others["pivot"])]
    final = lists.members[["run", "rank", "actor"]].rename(columns={"rank": "last_rank"})
    gone = others.merge(final, on=["run", "last_rank", "actor"], how="left", indicator=True)
    return (gone["_merge"] == "left_only").astype(float).groupby(gone["run"]).mean()


def exposure(runs: Slice, years: tuple[int, int]) -> pd.DataFrame:
    """Return run, step, `sponsors` and `talks` (0 or 1) of every state that ever sponsored, at each decision.

    A dialogue counts as running from its start or resumption, that month included, until it is
    suspended.
    """
    import pandas as pd

    lists = sponsor_lists(runs, years)
    risk = lists.members[["run", "actor"]].drop_duplicates().merge(lists.decisions, on="run")
    on_list = lists.members[["run", "rank", "actor"]].assign(sponsors=1.0)
    risk = risk.merge(on_list, on=["run", "rank", "actor"], how="left").sort_values("step", kind="stable")
    if risk.empty:
        return risk.assign(talks=0.0)
    turns = runs.events[(runs.events["kind"] == "dialogue") & runs.events["detail"].isin(list(RUNNING))]
    turns = turns.assign(talks=turns["detail"].map(RUNNING))[["run", "actor", "step", "talks"]]
    turns = turns.sort_values("step", kind="stable").astype({"step": risk["step"].dtype, "talks": float})
    risk = pd.merge_asof(risk, turns, on="step", by=["run", "actor"])
    return risk.fillna({"sponsors": 0.0, "talks": 0.0})
