"""Commands on results folders: `results list`, `show`, `verify`, `resume`, `rerun`, `export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.commands.running import (
    RESULTS,
    EngineOption,
    JsonFlag,
    QuietFlag,
    SchedulerOption,
    WorkersOption,
    conclude,
    count,
    draw_missing,
    means_of,
)
from demarche.cli.say.console import console, plain, table
from demarche.cli.say.progress import show_progress
from demarche.errors import DesignError, Problem, StoreError

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.experiment.results.rerun import Repeated
    from demarche.experiment.run.status import Status

SHOWN_FAILURES = 5
app = typer.Typer(help="List, show, check, continue and export results folders.", no_args_is_help=True)
ResultsArgument = Annotated[Path, typer.Argument(help="Results folder.", metavar="RESULTS")]


@app.command("list")
def list_results(
    folder: Annotated[Path, typer.Argument(help="Folder that is searched.", metavar="DIR")] = RESULTS,
) -> None:
    """List the results folders at and below a folder, finished or not."""
    from demarche.experiment.run.status import find_results, status_of

    found = [status_of(path) for path in find_results(folder)]
    if not found:
        fix = "name the folder that holds them, or run an experiment first"
        raise DesignError([Problem(str(folder), "there are no results here", fix=fix)])
    made = table("folder", "title", "runs", "failed", "state", "finished", right=("runs", "failed"))
    for status in found:
        manifest = status.manifest
        made.add_row(
            plain(name_of(status, folder)), plain(manifest.title if manifest else ""), done_of(status),
            f"{status.counts.get('failed', 0):,}", status.state, manifest.finished if manifest else "",
        )  # fmt: skip
    shown = console()
    shown.print(made)
    for status in found:
        if status.note:
            shown.print(f"{plain(name_of(status, folder))}: {plain(status.note)}", soft_wrap=True)


def name_of(status: Status, folder: Path) -> str:
    """Return where a results folder lies within the folder that was searched."""
    return status.path.relative_to(folder).as_posix()


def done_of(status: Status) -> str:
    """Return how many runs are there, and of how many if some are missing."""
    if not status.counts:
        return "-"
    there, total = status.counts["done"] + status.counts["failed"], status.counts["total"]
    return f"{total:,}" if there == total else f"{there:,} of {total:,}"


@app.command()
def show(results: ResultsArgument) -> None:
    """Show what results rest on, what became of the runs, and how to repeat those that failed."""
    from demarche.experiment.run.status import status_of

    status = status_of(results)
    shown = console()
    shown.print(f"[bold]{plain(str(results))}[/bold]: {status.state}", soft_wrap=True)
    if status.note:
        shown.print(plain(status.note), soft_wrap=True)
    if status.state == "damaged":
        raise StoreError([Problem(str(results), status.note, fix=f"demarche results resume {results}")])
    if status.counts:
        shown.print(f"runs: {done_of(status)}, {status.counts['failed']:,} failed")
    if status.manifest is None:
        shown.print(f"Go on with: demarche results resume {plain(str(results))}", soft_wrap=True)
        return
    print_manifest(shown, status)
    if status.counts["failed"]:
        print_failures(shown, results)


def print_manifest(shown: Console, status: Status) -> None:
    """Print what finished results rest on."""
    manifest = status.manifest
    if manifest is None:
        return
    size = sum(file.bytes for file in manifest.files) / 1e6
    design = manifest.experiment
    facts = {
        "title": manifest.title,
        "question": manifest.question,
        "period": f"{manifest.period['start']} to {manifest.period['end']}",
        "arms": ", ".join(manifest.arms),
        "packs": ", ".join(manifest.packs),
        "design": f"{design['design']}, {count(design['points'], 'point')}, "
        f"{count(design['replications'], 'replication')}, seed {design['seed']}",
        "varied": ", ".join(design["parameters"]) or "nothing",
        "files": f"{count(len(manifest.files), 'file')}, {size:,.1f} MB",
        "time": f"{manifest.created} to {manifest.finished}, {manifest.cpu_seconds:,.0f} s CPU",
        "versions": ", ".join(f"{name} {version}" for name, version in manifest.versions.items()),
        **{f"SHA-256 of the {name}": digest for name, digest in manifest.digests.items()},
    }
    for name, text in facts.items():
        shown.print(f"{name}: {plain(text)}", soft_wrap=True)


def print_failures(shown: Console, results: Path) -> None:
    """Print the first runs that failed, why, and the command that repeats each."""
    from demarche.experiment.results.store import open_results

    runs = open_results(results).runs()
    failed = runs[runs["status"] != "done"]
    for row in failed.head(SHOWN_FAILURES).to_dict("records"):
        why = f"{row['exception']}: {row['message']}"
        shown.print(f"run {row['run']} ({row['arm']}, {row['pack']}) {row['status']}: {plain(why)}", soft_wrap=True)
        shown.print(f"  demarche results rerun {plain(str(results))} --run {row['run']}", soft_wrap=True)
    if len(failed) > SHOWN_FAILURES:
        shown.print(f"{len(failed) - SHOWN_FAILURES:,} more in the table runs: export it with --table runs")


@app.command()
def verify(results: ResultsArgument) -> None:
    """Compare the checksum of every file and every row of the ledger."""
    from demarche.experiment.results.store import open_results

    opened = open_results(results)
    n_files = opened.verify()
    size = sum(file.bytes for file in opened.manifest.files) / 1e6
    typer.echo(f"{results}: {count(n_files, 'file')}, {size:,.1f} MB, as they were written")


@app.command()
def resume(
    results: ResultsArgument,
    workers: WorkersOption = None,
    engine: EngineOption = "auto",
    scheduler: SchedulerOption = "",
    failed: Annotated[bool, typer.Option("--failed", help="Try runs that failed again.")] = False,
    quiet: QuietFlag = False,
    json: JsonFlag = False,
    no_figures: Annotated[bool, typer.Option("--no-figures", help="Draw no figures.")] = False,
) -> None:
    """Go on with an interrupted experiment from the files in its folder; damaged files are made again."""
    from demarche.experiment.run import runner
    from demarche.experiment.run.status import status_of

    status_of(results)
    with show_progress(quiet, json) as progress:
        report = runner.resume(results, progress=progress, means=means_of(workers, engine, scheduler), failed=failed)
    names = () if no_figures else report.manifest.figures
    conclude(report, draw_missing(report, names, quiet or json) if names else [], quiet, json)


@app.command()
def rerun(
    results: ResultsArgument,
    run: Annotated[int, typer.Option("--run", "-r", min=0, help="Number of the run, see runs.parquet.")],
) -> None:
    """Repeat exactly one run and compare it with what is stored; a failure is shown with its traceback."""
    from demarche.experiment.results.rerun import repeat_run
    from demarche.experiment.results.store import open_results

    opened = open_results(results)
    found = repeat_run(opened, run)
    inputs = found.inputs
    typer.echo(f"run {run}: arm {inputs.arm[0]}, pack {inputs.pack[0]}, seed {inputs.seed[0]}")
    for path, values in inputs.values.items():
        typer.echo(f"  {path} = {float(values[0])!r}")
    if found.failure is not None:
        typer.echo(found.failure.traceback or f"{found.failure.exception}: {found.failure.message}")
        typer.echo(f"run {run} {found.failure.status}: {found.failure.message}", err=True)
        raise typer.Exit(1)
    print_repeated(found, opened.manifest.units("outcomes"))
    if found.differences:
        what = f"run {run} came out another way: {', '.join(found.differences)}"
        fix = "use the versions and the type of processor that made the results; results show names them"
        raise StoreError([Problem(str(results), what, fix=fix)])


def print_repeated(found: Repeated, units: dict[str, str]) -> None:
    """Print the outcomes of a run that was repeated, beside those that are stored."""
    made = table("outcome", "unit", "stored", "again", right=("stored", "again"))
    for name, value in found.again.items():
        stored = f"{found.stored[name]:.6g}" if found.stored else "-"
        made.add_row(name, units.get(name, ""), stored, f"{value:.6g}")
    console().print(made)
    if found.stored and not found.differences:
        typer.echo("Every outcome is the same, to the last bit.")


@app.command()
def export(
    results: ResultsArgument,
    to: Annotated[Path | None, typer.Option("--to", help="File to write; its ending says csv or parquet.")] = None,
    name: Annotated[
        str, typer.Option("--table", "-t", help="runs, outcomes, series, events or calendar.")
    ] = "outcomes",
    crate: Annotated[Path | None, typer.Option("--crate", help="Empty folder for an RO-Crate of everything.")] = None,
    licence: Annotated[str, typer.Option("--licence", help="SPDX name of the crate's licence.")] = "MIT",
) -> None:
    """Write a table as CSV or Parquet, or everything needed to cite and repeat the results as an RO-Crate."""
    from demarche.experiment.results.crate import export_crate
    from demarche.experiment.results.export import export_table
    from demarche.experiment.results.store import open_results

    if to is None and crate is None:
        fix = "for example --to outcomes.csv, or --crate DIR"
        raise DesignError([Problem("export", "one of --to and --crate is needed", fix=fix)])
    opened = open_results(results)
    if to is not None:
        rows = export_table(opened, name, to)
        typer.echo(f"{to}: {count(rows, 'row')} of {name}")
    if crate is not None:
        files = export_crate(opened, crate, licence)
        typer.echo(f"{crate}: {count(files, 'file')}, licence {licence}; REPEAT.txt says how to repeat the results")
