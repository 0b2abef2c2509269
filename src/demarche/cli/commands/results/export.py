"""`demarche results export`: tables and crates for others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from demarche.cli.options import ResultsArgument
from demarche.cli.say.choosing import split_names
from demarche.cli.say.numbers import count
from demarche.errors import DesignError, Problem


def export(
    results: ResultsArgument,
    to: Annotated[Path | None, typer.Option("--to", help="File to write; its ending says csv or parquet.")] = None,
    name: Annotated[
        str, typer.Option("--table", "-t", help="runs, outcomes, series, events or calendar.")
    ] = "outcomes",
    columns: Annotated[str, typer.Option("--columns", help="Columns with commas; all if none.")] = "",
    crate: Annotated[Path | None, typer.Option("--crate", help="Empty folder for an RO-Crate of everything.")] = None,
    licence: Annotated[str, typer.Option("--licence", help="SPDX name of the crate's licence.")] = "MIT",
) -> None:
    """Write a table as CSV or Parquet, or everything needed to cite and repeat the results as an RO-Crate."""
    from demarche.experiment.results.crate import export_crate
    from demarche.experiment.results.export import export_table
    from demarche.experiment.results.store import open_results
    from demarche.report.archive import texts_of

    if to is None and crate is None:
        fix = "for example --to outcomes.csv, or --crate DIR"
        raise DesignError([Problem("export", "one of --to and --crate is needed", fix=fix)])
    opened = open_results(results)
    if to is not None:
        rows = export_table(opened, name, to, tuple(split_names(columns)))
        typer.echo(f"{to}: {count(rows, 'row')} of {name}")
    if crate is not None:
        files = export_crate(opened, crate, licence, texts_of(opened))
        typer.echo(f"{crate}: {count(files, 'file')}, results under {licence}; LICENCES.txt tells that of each input, "
                   "REPEAT.txt how to repeat the results")
