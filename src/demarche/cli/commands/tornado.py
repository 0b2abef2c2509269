"""`demarche tornado`: which link, base rate or number of a rule moves each outcome, and the contrast, most."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.options import ArmsOption, ExperimentArgument, OutcomesOption, QuietFlag, WorkersOption
from demarche.cli.reading import read_experiment
from demarche.cli.say.choosing import split_names
from demarche.cli.say.console import console, plain, table
from demarche.errors import check_known

if TYPE_CHECKING:
    from demarche.analysis.tornado.study import Swing, Tornado
    from demarche.experiment.design.experiment import Experiment


def tornado(
    experiment: ExperimentArgument,
    account: Annotated[
        str, typer.Option("--account", "-p", help="Account; the first of the experiment if left out.")
    ] = "",
    between: ArmsOption = "",
    outcomes: OutcomesOption = "",
    lucks: Annotated[int, typer.Option("--lucks", "-n", min=2, help="Runs at each end of each number.")] = 24,
    most: Annotated[int, typer.Option("--most", min=1, help="Numbers told for each outcome.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    workers: WorkersOption = None,
    quiet: QuietFlag = False,
) -> None:
    """Move every uncertain number to both ends of its prior, one at a time, and tell what that moves."""
    from demarche.analysis.tornado.study import Asked
    from demarche.analysis.tornado.study import tornado as study
    from demarche.cli.say.progress import show_progress
    from demarche.experiment.run.means import Progress
    from demarche.scenario.load import compile_scenario

    read = read_experiment(experiment)
    asked = Asked(
        _account(read, account), _arms(read, between), _outcomes(read, outcomes),
        tuple(read.seed + k for k in range(lucks)),
    )  # fmt: skip
    with show_progress(quiet or as_json) as tell:
        told = None if tell is None else lambda done, total: tell(Progress(done, 0, 0, total))
        found = study(compile_scenario(read.scenario), asked, workers or os.cpu_count() or 1, told)
    if as_json:
        typer.echo(json.dumps(as_data(found)))
        return
    say(found, most)


def _account(read: Experiment, name: str) -> str:
    check_known("--account", "account", [name] if name else [], list(read.accounts))
    return name or read.accounts[0]


def _arms(read: Experiment, between: str) -> tuple[str, ...]:
    named = tuple(split_names(between)) if between else read.scenario.asked.contrast
    check_known("--between", "arm", named, list(read.arms))
    return named[:2] or read.arms[:1]


def _outcomes(read: Experiment, text: str) -> tuple[str, ...]:
    from demarche.engine.variables import OUTCOMES

    names = tuple(OUTCOMES) if text == "all" else tuple(split_names(text))
    check_known("--outcomes", "outcome", names, list(OUTCOMES))
    return names or read.scenario.outcomes


def say(found: Tornado, most: int) -> None:
    """Print, for each outcome, the numbers that move it most, and those that move the contrast most."""
    shown, asked = console(), found.asked
    rates = found.led_by_rates()
    if rates:
        shown.print(f"[bold]Base rates, which no document disputes, lead in: {', '.join(rates)}.[/bold]")
    for outcome in asked.outcomes:
        _print(found.leading(outcome, n=most), f"{outcome}, {asked.arms[0]}", False)
        if len(asked.arms) > 1:
            _print(found.leading(outcome, True, most), f"{outcome}, {asked.arms[0]} minus {asked.arms[1]}", True)
    faint = found.faint()
    n = len({swing.path for swing in found.swings})
    shown.print(f"{len(faint)} of {n} numbers move none of these outcomes by a hundredth of its spread"
                f"{': ' + ', '.join(faint) if faint else '.'}")  # fmt: skip
    shown.print(f"Account {asked.account}; {len(asked.seeds)} runs at each end (5 and 95 % of the prior), all else at "
                "the median. Effects are in standard deviations over runs in which everything is drawn.")  # fmt: skip


def _print(swings: tuple[Swing, ...], title: str, contrast: bool) -> None:
    made = table("number", "low end", "high end", "effect", title=plain(title), right=("low end", "high end", "effect"))
    for one in swings:
        low, high = (one.contrast_low, one.contrast_high) if contrast else (one.low, one.high)
        made.add_row(one.path, f"{low:.3g}", f"{high:.3g}", f"{one.contrast_effect if contrast else one.effect:+.2f}")
    console().print(made)


def as_data(found: Tornado) -> dict[str, object]:
    """Return everything as plain data."""
    keys = ("path", "outcome", "low", "high", "contrast_low", "contrast_high", "effect", "contrast_effect")
    swings = [{key: getattr(swing, key) for key in keys} for swing in found.swings]
    return {"account": found.asked.account, "arms": list(found.asked.arms), "lucks": len(found.asked.seeds),
            "led_by_rates": list(found.led_by_rates()), "faint": list(found.faint()), "swings": swings}  # fmt: skip
