"""`demarche results rerun`: one run again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from demarche.cli.options import ResultsArgument, RunOption
from demarche.cli.say.console import console, table
from demarche.errors import Problem, StoreError

if TYPE_CHECKING:
    from demarche.experiment.results.rerun import Repeated


def rerun(
    results: ResultsArgument,
    run: RunOption,
) -> None:
    """Repeat exactly one run and compare it with what is stored; a failure is shown with its traceback."""
    from demarche.experiment.results.rerun import repeat_run
    from demarche.experiment.results.store import open_results

    opened = open_results(results)
    found = repeat_run(opened, run)
    inputs = found.inputs
    typer.echo(f"run {run}: arm {inputs.arm[0]}, account {inputs.account[0]}, seed {inputs.seed[0]}")
    for path, values in inputs.values.items():
        typer.echo(f"  {path} = {float(values[0])!r}")
    if found.failure is not None:
        typer.echo(found.failure.traceback or f"{found.failure.exception}: {found.failure.message}")
        typer.echo(f"run {run} {found.failure.status}: {found.failure.message}", err=True)
        raise typer.Exit(1)
    _print_repeated(found, opened.manifest.units("outcomes"))
    if found.differences:
        what = f"run {run} came out another way: {', '.join(found.differences)}"
        fix = "use the versions and the type of processor that made the results; results show names them"
        raise StoreError([Problem(str(results), what, fix=fix)])


def _print_repeated(found: Repeated, units: dict[str, str]) -> None:
    """Print the outcomes of a run that was repeated, beside those that are stored."""
    made = table("outcome", "unit", "stored", "again", right=("stored", "again"))
    for name, value in found.again.items():
        stored = f"{found.stored[name]:.6g}" if found.stored else "-"
        made.add_row(name, units.get(name, ""), stored, f"{value:.6g}")
    console().print(made)
    if found.stored and not found.differences:
        typer.echo("Every outcome is the same, to the last bit.")
