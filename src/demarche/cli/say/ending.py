"""How a batch ends: where everything lies, the summary, what failed, then the figures."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from demarche.cli.say.console import console, plain
from demarche.cli.say.numbers import count
from demarche.cli.say.progress import echo_json
from demarche.errors import shell_word

MOST_IDLE = 5
ENOUGH = 3  # figures for which a second process is worth its start

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.experiment.run.means import Means
    from demarche.experiment.run.runner import RunReport
    from demarche.figures.beside import Helper


def conclude(report: RunReport, figures: Sequence[str], means: Means, quiet: bool, json: bool) -> None:
    """Tell the end of a batch as it was asked for, then draw its figures; failed runs end with exit code 1."""
    wanted = _missing(report, figures)
    with _helper(len(wanted), means.processes(report.manifest.runs["total"])) as helper:
        _tell(report, quiet, json)
        if report.failed:
            _tell_failures(report.path, report.failed)
        if wanted:
            _draw(report, wanted, helper, quiet, json)
    if report.failed:
        raise typer.Exit(1)


def _helper(n_figures: int, n_workers: int) -> AbstractContextManager[Helper | None]:
    """Return a second process for several figures of a batch that has several workers."""
    if n_figures < ENOUGH or n_workers < 2:
        return nullcontext()
    from demarche.figures.beside import Helper

    return Helper()


def _tell(report: RunReport, quiet: bool, json: bool) -> None:
    if json:
        echo_json("finished", **_as_plain(report))
    elif quiet:
        typer.echo(str(report.path))
    else:
        from demarche.cli.say.summary import print_summary
        from demarche.experiment.results.store import open_results

        shown = console()
        _tell_end(shown, report)
        print_summary(shown, open_results(report.path))


def _as_plain(report: RunReport) -> dict[str, object]:
    """Return the end of a batch as plain data."""
    return {
        "results": str(report.path), "runs": report.manifest.runs, "kept": report.kept, "repaired": report.repaired,
        "was_complete": report.was_complete, "seconds": round(report.seconds, 2),
    }  # fmt: skip


def _missing(report: RunReport, figures: Sequence[str]) -> tuple[str, ...]:
    """Return which figures of a batch are drawn: of complete results those that are there already are left."""
    if not figures or not report.manifest.runs["done"]:
        return ()
    from demarche.figures.draw import figures_folder

    folder = figures_folder(report.path)
    return tuple(name for name in figures if not (report.was_complete and (folder / f"{name}.png").is_file()))


def _draw(report: RunReport, wanted: tuple[str, ...], helper: Helper | None, quiet: bool, json: bool) -> None:
    """Draw figures of a batch and say where they lie."""
    from demarche.figures.draw import draw_all, figures_folder

    folder = figures_folder(report.path)
    if not quiet and not json:
        typer.echo(f"Drawing {count(len(wanted), 'figure')}", err=True)
    written = draw_all(report.path, wanted, folder) if helper is None else helper.draw_all(report.path, wanted)
    if json:
        echo_json("figures", files=[str(path) for path in written])
    elif not quiet:
        console().print(f"Figures: {plain(str(folder))} ({len(written)} files)", soft_wrap=True)


def _tell_end(shown: Console, report: RunReport) -> None:
    """Say what was done, how long it took and where it lies."""
    manifest = report.manifest
    if report.was_complete:
        shown.print("These results were complete already; nothing was run again.")
    else:
        new = manifest.runs["total"] - report.kept
        per_run = 1000 * manifest.cpu_seconds / max(manifest.runs["total"], 1)
        kept = f", {report.kept:,} kept from an earlier session" if report.kept else ""
        if report.repaired:
            shown.print(f"{count(report.repaired, 'run')} of an earlier session had damaged files and were run again.")
        if not new:
            shown.print("No run was made again; texts and tables were written anew.")
        shown.print(f"{new:,} runs in {report.seconds:.0f} s{kept} ({per_run:.1f} ms CPU a run)")
    _tell_idle(shown, report)
    shown.print(f"Results: {plain(str(report.path))}", soft_wrap=True)
    shown.print()


def _tell_idle(shown: Console, report: RunReport) -> None:
    """Say which moves of arms came to nothing because nobody asked the seat."""
    from demarche.world.calendar import Month

    start = Month.parse(str(report.manifest.period["start"]))
    for (step, decision, actors), n_runs in sorted(report.idle.items())[:MOST_IDLE]:
        who = plain(", ".join(actors))
        where = f"in {start.plus(step)}, {count(n_runs, 'run')}"
        shown.print(f"A move found no occasion: {decision} of {who} {where}.", soft_wrap=True)
    if len(report.idle) > MOST_IDLE:
        shown.print(f"{len(report.idle) - MOST_IDLE} more moves found no occasion.")


def _tell_failures(target: Path, failed: int) -> None:
    """Say on standard error how many runs failed, and why the first of them did."""
    from demarche.experiment.results.store import open_results

    runs = open_results(target).runs()
    first = runs[runs["status"] != "done"].iloc[0]
    typer.echo(f"{count(failed, 'run')} failed; the others are kept.", err=True)
    where = f"run {first['run']} (arm {first['arm']}, account {first['account']})"
    typer.echo(f"The first is {where}: {first['exception']}: {first['message']}", err=True)
    typer.echo(f"Repeat it with: demarche results rerun {shell_word(target)} --run {first['run']}", err=True)
