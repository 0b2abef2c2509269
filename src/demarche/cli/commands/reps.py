"""`demarche reps`: how many replications are enough."""

from __future__ import annotations

from typing import Annotated

import typer

from demarche.cli.options import ExperimentArgument, HalfWidthOption, OutcomesOption, ToTable
from demarche.cli.reading import read_experiment
from demarche.cli.say.console import console
from demarche.cli.say.progress import show_progress
from demarche.cli.writing import write_table


def reps(
    experiment: ExperimentArgument,
    pilot: Annotated[int, typer.Option("--pilot", min=3, help="Replications, or draws, of the pilot.")] = 20,
    half_width: HalfWidthOption = "",
    relative: Annotated[
        float, typer.Option("--relative", min=1e-6, help="Wished half-width as a share of the size of an outcome.")
    ] = 0.1,
    outcomes: OutcomesOption = "",
    to: ToTable = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only the number.")] = False,
) -> None:
    """Propose how many replications, or draws, are enough, from a pilot that is kept in memory."""
    from demarche.analysis.comparison.batch import why_no_number
    from demarche.analysis.comparison.replications import proposals, run_pilot, worst
    from demarche.cli.say.comparing import half_widths as read_widths
    from demarche.cli.say.comparing import pilot_outcomes, print_proposal
    from demarche.cli.say.signs import tell_unknown
    from demarche.experiment.run.means import Progress

    read = read_experiment(experiment)
    names = pilot_outcomes(read, outcomes)
    widths = read_widths(half_width, names)
    with show_progress(quiet) as tell:
        found = run_pilot(read, pilot, None if tell is None else lambda done, total: tell(Progress(done, 0, 0, total)))
    reference = read.scenario.asked.among(read.arms).reference
    table = proposals(found.frame, reference, names, widths, relative)
    if to is not None:
        write_table(to, table, tell=False)
    print_proposal(console(), read, found, worst(table), pilot, quiet)
    if not quiet:
        tell_unknown(console(), why_no_number(names, read.scenario.period.n_steps))
