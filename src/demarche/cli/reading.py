"""What commands read: experiments, results folders, rules of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from demarche.cli.say.choosing import split_names
from demarche.errors import DesignError, Problem, ScenarioError, check_known, closest

if TYPE_CHECKING:
    from demarche.analysis.comparison.batch import Batch
    from demarche.cast.cast import Cast
    from demarche.engine.setup import Setup
    from demarche.experiment.design.experiment import Experiment
    from demarche.experiment.results.store import Results
    from demarche.figures.find import Choice
    from demarche.rules.contract import Rule
    from demarche.scenario.content import Scenario
    from demarche.world.calendar import CalendarEvent, Period

CASE = "scenarios/casts/china_1989.yaml"
"""The bundled case."""


def read_experiment(path: Path) -> Experiment:
    """Read an experiment; a path that only the package has is answered with how to copy it out.

    Raises
    ------
    ScenarioError
        If the file is missing or cannot be used.
    """
    from demarche.experiment.design.experiment import load_experiment
    from demarche.figures.find import figures_of_experiments

    check_here(path)
    return load_experiment(path, figures=figures_of_experiments())


def setup_of(scenario: Scenario) -> Setup:
    """Return what a scenario compiles to, with the packaged accounts beside its own."""
    from demarche.accounts.packaged import packaged_accounts
    from demarche.scenario.load import compile_scenario

    setup = compile_scenario(scenario)
    return replace(setup, accounts={**packaged_accounts(), **setup.accounts})


def chosen_accounts(accounts: str, otherwise: Sequence[str]) -> list[str]:
    """Return the accounts that an option names, with commas; `all` are the packaged ones, no name those of `otherwise`.

    Raises
    ------
    DesignError
        If one is not packaged.
    """
    from demarche.accounts.packaged import packaged_accounts

    packaged = packaged_accounts()
    names = list(packaged) if accounts == "all" else split_names(accounts)
    check_known("--accounts", "account", names, list(packaged))
    return names or list(otherwise)


def check_here(path: Path) -> None:
    """Refuse a path that only the package has.

    Raises
    ------
    ScenarioError
        Saying how to copy it out.
    """
    from demarche.scenario.bundled import bundled_root

    if not path.exists() and not path.is_absolute() and (bundled_root() / path).is_file():
        fix = "copy the bundled files into the current folder with: demarche init ."
        raise ScenarioError([Problem(f"{path}:1:1", "there is no such file here, but Demarche comes with it", fix=fix)])


def scenario_of(path: Path) -> Path:
    """Return a scenario file, or that of an experiment file.

    Raises
    ------
    ScenarioError
        If the file is missing or cannot be used.
    """
    from demarche.reading.yaml_nodes import read_yaml

    check_here(path)
    is_experiment = {"scenario", "replications", "draws"} & set(read_yaml(path).keys_at())
    return read_experiment(path).scenario.path if is_experiment else path


@dataclass(frozen=True)
class WhoAndWhen:
    """Cast and dated events of a case.

    Parameters
    ----------
    cast
        Who is in it.
    calendars
        Arm -> its dated events; `the cast` where no scenario says more.
    period
        First and last month of its scenario, None for a cast alone.
    """

    cast: Cast
    calendars: Mapping[str, tuple[CalendarEvent, ...]]
    period: Period | None


def read_case(path: Path | None) -> WhoAndWhen:
    """Return who and what is in the case of a results folder, scenario, experiment or cast; the bundled one if None.

    Raises
    ------
    ScenarioError
        If a file cannot be used.
    StoreError
        If a results folder cannot.
    """
    from demarche.cast.cast import load_cast
    from demarche.experiment.results.rerun import setup_of
    from demarche.experiment.results.store import open_results
    from demarche.reading.yaml_nodes import read_yaml
    from demarche.scenario.bundled import bundled_root
    from demarche.scenario.load import compile_scenario, load_scenario

    if path is None or (path.is_file() and {"tables", "focal"} & set(read_yaml(path).keys_at())):
        cast = load_cast(path or bundled_root() / CASE)
        return WhoAndWhen(cast, {"the cast": tuple(cast.events)}, None)
    if path.is_dir() or path.suffix not in (".yaml", ".yml"):
        setup = setup_of(open_results(path), same_rules=False)
    else:
        setup = compile_scenario(load_scenario(scenario_of(path)))
    return WhoAndWhen(setup.cast, {name: arm.calendar.events for name, arm in setup.arms.items()}, setup.period)


def figures_before(experiment: Experiment) -> Choice:
    """Return which figures an experiment will draw."""
    from demarche.experiment.design.figures import supply_of
    from demarche.figures.find import choose, figures_of_experiments

    return choose(experiment.figures, supply_of(experiment), figures_of_experiments())


def figures_after(results: Results) -> Choice:
    """Return which figures results draw: those that their experiment named, or those that can be drawn."""
    from demarche.figures.find import choose, figures_of_experiments
    from demarche.figures.tables import supply_of_results

    return choose(results.manifest.figures, supply_of_results(results), figures_of_experiments())


def open_done(path: Path) -> tuple[Results, Batch]:
    """Return an opened results folder and its runs, checksums compared.

    Raises
    ------
    DesignError
        If no run was done.
    """
    from demarche.analysis.comparison.batch import batch_of
    from demarche.experiment.results.store import open_results

    results = open_results(path)
    return results, batch_of(results)


def chosen_rules(account: str, family: str = "") -> tuple[Rule, ...]:
    """Return the rules of an account and a family; an empty text takes all.

    Raises
    ------
    DesignError
        If there is no such account or family.
    """
    from demarche.accounts.packaged import packaged_accounts
    from demarche.rules.contract import FAMILIES
    from demarche.rules.find import find_rules, rules_of

    check_known("--account", "account", [account] if account else [], list(packaged_accounts()))
    names = {prefix.lower(): name for name, prefix in FAMILIES.items()} | {name: name for name in FAMILIES}
    if family and family.lower() not in names:
        raise DesignError([
            Problem("--family", f"no family is called '{family}'", expected=", ".join(FAMILIES),
                    did_you_mean=closest(family, names))
        ])  # fmt: skip
    listed = rules_of(account) if account else find_rules()
    return tuple(rule for rule in listed if not family or rule.family == names[family.lower()])
