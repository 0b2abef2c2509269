"""Timing in turn, and where the CPU time of a batch goes."""

from __future__ import annotations

import os
import platform
import resource
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import process_time, process_time_ns
from typing import Any

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from demarche.engine.draws import Draws
from demarche.engine.recorder import Recorder
from demarche.engine.setup import Setup
from demarche.engine.simulation import ActiveRule, Simulation
from demarche.world.world import World

Times = dict[str, list[float]]


def in_turn(
    benchmark: BenchmarkFixture,
    work: Mapping[str, Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = process_time,
) -> Times:
    """Return seconds of each piece of work, one after the other in every round; CPU time unless told otherwise.

    pytest-benchmark drives the rounds and keeps the seconds of the pieces beside its own figures.
    """
    times: Times = {name: [] for name in work}

    def one_round() -> None:
        for name, piece in work.items():
            start = clock()
            piece()
            times[name].append(clock() - start)

    benchmark.pedantic(one_round, rounds=rounds, iterations=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info.update(times)
    return times


def line(sizes: Sequence[float], costs: Sequence[float]) -> tuple[float, float]:
    """Return what is fixed and what is added by each unit of size, from the line that fits best in relative terms."""
    slope, fixed = np.polyfit(sizes, costs, 1, w=1.0 / np.array(costs))
    return float(fixed), float(slope)


def children_time() -> float:
    """Return CPU seconds of the processes that this one has started and waited for."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def machine() -> str:
    """Return the machine in general words."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    python = f"Python {platform.python_version()}, NumPy {np.__version__}"
    return f"{cores} cores, {platform.machine()}, {platform.system()}, {python}{load}"


class Costs:
    """CPU nanoseconds by piece, each without the pieces inside it."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._inside: list[int] = []

    @contextmanager
    def piece(self, name: str) -> Iterator[None]:
        """Charge what happens inside to a piece."""
        self._inside.append(0)
        start = process_time_ns()
        try:
            yield
        finally:
            spent = process_time_ns() - start
            self.spent[name] += spent - self._inside.pop()
            if self._inside:
                self._inside[-1] += spent

    def watch(self, patch: pytest.MonkeyPatch, owner: type, method: str, name: Callable[..., str]) -> None:
        """Charge every call of a method to a piece named after its arguments."""
        plain = getattr(owner, method)

        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.piece(name(*args)):
                return plain(*args, **kwargs)

        patch.setattr(owner, method, timed)


def costs_of(setup: Setup, arm: str, account: str, n_runs: int, rounds: int = 3) -> Counter[str]:
    """Return where the CPU time of a chunk goes, in nanoseconds, from the quickest of some rounds."""
    return min((_costs_once(setup, arm, account, n_runs) for _ in range(rounds)), key=Counter.total)


def _costs_once(setup: Setup, arm: str, account: str, n_runs: int) -> Counter[str]:
    costs = Costs()
    with pytest.MonkeyPatch.context() as patch:
        costs.watch(patch, ActiveRule, "act", lambda entry, step: f"{entry.rule.phase}: {entry.rule.id}")
        costs.watch(patch, Draws, "draw", lambda *args: "random numbers")
        costs.watch(patch, Draws, "draw_lasting", lambda *args: "random numbers")
        costs.watch(patch, Recorder, "record", lambda *args: "recording")
        costs.watch(patch, Simulation, "_decide", lambda sim, d, step: f"{d.phase}: choice of {d.name}")
        for name in ("_lay_levers", "_turn_year", "_lay_seats", "_clear_utilities"):
            costs.watch(patch, Simulation, name, lambda *args: "turn of the month")
        costs.watch(patch, World, "clear_month", lambda *args: "turn of the month")
        costs.watch(patch, World, "integrate_stocks", lambda *args: "turn of the month")
        with costs.piece("set-up, loop and the timing itself"):
            simulation = Simulation.of(setup, arm, account, list(range(n_runs)))
            recorder = Recorder(simulation.world.codes, setup.period.n_steps, n_runs)
            for step in range(setup.period.n_steps):
                simulation.advance()
                recorder.record(simulation.world, step)
    return costs.spent
