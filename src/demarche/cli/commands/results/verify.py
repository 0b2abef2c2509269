"""`demarche results verify`: whether results are as they were written."""

from __future__ import annotations

import typer

from demarche.cli.options import ResultsArgument
from demarche.cli.say.numbers import count


def verify(results: ResultsArgument) -> None:
    """Compare every file with its checksum, and manifest, ledger, parts and joined tables with one another."""
    from demarche.experiment.results import verify as verifying

    files = verifying.verify(results).files
    size = sum(file.bytes for file in files) / 1e6
    typer.echo(f"{results}: {count(len(files), 'file')}, {size:,.1f} MB, as they were written")
    typer.echo(verifying.GUARDS)
