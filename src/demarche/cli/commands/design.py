"""`demarche design`: the table of runs and what it will cost, before anything runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from demarche.cli.options import ExperimentArgument, WorkersOption
from demarche.cli.reading import read_experiment
from demarche.cli.say.console import console, plain, table
from demarche.cli.say.numbers import count
from demarche.errors import DesignError, Problem

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.experiment.design.experiment import Experiment
    from demarche.experiment.design.table import Design
    from demarche.experiment.run.cost import Cost

SHOWN_PARAMETERS = 6
"""Parameters that fit beside one another in a pipe."""


def design(
    experiment: ExperimentArgument,
    rows: Annotated[int, typer.Option("--rows", "-n", min=0, help="Points of the table to print.")] = 8,
    to: Annotated[
        Path | None, typer.Option("--to", help="CSV file for the whole table; 'design: table' reads it again.")
    ] = None,
    workers: WorkersOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Print the table of runs of an experiment and an estimate of its time and size; nothing is run or kept."""
    from demarche.experiment.design.table import make_design
    from demarche.experiment.run.cost import estimate_cost
    from demarche.experiment.run.means import Means

    read = read_experiment(experiment)
    made = make_design(read)
    if to is not None:
        write_table(made, to)
    cost = estimate_cost(read, made, Means(workers).processes(len(made)))
    if as_json:
        import json

        typer.echo(json.dumps(as_plain(read, made, cost, rows), indent=2, ensure_ascii=False))
        return
    shown = console()
    tell_size(shown, read, made)
    print_rows(shown, made, rows)
    tell_cost(shown, read, made, cost)
    if to is not None:
        shown.print(f"Table: {plain(str(to))} ({count(len(made), 'row')})", soft_wrap=True)


def write_table(made: Design, path: Path) -> None:
    """Write the whole table; a file that exists is left alone.

    Raises
    ------
    DesignError
        If the file is there already, or such a table cannot say the design.
    """
    from demarche.experiment.design.writing import need_shared_luck, write_design

    need_shared_luck(made)
    try:
        stream = path.open("x", encoding="utf-8", newline="")
    except FileExistsError as error:
        fix = "choose another name with --to, or remove this one"
        raise DesignError([Problem(str(path), "the file already exists", fix=fix)]) from error
    with stream:
        write_design(made, stream)


def as_plain(read: Experiment, made: Design, cost: Cost, rows: int) -> dict[str, Any]:
    """Return size, first rows and estimate as plain data."""
    from dataclasses import asdict

    return {
        "experiment": str(read.path),
        "arms": list(made.arms),
        "accounts": list(made.accounts),
        f"{made.places[1]}s": made.replications,
        "runs": len(made),
        "every_combination": made.chosen is None,
        "parameters": list(made.parameters),
        **read.describe_design(),
        "rows": first_rows(made, rows),
        "estimate": asdict(cost),
    }


def first_rows(made: Design, rows: int) -> list[dict[str, Any]]:
    """Return the first run of each of the first points as plain data; further replications differ in luck alone."""
    import numpy as np

    from demarche.experiment.design.method import PLACES

    looked = np.arange(min(rows * made.replications, len(made)))
    found = made.index(looked)
    group = np.stack([found[name] for name in ("arm", "account", "point")])
    is_first = np.ones(len(looked), dtype=np.bool_)
    is_first[1:] = (group[:, 1:] != group[:, :-1]).any(axis=0)
    chosen = looked[is_first][:rows]
    runs, index, keys = made.to_runs(chosen), made.index(chosen), made.keys(chosen)
    where = dict(zip(made.places, PLACES, strict=True))
    return [
        {
            "run": int(row), "arm": runs.arm[place], "account": runs.account[place],
            **{said: int(index[name][place]) for said, name in where.items()},
            "seed": runs.seed[place], "key": keys[place],
            "values": {path: float(values[place]) for path, values in runs.values.items()},
        }
        for place, row in enumerate(chosen)
    ]  # fmt: skip


def tell_size(shown: Console, read: Experiment, made: Design) -> None:
    """Say how many runs the design has and how they come about."""
    from demarche.experiment.design.layout import method_of

    meaning = method_of(read).meaning.replace("`", "")
    shown.print(f"[bold]{plain(read.scenario.title)}[/bold], design {read.design}: {meaning}", soft_wrap=True)
    point, run = made.places
    parts = [count(len(made.arms), "arm"), count(len(made.accounts), "account"), count(made.n_points, point)]
    product = " x ".join([*parts, count(made.replications, run)])
    if len(made) == len(made.arms) * len(made.accounts) * made.runs_per_group:
        shown.print(f"{product} = {count(len(made), 'run')}", soft_wrap=True)
        return
    shown.print(f"{count(len(made), 'run')} of {product}:", soft_wrap=True)
    counts = table("arm", "account", "runs", right=("runs",))
    for arm, account, rows in made.groups():
        counts.add_row(plain(arm), plain(account), f"{len(rows):,}")
    shown.print(counts)


def print_rows(shown: Console, made: Design, rows: int) -> None:
    """Print the first run of each of the first points; of many parameters only the first."""
    found = first_rows(made, rows)
    if not found:
        return
    paths = made.parameters[:SHOWN_PARAMETERS]
    short = [chr(ord("a") + place) for place in range(len(paths))]
    point = made.places[0]
    listed = table("run", "arm", "account", point, *short, right=("run", point, *short))
    for row in found:
        values = [f"{row['values'][path]:.4g}" for path in paths]
        listed.add_row(f"{row['run']:,}", plain(row["arm"]), plain(row["account"]), f"{row[point]:,}", *values)
    shown.print(listed)
    for sign, path in zip(short, paths, strict=True):
        shown.print(f"{sign}  {plain(path)}", soft_wrap=True)
    if len(made.parameters) > len(paths):
        shown.print(f"and {count(len(made.parameters) - len(paths), 'parameter')} more; --to FILE.csv writes them all")
    if len(made) > len(found):
        shown.print(f"and {count(len(made) - len(found), 'run')} more")
    shown.print()


def tell_cost(shown: Console, read: Experiment, made: Design, cost: Cost) -> None:
    """Say what the runs will cost, and that this is an estimate."""
    from demarche.experiment.run.cost import in_words

    n_steps = read.scenario.period.n_steps
    per_run = 1000 * cost.cpu_seconds / len(made)
    size = f"{cost.bytes / 1e9:.1f} GB" if cost.bytes >= 1e9 else f"{max(cost.bytes / 1e6, 0.1):.1f} MB"
    shown.print(
        f"Estimate: {in_words(cost.cpu_seconds)} CPU ({per_run:.1f} ms a run), {in_words(cost.wall_seconds)} on "
        f"{count(cost.workers, 'worker')} if the processors are free, {size} on disk.",
        soft_wrap=True,
    )
    sample = f"{count(cost.sample_runs, 'run')} of each account over {cost.sample_months} of {n_steps} months"
    shown.print(f"Scaled from {sample}; figures are not counted. It is an estimate, not a promise.", soft_wrap=True)
