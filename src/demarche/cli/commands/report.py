"""`demarche report`: one page on everything that results show, or slides, or a hand-out of two printed pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from demarche.cli.options import QuietFlag, ResultsArgument, WorkersOption
from demarche.cli.writing import write_text
from demarche.errors import DesignError, Problem

PAGE, DECK, HANDOUT = "report.html", "deck.html", "handout.html"


def report(
    results: ResultsArgument,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="File; report.html, deck.html or handout.html in RESULTS if left out."),
    ] = None,
    deck: Annotated[bool, typer.Option("--deck", help="Slides of 1280 x 720, one message each, instead.")] = False,
    handout: Annotated[
        bool, typer.Option("--handout", help="A hand-out for a class instead: two pages of A4 that print in grey.")
    ] = False,
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
    from demarche.report.facts import scenario_of
    from demarche.report.handout import handout_of
    from demarche.report.render import deck_page, handout_page, report_page

    if deck and handout:
        fix = "ask for one, then for the other"
        raise DesignError([Problem("--handout", "slides and a hand-out are two files", fix=fix)])
    path = out or results / (DECK if deck else HANDOUT if handout else PAGE)
    if path.is_dir():
        raise DesignError([Problem("--out", "this is a folder", str(path), f"a file, such as {path / PAGE}")])
    opened = open_results(results)

    def tell(text: str) -> None:
        if not quiet:
            typer.echo(f"Now: {text}", err=True)

    repeats, whole = not (quick or handout), not (deck or handout)
    contents = contents_of(opened, Wanted(repeats, lucks, workers or os.cpu_count() or 1, whole, tell))
    if whole:
        page = report_page(contents)
    else:
        tables = read_what_they_need(opened, find_figures().values())
        page = (deck_page(contents, slides_of(contents, tables)) if deck
                else handout_page(contents, handout_of(contents, tables, scenario_of(opened))))  # fmt: skip
    write_text(path, page, tell=False)
    typer.echo(str(path) if quiet else f"Written: {path}")
