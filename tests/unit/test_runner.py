"""Design and runner: identities, chunks, workers, failures, interruption."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
import platform
import shutil
from collections.abc import Callable, Hashable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from demarche import __version__
from demarche.analysis.side_by_side import Workers
from demarche.engine.setup import Runs
from demarche.engine.simulate import CHUNK, simulate_chunk
from demarche.errors import BusyError, DesignError, DiskError, RunError, StoreError
from demarche.experiment.chunks import pool, shards
from demarche.experiment.chunks.engines import Here
from demarche.experiment.chunks.pool import Pool, start_method
from demarche.experiment.chunks.shards import MAX_ALONE, Task
from demarche.experiment.design.experiment import Experiment, Record, Vary, load_experiment
from demarche.experiment.design.find import methods
from demarche.experiment.design.methods import latin_hypercube
from demarche.experiment.design.seeds import replication_seed
from demarche.experiment.design.table import make_design
from demarche.experiment.ledger.ledger import Ledger
from demarche.experiment.ledger.plan import chunk_sizes
from demarche.experiment.results.store import open_results
from demarche.experiment.run import session
from demarche.experiment.run.folder import make_folder
from demarche.experiment.run.means import Means, Progress, default_workers
from demarche.experiment.run.runner import job_of, resume, run_experiment
from demarche.experiment.tables import files
from demarche.experiment.tables.files import lock
from tests.conftest import ROOT

SCENARIO = """\
title: A tiny case
cast: casts/china_1989.yaml
period: {start: 1990-01, end: 1990-12}
accounts: [strategic_target, domestic_engine]
arms:
  quiet: {channel_mix: {all_senders: {quiet: 1.0}}}
  vocal: {channel_mix: {all_senders: {vocal: 1.0}}}
  as_it_was: {}
