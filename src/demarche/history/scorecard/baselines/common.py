"""What the baselines share: sessions of the record, members with their positions, and tables from votes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.cast.cast import Cast
from demarche.history.as_tables import record_tables
from demarche.history.patterns.view import BASELINE, QUIET, Surroundings, View
from demarche.history.record import Record
from demarche.history.scorecard.verdict import LEAST
from demarche.history.tables import Tables

RUNS = 2 * LEAST
WEIGHT = {"yes": 1, "no": -1}
NOT_MOVED = "no_action_not_moved"
Votes = Mapping[str, str]


@dataclass(frozen=True)
class Session:
    """A session at which the record has a motion: members that sit, in the order of the cast, and their positions.

    Parameters
    ----------
    year, step
        When.
    members
        Codes.
    ideal_point
        `(n_members,)`, known the year before.
    lean
        Agreement with the focal state minus that with its leading critic, `(n_members,)`; missing ones count as none.
    """

    year: int
    step: int
    members: tuple[str, ...]
    ideal_point: NDArray[np.float64]
    lean: NDArray[np.float64]


def sessions_of(cast: Cast, record: Record) -> list[Session]:
    """Return the sessions of a record in which taking no action was voted on, which is what baselines tell of."""
    found = []
    for motion in record.motions:
        if motion.tabled and motion.result != NOT_MOVED:
            rows = np.flatnonzero(cast.seats(motion.year)[1])
            members = tuple(cast.state_codes[row] for row in rows)
            agree = cast.yearly("agree_focal", motion.year) - cast.yearly("agree_critic", motion.year)
            lean = np.nan_to_num(agree[rows])
            ideal = cast.yearly("ideal_point", motion.year)[rows]
            step = record_tables(record).slice("record", "record").step(motion.month)
            found.append(Session(motion.year, step, members, ideal, lean))
    return found


def tables_from(record: Record, votes: Callable[[int], Iterable[tuple[int, Votes]]], level: float | None) -> Tables:
    """Return tables of `RUNS` runs with votes, motions and perhaps practice at one level.

    Parameters
    ----------
    votes
        Function from a run to pairs of step and votes by state.
    level
        Practice in every month, None for none.
    """
    import pandas as pd

    rows: list[tuple[int, int, str, str, str, float]] = []
    for run in range(RUNS):
        for step, cast_votes in votes(run):
            margin = sum(WEIGHT.get(vote, 0) for vote in cast_votes.values())
            fate = "no_action_carried" if margin > 0 else "no_action_failed"
            rows.append((run, step, "motion", "", fate, float(margin)))
            rows += [(run, step, "vote_no_action", state, vote, 0.0) for state, vote in cast_votes.items()]
    n_steps = record.start.steps_to(record.end) + 1
    series = pd.DataFrame({"run": np.repeat(np.arange(RUNS), n_steps), "step": np.tile(np.arange(n_steps), RUNS)})
    if level is not None:
        series["core_practice"] = level
    runs = pd.DataFrame(
        {
            "run": range(RUNS),
            "arm": "record",
            "account": "record",
            "replication": range(RUNS),
            "seed": range(RUNS),
            "status": "done",
        }
    )
    events = pd.DataFrame(rows, columns=["run", "step", "kind", "actor", "detail", "value"])
    return Tables(runs, runs[["run"]], series, events, record_tables(record).calendar, str(record.start))


def view_of(tables: Tables, record: Record, around: Surroundings) -> View:
    """Return the view of a baseline: it knows no arms, one stands for all."""
    runs = tables.slice("record", "record")
    return View({BASELINE: runs, QUIET: runs}, around, record.judging.error)
