"""`demarche discover`: the conditions under which one arm ends above another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from demarche.cli.options import ArmsOption, NoFigureFlag, ResultsArgument
from demarche.cli.reading import open_done
from demarche.cli.say.choosing import choose_outcomes, choose_pair
from demarche.cli.say.console import console, plain
from demarche.cli.writing import write_figure, write_table
from demarche.errors import check_known

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from demarche.analysis.discovery.search import Cases, Finding

METHODS = ("prim", "tree")


def discover(
    results: ResultsArgument,
    outcome: Annotated[
        str, typer.Option("--outcome", help="Outcome that is compared; the scenario's first if left out.")
    ] = "",
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

    opened, batch = open_done(results)
    name = choose_outcomes(batch, outcome)[0]
    check_known("--method", "method", [method], METHODS)
    pair = choose_pair(batch, between)
    cases = make_cases(batch.runs, pair, name, opened.manifest.experiment["parameters"], lower, margin)
    chosen: Any = method
    finding = search(cases, chosen, density)
    shown = console()
    side, least = "lower" if lower else "higher", f" by more than {margin:g}" if margin else ""
    _tell_finding(shown, cases, finding, f"{pair[0]} ends {side} than {pair[1]} in {name}{least}")
    if to is not None:
        write_table(to, _boxes(finding))
    if not no_figure and finding.trajectory:
        from demarche.figures.kinds.discover import FIGURE

        write_figure(opened, FIGURE, method, cases, finding, pair, name)


def _tell_finding(shown: Console, cases: Cases, finding: Finding, what: str) -> None:
    """Say what was found, or why nothing was."""
    from demarche.analysis.discovery.search import in_words

    share, n = 100 * cases.share, len(cases.interest)
    one = "design points in an account" if cases.numbers else "pairs of runs"
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
