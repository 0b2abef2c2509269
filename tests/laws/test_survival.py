"""A batch survives: its parent, its workers or both are killed, and `resume` gives the same table to the byte."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.support.survivor import disturb, start
from tests.unit.test_runner import write_tiny

from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.results.store import open_results
from demarche.experiment.run.means import Means
from demarche.experiment.run.runner import resume, run_experiment
from demarche.experiment.run.status import status_of

pytestmark = pytest.mark.long

WORKERS = 2
CHUNK = 8
RUNS = 160
CONTENT = "scenario: ../scenarios/tiny.yaml\nreplications: 40\nseed: 7\narms: [quiet, vocal]\n"


@pytest.fixture(scope="module")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny(tmp_path_factory.mktemp("survival"), CONTENT + "record: {series: false, events: false}\n")


@pytest.fixture(scope="module")
def undisturbed(experiment: Path) -> bytes:
    report = run_experiment(load_experiment(experiment), experiment.parent / "undisturbed", means=Means(1))
    return (report.path / "outcomes.parquet").read_bytes()


def attempts_in(ledger: Path) -> tuple[int, int]:
    """Return how many chunks were begun again, and how many runs are in more or less than one chunk."""
    with sqlite3.connect(ledger) as connection:
        (again,) = connection.execute("SELECT SUM(attempts - 1) FROM chunks").fetchone()
        query = (
            "SELECT COUNT(*) FROM runs WHERE status != 'done' OR "
            "(SELECT COUNT(*) FROM chunks WHERE chunks.chunk = runs.chunk AND chunks.status = 'done') != 1"
        )
        (odd,) = connection.execute(query).fetchone()
    connection.close()
    return again, odd


def check_survival(experiment: Path, out: Path, undisturbed: bytes, victims: Sequence[str], seed: int) -> None:
    """Start the batch as often as it is disturbed, each time a few chunks further, and go on with it to the end."""
    luck = random.Random(seed)
    for victim in victims:
        batch = start(experiment, out, WORKERS, "pool", CHUNK, pause=luck.randrange(1, 12 // len(victims) + 1))
        told = disturb(batch, victim, luck)
        assert (batch.returncode == 0) == (victim == "worker"), told
    report = resume(out, means=Means(WORKERS, "pool"))
    assert (report.path / "outcomes.parquet").read_bytes() == undisturbed
    again, odd = attempts_in(out / "ledger.sqlite")
    assert odd == 0
    assert again <= WORKERS * len(victims)
    assert open_results(out).verify() > 0
    assert not list(out.rglob("*.part"))
    assert not (out / "unfinished").exists()


@pytest.mark.parametrize("seed", range(100, 105))
def test_a_batch_survives_at_twenty_random_moments(
    experiment: Path, tmp_path: Path, undisturbed: bytes, seed: int
) -> None:
    """Four a batch, one after another; a batch that loses a worker goes on to its end, so that comes last."""
    victims = ["both", "parent", ("parent", "both")[seed % 2], "worker"]
    check_survival(experiment, tmp_path / "out", undisturbed, victims, seed)


def test_a_larger_design_that_is_killed_leaves_the_smaller_results_readable(
    experiment: Path, tmp_path: Path, undisturbed: bytes
) -> None:
    out = tmp_path / "out"
    small = experiment.with_name("small.yaml")
    small.write_text(experiment.read_text(encoding="utf-8").replace("40", "16"), encoding="utf-8")
    run_experiment(load_experiment(small), out, means=Means(1))
    before = open_results(out).outcomes()
    disturb(start(experiment, out, WORKERS, "pool", CHUNK, pause=4), "both", random.Random(5))
    assert open_results(out).outcomes().equals(before)
    assert "a larger design was begun" in status_of(out).note
    assert run_experiment(load_experiment(small), out).was_complete
    report = resume(out, means=Means(1))
    assert report.kept >= len(before)
    whole = open_results(out).outcomes()
    pairs = whole.merge(before, on=["arm", "account", "point", "replication"], suffixes=("", "_before"))
    assert (len(whole), len(pairs)) == (RUNS, len(before))
    assert pairs["run"].equals(pairs["run_before"])
    assert pairs["releases"].equals(pairs["releases_before"])
