"""What figures read: the tables of a results folder and what its manifest says about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from demarche.analysis.comparison.batch import Batch, projection_words, with_units
from demarche.errors import DesignError, Problem
from demarche.experiment.design.figures import Supply, kinds_kept
from demarche.experiment.design.parameters_from import parameters_from
from demarche.experiment.design.quick import quick_words
from demarche.scenario.question import Question
from demarche.scenario.shown import shown_name
from demarche.world.calendar import Month

if TYPE_CHECKING:
    import pandas as pd

    from demarche.experiment.results.store import Results
    from demarche.history.record import Record

FAILED = "failed"
Cube = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class FigureTables:
    """Tables of a batch and what a reader must know about them.

    Parameters
    ----------
    runs
        One row a run: run, arm, account, replication, perhaps point and status.
    outcomes
        One row a run that was done: the same and one column an outcome.
    series
        One row a run and step: run, step and the columns that the figures need; may be empty.
    events
        One row an event: run, step, kind, actor, detail; may be empty.
    calendar
        One row a dated event of an arm: arm, step, kind, date.
    start, n_steps
        Month of step 0, and number of months.
    title, seed
        Title of the scenario and seed of the experiment.
    arms, accounts
        Name -> title, in the order of the experiment.
    asked
        What the scenario asks: outcomes to show, arms to compare.
    record
        The history of the case, None if it brings none.
    aliases
        Code -> name for display.
    parameters
        Paths of the parameters that vary.
    known_until
        The last month that the data of the case reach, None if nothing is said of it.
    results
        The folder that they were read from, for figures that repeat some of its runs; None if there is none.
    parameters_from
        Where parameters have their values from: `medians`, `prior`, `posterior`, or empty if nobody says.
    quick
        What must be said of a smaller form of an experiment; empty if it is whole.
    """

    runs: pd.DataFrame
    outcomes: pd.DataFrame
    series: pd.DataFrame
    events: pd.DataFrame
    calendar: pd.DataFrame
    start: Month
    n_steps: int
    title: str
    seed: int
    arms: Mapping[str, str]
    accounts: Mapping[str, str]
    asked: Question
    record: Record | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    parameters: tuple[str, ...] = ()
    known_until: Month | None = None
    results: Results | None = None
    parameters_from: str = ""
    quick: str = ""
    _cubes: dict[str, Cube] = field(default_factory=dict, init=False, repr=False)

    @property
    def reference(self) -> str:
        """The arm that others are compared with."""
        return self.asked.reference

    @property
    def projected_from(self) -> float | None:
        """The year, as on the axis of time, from which months are a projection; None if there is none in the period."""
        if self.known_until is None:
            return None
        after = self.start.steps_to(self.known_until) + 1
        return self.start.year + (self.start.month - 1 + max(after, 0)) / 12 if after < self.n_steps else None

    @cached_property
    def batch(self) -> Batch:
        """The runs of the accounts that are shown, ready to be compared."""
        runs = self.outcomes[self.outcomes["account"].isin(list(self.accounts))]
        arms, accounts = (
            tuple(name for name in names if name in set(runs[what]))
            for what, names in (("arm", self.arms), ("account", self.accounts))
        )
        ends = {"end": self.start.plus(self.n_steps - 1), "data_end": self.known_until or ""}
        return Batch(runs, self.asked.among(arms or tuple(self.arms)), arms, accounts, self.parameters, self.n_steps,
                     projection_words(ends), self.parameters_from, self.quick)  # fmt: skip

    @cached_property
    def supply(self) -> Supply:
        """What figures can rest on."""
        return Supply(
            arms=self.batch.arms,
            reference=self.reference,
            outcomes=self.batch.shown,
            series=frozenset(map(str, self.series.columns if len(self.series) else ())),
            events=frozenset(map(str, self.events["kind"].unique())),
            dates=lambda arm, kinds: self.dates(arm, kinds).tolist(),
            n_steps=self.n_steps,
            is_done=True,
        )

    @cached_property
    def done(self) -> pd.DataFrame:
        """The runs that were done."""
        runs = self.runs
        return runs[runs["status"] != FAILED] if "status" in runs.columns else runs

    @property
    def n_runs(self) -> int:
        """Number of runs that were done."""
        return len(self.done)

    @cached_property
    def _rows(self) -> dict[tuple[str, str], NDArray[np.int64]]:
        runs = self.done.groupby(["arm", "account"], observed=True)["run"]
        return {(str(key[0]), str(key[1])): np.sort(part.to_numpy(dtype=np.int64)) for key, part in runs}

    def run_numbers(self, arm: str, account: str) -> NDArray[np.int64]:
        """Return the numbers of the runs of an arm and account, ascending."""
        return self._rows.get((arm, account), np.empty(0, np.int64))

    @cached_property
    def _grid(self) -> tuple[NDArray[np.int64], NDArray[np.intp] | None]:
        """Run numbers, and the order that sorts the series by run and step (None if it is)."""
        run = self.series["run"].to_numpy(dtype=np.int64)
        step = self.series["step"].to_numpy(dtype=np.int64)
        key = run * (int(step.max(initial=0)) + 1) + step
        order = None if bool((np.diff(key) > 0).all()) else np.argsort(key, kind="stable")
        numbers, counts = np.unique(run, return_counts=True)
        if set(counts.tolist()) - {self.n_steps}:
            what = "some runs have more or fewer months than the period"
            raise DesignError([Problem("series", what, expected=f"{self.n_steps} months", fix="repeat the experiment")])
        return numbers, order

    def cube(self, name: str, arm: str, account: str) -> Cube:
        """Return one series of an arm and account, `(n_runs, n_steps)`; no rows if it has no run."""
        wanted = self.run_numbers(arm, account)
        return self.rows_of(name, wanted[np.isin(wanted, self._grid[0])])

    def rows_of(self, name: str, runs: NDArray[np.int64]) -> Cube:
        """Return one series of some runs in their order, `(n_runs, n_steps)`.

        Parameters
        ----------
        name
            Name of the series.
        runs
            Numbers of runs that were done.
        """
        numbers, order = self._grid
        if name not in self._cubes:
            values = self.series[name].to_numpy(dtype=np.float32)
            self._cubes[name] = (values if order is None else values[order]).reshape(len(numbers), self.n_steps)
        return self._cubes[name][np.searchsorted(numbers, runs)]

    def dates(self, arm: str, kinds: Iterable[str]) -> NDArray[np.int64]:
        """Return the steps of the calendar events of some kinds in an arm, sorted, each once."""
        calendar = self.calendar
        mine = calendar[(calendar["arm"] == arm) & calendar["kind"].isin(list(kinds))]
        return np.unique(mine["step"].to_numpy(dtype=np.int64))

    def shown_name(self, code: str) -> str:
        """Return what a reader sees for a code."""
        return shown_name(code, self.aliases)

    def years(self, steps: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the middle of each month as decimal year."""
        return self.start.year + (self.start.month - 0.5 + steps) / 12


