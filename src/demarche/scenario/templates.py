"""Templates: small studies to start from, each with the bundled scenario or cast that it needs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from demarche.cast.cast import load_cast
from demarche.errors import check_known
from demarche.scenario.bundled import bundled_root, copy_files
from demarche.scenario.load import load_scenario

FOLDER = Path(__file__).with_name("templates")


@dataclass(frozen=True)
class Template:
    """A study to start from.

    Parameters
    ----------
    meaning
        What it is for.
    scenario, cast
        Bundled file that it needs with all that this one needs, empty for none.
    """

    meaning: str
    scenario: str = ""
    cast: str = ""


TEMPLATES = {
    "class": Template("a file of moves for a class, and an experiment of a minute", cast="casts/china_1989.yaml"),
    "paper": Template("main, sensitivity and ablation experiments, figures as PDF", "quiet_or_vocal.yaml"),
    "invented": Template("a state that does not exist, with its cast", "quiet_or_vocal_invented.yaml"),
}
"""Name -> template; its own files lie in the folder of its name."""


def copy_template(target: Path, name: str) -> list[Path]:
    """Copy a template with what it needs into a folder; nothing is overwritten.

    Returns
    -------
    list of Path
        The files written, experiments last.

    Raises
    ------
    DesignError
        If there is no such template; says which was probably meant.
    ScenarioError
        Naming every file that already exists, before anything is written; or why writing failed.
    """
    check_known("--template", "template", [name], list(TEMPLATES))
    root = bundled_root()
    contents = {
        Path(os.path.relpath(path.resolve(), root)): path.read_bytes() for path in _needed(root, TEMPLATES[name])
    }
    own = sorted(path for path in (FOLDER / name).rglob("*") if path.is_file())
    contents |= {path.relative_to(FOLDER / name): path.read_bytes() for path in own}
    order = sorted(contents, key=lambda path: path.parts[0] == "experiments")
    return copy_files(target, {path: contents[path] for path in order})


def _needed(root: Path, template: Template) -> list[Path]:
    """Return the bundled files that a template needs."""
    if template.cast:
        return list(load_cast(root / "scenarios" / template.cast).files)
    scenario = load_scenario(root / "scenarios" / template.scenario)
    return [scenario.path, *scenario.cast.files, *scenario.rule_files]
