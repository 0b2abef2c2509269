"""The bundled files are found and copied out, and nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from demarche.errors import ScenarioError
from demarche.experiment.design.experiment import load_experiment
from demarche.scenario.bundled import bundled_files, bundled_root, copy_bundled

WANTED = {
    Path("scenarios/quiet_or_vocal.yaml"),
    Path("scenarios/casts/china_1989.yaml"),
    Path("experiments/quiet_or_vocal.yaml"),
}


def test_the_bundle_holds_scenario_cast_and_experiment() -> None:
    assert set(bundled_files()) >= WANTED
    assert all((bundled_root() / path).is_file() for path in bundled_files())


def test_copies_work_where_they_lie(tmp_path: Path) -> None:
    written = copy_bundled(tmp_path / "new" / "study")
    assert [path.relative_to(tmp_path / "new" / "study") for path in written] == bundled_files()
    experiment = load_experiment(tmp_path / "new" / "study" / "experiments" / "quiet_or_vocal.yaml")
    assert experiment.scenario.title == "Quiet or vocal diplomacy"


def test_nothing_is_overwritten_and_nothing_else_is_written(tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    mine = tmp_path / "scenarios" / "quiet_or_vocal.yaml"
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(ScenarioError, match="already exists") as caught:
        copy_bundled(tmp_path)
    assert [problem.where for problem in caught.value.problems] == [str(mine)]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_target_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ScenarioError, match="cannot be copied"):
        copy_bundled(tmp_path / "file")


def test_an_installed_package_uses_its_own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "lib" / "site" / "demarche"
    package.mkdir(parents=True)
    monkeypatch.setattr("demarche.scenario.bundled.PACKAGE", package)
    with pytest.raises(ScenarioError, match="bundled scenarios are missing"):
        bundled_root()
    for folder in ("scenarios", "experiments"):
        (package / "bundled" / folder).mkdir(parents=True)
    assert bundled_root() == (package / "bundled").resolve()
