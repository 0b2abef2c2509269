"""What analysis reads of a batch: five tables, and the runs of one account and arm."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

FAILED = "failed"
MONTHS = 12
WORDS = ("kind", "actor", "about", "detail")


@dataclass(frozen=True)
class Tables:
    """Output tables of a batch.

    Parameters
    ----------
    runs
        One row a run: run, arm, account, replication, seed, status; `target` in an experiment of many targets.
    outcomes
        One row a run: run and one column an outcome.
    series
        One row a run and step: run, step and one column a variable.
    events
        One row an event: run, step, kind, actor, about, detail, value; `about` may be left out.
    calendar
        One row a dated event of an arm: arm, step, code, kind, date, actors, strength.
    start
        Month of step 0, `1989-06`.
    """

    runs: pd.DataFrame
    outcomes: pd.DataFrame
    series: pd.DataFrame
    events: pd.DataFrame
    calendar: pd.DataFrame
    start: str

    def slice(self, account: str, arm: str) -> Slice:
        """Return the runs of one account and arm that did not fail."""
        runs = self.runs
        mine = runs[(runs["account"] == account) & (runs["arm"] == arm)]
        if "status" in mine.columns:
            mine = mine[mine["status"] != FAILED]
        ids = tuple(int(run) for run in sorted(mine["run"]))
        events = self.events[self.events["run"].isin(ids)]
        if "about" not in events.columns:
            events = events.assign(about="")
        return Slice(
            ids,
            self.series[self.series["run"].isin(ids)],
            events.astype(dict.fromkeys(WORDS, str)),
            self.calendar[self.calendar["arm"] == arm],
            self.start,
            mine.set_index("run"),
        )


@dataclass(frozen=True)
class Slice:
    """The runs of one account and arm; parameters as in `Tables`, `runs` being their numbers, `rows` their facts."""

    runs: tuple[int, ...]
    series: pd.DataFrame
    events: pd.DataFrame
    calendar: pd.DataFrame
    start: str
    rows: pd.DataFrame

    def replication(self, run: int) -> int:
        """Return the replication of a run: runs of other arms with the same one are its pairs."""
        return int(self.rows["replication"][run])

    def step(self, month: str) -> int:
        """Return the step of a month such as `1995-03`; negative before the start."""
        return months_between(self.start, month)

    def steps(self, first: int, last: int) -> tuple[int, int]:
        """Return the first and last step of the years `first` to `last`."""
        return self.step(f"{first}-01"), self.step(f"{last}-12")

    @cached_property
    def last_step(self) -> int:
        """The last recorded step, -1 without series."""
        return int(self.series["step"].max()) if len(self.series) else -1

    def covers(self, first: int, last: int) -> bool:
        """Tell whether any of the runs cover all of the years, the first year perhaps only in part."""
        low, high = self.steps(first, last)
        return bool(self.runs) and low + MONTHS > 0 and high <= self.last_step

    def events_of(self, kind: str, years: tuple[int, int]) -> pd.DataFrame:
        """Return the events of a kind in the years from `years[0]` to `years[1]`."""
        low, high = self.steps(*years)
        events = self.by_kind.get(kind, self.events.iloc[:0])
        return events[events["step"].between(low, high)]

    @cached_property
    def by_kind(self) -> dict[str, pd.DataFrame]:
        """The events of each kind that there is."""
        return {str(kind): mine for kind, mine in self.events.groupby("kind", sort=False, observed=True)}

    def has(self, *columns: str) -> bool:
        """Tell whether the series carry all of these columns."""
        return set(columns) <= set(self.series.columns)

    def months(self, column: str, low: int, high: int) -> pd.DataFrame:
        """Return run, step and one column of the series from one step to another; the other columns are not copied."""
        return self.series.loc[self.series["step"].between(low, high), ["run", "step", column]]

    def yearly(self, column: str, years: tuple[int, int]) -> pd.DataFrame:
        """Return calendar-year means of a series: runs as rows, years as columns."""
        low, high = self.steps(*years)
        rows = self.months(column, low, high)
        year = (rows["step"] + _months(self.start)) // MONTHS
        return rows.groupby(["run", year.rename("year")])[column].mean().unstack("year")


def months_between(start: str, month: str) -> int:
    """Return the number of months from one month to another.

    Examples
    --------
    >>> months_between("1989-06", "1990-03")
    9
    """
    return _months(month) - _months(start)


def _months(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * MONTHS + int(number) - 1
