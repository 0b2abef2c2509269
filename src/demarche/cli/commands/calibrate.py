"""`demarche calibrate`: what the record leaves of the priors of an account."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.learning import (
    BankOption,
    DrawsOption,
    IntoOption,
    LucksOption,
    pair_of,
    world_of,
    write_block,
    year_of,
)
from demarche.cli.options import ExperimentArgument, QuietFlag
from demarche.cli.reading import read_experiment
from demarche.errors import shell_word

if TYPE_CHECKING:
    from demarche.analysis.calibration.bank import Bank
    from demarche.analysis.calibration.study import Plan


def calibrate(
    experiment: ExperimentArgument,
    account: Annotated[str, typer.Option("--account", "-p", help="Account whose priors are held against the record.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The posterior file, JSON.")],
    until: Annotated[
        int | None, typer.Option("--until", help="Last year of the record that is looked at; its end if left out.")
    ] = None,
    draws: DrawsOption = 3600,
    lucks: LucksOption = 1,
    waves: Annotated[int, typer.Option("--waves", min=1, max=5, help="Most waves of history matching.")] = 2,
    more: Annotated[int, typer.Option("--more", min=0, help="New draws of each further wave.")] = 100,
    discrepancy: Annotated[
        float, typer.Option("--discrepancy", min=0.0, help="What the model may miss, as a share of the spread of runs.")
    ] = 0.2,
    histories: Annotated[
        int, typer.Option("--histories", min=0, help="Synthetic histories that are calibrated on to check it.")
    ] = 20,
    contrast: Annotated[
        int, typer.Option("--contrast", min=0, help="Draws over which two arms are compared before and after.")
    ] = 60,
    seeds: Annotated[
        int,
        typer.Option("--seeds", min=1, help="Say instead whether so many seeds say the same of what is narrowed."),
    ] = 1,
    bank: BankOption = None,
    into: IntoOption = None,
    quiet: QuietFlag = False,
) -> None:
    """Learn from the record what it can teach of an account's links and base rates, and say what it cannot."""
    from demarche.analysis.calibration.study import Plan
    from demarche.analysis.calibration.study import calibrate as learn
    from demarche.analysis.calibration.waves import Size
    from demarche.analysis.calibration.words import TABLES, sentences
    from demarche.cli.learning import open_bank
    from demarche.cli.say.calibration import say_calibration
    from demarche.cli.say.console import console
    from demarche.cli.writing import write_text

    read = read_experiment(experiment)
    world = world_of(read, account, lucks)
    year = year_of(world, until)
    sizes = {"draws": draws, "lucks": lucks, "waves": waves, "more": more, "discrepancy": discrepancy,
             "histories": histories, "contrast": contrast}  # fmt: skip
    said = " ".join(f"--{name} {value:g}" for name, value in sizes.items())
    command = (f"demarche calibrate {shell_word(experiment)} --account {account} --out {shell_word(out.name)} "
               f"--until {year} {said}")  # fmt: skip
    plan = Plan(year, Size(draws, more, waves), discrepancy, histories=histories, command=command,
                pair=pair_of(read) if contrast else None, contrasted=contrast)  # fmt: skip
    folder = bank or out.with_suffix(".bank")
    opened = open_bank(folder, world)
    if seeds > 1:
        _over_seeds(opened, plan, seeds, (out, into), command, quiet)
        return
    found = learn(opened, plan, lambda line: None if quiet else typer.echo(line, err=True))
    write_text(out, found.text())
    if into is not None:
        tables = [(columns, made, note) for columns, rows, note in TABLES if (made := rows(found.report))]
        write_block(into, f"calibrate {account}", command, sentences(found.report), tables)
    say_calibration(console(), found)


def _over_seeds(
    bank: Bank, plan: Plan, seeds: int, where: tuple[Path, Path | None], command: str, quiet: bool
) -> None:
    """Write and print whether other seeds say the same."""
    from demarche.analysis.calibration.repeated import repeated, sentences, tables
    from demarche.cli.say.calibration import say_rows
    from demarche.cli.say.console import console, plain
    from demarche.cli.writing import write_text

    found = repeated(bank, plan, seeds, lambda line: None if quiet else typer.echo(line, err=True))
    said = f"{command} --seeds {seeds}"
    write_text(where[0], json.dumps({"command": said, **asdict(found)}, indent=1) + "\n")
    if where[1] is not None:
        write_block(where[1], f"calibrate seeds {bank.world.account}", said, sentences(found),
                    tables(found))
    shown = console()
    for line in sentences(found):
        shown.print(plain(line), soft_wrap=True)
    for columns, rows, note in tables(found):
        say_rows(shown, columns, rows, note)
