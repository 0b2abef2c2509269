"""`demarche scenarios`: the library of scenarios, what each is for, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from demarche.cli.options import LikeOption, NameArgument, QuietFlag, WorkersOption
from demarche.cli.say.console import console, plain
from demarche.cli.say.listing import named, print_facts, print_list

if TYPE_CHECKING:
    from rich.console import Console

app = typer.Typer(help="Scenarios of the library: questions, links at issue, findings.")


@app.callback(invoke_without_command=True)
def scenarios(ctx: typer.Context, like: LikeOption = "") -> None:
    """List the scenarios of the library, or show one of them."""
    if ctx.invoked_subcommand is None:
        print_scenarios(like)


@app.command("list")
def list_scenarios(like: LikeOption = "") -> None:
    """List the scenarios of the library."""
    print_scenarios(like)


def print_scenarios(like: str) -> None:
    """Print one line a scenario."""
    from demarche.scenario.library import library

    rows = [(name, one.path.stem, one.question) for name, one in library().items()]
    print_list(("", "scenario", "question"), rows, "scenario", "demarche scenarios show S04", like)


@app.command("show")
def show(name: NameArgument) -> None:
    """Show one scenario: what it is for, what is at issue with the claims behind it, and what it came to."""
    from demarche.analysis.findings.study import read_findings
    from demarche.report.findings import links_at_issue, state_of
    from demarche.scenario.library import lesson_of, library

    files = {one.path.stem: id_ for id_, one in library().items()}
    wanted = named(name, [*library(), *files], "scenario")
    id_ = files.get(wanted, wanted)
    scenario, study, shown = library()[id_], read_findings(), console()
    lesson = lesson_of(scenario)
    print_facts(shown, f"{id_} {scenario.title}: {scenario.question}", {
        "For a class": lesson.teaching, "Months": f"{scenario.period.start} to {scenario.period.end}",
        "Arms": ", ".join(scenario.arms), "Watch": f"{', '.join(lesson.watched)}, see demarche validate --list",
        "Copy it out": f"demarche init study --scenario {id_}",
    })  # fmt: skip
    shown.print("\n[bold]At issue[/bold] (medians of accounts; demarche claims show ID has the passages)")
    for key, meaning, held in links_at_issue(scenario):
        shown.print(plain(f"  {key}: {meaning}"))
        shown.print(plain(f"    {held}"))
    shown.print(f"\n[bold]Finding[/bold] {plain(state_of(scenario, study).replace('`', '').replace('**', ''))}")
    print_finding(shown, id_, study, "  ", "    ")


def print_finding(shown: Console, id_: str, study: Mapping[str, Any], head: str, indent: str) -> None:
    """Print what each pair of arms of a scenario came to in a study: a head line a pair, then sentences."""
    from demarche.report.findings import finding

    for title, texts in finding(id_, study):
        shown.print(plain(f"{head}{title}"))
        for text in texts:
            shown.print(plain(f"{indent}{text.replace('**', '')}"))


@app.command("find")
def find(
    names: Annotated[list[str] | None, typer.Argument(help="Ids of scenarios; all if none.", metavar="[ID]...")] = None,
    write: Annotated[Path | None, typer.Option("--write", help="Write the findings to this file as JSON.")] = None,
    workers: WorkersOption = None,
    quiet: QuietFlag = False,
) -> None:
    """Run scenarios of the library in the size of their findings and tell what they came to; minutes for all."""
    from demarche.analysis.findings.study import as_lines, run_study
    from demarche.cli.writing import write_text
    from demarche.scenario.library import library

    chosen = [named(name, list(library()), "scenario") for name in names or ()]
    found = run_study(chosen, lambda line: None if quiet else typer.echo(line, err=True), workers)
    if write is not None:
        write_text(write, as_lines(found))
    shown = console()
    for id_ in found["found"]:
        print_finding(shown, id_, found, f"{id_} ", "  ")
