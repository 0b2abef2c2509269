"""The same bytes from one process, several and a Dask cluster, also when a worker of it is killed."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.support.survivor import disturb, start
from tests.unit.test_runner import write_tiny

from demarche.errors import DesignError
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.results.store import open_results
from demarche.experiment.run.means import Means
from demarche.experiment.run.runner import run_experiment

pytestmark = pytest.mark.long

CONTENT = "scenario: ../scenarios/tiny.yaml\nreplications: 40\nseed: 7\narms: [quiet, vocal]\n"
CHUNK = 8
JOINED = ("outcomes.parquet", "runs.parquet", "calendar.parquet")
SCHEDULER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny(tmp_path_factory.mktemp("cluster"), CONTENT + "record: {series: false, events: true}\n")


@pytest.fixture(scope="module")
def golden(experiment: Path) -> dict[str, str]:
    out = experiment.parent / "golden"
    run_experiment(load_experiment(experiment), out, means=Means(1, "serial", chunk=CHUNK))
    return hashes(out)


def hashes(out: Path) -> dict[str, str]:
    """Return the checksum of every table of results, joined or in shards."""
    paths = sorted(out.rglob("*.parquet"))
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.mark.parametrize("workers", [2, 1])
def test_workers_give_the_same_bytes(experiment: Path, golden: dict[str, str], tmp_path: Path, workers: int) -> None:
    """Those of a cluster are held to it below."""
    batch = start(experiment, tmp_path / "out", workers, "pool", CHUNK)
    told = batch.communicate(timeout=120)[1]
    assert batch.returncode == 0, told
    assert hashes(tmp_path / "out") == golden


@pytest.mark.long
def test_other_chunks_give_the_same_joined_tables(experiment: Path, golden: dict[str, str], tmp_path: Path) -> None:
    run_experiment(load_experiment(experiment), tmp_path / "out", means=Means(1, "serial", chunk=64))
    found = hashes(tmp_path / "out")
    assert found != golden
    assert {name: found[name] for name in JOINED} == {name: golden[name] for name in JOINED}


def test_a_killed_worker_of_a_cluster_costs_nothing(experiment: Path, golden: dict[str, str], tmp_path: Path) -> None:
    batch = start(experiment, tmp_path / "out", 2, "dask", CHUNK, pause=3)
    told = disturb(batch, "worker", random.Random(3), "spawn_main")
    assert (batch.returncode, told) == (0, "")
    assert hashes(tmp_path / "out") == golden
    assert open_results(tmp_path / "out").verify() > 0


@pytest.mark.long
def test_a_scheduler_elsewhere_is_used(experiment: Path, golden: dict[str, str], tmp_path: Path) -> None:
    script = tmp_path / "scheduler.py"
    script.write_text(SCHEDULER, encoding="utf-8")
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path}
    elsewhere = subprocess.Popen(
        [sys.executable, str(script)], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert elsewhere.stdout is not None
    address = elsewhere.stdout.readline().strip()
    code = "import sys; sys.argv[0] = 'demarche'; from demarche.cli.main import main; main()"
    line = ["run", str(experiment), "--out", str(tmp_path / "out"), "--engine", "dask", "--scheduler", address]
    done = subprocess.run(
        [sys.executable, "-c", code, *line, "--no-figures", "--quiet"], env=environment, capture_output=True, text=True
    )
    elsewhere.communicate("stop\n", timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    found = hashes(tmp_path / "out")
    assert {name: found[name] for name in JOINED} == {name: golden[name] for name in JOINED}


def test_without_dask_the_command_that_installs_it_is_told(
    experiment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(DesignError) as caught:
        run_experiment(load_experiment(experiment), tmp_path / "out", means=Means(2, "dask"))
    assert str(caught.value) == "Dask is not installed. Fix: pip install 'demarche[cluster]'."
