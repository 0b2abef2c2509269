"""`demarche init`: the bundled files, to work on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from demarche.errors import shell_word

FIRST = ("quiet_or_vocal", "main")
"""Experiments that somebody who is new runs before others."""


def init(
    folder: Annotated[Path, typer.Argument(help="Folder to copy into; made if it does not exist.", metavar="DIR")],
    scenario: Annotated[
        str, typer.Option("--scenario", help="Only this scenario of the library, such as S04, with what it needs.")
    ] = "",
    template: Annotated[
        str, typer.Option("--template", help="A study to start from: class, paper or invented.")
    ] = "",
) -> None:
    """Copy the bundled scenarios and experiments, one scenario of the library, or a study to start from."""
    from demarche.errors import DesignError, Problem
    from demarche.scenario.bundled import copy_bundled
    from demarche.scenario.library import copy_scenario, scenario_of
    from demarche.scenario.templates import copy_template

    if scenario and template:
        fix = "ask for one of the two"
        raise DesignError([Problem("--template", "a scenario and a template were asked for", fix=fix)])
    if template:
        written = copy_template(folder, template.strip().casefold())
    else:
        written = copy_scenario(folder, scenario_of(scenario)) if scenario else copy_bundled(folder)
    experiments = [path for path in written if path.parent.name == "experiments"]
    typer.echo(f"{len(written)} files written to {folder}")
    change = "" if folder.resolve() == Path.cwd() else f"cd {shell_word(folder)} && "
    experiments.sort(key=lambda path: path.stem not in FIRST)
    names = [path.relative_to(folder).as_posix() for path in experiments]
    for name in names[:1]:
        typer.echo(f"Next: {change}demarche run {name}")
    if names[1:]:
        typer.echo(f"Further experiments: {', '.join(names[1:])}")
