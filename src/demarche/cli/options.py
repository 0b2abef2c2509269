"""Options and arguments that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

RESULTS = Path("results")
"""Folder in which results lie if nobody says where."""

ExperimentArgument = Annotated[Path, typer.Argument(help="Experiment file.", metavar="EXPERIMENT")]
ResultsArgument = Annotated[Path, typer.Argument(help="Results folder.", metavar="RESULTS")]
QuietFlag = Annotated[bool, typer.Option("--quiet", "-q", help="Print only the results folder and what went wrong.")]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", "-w", min=1, help="Processes that simulate; one a processor if left out.")
]
EngineOption = Annotated[
    str, typer.Option("--engine", help="serial, pool (processes here) or dask (a cluster); auto is one of the first.")
]
SchedulerOption = Annotated[
    str, typer.Option("--scheduler", help="Address of a Dask scheduler; one is started here if left out.")
]
JsonFlag = Annotated[bool, typer.Option("--json", help="Print progress and result as lines of JSON.")]
NoFiguresFlag = Annotated[bool, typer.Option("--no-figures", help="Draw no figures.")]
NoFigureFlag = Annotated[bool, typer.Option("--no-figure", help="Draw no figure.")]
OutcomesOption = Annotated[
    str, typer.Option("--outcomes", help="Names with commas; all: every one; those of the scenario if left out.")
]
HalfWidthOption = Annotated[
    str, typer.Option("--half-width", help="Wished half-width of intervals: 2, or releases=2,commitment=0.01.")
]
ArmsOption = Annotated[str, typer.Option("--between", help="Two arms, ARM,OTHER: the difference ARM minus OTHER.")]
ToTable = Annotated[Path | None, typer.Option("--to", help="Write the table to this CSV file.")]
RunOption = Annotated[int, typer.Option("--run", "-r", min=0, help="Number of the run, see runs.parquet.")]
AccountsOption = Annotated[
    str, typer.Option("--accounts", help="Names with commas; all: every packaged one; else those of the file.")
]
AccountOption = Annotated[str, typer.Option("--account", "-p", help="Only rules that are on in this account.")]
CaseOption = Annotated[
    Path | None, typer.Option("--case", "-c", help="Scenario, cast, experiment or results; the bundled case if none.")
]
NameArgument = Annotated[str, typer.Argument(help="Name as the list has it, in any case.", metavar="NAME")]
LikeOption = Annotated[str, typer.Option("--like", help="Only what has this text in its name or meaning.")]

SeminarArgument = Annotated[Path, typer.Argument(help="Scenario file with a seminar.", metavar="SCENARIO")]
RoomArgument = Annotated[Path, typer.Argument(help="Log of the room.", metavar="ROOM")]
NewFolderArgument = Annotated[
    Path, typer.Argument(help="Folder to write; nothing in it is overwritten.", metavar="DIR")
]
PairsOption = Annotated[int, typer.Option("--pairs", min=2, help="Pairs at the medians of the accounts.")]
DrawsOfRoom = Annotated[int, typer.Option("--draws", min=2, help="Draws of every uncertain number.")]
