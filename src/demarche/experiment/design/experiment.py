"""`load_experiment(path)`: which runs of a scenario are wanted, checked, with all problems at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Self

from demarche.errors import Problem, ScenarioError
from demarche.experiment.design.checks import MAX_RUNS, check_design, check_names_used, check_size, keys_of, varied
from demarche.experiment.design.figures import Drawables, check_figure_names, check_figures
from demarche.experiment.design.file import ExperimentFile, experiment_model, experiment_schema
from demarche.experiment.design.find import PLAIN, methods
from demarche.experiment.design.layout import count_points, count_runs, method_of
from demarche.experiment.design.method import RUNS_KEY, Ask
from demarche.experiment.design.named_rules import Scope, uncertainties_of
from demarche.experiment.design.parameters_from import MEDIANS, POSTERIOR, PRIOR
from demarche.experiment.design.request import Record, Request, Vary
from demarche.reading.includes import find_include
from demarche.reading.messages import validate
from demarche.reading.report import Report
from demarche.reading.strict import Strict
from demarche.reading.yaml_nodes import read_yaml
from demarche.scenario.content import Scenario
from demarche.scenario.load import load_scenario

__all__ = [
    "MAX_RUNS", "Experiment", "Record", "Vary", "experiment_schema", "load_experiment",
]  # fmt: skip


class Experiment(Request):
    """A checked experiment: what `Request` says it asks for, and what follows from that."""

    @property
    def points(self) -> int:
        """Number of design points."""
        return count_points(self)

    @property
    def n_runs(self) -> int:
        """Number of runs that it asks for."""
        return count_runs(self)

    @property
    def is_full(self) -> bool:
        """Tell whether every arm and account runs every point with every replication."""
        return self.n_runs == len(self.arms) * len(self.accounts) * self.points * self.replications

    @property
    def files(self) -> tuple[Path, ...]:
        """Its own files: the experiment file, and what its design read besides."""
        return (self.path, *method_of(self).files(self.options))

    def describe_design(self) -> dict[str, object]:
        """Return what an analysis must know of the design, as plain data."""
        vary = {path: entry.to_json() for path, entry in self.vary.items()}
        told = method_of(self).describe(self.options)
        held: dict[str, object] = {"parameters_from": self.parameters_from}
        held |= {"quick_of": self.quick_of} if self.quick_of else {}
        return {"design": self.design, **held, "points": self.points, **told, "vary": vary}

    @property
    def parameters_from(self) -> str:
        """Where uncertain parameters have their values from: `medians`, `prior` or `posterior`."""
        return (POSTERIOR if getattr(self.options, "learned", {}) else PRIOR) if self.has_draws else MEDIANS

    @property
    def has_draws(self) -> bool:
        """Tell whether its points are draws, each with luck of its own."""
        return not method_of(self).shares_luck

    @property
    def units(self) -> int:
        """Number of what is independent: draws, or replications."""
        return self.points if self.has_draws else self.replications

    @property
    def unit_words(self) -> str:
        """What those are called."""
        return f"{method_of(self).places[0]}s" if self.has_draws else "replications"

    @property
    def units_key(self) -> str:
        """Key of the file that says how many there are."""
        return method_of(self).implied_by if self.has_draws else RUNS_KEY

    def with_units(self, n: int) -> Self:
        """Return the same experiment with so many draws, or replications where nothing is drawn."""
        if isinstance(self.options, Strict) and self.has_draws:
            return replace(self, options=self.options.model_copy(update={method_of(self).implied_by: n}))
        return replace(self, replications=n)

    def without_points(self) -> Self:
        """Return the same experiment with every parameter as the accounts have it, and with as much luck."""
        replications = self.replications * (self.points if self.has_draws else 1)
        return replace(self, vary={}, design=PLAIN, options=methods()[PLAIN].keys(), replications=replications)


def load_experiment(
    path: Path, read_scenario: Callable[[Path], Scenario] = load_scenario, figures: Drawables | None = None
) -> Experiment:
    """Read and check an experiment file, the scenario that it names and the files that its design names.

    Parameters
    ----------
    path
        The file; its scenario and table lie in the folder above or below that one.
    read_scenario
        Reads a scenario file.
    figures
        The figures that an experiment may name; what it says of figures is not judged if None.

    Raises
    ------
    ScenarioError
        With every problem of the file, sorted by line, then those of the scenario and of the table.
    """
    report = Report(read_yaml(path))
    if report.document.is_broken:
        report.raise_if_any()
    _refuse_scenario(report, path)
    model = validate(experiment_model(), report)
    scenario = _read_scenario(report, path, read_scenario)
    check_names_used(report, scenario)
    if figures is not None:
        check_figure_names(report, figures)
    if model is not None:
        check_design(report, model)
    report.raise_if_any()
    if model is None or scenario is None:
        raise ScenarioError(f"{path}:1:1: the file cannot be used, for a reason that was not found")
    experiment = _build(report, path, model, scenario)
    check_size(report, model, experiment)
    if figures is not None:
        check_figures(report, experiment, figures)
    report.raise_if_any()
    return experiment


def _refuse_scenario(report: Report, path: Path) -> None:
    keys = set(report.document.keys_at())
    if "scenario" not in keys and keys >= {"cast", "arms"}:
        fix = f"give an experiment: a file with 'draws', 'lucks', 'seed' and a 'scenario' that leads to {path.name}"
        raise ScenarioError([Problem(f"{path}:1:1", "this is a scenario, not an experiment", fix=fix)])


def _read_scenario(report: Report, path: Path, read_scenario: Callable[[Path], Scenario]) -> Scenario | None:
    text = report.document.get("scenario")
    if not isinstance(text, str) or report.is_covered(("scenario",)):
        return None
    folder = path.absolute().parent
    found = find_include(report, ("scenario",), text, folder, folder.resolve().parent)
    if found is None:
        return None
    try:
        return read_scenario(found)
    except ScenarioError as error:
        fix = "mend the problems of the scenario file below"
        report.add(("scenario",), "the scenario cannot be used", found=text, fix=fix)
        report.add_foreign(error.problems)
        return None


def _build(report: Report, path: Path, model: ExperimentFile, scenario: Scenario) -> Experiment:
    method = model.method
    arms, accounts = tuple(model.arms) or tuple(scenario.arms), tuple(model.accounts) or tuple(scenario.accounts)
    ask = Ask(report, path.absolute().parent, arms, accounts, scenario.catalogue, model.runs, model.parameters)
    options = method.options_of(ask, keys_of(model, method))
    report.raise_if_any()
    arms, accounts = method.used(options, arms, accounts)
    scope = Scope(scenario.catalogue, accounts)
    vary = {name: Vary((), *bounds) for name, bounds in uncertainties_of(model.vary_rules, scope).items()}
    return Experiment(
        path=path,
        scenario=scenario,
        replications=model.runs,
        seed=model.seed,
        vary=vary | varied(model),
        design=method.name,
        options=options,
        arms=arms,
        accounts=accounts,
        figures=tuple(model.figures) if "figures" in model.model_fields_set else None,
        record=Record(model.record.series, model.record.events),
        quick_of=model.quick_of,
    )
