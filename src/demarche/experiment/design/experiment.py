"""`load_experiment(path)`: which runs of a scenario are wanted, checked, with all problems at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from demarche.errors import ScenarioError
from demarche.experiment.design.checks import MAX_RUNS, check_design, check_names_used, check_size, check_table_use
from demarche.experiment.design.file import FIGURES, DesignName, ExperimentFile, FigureName, experiment_schema
from demarche.experiment.design.methods import count_points, count_runs
from demarche.experiment.design.named_rules import strengths_of, uncertainties_of
from demarche.experiment.design.request import Options, Record, Request, Vary
from demarche.experiment.design.run_table import Table, read_table
from demarche.reading.includes import find_include
from demarche.reading.messages import validate
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import read_yaml
from demarche.scenario.content import Scenario
from demarche.scenario.load import load_scenario

__all__ = [
    "FIGURES", "MAX_RUNS", "DesignName", "Experiment", "FigureName", "Options", "Record", "Vary", "experiment_schema",
    "load_experiment",
]  # fmt: skip


class Experiment(Request):
    """A checked experiment: what `Request` says it asks for, and what follows from that."""

    @property
    def n_runs(self) -> int:
        """Number of runs that it asks for."""
        return count_runs(self)

    @property
    def is_full(self) -> bool:
        """Tell whether every arm and pack runs every point with every replication."""
        return self.n_runs == len(self.arms) * len(self.packs) * self.points * self.replications

    @property
    def files(self) -> tuple[Path, ...]:
        """Its own files: the experiment file, and the table if it brings one."""
        return (self.path, self.options.table.path) if self.options.table else (self.path,)

    def describe_design(self) -> dict[str, Any]:
        """Return what an analysis must know of the design, as plain data."""
        options = self.options
        asked: dict[str, dict[str, Any]] = {
            "saltelli": {"base_points": options.base_points, "second_order": options.second_order},
            "morris": {"trajectories": options.trajectories, "levels": options.levels},
            "grid": {"levels": options.levels},
            "ablation": {"switched": list(options.switched)},
        }
        vary = {path: entry.to_json() for path, entry in self.vary.items()}
        return {"design": self.design, "points": self.points, **asked.get(self.design, {}), "vary": vary}


def load_experiment(path: Path, read_scenario: Callable[[Path], Scenario] = load_scenario) -> Experiment:
    """Read and check an experiment file, the scenario that it names and the table that it brings.

    Parameters
    ----------
    path
        The file; its scenario and table lie in the folder above or below that one.
    read_scenario
        Reads a scenario file.

    Raises
    ------
    ScenarioError
        With every problem of the file, sorted by line, then those of the scenario and of the table.
    """
    report = Report(read_yaml(path))
    if report.document.is_broken:
        report.raise_if_any()
    model = validate(ExperimentFile, report)
    scenario = _read_scenario(report, path, read_scenario)
    check_names_used(report, scenario)
    if model is not None:
        check_design(report, model)
    report.raise_if_any()
    if model is None or scenario is None:
        raise ScenarioError(f"{path}:1:1: the file cannot be used, for a reason that was not found")
    table = _read_table(report, path, model, scenario)
    report.raise_if_any()
    experiment = _build(path, model, scenario, table)
    check_size(report, model, experiment)
    report.raise_if_any()
    return experiment


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


def _read_table(report: Report, path: Path, model: ExperimentFile, scenario: Scenario) -> Table | None:
    if model.design != "table":
        return None
    folder = path.absolute().parent
    found = find_include(report, ("table",), model.table, folder, folder.resolve().parent)
    if found is None:
        return None
    arms, packs = tuple(model.arms) or tuple(scenario.arms), tuple(model.packs) or scenario.packs
    try:
        table = read_table(found, arms, packs, model.replications)
    except ScenarioError as error:
        fix = "mend the problems of the table below"
        report.add(("table",), "the table cannot be used", found=model.table, fix=fix)
        report.add_foreign(error.problems)
        return None
    check_table_use(report, model, table)
    return table


def _build(path: Path, model: ExperimentFile, scenario: Scenario, table: Table | None) -> Experiment:
    arms, packs = tuple(model.arms) or tuple(scenario.arms), tuple(model.packs) or scenario.packs
    if table is not None:
        arms, packs = table.used("arm", arms), table.used("pack", packs)
    vary = {name: Vary((), *bounds) for name, bounds in uncertainties_of(model.vary_rules, packs).items()}
    for name, entry in model.vary.items():
        vary[name] = Vary(tuple(entry.values)) if entry.values else Vary((), *entry.range)
    options = Options(
        base_points=model.base_points,
        second_order=model.second_order,
        trajectories=model.trajectories,
        levels=model.levels,
        switched=strengths_of(model.rules, packs),
        table=table,
    )
    return Experiment(
        path=path,
        scenario=scenario,
        replications=model.replications,
        seed=model.seed,
        vary=vary,
        design=model.design,
        points=count_points(model.design, vary, options, model.points),
        arms=arms,
        packs=packs,
        figures=tuple(model.figures),
        record=Record(model.record.series, model.record.events),
        options=options,
    )
