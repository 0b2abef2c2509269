"""`demarche results resume`: what was interrupted goes on."""

from __future__ import annotations

from typing import Annotated

import typer

from demarche.cli.options import (
    EngineOption,
    JsonFlag,
    NoFiguresFlag,
    QuietFlag,
    ResultsArgument,
    SchedulerOption,
    WorkersOption,
)
from demarche.cli.reading import figures_after
from demarche.cli.say.ending import conclude
from demarche.cli.say.figures import tell_left_out
from demarche.cli.say.progress import show_progress


def resume(
    results: ResultsArgument,
    workers: WorkersOption = None,
    engine: EngineOption = "auto",
    scheduler: SchedulerOption = "",
    failed: Annotated[bool, typer.Option("--failed", help="Try runs that failed again.")] = False,
    quiet: QuietFlag = False,
    json: JsonFlag = False,
    no_figures: NoFiguresFlag = False,
) -> None:
    """Go on with an interrupted experiment from the files in its folder; damaged files are made again."""
    from demarche.experiment.results.store import open_results
    from demarche.experiment.run import runner
    from demarche.experiment.run.means import Means
    from demarche.experiment.run.status import status_of

    status_of(results)
    means = Means(workers, engine, scheduler)
    with show_progress(quiet, json) as progress:
        report = runner.resume(results, progress=progress, means=means, failed=failed)
    figures = figures_after(open_results(results))
    if not no_figures:
        tell_left_out(figures, quiet, json)
    conclude(report, () if no_figures else figures.names, means, quiet, json)
