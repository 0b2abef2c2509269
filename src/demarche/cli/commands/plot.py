"""`demarche plot`: figures of results that are there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from demarche.cli.options import ResultsArgument
from demarche.cli.reading import figures_after
from demarche.cli.say.choosing import split_names
from demarche.cli.say.figures import left_out
from demarche.errors import check_known


def plot(
    results: ResultsArgument,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder for the figures; RESULTS/figures if left out.")
    ] = None,
    figures: Annotated[
        list[str] | None, typer.Option("--figures", "-f", help="Names with commas; the experiment's if left out.")
    ] = None,
) -> None:
    """Draw the figures of a results folder again."""
    from demarche.experiment.results.store import open_results
    from demarche.figures.draw import FOLDER, draw_all
    from demarche.figures.find import figures_of_experiments

    opened = open_results(results)
    names = tuple(name for entry in figures or () for name in split_names(entry))
    check_known("--figures", "figure", names, list(figures_of_experiments()))
    if not names:
        choice = figures_after(opened)
        names = choice.names
        for sentence in left_out(choice):
            typer.echo(sentence, err=True)
    for path in draw_all(results, names, out or results / FOLDER):
        typer.echo(str(path))
