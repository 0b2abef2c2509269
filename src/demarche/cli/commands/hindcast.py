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
from demarche.errors import shell_word

UNTIL = 1994
"""Year to which is learned if nobody names one: four years of the record are left to predict."""


def hindcast(
    experiment: ExperimentArgument,
    account: Annotated[str, typer.Option("--account", "-p", help="Account whose priors are learned from.")],
    until: Annotated[
        int | None,
        typer.Option("--until", help="Last year that is looked at; 1994, or with --nowcast the last but one."),
    ] = None,
    each_year: Annotated[
        bool, typer.Option("--nowcast", help="Learn to each year in turn, and predict the next one alone.")
    ] = False,
    draws: DrawsOption = 1800,
    lucks: LucksOption = 1,
    own_votes: Annotated[
        bool, typer.Option("--own-votes", help="Let the model of votes know the votes on the case, those to come too.")
    ] = False,
    bank: BankOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    into: IntoOption = None,
    quiet: QuietFlag = False,
) -> None:
    """Predict what the record has after a date with no further look, and say where that is no better than habit."""
    from demarche.analysis.hindcast.nowcast import nowcast
    from demarche.analysis.hindcast.study import hindcast as all_years
    from demarche.analysis.hindcast.words import COLUMNS, EXPECTED_COLUMNS, EXPECTED_NOTE, NOTE, expected_rows, rows
    from demarche.analysis.hindcast.words import sentences as sentences_of
    from demarche.cli.learning import open_bank
    from demarche.cli.say.calibration import say_rows
    from demarche.cli.say.console import console, plain

    world = world_of(read_experiment(experiment), account, lucks, "used" if own_votes else "left_out")
    year = year_of(world, until if each_year or until else UNTIL, before_the_end=True)
    predict, name = (nowcast, "nowcast") if each_year else (all_years, "hindcast")
    folder = bank or Path(f"{account}.{world.setup.cast.own_votes}.bank")
    found = predict(open_bank(folder, world), draws, year, lambda line: None if quiet else typer.echo(line, err=True))
    command = f"demarche hindcast {shell_word(experiment)} --account {account} --until {year}"
    command += f" --draws {draws} --lucks {lucks}"
    command += " --nowcast" if each_year else ""
    command += " --own-votes" if own_votes else ""
    tables = [(COLUMNS, rows(found), NOTE), (EXPECTED_COLUMNS, expected_rows(found), EXPECTED_NOTE)]
    given = [f"Given beforehand: {one}" for one in found.inputs]
    if into is not None:
        filled = [one for one in tables if one[1]]
        write_block(into, f"{name} {account}", command, [*sentences_of(found), *given], filled)
    if as_json:
        typer.echo(json.dumps(asdict(found)))
        return
    shown = console()
    for line in sentences_of(found):
        shown.print(plain(line), soft_wrap=True)
    for columns, cells, note in tables:
        say_rows(shown, columns, cells, note)
    for line in given:
        shown.print(plain(line), soft_wrap=True)
