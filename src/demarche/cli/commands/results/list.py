"""`demarche results list`: which results there are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.options import RESULTS
from demarche.cli.say.console import console, plain, table
from demarche.cli.say.status import runs_there
from demarche.errors import DesignError, Problem

if TYPE_CHECKING:
    from demarche.experiment.run.status import Status


def list_(
    folder: Annotated[Path, typer.Argument(help="Folder that is searched.", metavar="DIR")] = RESULTS,
) -> None:
    """List the results folders at and below a folder, finished or not."""
    from demarche.experiment.run.status import find_results, locked_folders, status_of
    from demarche.reading.text import nearest, visible

    if not folder.is_dir():
        what = "this is a file, not a folder" if folder.exists() else "there is no such folder"
        fix = "name the folder that holds results" if folder != RESULTS else "run an experiment first"
        meant = "" if folder.exists() else nearest(folder)
        raise DesignError([Problem(str(folder), what, did_you_mean=meant, fix=fix)])
    found = [status_of(path) for path in find_results(folder)]
    locked = locked_folders(folder)
    for path in locked:
        typer.echo(visible(f"Warning: {path} cannot be looked at; check the right to read it"), err=True)
    if not found:
        fix = "name the folder that holds them, or run an experiment first"
        raise DesignError([Problem(str(folder), "there are no results here", fix=fix)])
    made = table("folder", "title", "runs", "failed", "state", "finished", right=("runs", "failed"))
    for status in found:
        manifest = status.manifest
        made.add_row(
            plain(_name_of(status, folder)), plain(manifest.title if manifest else ""), runs_there(status),
            f"{status.counts.get('failed', 0):,}", status.state, manifest.finished if manifest else "",
        )  # fmt: skip
    shown = console()
    shown.print(made)
    for status in found:
        if status.note:
            shown.print(f"{plain(_name_of(status, folder))}: {plain(status.note)}", soft_wrap=True)


def _name_of(status: Status, folder: Path) -> str:
    """Return where a results folder lies within the folder that was searched."""
    return status.path.relative_to(folder).as_posix()
