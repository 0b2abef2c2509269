"""Commands on what outcomes depend on: `sensitivity` and `discover`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from demarche.cli.commands.analysing import (
    TABLES,
    ArmsOption,
    NoFigureFlag,
    OutcomesOption,
    ResultsArgument,
    keep_figure,
    open_done,
    tell_written,
    write_csv,
)
from demarche.cli.say.choosing import check_known, choose_outcomes, choose_pair
from demarche.cli.say.console import console, plain, table
from demarche.errors import DesignError, Problem

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from demarche.analysis.discovery.search import Cases, Finding
    from demarche.experiment.results.store import Results

ToFolder = Annotated[Path | None, typer.Option("--to", help="Folder for the tables; RESULTS/tables if left out.")]
SHOWN = 8
FEW = 10
BESIDE = 4
METHODS = ("prim", "tree")


def sensitivity(
    results: ResultsArgument,
    outcomes: OutcomesOption = "",
    between: ArmsOption = "",
    split: Annotated[
        bool, typer.Option("--split", help="Split the variance by strategy, account, parameters and chance instead.")
    ] = False,
    to: ToFolder = None,
    no_figure: NoFigureFlag = False,
) -> None:
    """Say on which parameters outcomes depend (Sobol', Morris), or whether strategy, account or chance decides."""
    opened, frame = open_done(results)
    names = choose_outcomes(opened, outcomes)
    folder = to or opened.path / TABLES
    if split:
        _split(opened, frame, names, folder, no_figure)
        return
    from demarche.analysis.sensitivity.indices import sensitivity as analyse
    from demarche.analysis.sensitivity.layout import read_layout

    layout = read_layout(opened)
    pair = choose_pair(opened, between) if between else None
    found = analyse(layout, frame, names, pair)
    if found.empty:
        raise DesignError([Problem(str(results), "no outcome varies, or too few base rows are complete",
                                   found=f"{layout.n_base:,} base rows", expected="4 or more")])  # fmt: skip
    shown = console()
    _print_indices(shown, opened, found, layout.method)
    _tell_left_out(shown, found, names)
    write_csv(folder / f"sensitivity_{layout.method}.csv", found)
    tell_written(folder / f"sensitivity_{layout.method}.csv")
    if not no_figure:
        _draw_indices(opened, found)


def _print_indices(shown: Console, results: Results, found: pd.DataFrame, method: str) -> None:
    """Print the largest indices of each arm, pack and outcome, and what can be said of their order."""
    from demarche.analysis.sensitivity.words import GROUP, MAIN, full_sample, rank, statement

    other = {"total": "first", "mu_star": "sigma"}[MAIN[method]]
    units = results.manifest.units("outcomes")
    for key, part in found.groupby(GROUP, sort=False, observed=True):
        arm, pack, outcome = (str(name) for name in key)
        rows = full_sample(part)
        values = {(row["index"], row["parameter"]): row for row in rows.to_dict("records") if not row["other"]}
        ranking = rank(part, MAIN[method])
        size = f"base sample {int(rows['n_base'].iloc[0]):,}"
        unit = "shares of the variance" if method == "saltelli" else f"{units[outcome]} over the range"
        columns = (MAIN[method], "95 % interval", other)
        shown.print(f"[bold]{plain(f'{outcome} ({arm}, {pack}), {size}, {unit}')}[/bold]", soft_wrap=True)
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
    from demarche.figures.kinds.sensitivity import draw_indices
    from demarche.figures.tables import read_tables

    tables = read_tables(results, [], [])
    arms = list(dict.fromkeys(found["arm"]))
    for arm in arms:
        name = "sensitivity" if len(arms) == 1 else f"sensitivity_{arm.replace(' ', '_')}"
        keep_figure(draw_indices(tables, found, arm), results, name)


def _split(results: Results, frame: pd.DataFrame, names: tuple[str, ...], folder: Path, no_figure: bool) -> None:
    """Print, write and draw the shares of strategy, account, parameters and chance."""
    from demarche.analysis.comparison.differences import POINT_GROUP
    from demarche.analysis.variance import split_variance, verdict

    sampled = POINT_GROUP in frame.columns
    found = split_variance(frame, names, sampled)
    if found.empty:
        what = "the variance cannot be split: every arm, pack and point needs the same two replications or more"
        raise DesignError([Problem(str(results.path), what, fix="run the experiment with 'replications: 2' or more")])
    shown = console()
    _print_shares(shown, found)
    for outcome in found["outcome"].unique():
        shown.print(verdict(found, outcome), soft_wrap=True)
    _tell_split(shown, int(found["n"].min()), sampled)
    _tell_left_out(shown, found, names)
    write_csv(folder / "variance_split.csv", found)
    tell_written(folder / "variance_split.csv")
    if not no_figure:
        from demarche.figures.kinds.sensitivity import draw_split
        from demarche.figures.tables import read_tables

        keep_figure(draw_split(read_tables(results, [], []), found, sampled), results, "variance_split")


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


def _tell_split(shown: Console, n: int, sampled: bool) -> None:
    drawn = "replications and sampled points" if sampled else "replications"
    rough = f" With {n} replications they are rough." if n < FEW else ""
    shown.print(f"95 % intervals: bootstrap over {drawn}, {n} replications.{rough}")
    shown.print("Shares depend on which arms, packs and ranges were run.")


def discover(
    results: ResultsArgument,
    outcome: Annotated[str, typer.Option("--outcome", help="Outcome that is compared.")] = "releases",
    between: ArmsOption = "",
    method: Annotated[str, typer.Option("--method", help="prim or tree.")] = "prim",
    lower: Annotated[bool, typer.Option("--lower", help="Look for where ARM ends lower, not higher.")] = False,
    margin: Annotated[float, typer.Option("--margin", min=0.0, help="By more than this, in the outcome's unit.")] = 0.0,
    density: Annotated[
        float, typer.Option("--density", min=0.01, max=1.0, help="Wished share of interest in the box (prim).")
    ] = 0.8,
    to: Annotated[Path | None, typer.Option("--to", help="Write boxes and the way to them to this CSV file.")] = None,
    no_figure: NoFigureFlag = False,
) -> None:
    """Say under which conditions one arm ends above another: parameter values and accounts, in words and a picture."""
    from demarche.analysis.discovery.search import make_cases, search

    opened, frame = open_done(results)
    (name,) = choose_outcomes(opened, outcome)
    check_known("--method", "method", [method], METHODS)
    pair = choose_pair(opened, between)
    cases = make_cases(frame, pair, name, opened.manifest.experiment["parameters"], lower, margin)
    chosen: Any = method
    finding = search(cases, chosen, density)
    shown = console()
    side, least = "lower" if lower else "higher", f" by more than {margin:g}" if margin else ""
    _tell_finding(shown, cases, finding, f"{pair[0]} ends {side} than {pair[1]} in {name}{least}")
    if to is not None:
        write_csv(to, _boxes(finding))
        tell_written(to)
    if not no_figure and finding.trajectory:
        from demarche.figures.kinds.discovery import draw
        from demarche.figures.tables import read_tables

        keep_figure(draw(read_tables(opened, [], []), cases, finding, pair, name), opened, f"discover_{method}")


def _tell_finding(shown: Console, cases: Cases, finding: Finding, what: str) -> None:
    """Say what was found, or why nothing was."""
    from demarche.analysis.discovery.search import in_words

    share, n = 100 * cases.share, len(cases.interest)
    one = "design points in a pack" if cases.numbers else "pairs of runs"
    shown.print(f"{what} in {share:.0f} % of {n:,} cases ({one}).", soft_wrap=True)
    if not finding.boxes:
        shown.print(f"[bold]Nothing was found[/bold]: {plain(finding.why_nothing)}.", soft_wrap=True)
        return
    for box in finding.boxes:
        rest = n - box.n
        outside = (int(cases.interest.sum()) - box.hits) / rest if rest else 0.0
        shown.print(f"[bold]Where {plain(in_words(box))}[/bold]:", soft_wrap=True)
        shown.print(f"  density {box.density:.2f} (so in {box.hits:,} of {box.n:,} cases; outside {outside:.2f}), "
                    f"coverage {box.coverage:.2f}, mass {box.mass:.2f}", soft_wrap=True)  # fmt: skip
        told = ", ".join(f"{limit.name} {_p(limit.quasi_p)}" for limit in box.limits)
        shown.print(f"  quasi p value of each condition: {told}", soft_wrap=True)
    if finding.p_value == finding.p_value:
        shown.print(f"Searches among shuffled cases find as much with probability {finding.p_value:.2f} or less.")


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def _boxes(finding: Finding) -> pd.DataFrame:
    """Return the chosen boxes and those on the way as a table."""
    import pandas as pd

    from demarche.analysis.discovery.search import in_words

    rows = [(kind, in_words(box), box.n, box.hits, box.coverage, box.density, box.mass)
            for kind, boxes in (("found", finding.boxes), ("way", finding.trajectory)) for box in boxes]  # fmt: skip
    return pd.DataFrame(rows, columns=["kind", "conditions", "n", "hits", "coverage", "density", "mass"])
