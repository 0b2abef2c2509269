"""Store: what a results folder holds, and that no damage goes unnoticed."""

from __future__ import annotations

import dataclasses
import json
import random
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest

from demarche import __version__
from demarche.engine.simulate import simulate
from demarche.engine.variables import OUTCOMES
from demarche.errors import DesignError, DiskError, ScenarioError, StoreError
from demarche.experiment.design.experiment import Experiment, Vary, load_experiment
from demarche.experiment.design.table import make_design
from demarche.experiment.results.rerun import setup_of, table_of
from demarche.experiment.results.store import open_results
from demarche.experiment.results.verify import verify
from demarche.experiment.run.runner import run_experiment
from demarche.experiment.run.status import status_of
from demarche.experiment.tables.files import json_bytes, sha256, write_bytes
from demarche.rules.find import parameters
from tests.conftest import ROOT
from tests.unit.test_runner import write_tiny

PATH = next(path for path, parameter in parameters().items() if parameter.role == "strength")


@pytest.fixture(scope="module")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    tiny = load_experiment(write_tiny(tmp_path_factory.mktemp("tiny")))
    vary = {PATH: Vary((parameters()[PATH].low, parameters()[PATH].default))}
    return dataclasses.replace(tiny, arms=("quiet", "as_it_was"), replications=2, vary=vary)


@pytest.fixture(scope="module")
def finished(experiment: Experiment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("store") / "results"
    run_experiment(experiment, out)
    return out


@pytest.fixture
def copied(finished: Path, tmp_path: Path) -> Path:
    return shutil.copytree(finished, tmp_path / "results")


def test_tables_equal_what_the_engine_returned(experiment: Experiment, finished: Path) -> None:
    results = open_results(finished)
    outcomes = simulate(setup_of(results), make_design(experiment).to_runs())
    stored = results.outcomes()
    assert stored["run"].tolist() == list(range(16))
    for name in OUTCOMES:
        np.testing.assert_array_equal(stored[name], outcomes.outcomes[name])
    series = results.series(["core_practice"])
    assert series[["run", "step"]].to_numpy().tolist() == [[run, step] for run in range(16) for step in range(12)]
    np.testing.assert_array_equal(series["core_practice"].to_numpy(), outcomes.of("core_practice").T.ravel())
    assert len(results.events()) == len(outcomes.events)


def test_runs_carry_inputs_identity_and_status(experiment: Experiment, finished: Path) -> None:
    runs = open_results(finished).runs()
    assert list(runs.columns[:5]) == ["run", "arm", "account", "point", "replication"]
    assert runs["key"].tolist() == make_design(experiment).keys()
    one = [parameters()[PATH].low] * 2 + [parameters()[PATH].default] * 2
    assert runs[PATH].tolist() == one * 4
    assert set(runs["status"]) == {"done"}


def test_events_are_words(finished: Path) -> None:
    results = open_results(finished)
    events = results.events()
    votes = results.events(["vote_no_action", "sponsor"])
    assert set(votes["kind"]) == {"vote_no_action", "sponsor"}
    assert 0 < len(votes) < len(events)
    assert events.sort_values(["run", "step"], kind="stable").equals(events)
    sessions = events[events["kind"] == "vote_no_action"]
    assert set(sessions["detail"]) <= {"yes", "no", "abstain", "absent"}
    assert sessions["actor"].str.fullmatch("[A-Z]{3}").all()
    assert events.loc[events["kind"] == "motion", "actor"].isna().all()


def test_calendar_lists_the_dated_events_of_each_arm(finished: Path) -> None:
    calendar = open_results(finished).calendar()
    assert set(calendar["arm"]) == {"quiet", "as_it_was"}
    assert calendar["step"].between(0, 11).all()
    session = calendar[calendar["kind"] == "session"].iloc[0]
    assert (session["date"], session["step"]) == ("1990-03", 2)


def test_manifest_says_what_the_results_rest_on(experiment: Experiment, finished: Path) -> None:
    manifest = open_results(finished).manifest
    assert manifest.runs == {"total": 16, "done": 16, "failed": 0, "killed": 0}
    assert manifest.digests["scenario"] == experiment.scenario.digest
    assert manifest.period == {"start": "1990-01", "end": "1990-12", "n_steps": 12, "data_end": "1998-12"}
    assert manifest.units("outcomes")["releases"] == "persons"
    described = {column["name"] for column in manifest.columns["series"]}
    assert described == set(open_results(finished).series().columns)
    assert all(column["meaning"] for listed in manifest.columns.values() for column in listed)
    assert {file.file for file in manifest.files} == {
        path.relative_to(finished).as_posix() for path in finished.rglob("*") if path.is_file()
    } - {"manifest.json", ".lock"}


def test_the_folder_alone_repeats_a_run(finished: Path) -> None:
    results = open_results(finished)
    again = simulate(setup_of(results), table_of(results, 7))
    stored = results.outcomes().set_index("run").loc[7]
    assert all(np.array_equal(stored[name], again.outcomes[name][0], equal_nan=True) for name in OUTCOMES)
    with pytest.raises(DesignError, match="no such run"):
        table_of(results, 16)


def test_columns_that_do_not_exist_are_refused(finished: Path) -> None:
    with pytest.raises(DesignError, match="Did you mean 'core_practice'"):
        open_results(finished).series(["core_practise"])


@pytest.mark.long
def test_no_flipped_bit_goes_unnoticed(copied: Path) -> None:
    luck = random.Random(4)
    files = sorted(path for path in copied.rglob("*") if path.is_file() and path.name != ".lock")
    for path in files:
        whole = path.read_bytes()
        for _ in range(6):
            content = bytearray(whole)
            content[luck.randrange(len(content))] ^= 1 << luck.randrange(8)
            path.write_bytes(content)
            with pytest.raises(StoreError):
                verify(copied)
        path.write_bytes(whole)
    assert open_results(copied).verify() == len(files) - 1


def test_a_damaged_table_is_refused_before_any_number(copied: Path) -> None:
    path = copied / "outcomes.parquet"
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(StoreError) as caught:
        open_results(copied).outcomes()
    text = str(caught.value)
    assert all(word in text for word in (str(path), "Found: SHA-256", "Expected: SHA-256", "Fix: make it again with"))
    path.unlink()
    with pytest.raises(StoreError, match="is missing"):
        open_results(copied).outcomes()


def test_unfinished_and_foreign_folders_are_told_apart(copied: Path, tmp_path: Path) -> None:
    (copied / "manifest.json").unlink()
    with pytest.raises(StoreError, match="have lost their manifest"):
        open_results(copied)
    (copied / "ledger.sqlite").unlink()
    with pytest.raises(StoreError, match="not a results folder"):
        open_results(copied)
    (copied / "unfinished").mkdir()
    with pytest.raises(StoreError, match="unfinished"):
        open_results(copied)
    with pytest.raises(StoreError, match="no such results folder"):
        open_results(tmp_path / "none")
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="this is a file, not a results folder"):
        open_results(tmp_path / "file")


