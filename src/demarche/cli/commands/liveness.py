"""`demarche liveness`: what each link, base rate, number and rule moves, and what is as good as dead."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from demarche.cli.options import ExperimentArgument, QuietFlag
from demarche.cli.reading import read_experiment


def liveness(
    experiment: ExperimentArgument,
    most: Annotated[
        int | None, typer.Option("--most", min=1, help="Cases of each kind; all if left out.")
    ] = None,
    write: Annotated[Path | None, typer.Option("--write", help="Write the study to this file as JSON.")] = None,
    draws: Annotated[int, typer.Option("--draws", "-n", min=8, help="Draws that tell what decides.")] = 768,
    quiet: QuietFlag = False,
) -> None:
    """Put every number at both ends of its prior and switch every rule off, one at a time, and tell what moves."""
    from demarche.analysis.kept import as_lines
    from demarche.analysis.liveness.study import cases_of, run_study
    from demarche.cli.writing import write_text
    from demarche.report.liveness import KINDS, faint
    from demarche.scenario.load import compile_scenario

    read = read_experiment(experiment)
    arm = read.scenario.asked.among(read.arms).reference
    setup = compile_scenario(read.scenario)
    found = run_study(setup, arm, read.seed, lambda line: None if quiet else typer.echo(line), most, draws)
    if write is not None:
        write_text(write, as_lines(found, "cases"))
    cases = cases_of(found)
    for kind, what in KINDS.items():
        n = sum(one.kind == kind for one in cases)
        names = faint(cases, kind)
        typer.echo(f"{what}: {len(names)} of {n} move no outcome by 1 % of its spread {', '.join(names)}".rstrip())
