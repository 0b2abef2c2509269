"""`demarche reach`: how far forced conduct from abroad moves an outcome under each account."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from demarche.cli.options import ExperimentArgument
from demarche.cli.reading import read_experiment
from demarche.cli.say.console import console, table
from demarche.errors import check_known

HEAD = ("account", "class", "mean", "spread", "draws", "reaches")


def reach(
    experiment: ExperimentArgument,
    accounts: Annotated[
        str, typer.Option("--accounts", help="Names with commas; those of the experiment if left out.")
    ] = "",
    outcome: Annotated[str, typer.Option("--outcome", help="Outcome that is told.")] = "core_practice",
    draws: Annotated[int, typer.Option("--draws", "-n", min=8, help="Draws of each account.")] = 96,
    lucks: Annotated[int, typer.Option("--lucks", min=2, help="Lucks of each draw.")] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line, one a class.")] = False,
) -> None:
    """Force words, motions, talks, sanctions, backing, all or none, and tell how far each moves an outcome."""
    from dataclasses import replace

    from demarche.accounts.packaged import packaged_accounts
    from demarche.analysis.liveness.conduct import reaches
    from demarche.engine.variables import OUTCOMES
    from demarche.scenario.load import compile_scenario

    read, packaged = read_experiment(experiment), packaged_accounts()
    names = [part.strip() for part in accounts.split(",") if part.strip()] or list(read.accounts)
    check_known("--accounts", "account", names, list(packaged))
    check_known("--outcome", "outcome", [outcome], list(OUTCOMES))
    setup = replace(compile_scenario(read.scenario), accounts=packaged)
    arm = read.scenario.asked.among(read.arms).reference
    made = table(*HEAD, title=f"{outcome}, in spreads of a run", right=HEAD[2:5])
    for account in names:
        for one in reaches(setup, arm, account, outcome, draws, lucks, read.seed):
            if as_json:
                typer.echo(json.dumps({**asdict(one), "is_there": one.is_there}))
            made.add_row(
                account, one.name, f"{one.mean:+.3f} +- {one.mean_error:.3f}",
                f"{one.spread:+.3f} +- {one.spread_error:.3f}", f"{one.draws:.0%}", "yes" if one.is_there else "no",
            )  # fmt: skip
    if not as_json:
        console().print(made)
