"""The library: bundled scenarios that say what they are for, and each of them with what it needs, copied out to run."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from demarche.cast.cast import load_cast
from demarche.errors import check_known
from demarche.scenario.bundled import bundled_root, copy_files
from demarche.scenario.content import Lesson, Scenario
from demarche.scenario.load import load_scenario

SEED = 1995
FIGURES = "figures: [contrast, difference, accounts]\nrecord: {series: true, events: true}\n"


def library() -> dict[str, Scenario]:
    """Return the scenarios of the library, by their ids, in order.

    Raises
    ------
    ScenarioError
        If a bundled file cannot be used.
    """
    return _library_in(bundled_root())


@cache
def _library_in(root: Path) -> dict[str, Scenario]:
    read = cache(load_cast)
    found = [load_scenario(path, read) for path in sorted((root / "scenarios").glob("*.yaml"))]
    ours = {lesson_of(one).id: one for one in found if one.lesson is not None}
    return dict(sorted(ours.items()))


def lesson_of(scenario: Scenario) -> Lesson:
    """Return what a scenario of the library is for.

    Raises
    ------
    ValueError
        If it belongs to none.
    """
    if scenario.lesson is None:
        raise ValueError(f"{scenario.path} says nothing of a library")
    return scenario.lesson


def scenario_of(name: str) -> Scenario:
    """Return a scenario by its id or the name of its file, in any case.

    Raises
    ------
    DesignError
        If there is none; says which was probably meant.
    """
    by_name = {key.casefold(): one for id_, one in library().items() for key in (id_, one.path.stem)}
    wanted = name.strip().casefold().removesuffix(".yaml")
    check_known("--scenario", "scenario", [wanted], list(by_name))
    return by_name[wanted]


def experiment_text(scenario: Scenario) -> str:
    """Return the experiment file that runs a scenario of the library in the size of its finding."""
    lesson = lesson_of(scenario)
    head = f"# {scenario.title}: {scenario.question} About a minute on a laptop.\n"
    size = f"draws: {lesson.draws}\nlucks: 1\nseed: {SEED}\n"
    return f"{head}scenario: ../scenarios/{scenario.path.name}\n{size}{FIGURES}"


def copy_scenario(target: Path, scenario: Scenario) -> list[Path]:
    """Copy a scenario with its cast and moves into a folder and write an experiment for it; nothing is overwritten.

    Returns
    -------
    list of Path
        The files written, the experiment last.

    Raises
    ------
    ScenarioError
        Naming every file that already exists, before anything is written; or why writing failed.
    """
    root = bundled_root()
    paths = dict.fromkeys(scenario.files)
    contents = {Path(os.path.relpath(path.resolve(), root)): path.read_bytes() for path in paths}
    contents[Path("experiments", scenario.path.name)] = experiment_text(scenario).encode()
    return copy_files(target, contents)
