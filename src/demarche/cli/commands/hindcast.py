"""`demarche hindcast`: the record learned to a date, predicted from there, and scored beside two rivals."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from demarche.cli.learning import BankOption, DrawsOption, IntoOption, LucksOption, world_of, write_block, year_of
from demarche.cli.options import ExperimentArgument, QuietFlag
from demarche.cli.reading import read_experiment


def hindcast(
    experiment: ExperimentArgument,
    account: Annotated[str, typer.Option("--account", "-p", help="Account whose priors are learned from.")],
    until: Annotated[int, typer.Option("--until", help="Last year of the record that is looked at.")] = 1994,
    draws: DrawsOption = 900,
    lucks: LucksOption = 2,
    own_votes: Annotated[
        bool, typer.Option("--own-votes", help="Let the model of votes know the votes on the case, those to come too.")
    ] = False,
    bank: BankOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    into: IntoOption = None,
    quiet: QuietFlag = False,
) -> None:
    """Predict what the record has after a date with no further look, and say where that is no better than habit."""
    from demarche.analysis.hindcast.study import hindcast as predict
    from demarche.analysis.hindcast.words import COLUMNS, NOTE, rows, sentences
    from demarche.cli.learning import open_bank
    from demarche.cli.say.calibration import say_rows
    from demarche.cli.say.console import console, plain

    world = world_of(read_experiment(experiment), account, lucks, "used" if own_votes else "left_out")
    year = year_of(world, until, before_the_end=True)
    folder = bank or Path(f"{account}.{world.setup.cast.own_votes}.bank")
    found = predict(open_bank(folder, world), draws, year, lambda line: None if quiet else typer.echo(line, err=True))
    command = f"demarche hindcast {experiment} --account {account} --until {year} --draws {draws} --lucks {lucks}"
    command += " --own-votes" if own_votes else ""
    given = [f"Given beforehand: {one}" for one in found.inputs]
    if into is not None:
        write_block(into, f"hindcast {account}", command, [*sentences(found), *given], [(COLUMNS, rows(found), NOTE)])
    if as_json:
        typer.echo(json.dumps(asdict(found)))
        return
    shown = console()
    for line in sentences(found):
        shown.print(plain(line), soft_wrap=True)
    say_rows(shown, COLUMNS, rows(found), NOTE)
    for line in given:
        shown.print(plain(line), soft_wrap=True)
