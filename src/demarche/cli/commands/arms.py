"""`demarche arms`: what each arm does under each account, over draws and luck, and what carries it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.options import AccountsOption, ExperimentArgument, OutcomesOption
from demarche.cli.reading import chosen_accounts, read_experiment
from demarche.cli.say.choosing import split_names
from demarche.cli.say.console import console, table
from demarche.errors import check_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demarche.analysis.arms.effects import ArmEffect

HEAD = ("arm", "mean", "95 %", "5 to 95 % of runs", "above 0", "below 0", "luck", "links", "base rates")


def arms(
    experiment: ExperimentArgument,
    accounts: AccountsOption = "",
    outcomes: OutcomesOption = "core_practice_change,releases,person_months_detained,answered_asks",
    draws: Annotated[int, typer.Option("--draws", "-n", min=8, help="Draws of each account.")] = 128,
    lucks: Annotated[int, typer.Option("--lucks", min=1, help="Lucks of each draw; 2 or more split the variance.")] = 2,
    write: Annotated[Path | None, typer.Option("--write", help="Write the study to this file as JSON.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line, one an effect.")] = False,
) -> None:
    """Compare every arm with the reference under draws of each account, and tell which links and rates carry it."""
    from demarche.analysis.arms.study import run_arms
    from demarche.analysis.kept import as_lines
    from demarche.cli.writing import write_text
    from demarche.engine.variables import OUTCOMES
    from demarche.scenario.load import compile_scenario

    read = read_experiment(experiment)
    names = chosen_accounts(accounts, read.accounts)
    wanted = split_names(outcomes)
    check_known("--outcomes", "outcome", wanted, list(OUTCOMES))
    asked = read.scenario.asked.among(read.arms)
    pair = (asked.contrast[0], asked.contrast[1]) if len(asked.contrast) > 1 else None

    def tell(account: str, found: Sequence[ArmEffect]) -> None:
        if as_json:
            for one in found:
                typer.echo(json.dumps(asdict(one)))
        else:
            say(account, wanted, found)

    found = run_arms(
        compile_scenario(read.scenario), names, read.arms, asked.reference, wanted, draws, lucks,
        read.seed, pair, tell,
    )  # fmt: skip
    if write is not None:
        write_text(write, as_lines(found, "rows"))


def say(account: str, outcomes: Sequence[str], found: Sequence[ArmEffect]) -> None:
    """Print one table an outcome."""
    from demarche.analysis.arms.effects import MOST

    for outcome in outcomes:
        mine = [one for one in found if one.outcome == outcome]
        made = table(*HEAD, title=f"{account}: {outcome} (sd of a run {mine[0].spread:.3g})", right=HEAD[1:7])
        for one in mine:
            made.add_row(
                one.arm, f"{one.mean:+.3g}", f"+- {one.error:.2g}", f"{one.low:+.3g} to {one.high:+.3g}",
                f"{one.positive:.0%}", f"{one.negative:.0%}", f"{one.share_of_luck:.0%}",
                ", ".join(f"{c.path.partition('.')[2]} {c.correlation:+.2f}" for c in one.links[:MOST]),
                ", ".join(f"{c.path.partition('.')[2]} {c.correlation:+.2f}" for c in one.rates[:MOST]),
            )  # fmt: skip
        console().print(made)
