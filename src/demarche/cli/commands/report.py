"""`demarche report`: one page, or slides, on everything that results show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from demarche.cli.options import QuietFlag, ResultsArgument, WorkersOption
from demarche.cli.writing import write_text
from demarche.errors import DesignError, Problem

PAGE, DECK = "report.html", "deck.html"


def report(
    results: ResultsArgument,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File; RESULTS/report.html or RESULTS/deck.html if left out.")
    ] = None,
    deck: Annotated[bool, typer.Option("--deck", help="Slides of 1280 x 720, one message each, instead.")] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Repeat no runs: no placebos, nothing on what links carry.")
    ] = False,
    lucks: Annotated[
        int, typer.Option("--lucks", min=2, help="Lucks over which it is measured what links carry.")
    ] = 4,
    workers: WorkersOption = None,
    quiet: QuietFlag = False,
) -> None:
    """Write a report of a results folder: one HTML file that needs no server and nothing from outside."""
    import os

    from demarche.experiment.results.store import open_results
    from demarche.figures.draw import read_what_they_need
    from demarche.figures.find import find_figures
    from demarche.report.contents import Wanted, contents_of
    from demarche.report.deck import slides_of
    from demarche.report.render import deck_page, report_page

    path = out or results / (DECK if deck else PAGE)
    if path.is_dir():
        raise DesignError([Problem("--out", "this is a folder", str(path), f"a file, such as {path / PAGE}")])
    opened = open_results(results)

    def tell(text: str) -> None:
        if not quiet:
            typer.echo(f"Now: {text}", err=True)

    contents = contents_of(opened, Wanted(not quick, lucks, workers or os.cpu_count() or 1, not deck, tell))
    if deck:
        tables = read_what_they_need(opened, find_figures().values())
        page = deck_page(contents, slides_of(contents, tables))
    else:
        page = report_page(contents)
    write_text(path, page, tell=False)
    typer.echo(str(path) if quiet else f"Written: {path}")
