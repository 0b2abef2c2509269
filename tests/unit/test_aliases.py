"""Aliases are what a reader sees; luck, tables and the identity of a run keep the codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.design.table import make_design
from demarche.experiment.results.store import open_results
from demarche.experiment.run.runner import run_experiment
from demarche.figures.kinds import path
from demarche.figures.tables import read_tables
from demarche.scenario.load import load_scenario
from demarche.scenario.shown import code_of, name_and_code, shown_name
from tests.unit.test_cli import invoke
from tests.unit.test_runner import SCENARIO, write_tiny

ALIASES = 'aliases: {FRA: "Arvania [north]", civil_political: Speech and assembly, person_001: The editor}\n'
NAMES = {"FRA": "Arvania [north]", "civil_political": "Speech and assembly", "person_001": "The editor"}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the results of a tiny experiment whose scenario has aliases."""
    root = tmp_path_factory.mktemp("aliases")
    experiment = load_experiment(write_tiny(root / "study", scenario=SCENARIO + ALIASES))
    return run_experiment(experiment, root / "out", workers=1).path


def test_a_code_without_an_alias_is_shown_itself() -> None:
    assert shown_name("USA", NAMES) == name_and_code("USA", NAMES) == code_of("USA", NAMES) == "USA"
    assert shown_name("FRA", NAMES) == "Arvania [north]"
    assert name_and_code("person_001", NAMES) == "The editor (person_001)"
    assert code_of(" the  EDITOR ", NAMES) == "person_001"


@pytest.mark.long
def test_no_run_rests_on_aliases(tmp_path: Path, ran: Path) -> None:
    plain = load_experiment(write_tiny(tmp_path / "plain"))
    named = write_tiny(tmp_path / "named", scenario=SCENARIO + ALIASES).parents[1]
    with_names = load_scenario(named / "scenarios" / "tiny.yaml")
    assert with_names.aliases == NAMES
    assert with_names.digest == plain.scenario.digest
    results = open_results(ran)
    assert sorted(results.runs()["key"]) == sorted(make_design(plain).keys())
    other = open_results(run_experiment(plain, tmp_path / "out", workers=1).path)
    assert other.outcomes().equals(results.outcomes())
    assert other.events().equals(results.events())
    assert other.manifest.identity == results.manifest.identity


def test_the_manifest_keeps_aliases_and_tables_keep_codes(ran: Path) -> None:
    results = open_results(ran)
    assert results.manifest.aliases == NAMES
    assert not set(NAMES.values()) & set(results.events()["actor"].dropna())
    told = invoke("results", "show", ran)
    assert "names shown: Arvania [north] for FRA, Speech and assembly for civil_political" in told.stdout


def test_why_says_the_name_and_takes_it(ran: Path) -> None:
    asked = ("why", ran, "--run", "0", "--date", "1990-03", "--decision", "vote_no_action")
    by_code = invoke(*asked, "--actor", "FRA")
    assert by_code.exit_code == 0, by_code.output
    assert "In March 1990 Arvania [north] (FRA) voted " in by_code.stdout
    assert invoke(*asked, "--actor", "arvania [north]").stdout == by_code.stdout
    others = invoke("why", ran, "--run", "0", "--date", "1990-03", "--decision", "message")
    assert others.exit_code == 2 or "Arvania [north] (FRA)" in others.stdout


def test_figures_say_the_name(ran: Path) -> None:
    results = open_results(ran)
    tables = read_tables(results, [column["name"] for column in results.manifest.columns["series"]], ())
    told = str(path.FIGURE(tables).get_label())
    assert told.startswith("Speech and assembly: practice over time")
    assert "civil_political" not in told
