"""`validate` rests on the record of the case alone: from an experiment, and from a results folder on its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from demarche.errors import StoreError
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.results.inputs import need_record_of, record_of
from demarche.experiment.results.store import open_results
from demarche.experiment.run.runner import run_experiment
from demarche.figures.tables import read_tables
from tests.conftest import ROOT
from tests.unit.test_cli import invoke
from tests.unit.test_runner import write_tiny

CAST = Path("scenarios") / "casts" / "china_1989.yaml"


def another_focal_state(path: Path) -> None:
    """Give a case another focal state, and the pairs of that one."""
    path.write_text(path.read_text(encoding="utf-8").replace("focal: CHN", "focal: IRN"), encoding="utf-8")
    pairs = path.parent / "china_1989" / "pairs.csv"
    pairs.write_text(pairs.read_text(encoding="utf-8").replace("\nCHN,", "\nIRN,"), encoding="utf-8")


def without_record(root: Path) -> Path:
    """Take the record out of the case of a project, and the focal state with it."""
    path = root / CAST
    text = path.read_text(encoding="utf-8").replace("record: china_1989/record\n", "")
    path.write_text(text, encoding="utf-8")
    another_focal_state(path)
    return path


@pytest.fixture
def experiment(tmp_path: Path) -> Path:
    return write_tiny(tmp_path / "study")


def test_a_case_without_a_record_is_refused_before_anything_runs(experiment: Path) -> None:
    path = without_record(experiment.parents[1])
    result = invoke("validate", experiment)
    assert result.exit_code == 2
    assert f"{path}:1:1: record: the case has no record of its own to hold the output for IRN against" in result.stderr
    assert "Fix: bring the history of IRN in the form of scenarios/casts/china_1989/record" in result.stderr


@pytest.mark.long
def test_the_history_of_another_state_is_refused(experiment: Path) -> None:
    another_focal_state(experiment.parents[1] / CAST)
    for command in ("validate", "check", "run"):
        result = invoke(command, experiment)
        assert result.exit_code == 2
        assert "record.yaml:6:8: focal: the record is not that of the focal state" in result.stderr


@pytest.mark.long
def test_a_results_folder_is_judged_by_the_record_in_it(experiment: Path, tmp_path: Path) -> None:
    root = experiment.parents[1]
    path = root / CAST.parent / "china_1989" / "record" / "patterns.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  P02:")], encoding="utf-8")
    out = tmp_path / "out"
    run_experiment(load_experiment(experiment), out, workers=1)
    shutil.rmtree(root)
    results = open_results(out)
    record = record_of(results)
    assert record is not None
    assert list(record.patterns) == ["P01"]
    assert results.manifest.digests["record"] == record.digest
    drawn = read_tables(results, (), ()).record
    assert drawn is not None
    assert drawn.rights == record.rights
    result = invoke("validate", out, "--brief", "--accounts-only")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("0 of 1 patterns are evidence")
    assert invoke("plot", out, "--kind", "votes").exit_code == 0


@pytest.mark.long
def test_results_of_a_case_without_a_record_are_drawn_but_not_judged(experiment: Path, tmp_path: Path) -> None:
    without_record(experiment.parents[1])
    out = tmp_path / "out"
    run_experiment(load_experiment(experiment), out, workers=1)
    assert record_of(open_results(out)) is None
    assert "record" not in open_results(out).manifest.digests
    result = invoke("validate", out)
    assert result.exit_code == 2
    assert "the case has no record of its own to hold the output for IRN against" in result.stderr
    assert invoke("plot", out, "--kind", "path").exit_code == 0


@pytest.mark.long
def test_a_damaged_copy_of_the_record_is_told(experiment: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_experiment(load_experiment(experiment), out, workers=1)
    (rights,) = out.rglob("rights.csv")
    rights.write_text(rights.read_text(encoding="utf-8").replace("0.347", "0.348"), encoding="utf-8")
    result = invoke("validate", out)
    assert result.exit_code == 3
    assert "rights.csv" in result.stderr


def test_results_of_an_earlier_version_have_no_record(tmp_path: Path) -> None:
    shutil.unpack_archive(ROOT / "tests" / "assets" / "results_v1.zip", tmp_path)
    (manifest,) = tmp_path.rglob("manifest.json")
    results = open_results(manifest.parent)
    assert record_of(results) is None
    with pytest.raises(StoreError, match="without the record of their case"):
        need_record_of(results)
