"""Commands that analyse: `compare` and `reps`; what all commands on results share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.say.choosing import choose_outcomes
from demarche.cli.say.console import console, plain
from demarche.errors import DesignError, Problem

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from demarche.analysis.comparison.differences import Contrast
    from demarche.experiment.results.store import Results

FIGURES, TABLES = "figures", "tables"
INTERVALS = {
    "t": "95 % interval of the mean (t)",
    "bootstrap": "95 % interval of the mean (percentiles of 2,000 bootstrap resamples)",
    "welch": "95 % interval of the difference (Welch's t)",
}
ResultsArgument = Annotated[Path, typer.Argument(help="Results folder.", metavar="RESULTS")]
OutcomesOption = Annotated[
    str, typer.Option("--outcomes", help="Names with commas; all: those of the scenario; the main ones if left out.")
]
NoFigureFlag = Annotated[bool, typer.Option("--no-figure", help="Draw no figure.")]
ArmsOption = Annotated[str, typer.Option("--between", help="Two arms, ARM,OTHER: the difference ARM minus OTHER.")]


def open_done(path: Path) -> tuple[Results, pd.DataFrame]:
    """Return an opened results folder and its outcomes, checksums compared.

    Raises
    ------
    DesignError
        If no run was done.
    """
    from demarche.analysis.comparison.differences import POINT_GROUP
    from demarche.analysis.sensitivity.layout import points_drawn_together
    from demarche.experiment.results.store import open_results

    results = open_results(path)
    frame = results.outcomes()
    if frame.empty:
        raise DesignError([Problem(str(path), "no run was done, so there is nothing to analyse")])
    together = points_drawn_together(results)
    return results, frame.assign(**{POINT_GROUP: frame["point"] // together}) if together else frame


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV, complete or not at all."""
    from demarche.experiment.tables.files import write_bytes

    write_bytes(path, table.to_csv(index=False, lineterminator="\n").encode())


def keep_figure(figure: Figure, results: Results, name: str) -> None:
    """Write a figure into the results folder and say where."""
    from demarche.figures.draw import save

    tell_written(save(figure, results.path / FIGURES, name)[0])


def tell_written(path: Path) -> None:
    """Say where something was written."""
    console().print(f"Written: {plain(str(path))}", soft_wrap=True)


def compare(
    results: ResultsArgument,
    between: Annotated[str, typer.Option("--between", help="arm, pack, or the path of a parameter.")] = "arm",
    reference: Annotated[
        str, typer.Option("--reference", "-r", help="What is subtracted; as_it_was or the first if left out.")
    ] = "",
    by: Annotated[
        str, typer.Option("--by", help="Average within each: arm, pack, parameters, with commas; none: one average.")
    ] = "",
    outcomes: OutcomesOption = "",
    interval: Annotated[str, typer.Option("--interval", help="t or bootstrap.")] = "t",
    half_width: Annotated[
        str, typer.Option("--half-width", help="Wished half-width of intervals: 2, or releases=2,commitment=0.01.")
    ] = "",
    unpaired: Annotated[
        bool, typer.Option("--unpaired", help="Compare runs that do not share their luck (Welch's t).")
    ] = False,
    to: Annotated[Path | None, typer.Option("--to", help="Write the table to this CSV file.")] = None,
    no_figure: NoFigureFlag = False,
) -> None:
    """Compare arms, packs or parameter values: paired differences with intervals; disagreements of accounts first."""
    from demarche.analysis.comparison.differences import differences
    from demarche.cli.say.comparing import add_needed, prepare, print_comparison, tell_signs
    from demarche.cli.say.comparing import half_widths as read_widths

    opened, frame = open_done(results)
    names = choose_outcomes(opened, outcomes)
    widths = read_widths(half_width, names)
    contrast, ready = prepare(opened, frame, between, reference, by, names, interval, unpaired)
    table = add_needed(differences(ready, contrast), widths)
    shown = console()
    split = tell_signs(shown, opened, ready, contrast)
    how = INTERVALS[interval if contrast.paired else "welch"]
    print_comparison(shown, opened, table, contrast, how)
    if to is not None:
        write_csv(to, table)
        tell_written(to)
    if not no_figure:
        _draw(opened, table, contrast, split, how)


def _draw(opened: Results, table: pd.DataFrame, contrast: Contrast, split: list[str], how: str) -> None:
    from demarche.figures.kinds.compare import draw
    from demarche.figures.tables import read_tables

    figure = draw(read_tables(opened, [], []), table, contrast, split, how)
    keep_figure(figure, opened, f"compare_{contrast.between.replace('.', '_')}")


def reps(
    experiment: Annotated[Path, typer.Argument(help="Experiment file.", metavar="EXPERIMENT")],
    pilot: Annotated[int, typer.Option("--pilot", min=3, help="Replications of the pilot.")] = 20,
    half_width: Annotated[
        str, typer.Option("--half-width", help="Wished half-width of intervals: 2, or releases=2,commitment=0.01.")
    ] = "",
    relative: Annotated[
        float, typer.Option("--relative", min=1e-6, help="Wished half-width as a share of the size of an outcome.")
    ] = 0.1,
    outcomes: OutcomesOption = "",
    to: Annotated[Path | None, typer.Option("--to", help="Write the table to this CSV file.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only the number of replications.")] = False,
) -> None:
    """Propose how many replications are enough, from a pilot that is kept in memory."""
    from demarche.analysis.comparison.replications import proposals, run_pilot, worst
    from demarche.cli.commands.running import read_experiment
    from demarche.cli.say.comparing import half_widths as read_widths
    from demarche.cli.say.comparing import pilot_outcomes, pilot_reference, print_proposal
    from demarche.cli.say.progress import show_progress
    from demarche.experiment.run.runner import Progress

    read = read_experiment(experiment)
    names = pilot_outcomes(read, outcomes)
    widths = read_widths(half_width, names)
    with show_progress(quiet) as tell:
        found = run_pilot(read, pilot, None if tell is None else lambda done, total: tell(Progress(done, 0, 0, total)))
    table = proposals(found.frame, pilot_reference(read), names, widths, relative)
    if to is not None:
        write_csv(to, table)
    print_proposal(console(), read, found, worst(table), pilot, quiet)

