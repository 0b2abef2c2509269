"""`demarche calibrate`: what the record leaves of the priors of an account."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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


def calibrate(
    experiment: ExperimentArgument,
    account: Annotated[str, typer.Option("--account", "-p", help="Account whose priors are held against the record.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The posterior file, JSON.")],
    until: Annotated[
        int | None, typer.Option("--until", help="Last year of the record that is looked at; its end if left out.")
    ] = None,
    draws: DrawsOption = 900,
    lucks: LucksOption = 2,
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
    command = f"demarche calibrate {experiment} --account {account} --out {out.name} --until {year} {said}"
    plan = Plan(year, Size(draws, more, waves), discrepancy, histories=histories, command=command,
                pair=pair_of(read) if contrast else None, contrasted=contrast)  # fmt: skip
    folder = bank or out.with_suffix(".bank")
    found = learn(open_bank(folder, world), plan, lambda line: None if quiet else typer.echo(line, err=True))
    write_text(out, found.text())
    if into is not None:
        tables = [(columns, made, note) for columns, rows, note in TABLES if (made := rows(found.report))]
        write_block(into, f"calibrate {account}", command, sentences(found.report), tables)
    say_calibration(console(), found)
