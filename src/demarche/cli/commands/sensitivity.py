"""`demarche sensitivity`: what outcomes depend on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.learning import IntoOption
from demarche.cli.options import ArmsOption, NoFigureFlag, OutcomesOption, ResultsArgument
from demarche.cli.reading import open_done
from demarche.cli.say.choosing import choose_outcomes, choose_pair
from demarche.cli.say.console import console, plain, table
from demarche.cli.writing import write_figure, write_table
from demarche.errors import DesignError, Problem

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from demarche.experiment.results.store import Results

TABLES = "tables"
ToFolder = Annotated[Path | None, typer.Option("--to", help="Folder for the tables; RESULTS/tables if left out.")]
SHOWN = 8
FEW = 10
BESIDE = 4


def sensitivity(
    results: ResultsArgument,
    outcomes: OutcomesOption = "",
    between: ArmsOption = "",
    split: Annotated[
        bool, typer.Option("--split", help="Split the variance by strategy, account, parameters and chance instead.")
    ] = False,
    links: Annotated[
        bool, typer.Option("--links", help="Of an experiment: which families of links decide the contrast of its arms.")
    ] = False,
    account: Annotated[str, typer.Option("--account", "-p", help="With --links: whose priors are drawn.")] = "",
    base: Annotated[int, typer.Option("--base", "-n", min=16, help="With --links: rows of the base sample.")] = 64,
    into: IntoOption = None,
    to: ToFolder = None,
    no_figure: NoFigureFlag = False,
) -> None:
    """Say on which parameters outcomes depend (Sobol', Morris), or whether strategy, account or chance decides."""
    if links:
        from demarche.cli.say.families import say_families

        say_families(results, account, outcomes, base, into)
        return
    from demarche.experiment.tables.inside import inside

    opened, batch = open_done(results)
    names, frame = choose_outcomes(batch, outcomes), batch.runs
    folder = to or inside(opened.path, TABLES, folder=True)
    if split:
        _split(opened, frame, names, folder, no_figure)
        return
    from demarche.analysis.sensitivity.indices import sensitivity as analyse
    from demarche.analysis.sensitivity.layout import read_layout

    layout = read_layout(opened)
    pair = choose_pair(batch, between) if between else None
    found = analyse(layout, frame, names, pair)
    if found.empty:
        raise DesignError([Problem(str(results), "no outcome varies, or too few base rows are complete",
                                   found=f"{layout.n_base:,} base rows", expected="4 or more")])  # fmt: skip
    shown = console()
    _print_indices(shown, opened, found, layout.method)
    _tell_left_out(shown, found, names)
    write_table(folder / f"sensitivity_{layout.method}.csv", found)
    if not no_figure:
        _draw_indices(opened, found)


def _print_indices(shown: Console, results: Results, found: pd.DataFrame, method: str) -> None:
    """Print the largest indices of each arm, account and outcome, and what can be said of their order."""
    from demarche.analysis.sensitivity.words import GROUP, MAIN, full_sample, rank, statement

    other = {"total": "first", "mu_star": "sigma"}[MAIN[method]]
    units = results.manifest.units("outcomes")
    for key, part in found.groupby(GROUP, sort=False, observed=True):
        arm, account, outcome = (str(name) for name in key)
        rows = full_sample(part)
        values = {(row["index"], row["parameter"]): row for row in rows.to_dict("records") if not row["other"]}
        ranking = rank(part, MAIN[method])
        size = f"base sample {int(rows['n_base'].iloc[0]):,}"
        unit = "shares of the variance" if method == "saltelli" else f"{units[outcome]} over the range"
        columns = (MAIN[method], "95 % interval", other)
        shown.print(f"[bold]{plain(f'{outcome} ({arm}, {account}), {size}, {unit}')}[/bold]", soft_wrap=True)
        made = table("parameter", *columns, right=columns)
        for name in ranking.names[:SHOWN]:
            main, second = values[MAIN[method], name], values[other, name]
            ends = f"{main['low']:.3g} to {main['high']:.3g}"
            made.add_row(name, f"{main['value']:.3g}", ends, f"{second['value']:.3g}")
        shown.print(made)
        shown.print(f"{outcome}: {statement(ranking)}.", soft_wrap=True)
        _print_pairs(shown, rows)


def _print_pairs(shown: Console, rows: pd.DataFrame) -> None:
    """Print the largest second-order indices whose interval lies above 0."""
    pairs = rows[(rows["index"] == "second") & (rows["low"] > 0)].sort_values("value", ascending=False)
    for row in pairs.head(3).to_dict("records"):
        ends = f"{row['low']:.3f} to {row['high']:.3f}"
        shown.print(f"  together: {row['parameter']} and {row['other']} {row['value']:.3f} ({ends})", soft_wrap=True)
    if (rows["index"] == "second").any() and pairs.empty:
        shown.print("  no pair of parameters has a second-order index that is surely above 0")


def _tell_left_out(shown: Console, found: pd.DataFrame, names: tuple[str, ...]) -> None:
    missing = [name for name in names if name not in set(found["outcome"])]
    if missing:
        shown.print(f"Left out, since they do not vary or have gaps: {', '.join(missing)}.")


def _draw_indices(results: Results, found: pd.DataFrame) -> None:
    from demarche.figures.kinds.sensitivity import FIGURE

    arms = list(dict.fromkeys(found["arm"]))
    for arm in arms:
        write_figure(results, FIGURE, "" if len(arms) == 1 else arm.replace(" ", "_"), found, arm)


def _split(results: Results, frame: pd.DataFrame, names: tuple[str, ...], folder: Path, no_figure: bool) -> None:
    """Print, write and draw the shares of strategy, account, parameters and chance."""
    from demarche.analysis.comparison.units import POINT_GROUP
    from demarche.analysis.variance import in_one_line, resampled_words, split_variance, verdict

    sampled = POINT_GROUP in frame.columns
    found = split_variance(frame, names, sampled)
    if found.empty:
        what = "the variance cannot be split: every arm, account and point needs the same two replications or more"
        fix = "run the experiment with 'replications: 2' or more, or with 'draws' and 'lucks: 2' or more"
        raise DesignError([Problem(str(results.path), what, fix=fix)])
    shown = console()
    _print_shares(shown, found)
    for outcome in found["outcome"].unique():
        shown.print(verdict(found, outcome), soft_wrap=True)
    shown.print(in_one_line(found), soft_wrap=True)
    over = resampled_words(frame, sampled)
    _tell_split(shown, int(found["n"].min()), over)
    _tell_left_out(shown, found, names)
    write_table(folder / "variance_split.csv", found)
    if not no_figure:
        from demarche.figures.kinds.variance_split import FIGURE

        write_figure(results, FIGURE, "", found, over)


def _print_shares(shown: Console, found: pd.DataFrame) -> None:
    """Print the shares of single terms, a few outcomes side by side."""
    cells = {(row["term"], row["outcome"]): [f"{100 * row[name]:.0f}" for name in ("share", "low", "high")]
             for row in found.to_dict("records")}  # fmt: skip
    outcomes = list(dict.fromkeys(found["outcome"]))
    terms = [term for term in dict.fromkeys(found["term"]) if not term.startswith("all ")]
    for first in range(0, len(outcomes), BESIDE):
        part = outcomes[first : first + BESIDE]
        made = table("share of the variance (%)", *part, right=tuple(part))
        for term in terms:
            made.add_row(term, *("{}\n{} to {}".format(*cells[term, outcome]) for outcome in part))
        shown.print(made)


def _tell_split(shown: Console, n: int, over: str) -> None:
    unit = over.partition(" ")[0]
    rough = f" With {n} {unit} they are rough." if n < FEW else ""
    shown.print(f"95 % intervals: bootstrap over {over}, {n} {unit}.{rough}")
    shown.print("Shares depend on which arms, accounts and ranges were run.")
