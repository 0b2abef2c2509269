"""Design and runner: identities, chunks, workers, failures, interruption."""

from __future__ import annotations

import dataclasses
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from demarche.engine.setup import Runs
from demarche.engine.simulate import simulate_chunk
from demarche.errors import BusyError, DesignError
from demarche.experiment import shards
from demarche.experiment.design import latin_hypercube, make_design, replication_seed
from demarche.experiment.files import lock
from demarche.experiment.pool import run_in_processes, start_method
from demarche.experiment.runner import Progress, default_workers, plan_tasks, run_experiment
from demarche.experiment.shards import Job, Receipt, run_task
from demarche.experiment.spec import Experiment, Vary, load_experiment
from demarche.experiment.store import open_results
from demarche.rules.find import parameters
from tests.conftest import ROOT

SCENARIO = """\
title: A tiny case
cast: casts/china_1989.yaml
period: {start: 1990-01, end: 1990-12}
packs: [strategic_target, domestic_engine]
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


def write_tiny(folder: Path, experiment: str = EXPERIMENT) -> Path:
    """Write a scenario of one year with its cast, and an experiment; return the experiment file."""
    shutil.copytree(ROOT / "scenarios" / "casts", folder / "scenarios" / "casts")
    (folder / "scenarios" / "tiny.yaml").write_text(SCENARIO, encoding="utf-8")
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
    run_experiment(two_arms, out, workers=1)
    return out


def varied(tiny: Experiment, design: str = "factorial", points: int = 4, **vary: Vary) -> Experiment:
    paths = [path for path, parameter in parameters().items() if parameter.role == "strength"][: len(vary)]
    return dataclasses.replace(
        tiny, vary=dict(zip(paths, vary.values(), strict=True)), design=design, points=points  # type: ignore[arg-type]
    )


def tables_of(root: Path) -> dict[str, bytes]:
    names = [path for path in root.rglob("*.parquet") if "unfinished" not in path.parts]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in names}


def test_replications_share_their_seed_in_every_arm_and_pack(tiny: Experiment) -> None:
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
    some = varied(tiny, points=2, a=Vary((0.5, 1.0)))
    assert not keys & set(make_design(some).keys())


def test_layouts_of_points(tiny: Experiment) -> None:
    full = make_design(varied(tiny, "factorial", 6, a=Vary((0.0, 1.0)), b=Vary((1.0, 1.5, 2.0))))
    assert full.points.tolist() == [[0, 1], [0, 1.5], [0, 2], [1, 1], [1, 1.5], [1, 2]]
    listed = make_design(varied(tiny, "list", 2, a=Vary((0.0, 1.0)), b=Vary((1.0, 2.0))))
    assert listed.points.tolist() == [[0, 1], [1, 2]]
    sampled = make_design(varied(tiny, "latin_hypercube", 8, a=Vary((), 1.0, 2.0), b=Vary((0.0, 1.0))))
    assert sorted(np.floor((sampled.points[:, 0] - 1) * 8)) == list(range(8))
    assert sorted(sampled.points[:, 1]) == [0] * 4 + [1] * 4
    values = sampled.to_runs([0, 3]).values
    assert np.array_equal(values[sampled.parameters[0]], sampled.points[[0, 1], 0])


def test_latin_hypercube_depends_on_the_seed_alone() -> None:
    assert np.array_equal(latin_hypercube(3, 10, 5), latin_hypercube(3, 10, 5))
    assert not np.array_equal(latin_hypercube(3, 10, 5), latin_hypercube(3, 10, 6))


def test_an_empty_design_is_refused(tiny: Experiment) -> None:
    with pytest.raises(DesignError, match="cannot be laid out"):
        make_design(dataclasses.replace(tiny, arms=()))


def test_chunks_hold_one_arm_and_pack_and_cover_the_design(tiny: Experiment) -> None:
    design = make_design(tiny)
    tasks = plan_tasks(design, chunk=2)
    assert np.concatenate([task.rows for task in tasks]).tolist() == list(range(len(design)))
    assert [len(task.rows) for task in tasks] == [2, 1] * 6
    assert all(len(set(task.index["arm"])) == len(set(task.index["pack"])) == 1 for task in tasks)
    assert [task.part for task in tasks] == list(range(12))


def test_small_batches_are_serial_and_workers_never_start_by_the_default_method() -> None:
    assert default_workers(499) == 1
    assert default_workers(5000) >= 1
    assert start_method() in ("forkserver", "spawn")


def test_workers_do_not_change_a_byte(two_arms: Experiment, reference: Path, tmp_path: Path) -> None:
    report = run_experiment(two_arms, tmp_path / "two", workers=2)
    assert report.manifest.runs == {"total": 12, "done": 12, "failed": 0}
    assert tables_of(tmp_path / "two") == tables_of(reference)


def test_progress_counts_every_run(two_arms: Experiment, tmp_path: Path) -> None:
    told: list[Progress] = []
    run_experiment(dataclasses.replace(two_arms, replications=1), tmp_path / "out", progress=told.append)
    assert [progress.done for progress in told] == [0, 1, 2, 3, 4]
    assert {progress.total for progress in told} == {4}


def test_an_interrupted_batch_goes_on_where_it_was(two_arms: Experiment, reference: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def stop(progress: Progress) -> None:
        if progress.done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_experiment(two_arms, out, progress=stop)
    before = tables_of(out)
    assert len(before) == 4
    report = run_experiment(two_arms, out)
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
    with pytest.raises(DesignError, match="another design") as caught:
        run_experiment(dataclasses.replace(two_arms, seed=8), reference)
    assert "--out" in str(caught.value)
    assert tables_of(reference) == before
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DesignError, match="holds other files"):
        run_experiment(two_arms, tmp_path)
    with pytest.raises(DesignError, match="a file, not a folder"):
        run_experiment(two_arms, tmp_path / "notes.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_unfinished_folder_of_another_experiment_is_refused(two_arms: Experiment, tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_experiment(two_arms, tmp_path / "out", progress=stop)
    with pytest.raises(DesignError, match="unfinished results of another design"):
        run_experiment(dataclasses.replace(two_arms, replications=2), tmp_path / "out")


def test_a_failing_chunk_is_data_and_the_rest_goes_on(
    two_arms: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_vocal(setup: object, runs: Runs, **options: bool) -> object:
        if (runs.arm[0], runs.pack[0]) == ("vocal", "domestic_engine"):
            raise ValueError("a share left its range")
        return simulate_chunk(setup, runs, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(shards, "simulate_chunk", fail_vocal)
    report = run_experiment(two_arms, tmp_path / "out")
    assert report.manifest.runs == {"total": 12, "done": 9, "failed": 3}
    results = open_results(tmp_path / "out")
    failed = results.runs().query("status == 'failed'")
    assert set(failed["arm"]) == {"vocal"}
    assert set(failed["exception"]) == {"ValueError"}
    assert set(failed["message"]) == {"a share left its range"}
    assert failed["traceback"].str.contains("fail_vocal").all()
    assert sorted(results.outcomes()["run"]) == list(range(9)) == sorted(set(results.series()["run"]))


class DeadlyRuns(Runs):
    """Runs that end the process which simulates them."""

    def take(self, rows: NDArray[np.intp]) -> Runs:
        os._exit(9)


def test_a_dead_worker_costs_only_its_chunk(two_arms: Experiment, tmp_path: Path) -> None:
    from demarche.experiment.columns import column_dictionary
    from demarche.scenario.load import compile_scenario

    design = make_design(dataclasses.replace(two_arms, replications=1))
    setup = compile_scenario(two_arms.scenario)
    job = Job(setup, tmp_path, column_dictionary((), [issue.code for issue in setup.cast.issues]))
    tasks = plan_tasks(design)
    runs = tasks[1].runs
    tasks[1] = dataclasses.replace(tasks[1], runs=DeadlyRuns(runs.arm, runs.pack, runs.seed))
    receipts: list[Receipt] = []
    run_in_processes(job, tasks, 2, receipts.append)
    told = {receipt.part: receipt.status for receipt in receipts}
    assert told == {0: "done", 1: "failed", 2: "done", 3: "done"}
    assert len(receipts) == 4
    assert next(r for r in receipts if r.part == 1).exception == "WorkerDied"


def test_an_error_of_the_file_system_is_raised_not_recorded(
    two_arms: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shards, "write_table", full)
    design = make_design(two_arms)
    from demarche.experiment.columns import column_dictionary
    from demarche.scenario.load import compile_scenario

    setup = compile_scenario(two_arms.scenario)
    job = Job(setup, tmp_path, column_dictionary((), [issue.code for issue in setup.cast.issues]))
    with pytest.raises(OSError, match="No space left"):
        run_task(job, plan_tasks(design)[0])
    assert not list(tmp_path.rglob("receipt-*"))


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
