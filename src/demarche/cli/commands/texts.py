"""`demarche texts`: in how many runs a text was adopted, by account and case, beside the record of each case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.say.console import console, plain, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demarche.analysis.texts import Fates

HEAD = ("", "runs", "runs with an adopted text", "tabled", "no action taken", "voted down", "adopted")


def texts(
    results: Annotated[list[Path], typer.Argument(help="Results folders, one or more.", metavar="RESULTS...")],
    arm: Annotated[str, typer.Option("--arm", help="Runs of this arm.")] = "as_it_was",
    markdown: Annotated[bool, typer.Option("--markdown", help="Print tables in Markdown, to paste.")] = False,
) -> None:
    """Say in how many runs the charter body adopted a text, by account, beside the record of the case."""
    from demarche.analysis.texts import fates_by_account, fates_on_record
    from demarche.experiment.results.inputs import record_of
    from demarche.experiment.results.store import open_results
    from demarche.world.calendar import Month, Period

    told: dict[str, dict[str, Fates]] = {}
    for path in results:
        opened = open_results(path)
        record = record_of(opened)
        first, last = Month.parse(opened.start), Month.parse(str(opened.manifest.period["end"]))
        last = last if record is None else min(last, record.end)
        within = Period(first, first.steps_to(last) + 1)
        fates = fates_by_account(opened, arm, within.start, within.end)
        rows = [(account, str(one.runs), *_cells(one)) for account, one in fates.items()]
        known = None if record is None else fates_on_record(record, within)
        if known is not None:
            rows.append(("on record", "", "yes" if known.with_text else "no", *_of_sessions(known)))
        _print(f"{opened.manifest.title}, {arm}, {first} to {last}", HEAD, rows, markdown)
        name = opened.manifest.title
        told[f"{name} ({path.name})" if name in told else name] = fates
    if len(told) > 1:
        title, reference = next(iter(told.items()))
        others = {name: fates for name, fates in told.items() if name != title}
        rows = [(account, *(_gap(fates[account], reference[account]) for fates in others.values() if account in fates))
                for account in reference]  # fmt: skip
        _print(f"Runs with an adopted text, less those of {title}", ("", *others), rows, markdown)
    console().print("Shares of runs with Wilson's interval of 95 %, differences with Newcombe's; the other columns are "
                    "shares of sessions.")  # fmt: skip


def _gap(one: Fates, other: Fates) -> str:
    from demarche.analysis.texts import difference

    mean, low, high = difference(one, other)
    return f"{mean:+.2f} [{low:+.2f}, {high:+.2f}]"


def _print(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], markdown: bool) -> None:
    if markdown:
        lines = [head, ["---"] * len(head), *rows]
        typer.echo("\n".join([f"{title}:", "", *(f"| {' | '.join(cells)} |" for cells in lines), ""]))
        return
    made = table(*head, title=plain(title), right=tuple(filter(None, head)))
    for cells in rows:
        made.add_row(*cells)
    console().print(made)


def _cells(fates: Fates) -> tuple[str, ...]:
    share, low, high = fates.share
    return f"{share:.2f} [{low:.2f}, {high:.2f}]", *_of_sessions(fates)


def _of_sessions(fates: Fates) -> tuple[str, ...]:
    return tuple(f"{value:.2f}" for value in (fates.tabled, fates.buried, fates.refused, fates.adopted))