def test_results_of_another_format_are_refused(copied: Path) -> None:
    path = copied / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    del content["sha256"]
    content["format_version"] = 99
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    path.write_bytes(json_bytes({**content, "sha256": sha256(text.encode())}))
    with pytest.raises(StoreError, match="wrote these results in a format that this version does not read") as caught:
        open_results(copied)
    assert "Found: format 99   Expected: format 5" in str(caught.value)
    assert f"Fix: read them with Demarche {__version__}" in str(caught.value)


def test_rerun_refuses_other_rules_or_inputs(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = open_results(copied)
    monkeypatch.setattr("demarche.rules.find.rules_digest", lambda: "other")
    with pytest.raises(StoreError, match="rules on hand differ"):
        setup_of(results)
    scenario = copied / results.manifest.inputs["scenario"]
    scenario.write_text("title: other\n", encoding="utf-8")
    with pytest.raises((StoreError, ScenarioError), match="not the one that was written"):
        setup_of(results)


def test_a_file_is_whole_or_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "table.bin"
    write_bytes(path, b"old")
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(DiskError, match="no space left on device"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["table.bin"]


def test_results_of_the_first_format_are_refused_in_one_line(tmp_path: Path) -> None:
    with zipfile.ZipFile(ROOT / "tests" / "assets" / "results_v1.zip") as archive:
        archive.extractall(tmp_path)
    with pytest.raises(StoreError, match=r"Demarche 0\.1\.0 wrote these results in a format") as caught:
        open_results(tmp_path / "results_v1")
    assert len(caught.value.problems) == 1
    assert status_of(tmp_path / "results_v1").state == "damaged"
