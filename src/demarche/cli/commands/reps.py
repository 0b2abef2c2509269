"""`demarche reps`: how many replications are enough."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.options import HalfWidthOption, OutcomesOption, ToTable
from demarche.cli.reading import read_experiment
from demarche.cli.say.console import console
from demarche.cli.say.progress import show_progress
from demarche.cli.writing import write_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


def reps(
    experiment: Annotated[
        Path, typer.Argument(help="Experiment file, of which a pilot is run; or results folder, whose runs are taken.")
    ],
    pilot: Annotated[int, typer.Option("--pilot", min=3, help="Replications, or draws, of the pilot.")] = 20,
    half_width: HalfWidthOption = "",
    relative: Annotated[
        float, typer.Option("--relative", min=1e-6, help="Wished half-width as a share of the size of an outcome.")
    ] = 0.1,
    luck_share: Annotated[
        float,
        typer.Option("--luck-share", min=0.01, max=1.0, help="Share of the half-width that luck alone may have."),
    ] = 0.5,
    outcomes: OutcomesOption = "",
    to: ToTable = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only the number.")] = False,
) -> None:
    """Propose how many replications, or draws and lucks, are enough, from a pilot kept in memory or from results."""
    from demarche.analysis.comparison.batch import why_no_number
    from demarche.analysis.comparison.replications import proposals, run_pilot, worst
    from demarche.cli.say.comparing import half_widths as read_widths
    from demarche.cli.say.comparing import pilot_outcomes, print_proposal
    from demarche.cli.say.signs import tell_unknown
    from demarche.experiment.run.means import Progress

    if experiment.is_dir():
        _of_results(experiment, outcomes, (half_width, relative, luck_share), to, quiet)
        return
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
    if read.has_draws and not quiet:
        titles = {name: account.title for name, account in read.scenario.accounts.items()}
        _layers(found.frame, reference, names, (widths, relative, luck_share), titles, None)
    if not quiet:
        tell_unknown(console(), why_no_number(names, read.scenario.period.n_steps))


def _of_results(
    folder: Path, outcomes: str, wanted: tuple[str, float, float], to: Path | None, quiet: bool
) -> None:
    """Propose from the runs of a results folder."""
    from demarche.cli.reading import open_done
    from demarche.cli.say.choosing import choose_outcomes
    from demarche.cli.say.comparing import half_widths as read_widths

    opened, batch = open_done(folder)
    names = choose_outcomes(batch, outcomes)
    half_width, relative, luck_share = wanted
    widths = read_widths(half_width, names)
    accounts = {name: str(account["title"]) for name, account in opened.manifest.accounts.items()}
    _layers(batch.runs, batch.asked.reference, names, (widths, relative, luck_share), accounts, to, quiet)


def _layers(
    frame: pd.DataFrame, reference: str, names: tuple[str, ...], wanted: tuple[Mapping[str, float], float, float],
    accounts: Mapping[str, str], to: Path | None, quiet: bool = False,
) -> None:  # fmt: skip
    """Print how many draws and lucks differences need, from the two layers of variance."""
    from demarche.analysis.comparison.layers import most_demanding, proposals_of_layers
    from demarche.analysis.comparison.units import LUCK
    from demarche.cli.say.comparing import print_layers
    from demarche.errors import DesignError, Problem

    if LUCK not in frame.columns or frame[LUCK].nunique() < 2:
        what = "the runs have no draws with two lucks or more, so that draws and luck cannot be told apart"
        fix = "run the experiment with 'draws' and 'lucks: 2', or give the experiment file for a pilot"
        raise DesignError([Problem("reps", what, fix=fix)])
    widths, relative, luck_share = wanted
    table = proposals_of_layers(frame, reference, names, widths, relative, luck_share)
    if table.empty:
        raise DesignError([Problem("reps", "no difference of arms varies, so that two runs are enough")])
    if to is not None:
        write_table(to, table, tell=False)
    print_layers(console(), most_demanding(table), accounts, luck_share, quiet)
