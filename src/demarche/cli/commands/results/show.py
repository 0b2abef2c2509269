"""`demarche results show`: what results rest on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from demarche.cli.options import ResultsArgument
from demarche.cli.say.console import console, plain
from demarche.cli.say.numbers import count
from demarche.cli.say.status import runs_there
from demarche.errors import Problem, StoreError, shell_word

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.experiment.run.status import Status

SHOWN_FAILURES = 5
MOST_NAMES = 20


def show(results: ResultsArgument) -> None:
    """Show what results rest on, what became of the runs, how to repeat those that failed, and the contrast."""
    from demarche.experiment.run.status import status_of
    from demarche.experiment.tables.files import resume_command

    status = status_of(results)
    shown = console()
    shown.print(f"[bold]{plain(str(results))}[/bold]: {status.state}", soft_wrap=True)
    if status.note:
        shown.print(plain(status.note), soft_wrap=True)
    if status.state == "damaged":
        raise StoreError([Problem(str(results), status.note, fix=status.fix)])
    if status.counts:
        shown.print(f"runs: {runs_there(status)}, {status.counts['failed']:,} failed")
    if status.manifest is None:
        shown.print(f"Go on with: {plain(resume_command(results))}", soft_wrap=True)
        return
    _print_manifest(shown, status)
    if status.counts["failed"]:
        _print_failures(shown, results)
    if status.counts.get("done", 1):
        _print_contrast(shown, results)


def _print_contrast(shown: Console, results: Path) -> None:
    from demarche.cli.say.summary import print_summary
    from demarche.experiment.results.store import open_results

    shown.print()
    print_summary(shown, open_results(results), brief=True)


def _print_manifest(shown: Console, status: Status) -> None:
    """Print what finished results rest on."""
    from demarche.experiment.design.method import PLACES
    from demarche.experiment.design.parameters_from import WORDS, parameters_from
    from demarche.experiment.design.quick import quick_words

    manifest = status.manifest
    if manifest is None:
        return
    size = sum(file.bytes for file in manifest.files) / 1e6
    design = manifest.experiment
    point, run = design.get("places", PLACES)
    facts = {
        "title": manifest.title,
        "question": manifest.question,
        "period": f"{manifest.period['start']} to {manifest.period['end']}",
        "arms": ", ".join(manifest.arms),
        "accounts": ", ".join(manifest.accounts),
        "design": f"{design['design']}, {count(design['points'], point)}, "
        f"{count(design['replications'], run)}, seed {design['seed']}",
        **({"size": words} if (words := quick_words(design)) else {}),
        "parameters": WORDS[parameters_from(design)],
        "names shown": ", ".join(f"{name} for {code}" for code, name in manifest.aliases.items()) or "codes",
        "varied": _varied(design["parameters"]),
        "files": f"{count(len(manifest.files), 'file')}, {size:,.1f} MB",
        "time": f"{manifest.created} to {manifest.finished}, {manifest.cpu_seconds:,.0f} s CPU",
        "versions": ", ".join(f"{name} {version}" for name, version in manifest.versions.items()),
        **{f"SHA-256 of the {name}": digest for name, digest in manifest.digests.items()},
    }
    for name, text in facts.items():
        shown.print(f"{name}: {plain(text)}", soft_wrap=True)


def _varied(parameters: Sequence[str]) -> str:
    """Return the parameters that vary, or how many there are if they are too many to list."""
    if len(parameters) > MOST_NAMES:
        return f"{count(len(parameters), 'parameter')}, columns of the table of runs"
    return ", ".join(parameters) or "nothing"


def _print_failures(shown: Console, results: Path) -> None:
    """Print the first runs that failed, why, and the command that repeats each."""
    from demarche.experiment.results.store import open_results

    runs = open_results(results).runs()
    failed = runs[runs["status"] != "done"]
    for row in failed.head(SHOWN_FAILURES).to_dict("records"):
        why = f"{row['exception']}: {row['message']}"
        shown.print(f"run {row['run']} ({row['arm']}, {row['account']}) {row['status']}: {plain(why)}", soft_wrap=True)
        shown.print(f"  demarche results rerun {plain(shell_word(results))} --run {row['run']}", soft_wrap=True)
    if len(failed) > SHOWN_FAILURES:
        shown.print(f"{len(failed) - SHOWN_FAILURES:,} more in the table runs: export it with --table runs")
