"""`demarche events`: what happened in the runs of a results folder, each event with the command that asks why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.options import ResultsArgument
from demarche.cli.say.console import console, plain
from demarche.cli.say.numbers import count
from demarche.scenario.shown import name_and_code

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd
    from rich.console import Console

    from demarche.experiment.results.store import Results

MOST_COUNTED = 12

Kind = Annotated[str, typer.Option("--kind", "-k", help="Kind, such as person, reform or release; all if left out.")]
Detail = Annotated[str, typer.Option("--detail", help="What happened, such as released.")]
Actor = Annotated[str, typer.Option("--actor", "-a", help="Code of who it is of or about, in any case.")]
Arm = Annotated[str, typer.Option("--arm", help="Only this arm.")]
Account = Annotated[str, typer.Option("--account", "-p", help="Only this account.")]
Run = Annotated[int, typer.Option("--run", "-r", min=-1, help="Only this run.")]
Around = Annotated[str, typer.Option("--around", help="Month; the nearest events come first.")]
Months = Annotated[int, typer.Option("--months", min=0, help="Months before and after --around.")]
First = Annotated[str, typer.Option("--from", help="First month.")]
Last = Annotated[str, typer.Option("--to", help="Last month.")]
Against = Annotated[str, typer.Option("--against", help="Only events that this other arm lacks, with the same luck.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many are listed.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line, one an event.")]


def events(
    results: ResultsArgument, kind: Kind = "", detail: Detail = "", actor: Actor = "", arm: Arm = "",
    account: Account = "", run: Run = -1, around: Around = "", months: Months = 3, first: First = "", last: Last = "",
    against: Against = "", limit: Limit = 20, as_json: AsJson = False,
) -> None:  # fmt: skip
    """List events: who did what when, in which run, each with the command that asks why."""
    from demarche.analysis.events import Sought, find_events, runs_sought, why_command
    from demarche.experiment.results.store import open_results

    opened = open_results(results)
    sought = Sought(kind, detail, actor, arm, account, run, first, last, around, months, against)
    found = find_events(opened, sought)
    if as_json:
        for row in found.head(limit).to_dict("records"):
            told = {**row, "why": why_command(opened, row)}
            typer.echo(json.dumps({name: None if value != value else value for name, value in told.items()}))
        return
    print_events(console(), opened, found, limit, len(runs_sought(opened, sought)))


def print_events(shown: Console, results: Results, found: pd.DataFrame, limit: int, searched: int) -> None:
    """Print how many events there are of what in how many runs, then the first of them with their commands."""
    from demarche.analysis.events import why_command

    if found.empty:
        shown.print(f"No event fits in {count(searched, 'run')}. Widen the months, or leave a filter out.")
        return
    shown.print(f"[bold]{count(len(found), 'event')}[/bold] in {found['run'].nunique():,} of "
                f"{count(searched, 'run')} searched.")  # fmt: skip
    counts = found.groupby(["kind", "detail"], observed=True).size().sort_values(ascending=False, kind="stable")
    most = counts.head(MOST_COUNTED).reset_index(name="number")
    told = [f"{row.kind} {row.detail} {row.number:,}" for row in most.itertuples()]
    more = f", and {len(counts) - MOST_COUNTED} more kinds" if len(counts) > MOST_COUNTED else ""
    if told:
        shown.print(plain(", ".join(told) + more))
    shown.print()
    listed, aliases = found.head(limit).to_dict("records"), results.manifest.aliases
    for row in listed:
        who = " ".join(name_and_code(row[side], aliases) for side in ("actor", "about") if isinstance(row[side], str))
        value = "" if row["value"] != row["value"] else f" ({row['value']:.4g})"
        text = f"{row['date']}  {row['kind']} {row['detail']}{f': {who}' if who else ''}{value}, run {row['run']}, "
        shown.print(plain(f"{text}{row['arm']}, {row['account']}"), soft_wrap=True)
        shown.print(plain(f"    {why_command(results, row)}"), soft_wrap=True)
    meanings = values_in_words({row["kind"] for row in listed if row["value"] == row["value"]})
    if meanings:
        shown.print(plain(f"In brackets: {meanings}."))
    if len(found) > limit:
        shown.print(f"{len(found) - limit:,} more: narrow the search, or raise --limit")


def values_in_words(kinds: Collection[str]) -> str:
    """Return what the value of some kinds of events is, empty if they have none."""
    from demarche.engine.variables import EVENT_KINDS
    from demarche.world.fields import FIELDS

    told = {one.kind: FIELDS[one.value].meaning for one in EVENT_KINDS if one.value and one.kind in kinds}
    return "; ".join(f"{meaning} ({kind})" for kind, meaning in told.items())
