"""Memory of runs in flight: what one chunk holds at its height, and the peak of a process that runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from demarche.engine.draws import Draws
from demarche.engine.initial import make_world, world_codes
from demarche.engine.recorder import Recorder
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import simulate_chunk
from tests.benchmarks.tables import Tables, figure, table
from tests.conftest import ROOT

pytestmark = pytest.mark.bench

ARM, ACCOUNT = "as_it_was", "leverage_toolbox"
CHUNKS = (2, 64, 256, 512)
PROCESS = """
import re, sys
from pathlib import Path
from demarche.engine.setup import Runs
from demarche.engine.simulate import simulate_chunk
from demarche.cast.cast import load_cast
from tests.conftest import ROOT, make_setup
n = int(sys.argv[1])
setup = make_setup(load_cast(ROOT / "scenarios" / "casts" / "china_1989.yaml"), int(sys.argv[2]))
simulate_chunk(setup, Runs(["as_it_was"] * n, ["leverage_toolbox"] * n, list(range(n))))
print(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def kib(work: Callable[[], object], peak: bool) -> float:
    """Return KiB that a piece of work leaves behind with its result, or holds at its height."""
    tracemalloc.start()
    kept = work()
    now, height = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return (height if peak else now) / 1024


def resident(n_runs: int, n_steps: int) -> float:
    """Return the peak resident MiB of a process that simulates one chunk.

    Read from Linux's account of the process itself: `ru_maxrss` would begin with the parent's peak.
    """
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    words = [sys.executable, "-c", PROCESS, str(n_runs), str(n_steps)]
    done = subprocess.run(words, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def test_memory_of_runs_in_flight(setup: Setup, benchmark: BenchmarkFixture, tables: Tables) -> None:
    codes, calendar, steps = world_codes(setup.cast), setup.arms[ARM].calendar, setup.period.n_steps

    def chunk(n: int) -> tuple[float, float, float, float]:
        draws = Draws(list(range(n)), codes)
        world = kib(lambda: make_world(setup.cast, n, draws, calendar), peak=False)
        series = kib(lambda: Recorder(codes, steps, n), peak=False)
        runs = Runs([ARM] * n, [ACCOUNT] * n, list(range(n)))
        return world / n, series / n, kib(lambda: simulate_chunk(setup, runs), peak=True) / n, resident(n, steps)

    chunk(2)  # what is read and kept once, quantiles for example, is no part of a run
    sizes = benchmark.pedantic(lambda: {n: chunk(n) for n in CHUNKS}, rounds=1, iterations=1)
    head = ("runs side by side", "world, KiB per run", "series, KiB per run", "height, KiB per run",
            "peak of a fresh process, MiB")  # fmt: skip
    rows = [(str(n), *(figure(value) for value in found)) for n, found in sizes.items()]
    tables.show("memory", table(head, rows))
    per_run = [found[2] for found in sizes.values()]
    assert per_run[-1] <= 1.1 * per_run[1]
