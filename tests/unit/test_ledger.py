"""The ledger and its plan: seconds of work, attempts and deaths stay with the chunk that they belong to."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from demarche.experiment.chunks import shards
from demarche.experiment.chunks.shards import Failure, Receipt
from demarche.experiment.design.experiment import Experiment, load_experiment
from demarche.experiment.design.table import make_design
from demarche.experiment.ledger.ledger import DONE, FAILED, PENDING, Chunk, Ledger
from demarche.experiment.ledger.plan import lay_out, reopen, split
from demarche.experiment.run.means import Means
from demarche.experiment.run.runner import run_experiment
from tests.unit.test_runner import write_tiny


@pytest.fixture
def ledger(tmp_path: Path):
    """Two chunks of four runs, the first tried twice and once the end of its worker."""
    with Ledger.create(tmp_path / "ledger.sqlite") as made:
        with made.transaction():
            made.put_chunks([Chunk(0, 0, 3, 4, attempts=2, deaths=1), Chunk(1, 4, 7, 4)])
            made.put("runs", ((run, run, f"key{run}", run // 4, PENDING, None) for run in range(8)))
        yield made


def failed(chunk: int, runs: tuple[int, ...], seconds: float) -> Receipt:
    return Receipt(chunk, seconds, (), (Failure(runs, "ValueError", "too large"),))


def statuses(ledger: Ledger) -> dict[int, str]:
    return dict(ledger.rows("SELECT run, status FROM runs"))


def test_a_receipt_leaves_its_seconds_and_its_failures(ledger: Ledger) -> None:
    with ledger.transaction():
        ledger.record(failed(0, (1, 2), 12.5))
        ledger.record(Receipt(1, 7.25))
    assert [(ledger.chunk(n).cpu_seconds, ledger.chunk(n).status) for n in (0, 1)] == [(12.5, DONE), (7.25, DONE)]
    assert statuses(ledger) == {0: DONE, 1: FAILED, 2: FAILED, **dict.fromkeys((3, 4, 5, 6, 7), DONE)}
    assert ledger.counts() == {"total": 8, PENDING: 0, DONE: 6, FAILED: 2, "killed": 0}


def test_runs_tried_again_start_without_deaths(ledger: Ledger) -> None:
    """Deaths that a chunk met tell nothing of those of its runs that failed by themselves."""
    with ledger.transaction():
        ledger.record(failed(0, (1, 2), 12.5))
        waiting = reopen(ledger, failed=True)
    assert waiting == [2, 1]
    chunk = ledger.chunk(2)
    assert (chunk.first, chunk.last, chunk.count, chunk.attempts, chunk.deaths) == (1, 2, 2, 2, 0)
    rest = ledger.chunk(0)
    assert (rest.count, rest.deaths, rest.cpu_seconds, rest.status) == (2, 1, 12.5, DONE)


def test_seconds_of_a_chunk_whose_runs_all_failed_are_kept_when_they_are_tried_again(ledger: Ledger) -> None:
    with ledger.transaction():
        ledger.record(failed(0, (0, 1, 2, 3), 12.5))
        again, _ = reopen(ledger, failed=True)
        assert [row[0] for row in ledger.runs_of(ledger.chunk(again))] == [0, 1, 2, 3]
        assert ledger.chunk_numbers(DONE) == []
        halves = split(ledger, ledger.chunk(again))
        assert sum(ledger.chunk(number).cpu_seconds for number in halves) == 12.5
        for number in halves:
            ledger.record(Receipt(number, 2.25))
    assert sum(ledger.rows("SELECT SUM(cpu_seconds) FROM chunks")[0]) == 12.5 + 2 * 2.25
    assert ledger.counts()[DONE] == 4


def test_halves_of_a_chunk_inherit_its_deaths(ledger: Ledger) -> None:
    """A worker that ended over a chunk ended over one of its halves; so the count that ends in blame goes on."""
    chunk = dataclasses.replace(ledger.chunk(0), deaths=2)
    with ledger.transaction():
        halves = [ledger.chunk(number) for number in split(ledger, chunk)]
    assert [(half.first, half.last, half.count, half.deaths) for half in halves] == [(0, 1, 2, 2), (2, 3, 2, 2)]
    assert all(half.status == PENDING and half.attempts == 2 for half in halves)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    return load_experiment(write_tiny(tmp_path_factory.mktemp("tiny")))


def test_runs_that_keep_company_are_cut_into_even_chunks(tiny: Experiment, tmp_path: Path) -> None:
    """Seven replications of three arms in two accounts, all of which keep company: eleven chunks of four at most."""
    design = make_design(dataclasses.replace(tiny, replications=7))
    ends = [0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 39, 42]
    expected = [list(range(start, end)) for start, end in itertools.pairwise(ends)]
    with Ledger.create(tmp_path / "ledger.sqlite") as ledger:
        with ledger.transaction():
            lay_out(ledger, design, chunk=4)
        chunks = [ledger.chunk(number) for number in range(11)]
        assert [[row[0] for row in ledger.runs_of(chunk)] for chunk in chunks] == expected
        assert [(c.first, c.last, c.count) for c in chunks] == [(runs[0], runs[-1], len(runs)) for runs in expected]
        assert sorted(ledger.chunk_numbers(PENDING)) == list(range(11))
        rows = [row for chunk in chunks for row in ledger.runs_of(chunk)]
    keys = design.keys(np.array([row[1] for row in rows]))
    assert [row[2] for row in rows] == list(keys)
    assert sorted(row[1] for row in rows) == list(range(42))


@pytest.mark.long
def test_all_seconds_of_all_chunks_and_sessions_are_told(
    tiny: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that moves on by 1.5 at every look: each chunk is looked at twice, so it takes 1.5."""
    clock = itertools.count(step=1.5)
    monkeypatch.setattr(shards, "time", SimpleNamespace(process_time=lambda: next(clock)))
    means = Means(workers=1, chunk=2)
    first = run_experiment(tiny, tmp_path / "results", means=means).manifest
    n_chunks = len({file.file for file in first.files if file.table == shards.PARTS})
    assert n_chunks > 3
    assert first.cpu_seconds == 1.5 * n_chunks
    larger = run_experiment(dataclasses.replace(tiny, replications=5), tmp_path / "results", means=means).manifest
    n_more = len({file.file for file in larger.files if file.table == shards.PARTS})
    assert n_more > n_chunks
    assert larger.cpu_seconds == 1.5 * n_more
