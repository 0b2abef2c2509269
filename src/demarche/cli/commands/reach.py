"""`demarche reach`: how far forced conduct from abroad moves an outcome under each account."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.options import ExperimentArgument
from demarche.cli.reading import read_experiment
from demarche.cli.say.choosing import split_names
from demarche.errors import check_known

if TYPE_CHECKING:
    from demarche.analysis.liveness.conduct import Reach


def reach(
    experiment: ExperimentArgument,
    accounts: Annotated[
        str, typer.Option("--accounts", help="Names with commas; common and those of the experiment if left out.")
    ] = "",
    outcome: Annotated[str, typer.Option("--outcome", help="Outcome that is told.")] = "core_practice",
    draws: Annotated[int, typer.Option("--draws", "-n", min=8, help="Draws of each account.")] = 32,
    lucks: Annotated[int, typer.Option("--lucks", min=2, help="Lucks of each draw.")] = 2,
    write: Annotated[Path | None, typer.Option("--write", help="Write the study to this file as JSON.")] = None,
) -> None:
    """Force words, motions, talks, sanctions, backing, all or none, and tell how far each moves an outcome."""
    from demarche.accounts.account import COMMON
    from demarche.accounts.packaged import packaged_accounts
    from demarche.analysis.liveness.reach_study import run_reach
    from demarche.cli.writing import write_text
    from demarche.engine.variables import OUTCOMES
    from demarche.scenario.load import compile_scenario

    read, packaged = read_experiment(experiment), packaged_accounts()
    names = split_names(accounts) or [COMMON, *read.accounts]
    check_known("--accounts", "account", names, list(packaged))
    check_known("--outcome", "outcome", [outcome], list(OUTCOMES))
    arm = read.scenario.asked.among(read.arms).reference
    typer.echo(f"{outcome}, in spreads of a run: account, class, mean, spread, draws in which the mean moves")
    found = run_reach(compile_scenario(read.scenario), arm, names, outcome, draws, lucks, read.seed, say)
    if write is not None:
        write_text(write, json.dumps(found, indent=1) + "\n")


def say(one: Reach) -> None:
    """Print one row as soon as it is known."""
    typer.echo(
        f"{one.account:22s} {one.name:10s} {one.mean:+.3f} +- {one.mean_error:.3f}  {one.spread:+.3f} +- "
        f"{one.spread_error:.3f}  {one.draws:4.0%}  {'reaches' if one.is_there else 'has no such path'}"
    )
