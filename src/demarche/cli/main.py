"""`demarche`: the entry point. Commands import what they need when they run."""

from __future__ import annotations

from typing import Annotated

import typer

from demarche import __version__
from demarche.cli.commands import (
    analysing,
    analysing_parameters,
    claims,
    designing,
    results,
    rules,
    running,
    starting,
    validating,
    why,
)
from demarche.cli.say.console import EPILOG, Commands

app = typer.Typer(
    cls=Commands,
    name="demarche",
    help="A laboratory for human-rights diplomacy: one world, competing accounts.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(running.run)
app.command()(running.check)
app.command()(designing.design)
app.command()(running.plot)
app.command()(analysing.compare)
app.command()(analysing.reps)
app.command()(analysing_parameters.sensitivity)
app.command()(analysing_parameters.discover)
app.command()(validating.validate)
app.add_typer(results.app, name="results")
app.add_typer(rules.app, name="rules")
app.add_typer(claims.app, name="claims")
app.command()(rules.schedule)
app.command()(why.why)
app.command()(starting.init)
app.command()(starting.schema)
app.command()(starting.reference)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"demarche {__version__}")
        raise typer.Exit


@app.callback()
def demarche(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Run, check, draw and question experiments in human-rights diplomacy."""


def main() -> None:
    """Run the command line."""
    app()