def read_tables(results: Results, columns: Iterable[str], kinds: Sequence[str]) -> FigureTables:
    """Read what figures need from a results folder.

    Parameters
    ----------
    results
        An opened results folder.
    columns, kinds
        Series and kinds of events that are wanted; series that were not kept are left out.
    """
    import pandas as pd

    from demarche.experiment.results.inputs import record_of

    manifest = results.manifest
    known = {column["name"] for column in manifest.columns.get("series", [])}
    wanted = [name for name in dict.fromkeys(columns) if name in known]
    experiment = manifest.experiment
    return FigureTables(
        runs=results.runs(),
        outcomes=with_units(results, results.outcomes()),
        series=results.series(wanted) if wanted else pd.DataFrame(columns=["run", "step"]),
        events=results.events(kinds) if kinds else pd.DataFrame(columns=["run", "step", "kind", "actor", "detail"]),
        calendar=results.calendar(),
        start=Month.parse(results.start),
        n_steps=int(manifest.period["n_steps"]),
        title=manifest.title or manifest.name,
        seed=int(experiment["seed"]),
        arms={name: _title(manifest.arms, name) for name in experiment["arms"]},
        accounts={name: _title(manifest.accounts, name) for name in experiment["accounts"]},
        asked=manifest.asked,
        record=record_of(results),
        aliases=manifest.aliases,
        parameters=tuple(str(name) for name in experiment["parameters"]),
        known_until=Month.parse(manifest.period["data_end"]) if manifest.period.get("data_end") else None,
        results=results,
        parameters_from=parameters_from(experiment),
        quick=quick_words(experiment),
    )


def supply_of_results(results: Results) -> Supply:
    """Return what figures can rest on, without reading series and events."""
    manifest = results.manifest
    series = (str(column["name"]) for column in manifest.columns["series"] if manifest.table("series"))
    kept = kinds_kept(bool(manifest.table("events")))
    return replace(read_tables(results, (), ()).supply, series=frozenset(series), events=kept)


def _title(entries: Mapping[str, object], name: str) -> str:
    entry = entries.get(name, "")
    return str(entry.get("title", "")) if isinstance(entry, Mapping) else str(entry)
