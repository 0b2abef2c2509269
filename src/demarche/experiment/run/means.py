"""With what runs are executed, how wide their chunks are, and how far they are told to be."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from demarche.engine.simulate import CHUNK, widest_chunk
from demarche.errors import DesignError, Problem, closest
from demarche.experiment.chunks.engines import ENGINES

SERIAL_BELOW = 200  # runs; a pool needs about half a second to start


@dataclass(frozen=True)
class Progress:
    """How far an experiment is, in runs; `kept` were finished by an earlier session.

    What chunks under way have done of their months counts as so many whole runs in `under_way`.
    """

    done: int
    failed: int
    kept: int
    total: int
    under_way: int = 0


Tell = Callable[[Progress], None]


@dataclass(frozen=True)
class Means:
    """With what runs are executed; the results do not depend on it.

    Parameters
    ----------
    workers
        Processes that simulate; None chooses by the number of runs.
    engine
        `serial` here, `pool` in processes, `dask` on a cluster; `auto` is one of the first two.
    scheduler
        Address of a Dask scheduler; empty starts one here.
    chunk
        Most runs side by side; None gives each worker one chunk, as far as it stays within what is cheap.
    """

    workers: int | None = None
    engine: str = "auto"
    scheduler: str = ""
    chunk: int | None = None

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            near = closest(self.engine, ENGINES)
            raise DesignError([
                Problem("--engine", "there is no such engine", self.engine, ", ".join(ENGINES), near)
            ])  # fmt: skip
        if self.scheduler and self.engine != "dask":
            raise DesignError([Problem("--scheduler", "a scheduler is used by Dask alone", fix="add --engine dask")])

    def processes(self, n_runs: int) -> int:
        """Return the number of processes that simulate so many runs."""
        return self.workers or default_workers(n_runs)


def default_chunk(n_runs: int, workers: int, all_series: bool = True) -> int:
    """Return the most runs of a chunk: one a worker, as far as calls are shared and memory stays within bounds.

    Examples
    --------
    >>> default_chunk(2400, 2), default_chunk(2400, 16), default_chunk(43_008, 2), default_chunk(43_008, 2, False)
    (1200, 150, 1200, 1800)
    """
    return min(max(-(-n_runs // workers), CHUNK // 8), widest_chunk(all_series))


def default_workers(n_runs: int) -> int:
    """Return the number of workers for so many runs: one for a small batch, else one a processor."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 1 if n_runs < SERIAL_BELOW else available
