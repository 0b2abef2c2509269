"""`demarche why`: the reasons for a choice, an event or the course of a stock, in words and numbers."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.say.console import console
from demarche.cli.say.why import print_told
from demarche.errors import DesignError, Problem

if TYPE_CHECKING:
    from demarche.analysis.why.case import Case

Source = Annotated[Path, typer.Argument(help="Results folder, or a scenario or experiment file.",
                                        metavar="RESULTS|SCENARIO")]  # fmt: skip
Run = Annotated[int, typer.Option("--run", "-r", min=-1, help="Number of the run; the first that fits if left out.")]
Decision = Annotated[str, typer.Option("--decision", help="Decision, such as sponsor: demarche decisions")]
Event = Annotated[str, typer.Option("--event", help="Kind of event, such as person: demarche events")]
Stock = Annotated[str, typer.Option("--stock", help="Stock or memory, such as practice, over one month or several.")]
Actor = Annotated[str, typer.Option("--actor", "-a", help="Code or name of the actor, area, person: demarche actors")]
About = Annotated[str, typer.Option("--about", help="Code of the second side, where there is one.")]
Date = Annotated[str, typer.Option("--date", "-d", help="Month, such as 1995-03.")]
First = Annotated[str, typer.Option("--from", help="First month of several.")]
Last = Annotated[str, typer.Option("--to", help="Last month of several.")]
Against = Annotated[str, typer.Option("--against", help="Another arm: what made the difference, with the same luck.")]
Option = Annotated[str, typer.Option("--option", help="Option that is counted, with --from, --to and --against.")]
Arm = Annotated[str, typer.Option("--arm", help="Arm, instead of --run.")]
Account = Annotated[str, typer.Option("--account", "-p", help="Account, instead of --run.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Luck of a run of a scenario.")]
Draw = Annotated[int, typer.Option("--draw", min=-1, help="Draw of the numbers of a scenario; medians if left out.")]
All = Annotated[bool, typer.Option("--all", help="Tell every rule in full.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object with all numbers in full.")]
Html = Annotated[Path | None, typer.Option("--html", help="Write a page of its own to this file.")]


def why(
    source: Source, run: Run = -1, decision: Decision = "", event: Event = "", stock: Stock = "", actor: Actor = "",
    about: About = "", date: Date = "", first: First = "", last: Last = "", against: Against = "", option: Option = "",
    arm: Arm = "", account: Account = "", seed: Seed = 1, draw: Draw = -1, all_rules: All = False,
    as_json: AsJson = False, html: Html = None,
) -> None:  # fmt: skip
    """Say why: what was chosen, with what chance and luck, which rules moved it, on which inputs and passages."""
    from demarche.analysis.why.answer import Asked, answer, check_asked

    asked = Asked(decision, event, stock, actor, about, date, first, last, against, option, all_rules)
    check_asked(asked)
    case = _case(source, run, arm, account, seed, draw)
    told = answer(case, asked)
    if html is not None:
        from demarche.report.why import why_page

        html.write_text(why_page(told), encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(asdict(told)))
        return
    print_told(console(), told)
    if html is not None:
        typer.echo(f"Page: {html}")


def _case(source: Path, run: int, arm: str, account: str, seed: int, draw: int) -> Case:
    """Return the run that is asked about: of a folder, or of a scenario.

    Raises
    ------
    DesignError
        If there is no such run.
    """
    from demarche.analysis.why.case import case_of_results, case_of_scenario, find_run
    from demarche.cli.reading import scenario_of

    if source.is_dir() or source.suffix not in (".yaml", ".yml"):
        return case_of_results(source, run if run >= 0 else find_run(source, arm, account))
    if run >= 0:
        raise DesignError([Problem("--run", "a scenario has no numbered runs", fix="use --arm, --account and --seed")])
    return case_of_scenario(scenario_of(source), arm, account, seed, draw if draw >= 0 else None)
