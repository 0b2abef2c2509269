"""`demarche texts`: in how many runs a text was adopted, by account and case, beside the record of each case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.say.console import console, plain

if TYPE_CHECKING:
    from demarche.analysis.texts import Fates

COLUMNS = ("tabled", "no action taken", "voted down", "adopted")


def texts(
    results: Annotated[list[Path], typer.Argument(help="Results folders, one or more.", metavar="RESULTS...")],
    arm: Annotated[str, typer.Option("--arm", help="Runs of this arm.")] = "as_it_was",
) -> None:
    """Say in how many runs the charter body adopted a text, by account, beside the record of the case."""
    from rich.table import Table

    from demarche.analysis.texts import fates_by_account, fates_on_record
    from demarche.experiment.results.inputs import record_of
    from demarche.experiment.results.store import open_results
    from demarche.world.calendar import Month, Period

    shown = console()
    for path in results:
        opened = open_results(path)
        record = record_of(opened)
        first, last = Month.parse(opened.start), Month.parse(str(opened.manifest.period["end"]))
        last = last if record is None else min(last, record.end)
        within = Period(first, first.steps_to(last) + 1)
        table = Table(title=plain(f"{opened.manifest.title}, {arm}, sessions to {last}"), title_justify="left")
        for column in ("", "runs", "runs with an adopted text", *COLUMNS):
            table.add_column(column, justify="left" if not column else "right")
        for account, fates in fates_by_account(opened, arm, within.start, within.end).items():
            table.add_row(account, str(fates.runs), *_cells(fates))
        known = None if record is None else fates_on_record(record, within)
        if known is not None:
            table.add_row("on record", "", "yes" if known.with_text else "no", *_of_sessions(known))
        shown.print(table)
    shown.print("Share of runs with Wilson's interval of 95 %; the other columns are shares of sessions.")


def _cells(fates: Fates) -> tuple[str, ...]:
    share, low, high = fates.share
    return f"{share:.2f} [{low:.2f}, {high:.2f}]", *_of_sessions(fates)


def _of_sessions(fates: Fates) -> tuple[str, ...]:
    return tuple(f"{value:.2f}" for value in (fates.tabled, fates.buried, fates.refused, fates.adopted))
