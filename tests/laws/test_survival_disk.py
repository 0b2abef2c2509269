"""A full disk, flipped bits and two processes on one folder: nothing recorded is lost, no wrong number is shown."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.support.survivor import start
from tests.unit.test_runner import write_tiny

from demarche.errors import DemarcheError, ResultsWarning, StoreError
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.ledger.ledger import Ledger
from demarche.experiment.results.store import open_results
from demarche.experiment.run.means import Means, Progress
from demarche.experiment.run.runner import resume, run_experiment

pytestmark = pytest.mark.long

CONTENT = "scenario: ../scenarios/tiny.yaml\nreplications: 12\nseed: 7\narms: [quiet, vocal]\n"
CHUNK = 3
FLIPS = 200
RACES = 20


@pytest.fixture(scope="module")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny(tmp_path_factory.mktemp("disk"), CONTENT)


@pytest.fixture(scope="module")
def finished(experiment: Path) -> Path:
    out = experiment.parent / "finished"
    return run_experiment(load_experiment(experiment), out, means=Means(1, chunk=CHUNK)).path


@pytest.fixture(scope="module")
def interrupted(experiment: Path) -> Path:
    """Return a folder in which half of the chunks are done."""
    out = experiment.parent / "interrupted"

    def stop(progress: Progress) -> None:
        if progress.done == 24:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_experiment(load_experiment(experiment), out, means=Means(1, chunk=CHUNK), progress=stop)
    return out


def numbers_of(root: Path) -> list[bytes]:
    """Read every number of results, as someone would who shows them."""
    results = open_results(root)
    tables = (results.runs(), results.outcomes(), results.series(), results.events(), results.calendar())
    numbers = [table.to_csv().encode() for table in tables]
    results.verify()
    return numbers


def flip(path: Path, luck: random.Random) -> bytes:
    """Flip one bit of a file and return its bytes as they were."""
    whole = path.read_bytes()
    content = bytearray(whole)
    content[luck.randrange(len(content))] ^= 1 << luck.randrange(8)
    path.write_bytes(content)
    return whole


def test_no_flipped_bit_goes_unnoticed_before_a_number_is_shown(finished: Path, tmp_path: Path) -> None:
    root = shutil.copytree(finished, tmp_path / "results")
    luck = random.Random(11)
    shards = sorted(root.rglob("*.parquet"))
    for number in range(FLIPS):
        path = (root / "manifest.json", root / "ledger.sqlite", luck.choice(shards))[number % 3]
        whole = flip(path, luck)
        with pytest.raises((StoreError, ResultsWarning)):  # without its ledger a folder is read, and says so
            numbers_of(root)
        path.write_bytes(whole)
    assert len(numbers_of(root)) == 5


def test_no_flipped_bit_of_an_interrupted_batch_changes_a_number(
    experiment: Path, finished: Path, interrupted: Path, tmp_path: Path
) -> None:
    expected = (finished / "outcomes.parquet").read_bytes()
    luck = random.Random(12)
    refused = 0
    for number in range(8):
        root = shutil.copytree(interrupted, tmp_path / str(number))
        ledger = sorted((root / "unfinished").glob("ledger.sqlite*"))
        flip(luck.choice((*ledger, *ledger, *sorted(root.glob("outcomes/*")))), luck)
        try:
            report = resume(root, means=Means(1))
        except StoreError:
            refused += 1
        else:
            assert (report.path / "outcomes.parquet").read_bytes() == expected
    assert refused < 8


def test_every_byte_of_the_ledgers_rows_is_sealed(interrupted: Path, tmp_path: Path) -> None:
    """Change the ledger through SQLite itself, which keeps its pages in order: the seals notice."""
    import sqlite3

    changes = (
        "UPDATE runs SET status = 'done' WHERE run = 40",
        "UPDATE runs SET key = 'other' WHERE run = 0",
        "UPDATE chunks SET count = count + 1 WHERE chunk = 3",
        "UPDATE chunks SET files = replace(files, 'part-00001', 'part-00002')",
        "UPDATE facts SET value = 'other' WHERE name = 'rules'",
        "DELETE FROM runs WHERE run = 47",
        "DELETE FROM chunks WHERE chunk = 15",
        "DELETE FROM facts WHERE name = 'sum'",
        "INSERT INTO failures SELECT 7, 'a', 'b', 'c', seal FROM runs WHERE run = 1",
    )
    for number, change in enumerate(changes):
        root = shutil.copytree(interrupted, tmp_path / str(number))
        path = root / "unfinished" / "ledger.sqlite"
        Ledger.open(path).close()
        with sqlite3.connect(path) as connection:
            connection.execute(change)
        connection.close()
        with pytest.raises(StoreError, match="the ledger is damaged"):
            Ledger.open(path)


@pytest.mark.parametrize(("engine", "after", "limit"), [("serial", 3, 4096), ("serial", 9, 30_000), ("pool", 5, 4096)])
def test_a_disk_that_fills_up_loses_nothing(
    experiment: Path, finished: Path, tmp_path: Path, engine: str, after: int, limit: int
) -> None:
    out = tmp_path / "out"
    batch = start(experiment, out, 2, engine, CHUNK, f"{after}:{limit}")
    told = batch.communicate(timeout=120)[1]
    assert batch.returncode == 5, told
    assert len(told.strip().splitlines()) == 1, told
    assert "what was written is kept" in told
    with Ledger.open(out / "unfinished" / "ledger.sqlite") as ledger:
        done = ledger.counts()["done"]
    assert done >= (after - 1) * CHUNK
    report = resume(out, means=Means(1))
    assert report.kept == done
    assert report.repaired == 0
    assert (out / "outcomes.parquet").read_bytes() == (finished / "outcomes.parquet").read_bytes()


RACER = """
import sys
from pathlib import Path
from demarche.errors import BusyError
from demarche.experiment.tables.files import lock
folder = Path(sys.argv[1])
print("here", flush=True)
for line in sys.stdin:
    try:
        with lock(folder):
            print("holds", flush=True)
            sys.stdin.readline()
        print("free", flush=True)
    except BusyError as error:
        print(error.problems[0].found, flush=True)
"""


def racer(folder: Path) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    made = subprocess.Popen(
        [sys.executable, "-c", RACER, str(folder)],
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert hear(made) == "here"
    return made


def say(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_of_two_that_race_for_a_folder_one_is_told_who_holds_it(tmp_path: Path) -> None:
    pair = [racer(tmp_path), racer(tmp_path)]
    for _ in range(RACES):
        for process in pair:
            say(process)
        told = [hear(process) for process in pair]
        winner = told.index("holds")
        assert told[1 - winner].startswith(f"process {pair[winner].pid} on "), told
        say(pair[winner])
        assert hear(pair[winner]) == "free"
    say(pair[0])
    assert hear(pair[0]) == "holds"
    pair[0].kill()
    pair[0].wait()
    say(pair[1])
    assert hear(pair[1]) == "holds", "a dead owner needs no manual unlock"
    pair[1].kill()
    for process in pair:
        process.communicate()


def test_a_second_batch_is_told_and_changes_nothing(experiment: Path, finished: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = start(experiment, out, 1, "serial", CHUNK)
    assert first.stdout is not None
    first.stdout.readline()
    with pytest.raises(DemarcheError, match=f"process {first.pid} on ") as caught:
        run_experiment(load_experiment(experiment), out)
    assert caught.value.exit_code == 4
    first.communicate(timeout=120)
    assert first.returncode == 0
    assert (out / "outcomes.parquet").read_bytes() == (finished / "outcomes.parquet").read_bytes()
