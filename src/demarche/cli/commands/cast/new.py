"""`demarche cast new`: the skeleton of a case, every key and column explained."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from demarche.errors import shell_word


def new(
    folder: Annotated[Path, typer.Argument(help="Folder to write into; made if it does not exist.", metavar="DIR")],
    focal: Annotated[
        str, typer.Option("--focal", help="Code of the focal state, or one of your own from XAA to XZZ.")
    ] = "XAA",
    critic: Annotated[str, typer.Option("--critic", help="Code of its leading critic.")] = "USA",
    name: Annotated[str, typer.Option("--name", help="Name of the case in files.")] = "my_case",
) -> None:
    """Write the skeleton of a case: a cast file that explains every key, and its tables; nothing is overwritten."""
    from demarche.scenario.bundled import copy_files
    from demarche.scenario.skeleton import skeleton

    written = copy_files(folder, skeleton(name, focal.upper(), critic.upper()))
    typer.echo(f"{len(written)} files written to {folder}")
    typer.echo(f"Next: fill in {written[0]}; what is still missing is told by: demarche check {shell_word(written[0])}")
