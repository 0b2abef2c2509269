"""`demarche init`: the bundled files, to work on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[Path, typer.Argument(help="Folder to copy into; made if it does not exist.", metavar="DIR")],
) -> None:
    """Copy the bundled scenarios and experiments into a folder; nothing is ever overwritten."""
    from demarche.scenario.bundled import copy_bundled

    written = copy_bundled(folder)
    experiments = [path for path in written if path.parent.name == "experiments"]
    typer.echo(f"{len(written)} files written to {folder}")
    change = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    for path in experiments:
        typer.echo(f"Next: {change}demarche run {path.relative_to(folder).as_posix()}")
