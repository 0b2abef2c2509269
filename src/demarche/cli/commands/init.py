"""`demarche init`: the bundled files, to work on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[Path, typer.Argument(help="Folder to copy into; made if it does not exist.", metavar="DIR")],
    scenario: Annotated[
        str, typer.Option("--scenario", help="Only this scenario of the library, such as S04, with what it needs.")
    ] = "",
) -> None:
    """Copy the bundled scenarios and experiments, or one scenario of the library; nothing is ever overwritten."""
    from demarche.scenario.bundled import copy_bundled
    from demarche.scenario.library import copy_scenario, scenario_of

    written = copy_scenario(folder, scenario_of(scenario)) if scenario else copy_bundled(folder)
    experiments = [path for path in written if path.parent.name == "experiments"]
    typer.echo(f"{len(written)} files written to {folder}")
    change = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    for path in experiments:
        typer.echo(f"Next: {change}demarche run {path.relative_to(folder).as_posix()}")
