"""Experiment files to checked experiments."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from demarche.cast.cast import load_cast
from demarche.errors import ScenarioError
from demarche.experiment.design.experiment import Experiment, Record, Vary, load_experiment
from demarche.rules.contract import ALL
from demarche.rules.find import find_rules, parameters, rules_of
from demarche.scenario.load import load_scenario

TOP = Path(__file__).parents[2]
HEAD = "scenario: ../scenarios/quiet_or_vocal.yaml\nreplications: 10\nseed: 7\n"
Loader = Callable[[str], Experiment]

read_cast = functools.cache(load_cast)
read_scenario = functools.cache(lambda path: load_scenario(path, read_cast))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(TOP / "scenarios", root / "scenarios")
    (root / "experiments").mkdir()
    return root


@pytest.fixture
def load(project: Path) -> Loader:
    """Return a function that loads an experiment with the given lines after the usual head."""

    def load_text(text: str) -> Experiment:
        path = project / "experiments" / "one.yaml"
        path.write_text(HEAD + text, encoding="utf-8")
        return load_experiment(path, read_scenario)

    return load_text


@pytest.fixture(scope="module")
def paths() -> list[str]:
    """Return two parameters of rules that are on in every account, each with some room in its range."""
    rules = [rule for rule in find_rules() if rule.accounts == ALL]
    found = [p.path(rule.id) for rule in rules for p in rule.parameters if p.low <= 0.0 and p.high >= 0.01]
    assert len(found) >= 2
    return found[:2]


def refused(load: Loader, text: str, *parts: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(text)
    for part in parts:
        assert part in str(caught.value)


def test_the_bundled_experiment() -> None:
    experiment = load_experiment(TOP / "experiments" / "quiet_or_vocal.yaml")
    assert (experiment.replications, experiment.seed, experiment.points) == (2, 1995, 50)
    assert experiment.arms == tuple(experiment.scenario.arms)
    assert experiment.accounts == tuple(experiment.scenario.accounts)
    assert experiment.n_runs == 6 * 4 * 100


def test_what_is_left_out_means_all(load: Loader) -> None:
    experiment = load("")
    assert experiment.arms == ("quiet", "vocal", "mixed", "sequence", "silent", "as_it_was")
    assert experiment.figures is None
    assert experiment.record == Record(True, True)
    assert (experiment.design, experiment.points, experiment.vary) == ("factorial", 1, {})


def test_subsets_keep_their_order(load: Loader) -> None:
    experiment = load("arms: [vocal, quiet]\naccounts: [domestic_engine]\nfigures: []\nrecord: {series: false}\n")
    assert experiment.arms == ("vocal", "quiet")
    assert experiment.accounts == ("domestic_engine",)
    assert experiment.figures == ()
    assert experiment.record == Record(False, True)
    assert experiment.n_runs == 20


def test_designs_have_their_number_of_points(load: Loader, paths: list[str]) -> None:
    first, second = paths
    values = f"vary:\n  {first}: {{values: [0, 0.005, 0.01]}}\n  {second}: {{values: [0.01, 0.0, 0.005]}}\n"
    mixed = f"vary:\n  {first}: {{values: [0, 0.01]}}\n  {second}: {{range: [0, 0.01]}}\n"
    assert load(values).points == 9
    assert load(f"{values}design: list\n").points == 3
    sampled = load(f"{mixed}design: latin_hypercube\npoints: 16\n")
    assert sampled.points == 16
    assert sampled.vary[first] == Vary((0.0, 0.01))
    assert (sampled.vary[second].low, sampled.vary[second].high) == (0.0, 0.01)


def test_designs_that_do_not_fit_are_refused(load: Loader, paths: list[str]) -> None:
    first, second = paths
    uneven = f"vary:\n  {first}: {{values: [0, 0.01]}}\n  {second}: {{values: [0.01]}}\ndesign: list\n"
    refused(load, uneven, "one.yaml:6:3: vary", f"1 values, but '{first}' has 2", "same number")
    sampled = f"vary: {{{first}: {{range: [0, 0.01]}}}}\n"
    refused(load, sampled, "a range is sampled, but the design is factorial", "latin_hypercube")
    refused(load, f"{sampled}design: latin_hypercube\n", "the latin_hypercube design needs 'points'", "points: 64")


def test_values_outside_the_parameter_are_refused(load: Loader, paths: list[str]) -> None:
    refused(load, f"vary: {{{paths[0]}: {{values: [0, 1000000]}}}}\n", "values.1", "out of the parameter's range")
    text = f"vary: {{{paths[0]}: {{range: [-1000000, 0.01]}}}}\ndesign: latin_hypercube\npoints: 4\n"
    refused(load, text, "range.0", "out of the parameter's range")


def test_too_many_runs_are_refused(load: Loader, paths: list[str]) -> None:
    text = f"vary: {{{paths[0]}: {{range: [0, 0.01]}}}}\ndesign: latin_hypercube\npoints: 100000\n"
    refused(load, text, "24,000,000 runs", "at most 10,000,000")


def test_problems_of_the_scenario_are_reported_with_those_of_the_experiment(project: Path) -> None:
    bad = project / "scenarios" / "bad.yaml"
    bad.write_text("title: no\n", encoding="utf-8")
    path = project / "experiments" / "two.yaml"
    path.write_text("scenario: ../scenarios/bad.yaml\nreplications: 0\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_experiment(path)
    text = str(caught.value)
    assert "two.yaml:1:11: scenario: the scenario cannot be used" in text
    assert "two.yaml:2:15: replications" in text
    assert "key 'seed' is missing" in text
    assert "bad.yaml:1:8: title: 'no' means different things" in text


def test_a_relative_path_of_the_experiment_is_enough(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "experiments" / "three.yaml").write_text(HEAD, encoding="utf-8")
    monkeypatch.chdir(project / "experiments")
    assert load_experiment(Path("three.yaml"), read_scenario).replications == 10


def test_rules_may_be_varied_over_all_that_is_uncertain(load: Loader) -> None:
    text = "design: latin_hypercube\npoints: 8\naccounts: [leverage_toolbox]\nvary_rules: [senders.lists, ngos]\n"
    narrowed = "vary: {senders.lists.names: {range: [1.2, 1.8]}}\n"
    experiment = load(text + narrowed)
    known = parameters()
    on = {rule.id for rule in rules_of("leverage_toolbox")}
    wanted = {
        path for path, parameter in known.items()
        if parameter.role == "uncertainty" and path.rpartition(".")[0] in on
        and (path.startswith(("ngos.", "senders.lists.")))
    }  # fmt: skip
    assert set(experiment.vary) == wanted
    said, whole = (experiment.vary[f"senders.lists.{name}"] for name in ("names", "unknown"))
    of_rule = known["senders.lists.unknown"]
    assert (said.low, said.high, whole.low, whole.high) == (1.2, 1.8, of_rule.low, of_rule.high)
    assert experiment.points == 8


def test_an_ablation_names_rules_families_or_all(load: Loader) -> None:
    head = "design: ablation\naccounts: [domestic_engine]\n"
    with_strength = [rule for rule in rules_of("domestic_engine") if rule.has_strength]
    assert load(f"{head}rules: [all]\n").points == 1 + len(with_strength)
    family = load(f"{head}rules: [senders, focal.threat_screen]\n").options
    assert isinstance(family, tuple)
    assert set(family) == {
        f"{rule.id}.strength" for rule in with_strength if rule.family == "senders" or rule.id == "focal.threat_screen"
    }


def test_a_family_without_anything_to_vary_is_refused(load: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demarche.experiment.design.named_rules.named_rules", lambda names, accounts: iter(()))
    refused(load, "design: ablation\nrules: [ngos]\n", "one.yaml:5:1: rules", "has a strength", "name other rules")
    text = "design: sobol\npoints: 8\nvary_rules: [ngos]\n"
    refused(load, text, "one.yaml:6:1: vary_rules", "has an uncertainty")
