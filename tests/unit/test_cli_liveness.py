"""The commands of the studies on a small world: they run, write what can be read back, and refuse unknown names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from demarche.analysis.liveness.reach_study import rows_of
from demarche.analysis.liveness.study import MAIN, cases_of
from demarche.cli.main import app
from tests.unit.test_runner import write_tiny


@pytest.fixture
def experiment(tmp_path: Path) -> Path:
    return write_tiny(tmp_path)


@pytest.mark.long
def test_liveness_writes_a_study_that_is_read_back(experiment: Path, tmp_path: Path) -> None:
    out = tmp_path / "study.json"
    told = CliRunner().invoke(app, ["liveness", str(experiment), "--most", "2", "-n", "8", "--write", str(out)])
    assert told.exit_code == 0, told.output
    study = json.loads(out.read_text(encoding="utf-8"))
    assert len(cases_of(study)) == 8
    assert set(study["deciding"]) == set(MAIN)
    assert "rules: " in told.output


@pytest.mark.long
def test_reach_tells_every_class(experiment: Path, tmp_path: Path) -> None:
    out = tmp_path / "reach.json"
    options = ["--accounts", "common", "--outcome", "releases", "-n", "8", "--write", str(out)]
    told = CliRunner().invoke(app, ["reach", str(experiment), *options])
    assert told.exit_code == 0, told.output
    rows = rows_of(json.loads(out.read_text(encoding="utf-8")))
    assert [one.name for one in rows] == ["words", "motions", "talks", "sanctions", "backing", "all", "none"]


@pytest.mark.long
def test_arms_are_told_with_what_carries_them(experiment: Path) -> None:
    options = ["--accounts", "domestic_engine", "--outcomes", "releases", "-n", "8"]
    told = CliRunner().invoke(app, ["arms", str(experiment), *options, "--json"])
    assert told.exit_code == 0, told.output
    rows = [json.loads(line) for line in told.output.splitlines()]
    assert {row["outcome"] for row in rows} == {"releases"}
    assert all(len(row["links"]) == len(row["rates"]) == 5 for row in rows)
    told = CliRunner().invoke(app, ["arms", str(experiment), *options])
    assert "domestic_engine" in told.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["arms", "--accounts", "domestic_engin"], "Did you mean 'domestic_engine'?"),
        (["arms", "--outcomes", "release"], "Did you mean 'releases'?"),
        (["reach", "--accounts", "comon"], "Did you mean 'common'?"),
        (["reach", "--outcome", "release"], "Did you mean 'releases'?"),
    ],
)
def test_names_that_are_not_known_are_refused(experiment: Path, arguments: list[str], words: str) -> None:
    told = CliRunner().invoke(app, [arguments[0], str(experiment), *arguments[1:]])
    assert told.exit_code == 2
    assert words in told.output
