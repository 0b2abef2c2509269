"""What commands write besides results folders: tables and figures, each with a word on where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import typer

from demarche.cli.say.console import console, plain

if TYPE_CHECKING:
    import pandas as pd

    from demarche.experiment.results.store import Results
    from demarche.figures.figure import FigureKind

P = ParamSpec("P")


def write_table(path: Path, table: pd.DataFrame, tell: bool = True) -> None:
    """Write a table as CSV, complete or not at all, and say where."""
    from demarche.experiment.tables.files import write_bytes

    write_bytes(path, table.to_csv(index=False, lineterminator="\n").encode())
    if tell:
        _tell_written(path)


def write_text(path: Path, text: str, tell: bool = True) -> None:
    """Write a text, complete or not at all, and say where on standard error."""
    from demarche.experiment.tables.files import write_bytes

    write_bytes(path, text.encode())
    if tell:
        typer.echo(f"Written: {path}", err=True)


def write_figure(results: Results, figure: FigureKind[P], part: str, *given: P.args, **more: P.kwargs) -> None:
    """Draw a figure of what an analysis found, write it into the results folder and say where.

    Parameters
    ----------
    results
        What was analysed.
    figure
        The figure.
    part
        What its file is called besides, empty for nothing.
    given, more
        What the figure is drawn from besides the tables.
    """
    from demarche.figures.draw import figures_folder, save
    from demarche.figures.tables import read_tables

    drawn = figure(read_tables(results, (), ()), *given, **more)
    name = f"{figure.name}_{part}" if part else figure.name
    _tell_written(save(drawn, figures_folder(results.path), name)[0])


def _tell_written(path: Path) -> None:
    console().print(f"Written: {plain(str(path))}", soft_wrap=True)
