"""`load_experiment(path)`: which runs of a scenario are wanted, checked, with all problems at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from demarche.errors import ScenarioError
from demarche.scenario.checks import check_names, check_parameters, check_repeats
from demarche.scenario.content import Scenario
from demarche.scenario.includes import find_include
from demarche.scenario.load import load_scenario
from demarche.scenario.messages import model_schema, validate
from demarche.scenario.models import Strict, unfit
from demarche.scenario.report import Report
from demarche.scenario.schema import parameter_keys, tidy_schema
from demarche.scenario.yaml_nodes import ANY, KeyPath, read_yaml

Design = Literal["factorial", "list", "latin_hypercube"]
FigureName = Literal["paths", "contrast", "releases", "votes", "packs"]

FIGURES: tuple[FigureName, ...] = ("paths", "contrast", "releases", "votes", "packs")
MAX_REPLICATIONS = 100_000
MAX_POINTS = 100_000
MAX_RUNS = 10_000_000  # a mistyped design should not fill a disk; the largest studied design has some 43,000


class VaryFile(Strict):
    """How one parameter varies: swept over values, or sampled from a range."""

    values: list[float] = Field(default=[], min_length=1, description="values to sweep")
    range: list[float] = Field(default=[], min_length=2, max_length=2, description="lowest and highest value")

    @model_validator(mode="after")
    def _check(self) -> Self:
        if bool(self.values) == bool(self.range):
            raise unfit(
                "exactly one of 'values' and 'range' is needed", "{values: [0.2, 0.8]} or {range: [0, 1]}"
            )
        if self.range and not self.range[0] < self.range[1]:
            raise unfit("the range is empty", "the lower value first, then a higher one")
        return self


class RecordFile(Strict):
    """Which tables are kept besides runs and outcomes."""

    series: bool = Field(default=True, description="monthly series of every run")
    events: bool = Field(default=True, description="votes, releases, dialogue rounds and other events")


class ExperimentFile(Strict):
    """A whole experiment file."""

    scenario: str = Field(
        description="path of the scenario file, relative to this file",
        examples=["../scenarios/quiet_or_vocal.yaml"],
    )
    replications: Annotated[int, Field(ge=1, le=MAX_REPLICATIONS)] = Field(
        description="runs of each arm, pack and point", examples=["100"]
    )
    seed: Annotated[int, Field(ge=0)] = Field(description="from which all luck follows", examples=["1995"])
    vary: dict[str, VaryFile] = Field(
        default={}, min_length=1, description="parameter path -> values or range"
    )
    design: Design = Field(default="factorial", description="how points are laid out")
    points: Annotated[int, Field(ge=2, le=MAX_POINTS)] = Field(
        default=2, description="design points of a latin hypercube", examples=["64"]
    )
    arms: list[str] = Field(default=[], min_length=1, description="arms to run; all if left out")
    packs: list[str] = Field(default=[], min_length=1, description="packs to run; all if left out")
    figures: list[FigureName] = Field(default=list(FIGURES), description="figures to draw; all if left out")
    record: RecordFile = Field(default=RecordFile(), description="tables to keep")
    notes: str = Field(default="", max_length=10_000, description="anything a reader should know")


@dataclass(frozen=True)
class Vary:
    """How one parameter varies: over `values`, or between `low` and `high` if there are none."""

    values: tuple[float, ...] = ()
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True)
class Record:
    """Which tables are kept."""

    series: bool = True
    events: bool = True


@dataclass(frozen=True, eq=False)
class Experiment:
    """A checked experiment.

    Parameters
    ----------
    path
        The file that it was read from.
    scenario
        The scenario that it runs.
    replications, seed
        Runs of each arm, pack and design point; the number from which their luck follows.
    vary
        Parameter path -> how it varies.
    design, points
        Layout of the design; `points` counts the points of every design.
    arms, packs, figures
        Names, in order.
    record
        Which tables are kept.
    """

    path: Path
    scenario: Scenario
    replications: int
    seed: int
    vary: Mapping[str, Vary]
    design: Design
    points: int
    arms: tuple[str, ...]
    packs: tuple[str, ...]
    figures: tuple[str, ...]
    record: Record

    @property
    def n_runs(self) -> int:
        """Number of runs that it asks for."""
        return len(self.arms) * len(self.packs) * self.points * self.replications


def load_experiment(path: Path, read_scenario: Callable[[Path], Scenario] = load_scenario) -> Experiment:
    """Read and check an experiment file and the scenario that it names.

    Parameters
    ----------
    path
        The file; its scenario lies in the folder above or below that one.
    read_scenario
        Reads a scenario file.

    Raises
    ------
    ScenarioError
        With every problem of the file, sorted by line, then those of the scenario.
    """
    report = Report(read_yaml(path))
    if report.document.is_broken:
        report.raise_if_any()
    model = validate(ExperimentFile, report)
    scenario = _read_scenario(report, path, read_scenario)
    _check_names(report, scenario)
    report.raise_if_any()
    if model is None or scenario is None:
        raise ScenarioError(f"{path}:1:1: the file cannot be used, for a reason that was not found")
    experiment = _build(path, model, scenario)
    _check_design(report, model, experiment)
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


def _check_names(report: Report, scenario: Scenario | None) -> None:
    from demarche.rules.find import parameters

    select = report.document.select
    check_names(report, "parameter", select("vary", ANY), parameters(), at_key=True)
    check_parameters(report, select("vary", ANY, ANY, ANY))
    for pattern in (("arms", ANY), ("packs", ANY), ("figures", ANY), ("vary", ANY, "values", ANY)):
        check_repeats(report, select(*pattern))
    if scenario is not None:
        check_names(report, "arm of the scenario", select("arms", ANY), scenario.arms)
        check_names(report, "pack of the scenario", select("packs", ANY), scenario.packs)


def _n_points(model: ExperimentFile) -> int:
    lengths = [len(vary.values) for vary in model.vary.values()]
    if model.design == "latin_hypercube":
        return model.points
    return max(lengths, default=1) if model.design == "list" else math.prod(lengths)


def _build(path: Path, model: ExperimentFile, scenario: Scenario) -> Experiment:
    vary = {
        name: Vary(tuple(entry.values)) if entry.values else Vary((), *entry.range)
        for name, entry in model.vary.items()
    }
    return Experiment(
        path=path,
        scenario=scenario,
        replications=model.replications,
        seed=model.seed,
        vary=vary,
        design=model.design,
        points=_n_points(model),
        arms=tuple(model.arms) or tuple(scenario.arms),
        packs=tuple(model.packs) or scenario.packs,
        figures=tuple(model.figures),
        record=Record(model.record.series, model.record.events),
    )


def _check_design(report: Report, model: ExperimentFile, experiment: Experiment) -> None:
    """Check what keys demand of each other: design against vary, points, packs and the number of runs."""
    sampled = model.design == "latin_hypercube"
    given = model.model_fields_set
    if sampled and "points" not in given:
        fix = "add for example 'points: 64'"
        report.add(("design",), "a latin hypercube needs a number of points", found=model.design, fix=fix)
    if not sampled and "points" in given:
        fix = "leave out 'points', or write 'design: latin_hypercube'"
        report.add(
            ("points",),
            f"a {model.design} design has no number of points of its own",
            found=model.points,
            fix=fix,
        )
    if "design" in given and not model.vary:
        report.add(
            ("design",),
            "there is a design but nothing varies",
            found=model.design,
            fix="add 'vary', or leave it out",
        )
    _check_vary(report, model, experiment)
    if experiment.n_runs > MAX_RUNS:
        what = f"the experiment asks for {experiment.n_runs:,} runs"
        fix = "use fewer replications, values or points"
        report.add(
            ("replications",), what, found=model.replications, expected=f"at most {MAX_RUNS:,} runs", fix=fix
        )


def _check_vary(report: Report, model: ExperimentFile, experiment: Experiment) -> None:
    from demarche.rules.find import rules_of

    lengths = {name: len(vary.values) for name, vary in model.vary.items()}
    first = next(iter(lengths), "")
    on = {path for pack in experiment.packs for rule in rules_of(pack) for path in rule.parameter_paths}
    for name, length in lengths.items():
        path: KeyPath = ("vary", name)
        if name not in on:
            fix = "leave it out, or add a pack in which its rule is on"
            report.add(path, "its rule is on in none of the packs", found=name, fix=fix, at_key=True)
        elif not length and model.design != "latin_hypercube":
            fix = "write 'values: [...]', or 'design: latin_hypercube' with 'points'"
            report.add(path, f"a range is sampled, but the design is {model.design}", fix=fix)
        elif model.design == "list" and length != lengths[first]:
            what = f"{length} values, but '{first}' has {lengths[first]}"
            report.add(path, what, fix="give every parameter the same number of values", at_key=True)


def experiment_schema() -> dict[str, Any]:
    """Return the JSON Schema of experiment files, with packs and parameters listed."""
    from demarche.rules.packs import PACKS

    schema = tidy_schema(model_schema(ExperimentFile), "Demarche experiment")
    keys, parts = schema["properties"], schema["$defs"]
    keys["packs"]["items"] = {"enum": list(PACKS)}
    keys["vary"].update(parameter_keys({"$ref": "#/$defs/VaryFile"}))
    parts["VaryFile"]["oneOf"] = [{"required": ["values"]}, {"required": ["range"]}]
    return schema
