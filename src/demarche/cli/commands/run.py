"""`demarche run`: a batch, its summary and its figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from demarche.cli.options import (
    RESULTS,
    EngineOption,
    ExperimentArgument,
    JsonFlag,
    NoFiguresFlag,
    QuietFlag,
    SchedulerOption,
    WorkersOption,
)
from demarche.cli.reading import figures_before, read_experiment
from demarche.cli.say.console import console, plain
from demarche.cli.say.ending import conclude
from demarche.cli.say.experiment import describe_experiment, remarks_on_experiment
from demarche.cli.say.figures import tell_left_out
from demarche.cli.say.progress import show_progress


def run(
    experiment: ExperimentArgument,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Results folder; results/NAME, or NAME_quick, if left out.")
    ] = None,
    workers: WorkersOption = None,
    engine: EngineOption = "auto",
    scheduler: SchedulerOption = "",
    quiet: QuietFlag = False,
    json: JsonFlag = False,
    no_figures: NoFiguresFlag = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Fewer draws or replications, for a class: less than a minute on a laptop.")
    ] = False,
) -> None:
    """Run an experiment: tables, figures and a summary. What an earlier session finished is not run again."""
    from demarche.experiment.chunks.pool import make_ready
    from demarche.experiment.run.means import Means
    from demarche.experiment.run.runner import run_experiment

    read = read_experiment(experiment)
    name = experiment.stem
    if quick:
        from demarche.experiment.design.quick import quick as smaller

        read, name = smaller(read), f"{name}_quick"
    means = Means(workers, engine, scheduler)
    if engine in ("auto", "pool") and means.processes(read.n_runs) > 1:
        make_ready()
    figures = figures_before(read)
    if not quiet and not json:
        shown, period = console(), read.scenario.period
        shown.print(f"[bold]{plain(read.scenario.title)}[/bold]: {describe_experiment(read)}", soft_wrap=True)
        shown.print(f"of {period.n_steps} months, {period.start} to {period.end}")
        for remark in remarks_on_experiment(read):
            shown.print(plain(remark), soft_wrap=True)
    if not no_figures:
        tell_left_out(figures, quiet, json)
    with show_progress(quiet, json) as progress:
        report = run_experiment(read, out or RESULTS / name, progress=progress, means=means)
    conclude(report, () if no_figures else figures.names, means, quiet, json)
