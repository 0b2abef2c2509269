"""Files in: scenarios and experiments read and checked, batches run, results opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from demarche.errors import Problem, ScenarioError
from demarche.interface.results import Results

if TYPE_CHECKING:
    from demarche.experiment.design.experiment import Experiment
    from demarche.scenario.content import Scenario

DRAFT = {"scenario", "replications", "draws"}
"""Keys by which an experiment is told from a scenario."""


def load(path: str | Path) -> Scenario | Experiment:
    """Read a scenario or an experiment.

    Parameters
    ----------
    path
        The file, or one of the bundled ones as `scenarios/quiet_or_vocal.yaml`.

    Raises
    ------
    ScenarioError
        With every problem of the file.
    """
    from demarche.experiment.design.experiment import load_experiment
    from demarche.figures.find import figures_of_experiments
    from demarche.reading.yaml_nodes import read_yaml
    from demarche.scenario.load import load_scenario

    place = _place(path)
    if DRAFT & set(read_yaml(place).keys_at()):
        return load_experiment(place, figures=figures_of_experiments())
    return load_scenario(place)


def check(path: str | Path) -> tuple[Problem, ...]:
    """Return what is wrong with a scenario or an experiment; nothing if it can be run.

    Parameters
    ----------
    path
        As for `load`.
    """
    try:
        load(path)
    except ScenarioError as error:
        return error.problems
    return ()


def run(experiment: Experiment | str | Path, out: str | Path, *, workers: int | None = None) -> Results:
    """Run an experiment into a folder and return its results; what is there already is not run again.

    Parameters
    ----------
    experiment
        An experiment that was loaded, or its file.
    out
        Results folder.
    workers
        Processes that simulate; chosen by the number of runs if None.

    Raises
    ------
    ScenarioError
        If the file cannot be used, or is that of a scenario.
    DesignError, BusyError, DiskError
        If the folder holds something else, is in use, or cannot be written.
    """
    from demarche.experiment.design.experiment import Experiment
    from demarche.experiment.run.runner import run_experiment

    wanted = load(experiment) if isinstance(experiment, (str, Path)) else experiment
    if not isinstance(wanted, Experiment):
        fix = "write an experiment that names the scenario, with replications and a seed"
        raise ScenarioError([Problem(str(wanted.path), "this is a scenario, and an experiment is run", fix=fix)])
    run_experiment(wanted, Path(out), workers=workers)
    return open_results(out)


def open_results(path: str | Path) -> Results:
    """Open a results folder.

    Raises
    ------
    StoreError
        If it is unfinished, damaged or no results folder.
    """
    from demarche.experiment.results.store import open_results as opened

    return Results(opened(Path(path)))


def _place(path: str | Path) -> Path:
    from demarche.scenario.bundled import bundled_root

    place = Path(path)
    bundled = bundled_root() / place
    return bundled if not place.exists() and not place.is_absolute() and bundled.is_file() else place
