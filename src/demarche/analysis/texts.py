"""Texts of the charter body on the focal state: in how many runs and sessions one is adopted, beside the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from demarche.analysis.comparison.intervals import wilson
from demarche.errors import DesignError, Problem
from demarche.history.record import Record
from demarche.world.calendar import Month, Period

if TYPE_CHECKING:
    import pandas as pd

    from demarche.experiment.results.store import Results

KINDS = ("motion", "text")


@dataclass(frozen=True)
class Fates:
    """What became of texts in the sessions of a window, in the runs of one account or on record.

    Parameters
    ----------
    runs, sessions
        Number of runs (1 for a record), and of sessions in the window.
    tabled, buried, refused
        Drafts, those on which no action was taken, and texts that were voted down, a session and run.
    adopted
        Texts adopted, a session and run.
    with_text
        Runs in which a text was adopted.
    """

    runs: int
    sessions: int
    tabled: float
    buried: float
    refused: float
    adopted: float
    with_text: int

    @property
    def share(self) -> tuple[float, float, float]:
        """Share of runs with an adopted text, with Wilson's 95 % interval."""
        found = self.with_text / self.runs
        return found, *wilson(found, self.runs)


def difference(one: Fates, other: Fates) -> tuple[float, float, float]:
    """Return the share of runs with an adopted text in one less that in another, with Newcombe's 95 % interval.

    The interval is made of Wilson's two (Newcombe 1998, method 10) and takes the runs for independent; where luck is
    shared by pairs it is too wide.
    """
    (first, low, high), (second, lower, higher) = one.share, other.share
    below = np.hypot(first - low, higher - second)
    above = np.hypot(high - first, second - lower)
    return first - second, float(first - second - below), float(first - second + above)


def fates_by_account(results: Results, arm: str, first: Month, last: Month) -> dict[str, Fates]:
    """Return account -> fates of texts in its runs of an arm, over the sessions of some months.

    Raises
    ------
    DesignError
        If there is no such arm, events were not kept, or no session falls into the window.
    """
    runs = results.runs()
    if arm not in set(runs["arm"]):
        known = ", ".join(sorted(set(runs["arm"])))
        raise DesignError([Problem(str(results.path), f"no runs of an arm '{arm}'", expected=known)])
    events = results.events(KINDS)
    if events.empty:
        fix = "set record: {events: true} in the experiment, and run it again"
        raise DesignError([Problem(str(results.path), "the events of its runs were not kept", fix=fix)])
    calendar = results.calendar()
    start = Month.parse(results.start)
    low, high = start.steps_to(first), start.steps_to(last)
    dated = calendar[(calendar["arm"] == arm) & (calendar["kind"] == "session")]
    n_sessions = int(dated["step"].between(low, high).sum())
    if not n_sessions:
        raise DesignError([Problem(str(results.path), f"no session falls between {first} and {last}")])
    events = events[events["step"].between(low, high)]
    done = runs[(runs["arm"] == arm) & (runs["status"] == "done")]
    return {
        str(account): _fates(events[events["run"].isin(mine["run"])], len(mine), n_sessions)
        for account, mine in done.groupby("account", sort=False)
    }


def _fates(events: pd.DataFrame, n_runs: int, n_sessions: int) -> Fates:
    detail = events["detail"].astype(str)
    texts, per = events["kind"] == "text", n_runs * n_sessions
    adopted = texts & (detail == "adopted")
    tabled = (events["kind"] == "motion") & (detail != "not_tabled")
    return Fates(
        n_runs, n_sessions,
        tabled=float(tabled.sum() / per),
        buried=float((detail == "no_action_carried").sum() / per),
        refused=float((texts & (detail == "rejected")).sum() / per),
        adopted=float(adopted.sum() / per),
        with_text=int(events.loc[adopted, "run"].nunique()),
    )  # fmt: skip


def fates_on_record(record: Record, period: Period) -> Fates | None:
    """Return the fates of texts on record in a period, None if it holds no session of it."""
    motions = [one for one in record.motions if period.start <= Month.parse(one.month) <= period.end]
    if not motions:
        return None
    n = len(motions)
    fates = np.array([one.text_fate for one in motions])
    return Fates(
        1, n,
        tabled=sum(one.tabled for one in motions) / n,
        buried=sum(one.result == "no_action_carried" for one in motions) / n,
        refused=float((fates == "rejected").mean()),
        adopted=float((fates == "adopted").mean()),
        with_text=int((fates == "adopted").any()),
    )  # fmt: skip
