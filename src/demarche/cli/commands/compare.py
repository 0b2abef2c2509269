"""`demarche compare`: differences between arms, accounts or values of a parameter."""

from __future__ import annotations

from typing import Annotated

import typer

from demarche.cli.options import HalfWidthOption, NoFigureFlag, OutcomesOption, ResultsArgument, ToTable
from demarche.cli.reading import open_done
from demarche.cli.say.choosing import choose_outcomes
from demarche.cli.say.console import console, plain
from demarche.cli.writing import write_figure, write_table


def compare(
    results: ResultsArgument,
    between: Annotated[str, typer.Option("--between", help="arm, account, or the path of a parameter.")] = "arm",
    reference: Annotated[
        str, typer.Option("--reference", "-r", help="What is subtracted; the scenario's, or the first, if left out.")
    ] = "",
    by: Annotated[
        str, typer.Option("--by", help="Average within each: arm, account, parameters, with commas; none: one average.")
    ] = "",
    outcomes: OutcomesOption = "",
    interval: Annotated[str, typer.Option("--interval", help="t or bootstrap.")] = "t",
    half_width: HalfWidthOption = "",
    unpaired: Annotated[
        bool, typer.Option("--unpaired", help="Compare runs that do not share their luck (Welch's t).")
    ] = False,
    to: ToTable = None,
    no_figure: NoFigureFlag = False,
) -> None:
    """Compare arms, accounts or parameter values: paired differences with intervals, disagreements first."""
    from demarche.cli.say.comparing import MANY, add_needed, ask, print_comparison
    from demarche.cli.say.comparing import half_widths as read_widths
    from demarche.cli.say.signs import tell_signs

    opened, batch = open_done(results)
    names = choose_outcomes(batch, outcomes)
    widths = read_widths(half_width, names)
    found = ask(batch, between, reference, by, names, interval, unpaired)
    table = add_needed(found.table, widths)
    shown = console()
    tell_signs(shown, found, {name: plain(str(account["title"])) for name, account in opened.manifest.accounts.items()})
    print_comparison(shown, opened, found, table)
    if to is not None:
        write_table(to, table)
    if not no_figure and len(names) > MANY:
        shown.print(f"No figure: {len(names)} outcomes are more than one can show, which is {MANY}.")
    elif not no_figure:
        from demarche.figures.kinds.compare import FIGURE

        write_figure(opened, FIGURE, between.replace(".", "_"), found)
