"""What a user waits for before anything happens: fresh processes, CPU time of the children."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.measuring import children_time, in_turn
from tests.benchmarks.tables import Tables, ratios, spread, table
from tests.conftest import ROOT

pytestmark = pytest.mark.bench

ROUNDS = 7
BARE_APP = """
import typer
app = typer.Typer()
@app.command()
def one(): 'Do one thing.'
@app.command()
def two(): 'Do another thing.'
app(['--help'])
"""
HELP = "from demarche.cli.main import app; app(['--help'])"
BARE, OURS, EAGER = "bare typer app of two commands, `--help`", "`demarche --help`", "the same with eager imports"
SOURCES = {
    "Python alone": "",
    BARE: BARE_APP,
    "`import demarche`": "import demarche",
    OURS: HELP,
    EAGER: f"import numpy, pandas, seaborn, mesa, pyarrow\n{HELP}",
    "`import demarche.engine.simulate`": "import demarche.engine.simulate",
    "`import demarche.mesa_model`": "import demarche.mesa_model",
}
GOAL_BARE, GOAL_EAGER = 1.5, 0.2


def start(source: str) -> None:
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "MPLBACKEND": "Agg"}
    subprocess.run([sys.executable, "-c", source], env=environment, stdout=subprocess.DEVNULL, check=True)


def test_start_up(benchmark: BenchmarkFixture, tables: Tables) -> None:
    for source in SOURCES.values():
        start(source)  # byte code is written and files are in the cache
    work = {name: (lambda source=source: start(source)) for name, source in SOURCES.items()}
    times = in_turn(benchmark, work, ROUNDS, clock=children_time)
    against = ratios(times, BARE)
    rows = [(name, spread(1e3 * t for t in times[name]), spread(against[name])) for name in times]
    tables.show("start-up", table(("what starts", "CPU ms", "times the bare app"), rows))
    assert statistics.median(against[OURS]) <= GOAL_BARE
    assert statistics.median(ratios(times, EAGER)[OURS]) <= GOAL_EAGER
