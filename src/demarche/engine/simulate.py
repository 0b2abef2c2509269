"""`simulate(setup, runs)`: a table of runs in, arrays with the same last axis out."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.engine.initial import world_codes
from demarche.engine.recorder import EventTable, Recorder, join_events, place_of
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulation import MIN_WIDTH, Simulation
from demarche.engine.variables import SERIES, issue_series
from demarche.errors import DesignError, Problem, closest

YEAR = 12  # months

CHUNK = 1200
"""Most runs of a chunk: wider ones share the cost of calls, and take more memory, some 630 KiB a run of all series."""

LEAN_CHUNK = 1800
"""Most runs of a chunk that records no series but those that outcomes rest on: as much memory as the other."""


@dataclass(frozen=True)
class Outcomes:
    """What a table of runs left behind; the run axis is the last and in the order of the table.

    Parameters
    ----------
    series_names
        Names of the monthly series.
    series
        `(n_series, n_steps, n_runs)`.
    outcomes
        Outcome name -> `(n_runs,)`.
    events
        Events of all runs, `run` is the position in the table.
    codes
        Codes of the axes, for the actors of events.
    """

    series_names: tuple[str, ...]
    series: NDArray[np.float32]
    outcomes: dict[str, Array]
    events: EventTable
    codes: dict[str, tuple[str, ...]]

    def of(self, name: str) -> NDArray[np.float32]:
        """Return one series `(n_steps, n_runs)`.

        Raises
        ------
        DesignError
            If there is no such series, or it is not among those that are recorded.
        """
        series: NDArray[np.float32] = self.series[place_of(name, self.series_names)]
        return series


def check_runs(setup: Setup, runs: Runs) -> None:
    """Refuse a table that names an arm or an account that the setup does not have.

    Raises
    ------
    DesignError
        Naming every unknown arm and account.
    """
    problems = []
    for what, names, known in (("arm", runs.arm, setup.arms), ("account", runs.account, setup.accounts)):
        for name in sorted(set(names) - set(known)):
            problems.append(
                Problem(
                    "runs",
                    f"no {what} is called '{name}'",
                    expected=", ".join(known),
                    did_you_mean=closest(name, known),
                )
            )
    if problems:
        raise DesignError(problems)


def simulate(
    setup: Setup,
    runs: Runs,
    *,
    events: bool = True,
    bulk: bool = False,
    all_series: bool = True,
    chunk: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Outcomes:
    """Simulate a table of runs; no files, no printing.

    Parameters
    ----------
    setup
        What the scenario compiled to.
    runs
        One entry a run: arm, account, seed and parameter values.
    events, bulk
        Whether events are recorded, and the bulky kinds among them.
    all_series
        Whether all series are recorded, or only those that outcomes rest on.
    chunk
        Most runs simulated side by side; the results do not depend on it. None is `CHUNK`, or without all series
        `LEAN_CHUNK`.
    progress
        Called with the number of runs of each finished chunk.

    Raises
    ------
    DesignError
        If the table names an unknown arm or account.
    RuleError
        If a rule breaks its contract or a parameter is unknown.
    """
    check_runs(setup, runs)
    n_runs = len(runs)
    recorders: list[tuple[NDArray[np.intp], Recorder]] = []
    for rows, part in _chunks(setup, runs, chunk or widest_chunk(all_series)):
        recorders.append((rows, simulate_chunk(setup, part, events=events, bulk=bulk, all_series=all_series)))
        if progress is not None:
            progress(len(rows))
    return gather(setup, recorders, n_runs)


def widest_chunk(all_series: bool) -> int:
    """Return the most runs of a chunk that records all series, or only those that outcomes rest on."""
    return CHUNK if all_series else LEAN_CHUNK


def _chunks(setup: Setup, runs: Runs, chunk: int) -> Iterator[tuple[NDArray[np.intp], Runs]]:
    for rows in runs.groups(setup.company):
        for start in range(0, len(rows), chunk):
            part = rows[start : start + chunk]
            yield part, runs.take(part)


def simulate_chunk(
    setup: Setup,
    runs: Runs,
    *,
    events: bool = True,
    bulk: bool = False,
    all_series: bool = True,
    progress: Callable[[float], None] | None = None,
) -> Recorder:
    """Simulate runs that keep company (see `Setup.company`) side by side and return their recorder.

    `progress` is called after each year but the last with the share of the months that have passed.
    """
    recorder = Recorder(world_codes(setup.cast), setup.period.n_steps, len(runs), events, bulk, all_series)
    simulation = Simulation(setup, padded(runs), recorder=recorder)
    with _elders_left_alone():
        for step in range(1, setup.period.n_steps + 1):
            simulation.advance()
            if progress is not None and step % YEAR == 0 and step < setup.period.n_steps:
                progress(step / setup.period.n_steps)
    recorder.idle = tuple(simulation.seats.idle_in(np.arange(len(runs))))
    simulation.let_go()
    return recorder


@contextmanager
def _elders_left_alone() -> Iterator[None]:
    """Let the collector of cycles pass over what is there already: modules, catalogue and cast, some hundred thousand
    things that it would look through again and again.
    """
    ours = not gc.get_freeze_count()
    if ours:
        gc.freeze()
    try:
        yield
    finally:
        if ours:
            gc.unfreeze()


def padded(runs: Runs) -> Runs:
    """Return the runs, a single one twice: width 1 is not bit-identical to wider chunks in NumPy."""
    return runs if len(runs) >= MIN_WIDTH else runs.take(np.resize(np.arange(len(runs)), MIN_WIDTH))


def gather(setup: Setup, recorders: list[tuple[NDArray[np.intp], Recorder]], n_runs: int) -> Outcomes:
    """Put the chunks of a table together in the order of the table."""
    codes = world_codes(setup.cast)
    specs = recorders[0][1].specs if recorders else (*SERIES, *issue_series(codes["issue"]))
    names = tuple(spec.name for spec in specs)
    series = np.zeros((len(names), setup.period.n_steps, n_runs), dtype=np.float32)
    outcomes: dict[str, Array] = {}
    parts = []
    for rows, recorder in recorders:
        series[:, :, rows] = recorder.series
        for name, values in recorder.outcomes().items():
            outcomes.setdefault(name, np.zeros(n_runs))[rows] = values
        for part in recorder.parts:
            parts.append(part.copy())
            parts[-1]["run"] = rows[part["run"]]
    return Outcomes(names, series, outcomes, join_events(parts), codes)
