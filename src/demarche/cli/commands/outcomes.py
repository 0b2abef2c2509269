"""`demarche outcomes`: what a run is judged by, and the monthly series behind it."""

from __future__ import annotations

from typing import Annotated

import typer

from demarche.cli.options import LikeOption, NameArgument
from demarche.cli.say.console import console
from demarche.cli.say.listing import named, print_facts, print_list

app = typer.Typer(help="Outcomes and monthly series: name, unit, meaning, and how one follows from the other.")
SeriesFlag = Annotated[bool, typer.Option("--series", help="List the monthly series instead.")]
SPANS = {"total": "sum of all months", "last": "mean of the last five years", "mean": "mean over months",
         "change": "mean of the last two years less that after the rebound"}  # fmt: skip


@app.callback(invoke_without_command=True)
def outcomes(ctx: typer.Context, like: LikeOption = "", series: SeriesFlag = False) -> None:
    """List the outcomes, or show one of them."""
    if ctx.invoked_subcommand is None:
        print_outcomes(like, series)


@app.command("list")
def list_outcomes(like: LikeOption = "", series: SeriesFlag = False) -> None:
    """List the outcomes, or the monthly series."""
    print_outcomes(like, series)


def print_outcomes(like: str, series: bool) -> None:
    """Print one line an outcome or series."""
    from demarche.engine.variables import OUTCOMES, SERIES

    named_ = SERIES if series else tuple(OUTCOMES.values())
    rows = [(one.name, one.unit, one.meaning) for one in named_]
    what = "monthly one" if series else "outcome"
    print_list(("series" if series else "outcome", "unit", "meaning"), rows, what, "demarche outcomes show NAME", like)


@app.command("show")
def show(name: NameArgument) -> None:
    """Show one outcome or series: unit, meaning, from what it is reckoned, and the shortest period it needs."""
    from demarche.engine.variables import OUTCOMES, SERIES

    series = {one.name: one for one in SERIES}
    found = named(name, [*OUTCOMES, *(one for one in series if one not in OUTCOMES)], "outcome")
    shown = console()
    if found in OUTCOMES:
        one = OUTCOMES[found]
        print_facts(shown, f"{one.name}: {one.meaning}", {
            "Unit": one.unit, "Reckoned from": f"the monthly series {one.series}: {SPANS.get(one.how, one.how)}",
            "Needs": f"a period of {one.months} months or more" if one.months > 1 else "",
        })  # fmt: skip
        found = one.series
    if found in series:
        said = series[found]
        kind = "counts of events, added up over time" if said.counts else "a level"
        print_facts(shown, f"series {said.name}: {said.meaning}", {"Unit": said.unit, "Kind": kind})
    field = _field(found)
    if field:
        shown.print(f"What moved it: demarche why RESULTS --stock {field} --from MONTH --to MONTH")


def _field(name: str) -> str:
    """Return the stock or memory of the same name, empty if there is none."""
    from demarche.world.fields import FIELDS

    return name if name in FIELDS and FIELDS[name].kind in ("stock", "memory") else ""
