"""Studies to start from and the skeleton of a case: what is written can be read, says what is missing, and runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from demarche.cast.cast import load_cast
from demarche.cast.checks import OTHER_COLUMNS, SOURCED_COLUMNS
from demarche.cast.file import cast_model
from demarche.cast.tables import TABLES
from demarche.cli.main import app
from demarche.engine.setup import Runs
from demarche.engine.simulate import simulate
from demarche.errors import ScenarioError
from demarche.experiment.design.experiment import load_experiment
from demarche.scenario.load import load_scenario
from demarche.scenario.skeleton import MEANINGS
from demarche.scenario.templates import FOLDER, TEMPLATES
from tests.conftest import ROOT, make_setup

CASTS = ROOT / "scenarios" / "casts"
SMALL = {"draws": 2, "lucks": 1, "replications": 1, "base_points": 2, "points": 2}


def run(*words: str) -> str:
    found = CliRunner().invoke(app, list(words))
    assert found.exit_code == 0, found.output
    return found.output


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_a_template_writes_can_be_read(tmp_path: Path, name: str) -> None:
    told = run("init", str(tmp_path), "--template", name)
    assert "Next:" in told
    experiments = sorted((tmp_path / "experiments").glob("*.yaml"))
    assert len(experiments) == (3 if name == "paper" else 1)
    for path in experiments:
        assert load_experiment(path).n_runs > 0
    for path in sorted((tmp_path / "scenarios").glob("*.yaml")):
        assert load_scenario(path).arms


@pytest.mark.parametrize("name", TEMPLATES)
def test_its_page_names_files_that_are_there(tmp_path: Path, name: str) -> None:
    run("init", str(tmp_path), "--template", name)
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    files = re.findall(r"((?:scenarios|experiments)/[\w/]+\.yaml)", page)
    assert files
    assert all((tmp_path / file).is_file() for file in files)
    for results in re.findall(r"results/(\w+)", page):
        assert (tmp_path / "experiments" / f"{results}.yaml").is_file()


def test_every_template_has_a_folder_and_every_folder_is_a_template() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(TEMPLATES)


@pytest.mark.long
@pytest.mark.parametrize(("name", "experiment"), [
    ("class", "class"), ("paper", "main"), ("paper", "sensitivity"), ("paper", "ablation"), ("invented", "invented"),
])  # fmt: skip
def test_its_experiments_run(tmp_path: Path, name: str, experiment: str) -> None:
    run("init", str(tmp_path), "--template", name)
    path = tmp_path / "experiments" / f"{experiment}.yaml"
    keys = yaml.safe_load(path.read_text(encoding="utf-8"))
    keys |= {key: value for key, value in SMALL.items() if key in keys} | {"figures": []}
    path.write_text(yaml.safe_dump(keys, sort_keys=False), encoding="utf-8")
    run("run", str(path), "--out", str(tmp_path / "found"), "--workers", "1")
    assert (tmp_path / "found" / "manifest.json").is_file()
    if name == "invented":
        told = run("texts", str(tmp_path / "found"), "--markdown")
        assert told.count("| domestic_engine | 2 |") == 1
        assert "on record" not in told


def test_an_unknown_template_and_two_wishes_are_refused(tmp_path: Path) -> None:
    found = CliRunner().invoke(app, ["init", str(tmp_path), "--template", "papers"])
    assert found.exit_code == 2
    assert "Did you mean 'paper'" in found.output
    found = CliRunner().invoke(app, ["init", str(tmp_path), "--template", "paper", "--scenario", "S04"])
    assert found.exit_code == 2
    assert not list(tmp_path.iterdir())


def keys_of(model: type) -> set[str]:
    """Return the names of all keys of a model of a file and of those within it."""
    found = set()
    for name, field in model.model_fields.items():
        found.add(field.alias or name)
        for part in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if hasattr(part, "model_fields"):
                found |= keys_of(part)
    return found


@pytest.mark.parametrize("focal", ["XAB", "IRN"])
def test_a_skeleton_has_every_key_and_says_what_every_column_is(tmp_path: Path, focal: str) -> None:
    run("cast", "new", str(tmp_path), "--focal", focal, "--name", "mine")
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    keys = keys_of(cast_model()) - ({"added"} if focal == "IRN" else set())
    assert {key for key in keys if not re.search(rf"(^|[ {{#-]){key}:", text, re.MULTILINE)} == {"bloc"} & keys
    for column in (*SOURCED_COLUMNS, *OTHER_COLUMNS):
        assert re.search(rf"  # .+\n  {re.escape(column)}: ", text), column
    assert set(MEANINGS) <= {f"{table}.{column}" for table, columns in TABLES.items() for column in columns}
    assert "@" not in text


def test_check_says_what_a_skeleton_still_lacks_and_nothing_else(tmp_path: Path) -> None:
    run("cast", "new", str(tmp_path), "--focal", "IRN")
    with pytest.raises(ScenarioError) as error:
        load_cast(tmp_path / "my_case.yaml")
    places = [problem.where for problem in error.value.problems]
    assert any("initial.resistance.value" in place for place in places)
    assert any("gaps.trade_exposure.value" in place for place in places)
    told = next(one for one in error.value.problems if "initial.resistance.value" in one.where)
    assert (told.what, told.expected) == ("nothing stands here yet", "a number from 0 to 1")
    assert not [problem for problem in error.value.problems if "unknown" in problem.what]
    assert not [place for place in places if "world/" in place]


@pytest.mark.parametrize("focal", ["CUB", "XAA"])
def test_a_skeleton_that_is_filled_in_is_a_case_that_runs(tmp_path: Path, focal: str) -> None:
    """Its tables stay as written, but for rows of a state of one's own; the rest is that of another cast."""
    run("cast", "new", str(tmp_path), "--focal", focal, "--name", "mine")
    path = tmp_path / "mine.yaml"
    case = {"CUB": "cuba_1989", "XAA": "invented_1989"}[focal]
    skeleton, other = (yaml.safe_load(one.read_text("utf-8")) for one in (path, CASTS / f"{case}.yaml"))
    told = skeleton | {key: value for key, value in other.items() if key not in ("tables", "added", "record")}
    told["gaps"]["agree_critic"] = {"value": 0.4, "low": 0.3, "high": 0.5, "source": "assumption"}
    told = {key: value for key, value in told.items() if key in other or key == "gaps"}
    told |= {key: skeleton[key] for key in ("tables", "added") if key in skeleton}
    told.pop("record", None)
    for table in ("states", "years") if "added" in skeleton else ():
        (tmp_path / "mine" / f"{table}.csv").write_bytes((CASTS / case / f"{table}.csv").read_bytes())
    path.write_text(yaml.safe_dump(told, sort_keys=False), encoding="utf-8")
    cast = load_cast(path)
    assert cast.focal == focal
    assert set(cast.gaps) == {"agree_focal", "agree_critic", "trade_exposure", "export_share"}
    assert cast.gaps["agree_critic"].cells.sum() == len(cast.years)
    found = simulate(make_setup(cast, 3), Runs(["as_it_was"] * 2, ["leverage_toolbox"] * 2, [1, 2]))
    assert len(found.outcomes["releases"]) == 2


def test_a_state_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    found = CliRunner().invoke(app, ["cast", "new", str(tmp_path), "--focal", "IRX", "--critic", "XAA"])
    assert found.exit_code == 2
    assert "--focal" in found.output
    assert "--critic" in found.output
