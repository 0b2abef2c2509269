"""`demarche results verify`: whether results are as they were written."""

from __future__ import annotations

import typer

from demarche.cli.options import ResultsArgument
from demarche.cli.say.numbers import count


def verify(results: ResultsArgument) -> None:
    """Compare the checksum of every file and every row of the ledger."""
    from demarche.experiment.results.store import open_results

    opened = open_results(results)
    n_files = opened.verify()
    size = sum(file.bytes for file in opened.manifest.files) / 1e6
    typer.echo(f"{results}: {count(n_files, 'file')}, {size:,.1f} MB, as they were written")