outcomes: [releases, sponsors]
"""
EXPERIMENT = """\
scenario: ../scenarios/tiny.yaml
replications: 3
seed: 7
"""


THREES = Means(1, chunk=3)
"""One worker, and chunks of three runs: those of one arm and account, as the experiment has three replications."""


FOUR_RUNS = """
scenario: ../scenarios/tiny.yaml
replications: 2
seed: 7
arms: [quiet, vocal]
accounts: [strategic_target]
"""


def write_tiny(folder: Path, experiment: str = EXPERIMENT, scenario: str = SCENARIO) -> Path:
    """Write a scenario, of one year unless given, with its cast, and an experiment; return the experiment file."""
    shutil.copytree(ROOT / "scenarios" / "casts", folder / "scenarios" / "casts")
    (folder / "scenarios" / "tiny.yaml").write_text(scenario, encoding="utf-8")
    (folder / "experiments").mkdir()
    path = folder / "experiments" / "tiny.yaml"
    path.write_text(experiment, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    return load_experiment(write_tiny(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="module")
def two_arms(tiny: Experiment) -> Experiment:
    return dataclasses.replace(tiny, arms=("quiet", "vocal"))


@pytest.fixture(scope="module")
def reference(two_arms: Experiment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reference") / "results"
    run_experiment(two_arms, out, means=THREES)
    return out


def varied(tiny: Experiment, design: str = "factorial", keys: dict[str, int] | None = None, **vary: Vary) -> Experiment:
    paths = ["senders.attention_starts.spread", "senders.shock_seen.strength"][: len(vary)]  # both 1 at default
    options = methods()[design].keys(**(keys or {}))
    return dataclasses.replace(
        tiny, vary=dict(zip(paths, vary.values(), strict=True)), design=design, options=options
    )


def tables_of(root: Path) -> dict[str, bytes]:
    names = [path for path in root.rglob("*.parquet") if "unfinished" not in path.parts]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in names}


def test_replications_share_their_seed_in_every_arm_and_account(tiny: Experiment) -> None:
    design = make_design(tiny)
    runs, index = design.to_runs(), design.index(np.arange(len(design)))
    assert len(design) == 3 * 2 * 3 == len(set(design.keys()))
    assert runs.seed == [replication_seed(7, int(k)) for k in index["replication"]]
    assert len(set(runs.seed)) == 3
    assert all(0 <= seed < 2**63 for seed in runs.seed)


def test_identity_follows_the_row_and_not_its_place(tiny: Experiment) -> None:
    keys = set(make_design(tiny).keys())
    fewer = dataclasses.replace(tiny, arms=("vocal",), replications=2)
    assert set(make_design(fewer).keys()) < keys
    assert not keys & set(make_design(dataclasses.replace(tiny, seed=8)).keys())
    other = dataclasses.replace(tiny, scenario=dataclasses.replace(tiny.scenario, digest="other"))
    assert not keys & set(make_design(other).keys())
    at_default = varied(tiny, a=Vary((0.5, 1.0)))
    assert keys < set(make_design(at_default).keys())
    some = varied(tiny, a=Vary((0.5, 0.75)))
    assert not keys & set(make_design(some).keys())


def test_layouts_of_points(tiny: Experiment) -> None:
    full = make_design(varied(tiny, "factorial", a=Vary((0.0, 1.0)), b=Vary((1.0, 1.5, 2.0))))
    assert full.points.tolist() == [[0, 1], [0, 1.5], [0, 2], [1, 1], [1, 1.5], [1, 2]]
    listed = make_design(varied(tiny, "list", a=Vary((0.0, 1.0)), b=Vary((1.0, 2.0))))
    assert listed.points.tolist() == [[0, 1], [1, 2]]
    sampled = make_design(varied(tiny, "latin_hypercube", {"points": 8}, a=Vary((), 1.0, 2.0), b=Vary((0.0, 1.0))))
    assert sorted(np.floor((sampled.points[:, 0] - 1) * 8)) == list(range(8))
    assert sorted(sampled.points[:, 1]) == [0] * 4 + [1] * 4
    values = sampled.to_runs([0, 3]).values
    assert np.array_equal(values[sampled.parameters[0]], sampled.points[[0, 1], 0])


def test_latin_hypercube_depends_on_the_seed_alone() -> None:
    assert np.array_equal(latin_hypercube.sample(3, 10, 5), latin_hypercube.sample(3, 10, 5))
    assert not np.array_equal(latin_hypercube.sample(3, 10, 5), latin_hypercube.sample(3, 10, 6))


def test_an_empty_design_is_refused(tiny: Experiment) -> None:
    with pytest.raises(DesignError, match="cannot be laid out"):
        make_design(dataclasses.replace(tiny, arms=()))


@pytest.mark.long
def test_chunks_hold_runs_that_keep_company_and_cover_the_design(tiny: Experiment, tmp_path: Path) -> None:
    report = run_experiment(tiny, tmp_path / "out", means=Means(1, chunk=2))
    runs = open_results(report.path).runs()
    with Ledger.open(report.path / "ledger.sqlite", finished=True) as ledger:
        chunks = [ledger.runs_of(ledger.chunk(number)) for number in ledger.chunk_numbers("done")]
    assert sorted(row[0] for rows in chunks for row in rows) == list(range(18))
    assert [len(rows) for rows in chunks] == [2] * 9
    assert any(runs.iloc[[row[0] for row in rows]]["account"].nunique() > 1 for rows in chunks), "accounts are mixed"
    together = run_experiment(tiny, tmp_path / "together", means=Means(1))
    assert together.manifest.runs["done"] == 18
    with Ledger.open(together.path / "ledger.sqlite", finished=True) as ledger:
        assert [ledger.chunk(number).count for number in ledger.chunk_numbers("done")] == [18]
    whole, parts = open_results(together.path), open_results(report.path)
    pd.testing.assert_frame_equal(whole.outcomes(), parts.outcomes())


def test_chunks_are_even_and_as_wide_as_is_cheap() -> None:
    for n_runs in (*range(1, 40), 100, CHUNK, CHUNK + 1, 600, 10_752, 43_008):
        sizes = chunk_sizes(n_runs)
        assert sum(sizes) == n_runs
        assert max(sizes) - min(sizes) <= 1
        assert min(n_runs, CHUNK // 2) <= min(sizes) <= max(sizes) <= CHUNK


def test_small_batches_are_serial_and_workers_never_start_by_the_default_method() -> None:
    assert default_workers(199) == 1
    assert default_workers(5000) >= 1
    assert start_method() in ("forkserver", "spawn")


@pytest.mark.long
def test_workers_do_not_change_a_byte(two_arms: Experiment, reference: Path, tmp_path: Path) -> None:
    report = run_experiment(two_arms, tmp_path / "two", means=Means(2, "pool", chunk=3))
    assert report.manifest.runs == {"total": 12, "done": 12, "failed": 0, "killed": 0}
    assert tables_of(tmp_path / "two") == tables_of(reference)


@pytest.mark.long
@pytest.mark.parametrize("chunk", [7, 64, 256])
def test_chunks_do_not_change_a_byte_of_joined_tables(
    two_arms: Experiment, tmp_path_factory: pytest.TempPathFactory, chunk: int
) -> None:
    many = dataclasses.replace(two_arms, replications=70, record=Record(False, False))
    whole = tmp_path_factory.getbasetemp() / "whole"
    run_experiment(many, whole, means=Means(1, chunk=100))
    out = tmp_path_factory.mktemp("chunks") / "out"
    run_experiment(many, out, means=Means(2, chunk=chunk))
    for name in ("outcomes.parquet", "runs.parquet", "calendar.parquet"):
        assert (out / name).read_bytes() == (whole / name).read_bytes(), name

def test_progress_counts_every_run(two_arms: Experiment, tmp_path: Path) -> None:
    told: list[Progress] = []
    run_experiment(dataclasses.replace(two_arms, replications=1), tmp_path / "out", progress=told.append)
    assert [progress.done for progress in told] == [0, 4]
    assert {progress.total for progress in told} == {4}


@pytest.mark.long
def test_an_interrupted_batch_goes_on_where_it_was(two_arms: Experiment, reference: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def stop(progress: Progress) -> None:
        if progress.done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt, match=r"^6 of \d+ runs are written and kept$"):
        run_experiment(two_arms, out, progress=stop, means=THREES)
    before = tables_of(out)
    assert len(before) == 2 * 3
    report = run_experiment(two_arms, out, means=THREES)
    assert (report.kept, report.was_complete) == (6, False)
    assert tables_of(out) == tables_of(reference)
    assert before.items() <= tables_of(out).items()
    assert not (out / "unfinished").exists()


def test_the_same_command_twice_does_nothing_twice(two_arms: Experiment, reference: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in reference.rglob("*.parquet")}
    report = run_experiment(two_arms, reference)
    assert report.was_complete
    assert before == {path: path.stat().st_mtime_ns for path in reference.rglob("*.parquet")}


def test_other_content_is_never_overwritten(two_arms: Experiment, reference: Path, tmp_path: Path) -> None:
    before = tables_of(reference)
    with pytest.raises(DesignError, match="another seed") as caught:
        run_experiment(dataclasses.replace(two_arms, seed=8), reference)
    assert all(word in str(caught.value) for word in ("--out", "Found: 7", "Expected: 8"))
    with pytest.raises(DesignError, match="another choice of tables"):
        run_experiment(dataclasses.replace(two_arms, record=Record(False, True)), reference)
    other = dataclasses.replace(two_arms.scenario, digest="f" * 64)
    with pytest.raises(DesignError, match="another scenario") as caught:
        run_experiment(dataclasses.replace(two_arms, scenario=other), reference)
    assert f"Found: {two_arms.scenario.digest}   Expected: {'f' * 64}" in str(caught.value)
    assert not (reference / "unfinished").exists()
    assert tables_of(reference) == before
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DesignError, match="holds other files"):
        run_experiment(two_arms, tmp_path)
    with pytest.raises(DesignError, match="a file, not a folder"):
        run_experiment(two_arms, tmp_path / "notes.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_smaller_design_is_refused(two_arms: Experiment, reference: Path, tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_experiment(two_arms, tmp_path / "out", progress=stop)
    for root in (tmp_path / "out", reference):
        with pytest.raises(DesignError, match="4 runs that this design does not have"):
            run_experiment(dataclasses.replace(two_arms, replications=2), root)


def test_other_rules_are_refused_with_the_version_that_began(
    two_arms: Experiment, reference: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("demarche.rules.find.rules_digest", lambda: "e" * 64)
    with pytest.raises(DesignError, match="another version of the rules") as caught:
        run_experiment(two_arms, reference)
    assert f"Demarche {__version__} began it and this is {__version__}; changed since: " in str(caught.value)


@pytest.mark.long
def test_a_larger_design_extends_a_folder(two_arms: Experiment, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_experiment(two_arms, out)
    before, shards_before = open_results(out).outcomes(), tables_of(out)
    larger = dataclasses.replace(two_arms, arms=("as_it_was", "quiet", "vocal"), replications=4)
    report = run_experiment(larger, out)
    assert (report.kept, report.manifest.runs["total"]) == (12, 24)
    parts = {name: content for name, content in shards_before.items() if "part-" in name}
    assert parts.items() <= tables_of(out).items()
    fresh = open_results(run_experiment(larger, tmp_path / "fresh").path).outcomes()
    extended = open_results(out).outcomes()
    assert extended["run"].tolist() == list(range(24))
    keys = ["arm", "account", "point", "replication"]
    sides = [frame.drop(columns="run").sort_values(keys, ignore_index=True) for frame in (extended, fresh)]
    assert sides[0].equals(sides[1])
    kept = extended[extended["run"] < 12].drop(columns="point")
    assert kept.equals(before.drop(columns="point"))
    series = open_results(out).series(["core_practice"])
    assert sorted(set(series["run"])) == list(range(24))


@pytest.mark.long
def test_a_failing_chunk_is_data_and_the_rest_goes_on(
    two_arms: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_vocal(setup: object, runs: Runs, **options: bool) -> object:
        if ("vocal", "domestic_engine") in zip(runs.arm, runs.account, strict=True):
            raise ValueError("a share left its range")
        return simulate_chunk(setup, runs, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(shards, "simulate_chunk", fail_vocal)
    report = run_experiment(two_arms, tmp_path / "out")
    assert report.manifest.runs == {"total": 12, "done": 9, "failed": 3, "killed": 0}
    results = open_results(tmp_path / "out")
    failed = results.runs().query("status == 'failed'")
    assert set(failed["arm"]) == {"vocal"}
    assert set(failed["exception"]) == {"ValueError"}
    assert set(failed["message"]) == {"a share left its range"}
    assert failed["traceback"].str.contains("fail_vocal").all()
    assert failed["repeat"].tolist() == [f"demarche results rerun RESULTS --run {run}" for run in failed["run"]]
    assert sorted(results.outcomes()["run"]) == list(range(9)) == sorted(set(results.series()["run"]))
    assert run_experiment(two_arms, tmp_path / "out").was_complete
    monkeypatch.setattr(shards, "simulate_chunk", simulate_chunk)
    again = run_experiment(two_arms, tmp_path / "out", failed=True)
    assert (again.kept, again.manifest.runs["failed"]) == (9, 0)
    assert open_results(tmp_path / "out").outcomes()["run"].tolist() == list(range(12))


@pytest.mark.long
def test_only_the_run_that_fails_is_lost(
    two_arms: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = {replication_seed(7, 5), replication_seed(7, 11)}

    def fail(setup: object, runs: Runs, **options: bool) -> object:
        if runs.arm[0] == "quiet" and bad & set(runs.seed):
            raise ValueError("a share left its range")
        return simulate_chunk(setup, runs, **options)  # type: ignore[arg-type]

    many = dataclasses.replace(two_arms, replications=16, accounts=("domestic_engine",))
    whole = open_results(run_experiment(many, tmp_path / "whole").path)
    monkeypatch.setattr(shards, "simulate_chunk", fail)
    results = open_results(run_experiment(many, tmp_path / "out").path)
    assert results.runs().query("status != 'done'")["run"].tolist() == [5, 11]
    outcomes = whole.outcomes()
    left = outcomes[~outcomes["run"].isin([5, 11])].reset_index(drop=True)
    assert results.outcomes().equals(left)
    assert results.events().equals(whole.events()[~whole.events()["run"].isin([5, 11])].reset_index(drop=True))
    monkeypatch.setattr(shards, "simulate_chunk", simulate_chunk)
    run_experiment(many, tmp_path / "out", failed=True)
    assert tables_of(tmp_path / "out")["outcomes.parquet"] == tables_of(tmp_path / "whole")["outcomes.parquet"]


def test_when_all_runs_fail_few_are_tried_alone(
    two_arms: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def fail(setup: object, runs: Runs, **options: bool) -> object:
        calls.append(len(runs))
        raise ValueError("nothing works")

    monkeypatch.setattr(shards, "simulate_chunk", fail)
    many = dataclasses.replace(two_arms, replications=256, arms=("quiet",), accounts=("domestic_engine",))
    report = run_experiment(many, tmp_path / "out", workers=1)
    assert report.failed == 256
    assert calls.count(1) == MAX_ALONE
    assert len(calls) < 30
    messages = open_results(report.path).runs()["message"]
    assert messages.iloc[0] == "nothing works"
    assert messages.iloc[-1].endswith("runs side by side; they were not tried one by one)")


class DeadlyRuns(Runs):
    """Runs of which one ends the worker process that simulates it."""

    def groups(self, key: Callable[[str, str], Hashable] | None = None) -> list[NDArray[np.intp]]:
        is_worker = multiprocessing.parent_process() is not None
        if is_worker and ("vocal", "domestic_engine", DEADLY) in zip(self.arm, self.account, self.seed, strict=True):
            os._exit(9)
        return super().groups(key)

    def take(self, rows: NDArray[np.intp]) -> Runs:
        taken = super().take(rows)
        return DeadlyRuns(taken.arm, taken.account, taken.seed, taken.values)


DEADLY = replication_seed(7, 5)


def deadly(task_of: Callable[..., Task]) -> Callable[..., Task]:
    def task(*arguments: object) -> Task:
        made = task_of(*arguments)
        inputs = made.inputs
        return dataclasses.replace(made, inputs=DeadlyRuns(inputs.arm, inputs.account, inputs.seed, inputs.values))

    return task


@pytest.mark.long
def test_a_run_that_ends_its_worker_is_the_only_one_lost(
    two_arms: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = dataclasses.replace(two_arms, replications=8, record=Record(False, False))
    monkeypatch.setattr(session, "task_of", deadly(session.task_of))
    report = run_experiment(many, tmp_path / "out", means=Means(2, "pool"))
    assert report.manifest.runs == {"total": 32, "done": 31, "failed": 1, "killed": 1}
    results = open_results(report.path)
    (row,) = results.runs().query("status != 'done'").to_dict("records")
    assert (row["run"], row["status"], row["exception"]) == (29, "killed", "WorkerDied")
    assert row["message"] == "the run ended its worker process 7 times"
    assert sorted(results.outcomes()["run"]) == [run for run in range(32) if run != 29]


@pytest.mark.long
def test_workers_that_always_end_stop_the_batch(
    two_arms: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "MAX_DEATHS_IN_A_ROW", 2)
    monkeypatch.setattr(session, "task_of", deadly(session.task_of))
    only = dataclasses.replace(two_arms, arms=("vocal",), accounts=("domestic_engine",), replications=6)
    with pytest.raises(RunError, match="2 worker processes ended one after another"):
        run_experiment(only, tmp_path / "out", means=Means(1, "pool"))
    monkeypatch.undo()
    assert run_experiment(only, tmp_path / "out").manifest.runs["done"] == 6


class Stillborn(pool.Worker):
    """A worker that ends before it is ready."""

    def __init__(self, root: Path, checksum: str) -> None:
        super().__init__(root, checksum)
        self.process.kill()


@pytest.mark.long
def test_workers_that_never_are_ready_are_told_as_that(
    two_arms: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "Worker", Stillborn)
    with pytest.raises(RunError, match="3 worker processes ended before they were ready"):
        run_experiment(two_arms, tmp_path / "out", means=Means(1, "pool"))


def _environment(names: list[str]) -> list[str | None]:
    return [os.environ.get(name) for name in names]


@pytest.mark.parametrize("own", [None, "glibc.malloc.check=0"])
@pytest.mark.long
def test_children_keep_their_memory_in_large_pages_unless_the_caller_set_an_allocator(
    monkeypatch: pytest.MonkeyPatch, own: str | None
) -> None:
    names = list(pool.CHILDREN)
    monkeypatch.delenv(pool.ALLOCATOR, raising=False)
    if own is not None:
        monkeypatch.setenv(pool.ALLOCATOR, own)
    before = _environment(names)
    with Workers(2) as workers:
        theirs = workers.begin(_environment, names).result()
    wanted = {**pool.CHILDREN, **({pool.ALLOCATOR: own} if own is not None else {})}
    assert theirs == list(wanted.values())
    assert _environment(names) == before


def _pages_taken_again(rounds: int) -> int:
    """Return how many pages are asked for when 40 million bytes are filled and let go of over and over."""
    import resource

    np.ones(40_000_000, dtype=np.int8)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(rounds):
        np.ones(40_000_000, dtype=np.int8)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the settings are of the C library of Linux")
@pytest.mark.long
def test_a_child_does_not_take_memory_from_the_system_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(pool.ALLOCATOR, raising=False)
    with Workers(2) as workers:
        assert workers.begin(_pages_taken_again, 10).result() < 10


def test_an_error_of_the_file_system_is_raised_not_recorded(
    two_arms: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    replace = os.replace
    monkeypatch.setattr(files.os, "replace", lambda a, b: full() if "part-" in str(b) else replace(a, b))
    with pytest.raises(DiskError, match=r"no space left on device\. Fix: free some space, then repeat") as caught:
        run_experiment(two_arms, tmp_path / "out")
    assert len(str(caught.value).splitlines()) == 1
    monkeypatch.undo()
    report = run_experiment(two_arms, tmp_path / "out")
    assert report.manifest.runs["done"] == 12
    assert not list(report.path.rglob("*.part"))


@pytest.mark.long
def test_damaged_shards_of_an_interrupted_batch_are_made_again(
    two_arms: Experiment, reference: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"

    def stop(progress: Progress) -> None:
        if progress.done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_experiment(two_arms, out, progress=stop, means=THREES)
    path = out / "series" / "part-00000.parquet"
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    report = run_experiment(two_arms, out, means=THREES)
    assert report.repaired == 3
    assert tables_of(out) == tables_of(reference)


@pytest.mark.long
def test_resume_makes_damaged_files_of_finished_results_again(tmp_path: Path) -> None:
    experiment = load_experiment(write_tiny(tmp_path / "files"))
    reference = run_experiment(experiment, tmp_path / "reference", means=THREES).path
    out = shutil.copytree(reference, tmp_path / "out")
    for name in ("outcomes.parquet", "events/part-00001.parquet"):
        (out / name).write_bytes(b"other")
    with pytest.raises(StoreError):
        open_results(out).verify()
    report = resume(out)
    assert report.repaired == 3
    assert tables_of(out) == tables_of(reference)


@pytest.mark.long
def test_resume_needs_only_the_folder(two_arms: Experiment, tmp_path: Path) -> None:
    path = write_tiny(tmp_path / "files", EXPERIMENT + "arms: [quiet, vocal]\n")
    out = tmp_path / "out"

    def stop(progress: Progress) -> None:
        if progress.done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_experiment(load_experiment(path), out, progress=stop, means=THREES)
    shutil.rmtree(tmp_path / "files")
    assert resume(out).manifest.runs["done"] == 12
    assert resume(out).was_complete
    with pytest.raises(KeyboardInterrupt):
        run_experiment(two_arms, tmp_path / "changed", progress=stop, means=THREES)
    with pytest.raises(StoreError, match="a program laid them out"):
        resume(tmp_path / "changed")


def test_unknown_means_are_refused() -> None:
    with pytest.raises(DesignError, match="Did you mean 'dask'"):
        Means(engine="dusk")
    with pytest.raises(DesignError, match="add --engine dask"):
        Means(scheduler="tcp://127.0.0.1:8786")


def test_a_second_process_is_told_who_holds_the_folder(two_arms: Experiment, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with lock(out), pytest.raises(BusyError, match=f"process {os.getpid()} on .* since 20"):
        run_experiment(two_arms, out)
    with lock(out):
        assert [path.name for path in out.iterdir()] == [".lock"]


def test_tables_that_are_not_wanted_are_not_kept(two_arms: Experiment, tmp_path: Path) -> None:
    record = dataclasses.replace(two_arms.record, series=False, events=False)
    lean = dataclasses.replace(two_arms, record=record, replications=1)
    run_experiment(lean, tmp_path / "out")
    results = open_results(tmp_path / "out")
    assert not (tmp_path / "out" / "series").exists()
    assert len(results.outcomes()) == 4
    assert list(results.series(["practice_labour"]).columns) == ["run", "step", "practice_labour"]
    assert len(results.series()) == len(results.events()) == 0


class Told:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.said: list[tuple[int, float]] = []

    def __call__(self, chunk: int, share: float) -> None:
        self.said.append((chunk, share))


@pytest.mark.long
def test_a_chunk_under_way_says_after_each_year_how_far_it_is(tmp_path: Path) -> None:
    longer = load_experiment(write_tiny(tmp_path, scenario=SCENARIO.replace("1990-12", "1992-12")))
    design = make_design(longer)
    task = Task(3, np.arange(2), design.to_runs(np.arange(2)))
    make_folder(tmp_path / "out")
    job, here, pool = job_of(longer, design, tmp_path / "out"), Told(), Told()
    for engine in (Here(job, here), Pool(job, 1, pool)):
        with engine as at_work:
            at_work.submit(task)
            ((_, receipt),) = at_work.as_completed()
        assert receipt is not None
        assert not receipt.failures
    assert here.said == pool.said == [(3, 1 / 3), (3, 2 / 3)]


def test_what_goes_wrong_in_telling_is_no_failure_of_the_runs(tmp_path: Path) -> None:
    longer = load_experiment(write_tiny(tmp_path, scenario=SCENARIO.replace("1990-12", "1992-12")))
    design = make_design(longer)

    def tell(chunk: int, share: float) -> None:
        raise ValueError(f"{chunk} {share:.2f}")

    with Here(job_of(longer, design, tmp_path), tell) as at_work:
        at_work.submit(Task(3, np.arange(2), design.to_runs(np.arange(2))))
        with pytest.raises(ValueError, match=r"3 0\.33"):
            list(at_work.as_completed())
