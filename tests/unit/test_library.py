"""The library: every scenario says what it is for, can be copied out and run, and its finding is told by a program."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from demarche.analysis.findings.study import Found, as_lines, findings_of, is_current, read_findings, rows_of
from demarche.cli.main import app
from demarche.errors import DesignError, ScenarioError
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.results.store import open_results
from demarche.experiment.run.runner import run_experiment
from demarche.report.findings import finding, library_page, links_at_issue, sentences
from demarche.scenario.library import copy_scenario, experiment_text, lesson_of, library, scenario_of
from demarche.scenario.load import load_scenario
from tests.conftest import ROOT
from tests.unit.test_runner import SCENARIO, write_tiny

ACCOUNTS = {"strategic_target": "T2", "domestic_engine": "T4"}
BLOCK = """\
library:
  id: S99
  teaching: Nothing is lost by asking.
  watched: [P24]
  links: [list_release]
  pairs: [[quiet, vocal], [vocal, as_it_was]]
  draws: 2
"""


def row(outcome: str, account: str, mean: float, low: float, high: float, side: int) -> Found:
    return Found("quiet", "vocal", outcome, account, mean, low, high, side)


def test_every_canonical_scenario_is_in_the_library_once() -> None:
    assert [name for name in library() if len(name) == 3] == [f"S{place:02d}" for place in range(1, 17)]
    assert all(one.question.endswith("?") for one in library().values())


@pytest.mark.parametrize("name", ["S04", "s04", "tariff_deadline", "Tariff_Deadline.yaml"])
def test_a_scenario_is_found_by_id_or_file_in_any_case(name: str) -> None:
    assert scenario_of(name).path.stem == "tariff_deadline"


def test_an_unknown_scenario_is_refused_with_what_was_meant() -> None:
    with pytest.raises(DesignError, match="tariff_deadline"):
        scenario_of("tarif_deadline")


def test_a_copy_holds_what_it_needs_and_nothing_else(tmp_path: Path) -> None:
    written = copy_scenario(tmp_path, scenario_of("S06"))
    experiment = load_experiment(written[-1])
    assert experiment.scenario.digest == scenario_of("S06").digest
    assert experiment.points == lesson_of(scenario_of("S06")).draws
    assert {path.parts[0] for path in (one.relative_to(tmp_path) for one in written)} == {"scenarios", "experiments"}
    assert [path.name for path in (tmp_path / "scenarios").glob("*.yaml")] == ["one_name.yaml"]
    with pytest.raises(ScenarioError, match="already exists"):
        copy_scenario(tmp_path, scenario_of("S06"))


def test_experiments_of_the_library_are_plain_yaml() -> None:
    for scenario in library().values():
        assert yaml.safe_load(experiment_text(scenario))["scenario"] == f"../scenarios/{scenario.path.name}"


@pytest.mark.parametrize(("old", "new", "said"), [
    ("[quiet, vocal]", "[quiet, loud]", "unknown arm"),
    ("[quiet, vocal]", "[quiet, quiet]", "no pair"),
    ("[quiet, vocal]", "[quiet]", "no pair"),
    ("list_release", "list_relaese", "Did you mean 'list_release'"),
    ("P24", "P2", "unknown pattern"),
    ("draws: 2", "draws: 1", "draws"),
    ("S99", "first", "id"),
])  # fmt: skip
def test_a_wrong_block_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = write_tiny(tmp_path, scenario=SCENARIO + BLOCK.replace(old, new, 1))
    with pytest.raises(ScenarioError, match=said):
        load_scenario(path.parent.parent / "scenarios" / "tiny.yaml")


def test_a_block_changes_no_run(tmp_path: Path) -> None:
    plain = write_tiny(tmp_path / "plain", scenario=SCENARIO)
    told = write_tiny(tmp_path / "told", scenario=SCENARIO + BLOCK)
    assert load_experiment(plain).scenario.digest == load_experiment(told).scenario.digest


@pytest.mark.long
def test_a_finding_is_what_compare_says(tmp_path: Path) -> None:
    path = write_tiny(tmp_path, "scenario: ../scenarios/tiny.yaml\ndraws: 3\nlucks: 1\nseed: 3\n", SCENARIO + BLOCK)
    experiment = load_experiment(path)
    run_experiment(experiment, tmp_path / "out", workers=1)
    results = open_results(tmp_path / "out")
    rows = findings_of(results, experiment.scenario)
    frame = results.outcomes().set_index(["account", "draw", "arm"])["releases"].unstack("arm")
    by_hand = (frame["quiet"] - frame["vocal"]).groupby("account").mean()
    assert list(dict.fromkeys(one.outcome for one in rows)) == ["releases", "sponsors"]
    assert [one.outcome for one in rows if one.arm == "quiet"] == ["releases"] * 2 + ["sponsors"] * 2
    mine = {one.account: one.mean for one in rows if (one.arm, one.outcome) == ("quiet", "releases")}
    assert mine == pytest.approx(by_hand.to_dict(), rel=1e-5)
    study = {"found": {"S99": {"draws": 3, "rows": [[*vars(one).values()] for one in rows]}}, "digests": {}}
    assert rows_of(json.loads(as_lines(study)), "S99") == tuple(rows)


def test_disagreement_is_told_first_and_nothing_is_told_last() -> None:
    rows = [
        row("sponsors", "strategic_target", 0.1, -1, 1, 0), row("sponsors", "domestic_engine", 0.0, -1, 1, 0),
        row("exiles", "strategic_target", 2.0, 1.0, 3.0, 1), row("exiles", "domestic_engine", 0.4, -0.1, 0.9, 0),
        row("releases", "strategic_target", 3.04, 1.8, 4.1, 1),
        row("releases", "domestic_engine", -1.3, -2.3, -0.4, -1),
    ]  # fmt: skip
    told = [text.replace("\N{MINUS SIGN}", "-") for text in sentences(rows, ACCOUNTS)]
    assert told == [
        "**Accounts disagree.** Persons released (persons): more in T2 +3.0 (+1.8 to +4.1); "
        "less in T4 -1.3 (-2.3 to -0.4).",
        "Persons released into exile (persons): more in T2 +2.0 (+1.0 to +3.0); not clear of 0 in T4.",
        "Not clear of 0 in any account: sponsors of a motion.",
    ]


def test_links_at_issue_come_with_claims_of_the_accounts() -> None:
    for scenario in library().values():
        assert all(meaning and held.count(";") == 3 for _, meaning, held in links_at_issue(scenario))


def test_findings_of_another_model_are_said_to_be_so() -> None:
    scenario = scenario_of("S06")
    study = read_findings()
    assert not is_current({}, scenario)
    other = {**study, "digests": dict.fromkeys(study["digests"], "0")}
    assert not is_current(other, scenario)


@pytest.mark.long
def test_every_scenario_has_a_finding_on_the_page() -> None:
    page = library_page()
    for name, scenario in library().items():
        assert f"## {name} {scenario.title}" in page
        assert finding(name, read_findings())


def test_the_command_lists_and_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    listed = CliRunner().invoke(app, ["scenarios"])
    assert listed.exit_code == 0
    assert all(one.question in listed.stdout for one in library().values())
    shown = CliRunner().invoke(app, ["scenarios", "show", "s06"])
    assert shown.exit_code == 0
    assert "list_release" in shown.stdout
    assert "in_private instead of in_public" in shown.stdout


def test_init_writes_one_scenario(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["init", str(tmp_path / "study"), "--scenario", "S16"])
    assert done.exit_code == 0, done.output
    assert "demarche run experiments/counted_twice.yaml" in done.stdout
    wrong = CliRunner().invoke(app, ["init", str(tmp_path / "other"), "--scenario", "S61"])
    assert wrong.exit_code == 2
    assert not (tmp_path / "other").exists()


@pytest.mark.long
def test_findings_are_of_this_model() -> None:
    """Findings of another model would be quoted as those of this one."""
    stale = [name for name, scenario in library().items() if not is_current(read_findings(), scenario)]
    assert not stale, "find them anew: demarche scenarios find --write src/demarche/analysis/findings/findings.json"


def test_a_library_belongs_to_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read of one installation is not copied as if it lay in another."""
    library()
    package = tmp_path / "lib" / "demarche"
    for kind in ("scenarios", "experiments"):
        shutil.copytree(ROOT / kind, package / "bundled" / kind)
    monkeypatch.setattr("demarche.scenario.bundled.PACKAGE", package)
    written = copy_scenario(tmp_path / "mine", library()["S01"])
    assert all(path.is_relative_to(tmp_path / "mine") for path in map(Path.resolve, written))
    assert (tmp_path / "mine" / "scenarios" / "casts" / "china_1989.yaml").is_file()
