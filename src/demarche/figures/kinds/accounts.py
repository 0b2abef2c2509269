"""Accounts side by side: the contrast of the scenario by outcome, and where accounts disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from demarche.analysis.comparison.answer import Comparison, compare
from demarche.analysis.comparison.shown import DISAGREE
from demarche.figures.common import (
    Style,
    arm_label,
    caption,
    finish,
    list_words,
    meanings,
    new_figure,
    sign_line,
    span_text,
    styled,
    styles,
    unit_of,
)
from demarche.figures.differences import (
    OPEN_MARK,
    SPLIT_FACE,
    WARNING,
    draw_mark,
    interval_words,
    left_out,
    shown_outcomes,
)
from demarche.figures.figure import FigureKind
from demarche.figures.needs import ShownOutcomes, TwoArms
from demarche.figures.tables import FigureTables

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = 4


def draw(tables: FigureTables) -> Figure:
    """Draw one small axis an outcome with one mark an account; axes on which accounts disagree say so."""
    arm, other = tables.batch.asked.contrast
    found = compare(tables.batch, reference=other, levels=[arm], outcomes=shown_outcomes(tables))
    outcomes, accounts = found.outcomes, list(tables.accounts)
    looks = styles(accounts, accounts[0])
    n_columns = min(COLUMNS, len(outcomes))
    n_rows = -(-len(outcomes) // n_columns)
    with styled():
        figure = new_figure(max(2.9 * n_columns, 7.5) + 0.4, (0.75 + 0.2 * len(accounts)) * n_rows + 2.6)
        grid = figure.subplots(n_rows, n_columns, squeeze=False).flatten()
        for ax, outcome in zip(grid, outcomes, strict=False):
            mine = found.table[found.table["outcome"] == outcome]
            _panel(ax, mine, looks, outcome, outcome in found.split, found.has_draws)
        for ax in grid[len(outcomes) :]:
            ax.set_visible(False)
        reading = f"{_statement(found)}\n{_reading(tables, found, arm, other)}"
        title = f"Effect of {arm} instead of {other}{_headline(len(found.split), len(outcomes), len(accounts))}"
        return finish(figure, title, caption(tables, reading), _legend(tables, looks), min(len(accounts), 4))


def _panel(ax: Axes, rows: pd.DataFrame, looks: dict[str, Style], outcome: str, split: bool, with_luck: bool) -> None:
    """Draw the effect on one outcome under every account."""
    sign_line(ax)
    ax.margins(x=0.08)
    accounts = list(looks)
    for row in rows.to_dict("records"):
        account = str(row["account"])
        draw_mark(ax, row, accounts.index(account), looks[account], account, 5.5, 1.8, with_luck)
    ax.set_ylim(len(looks) - 0.4, -0.6)
    ax.set_yticks([])
    ax.locator_params(axis="x", nbins=5)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(f"{unit_of(outcome)} (n = {span_text(rows['n'])} pairs)", labelpad=2)
    ax.set_title(outcome, fontweight="bold", loc="left")
    if split:
        ax.set_title("signs differ", loc="right", color=WARNING, fontsize=8, fontweight="bold")
        ax.set_facecolor(SPLIT_FACE)


def _legend(tables: FigureTables, looks: dict[str, Style]) -> list[Any]:
    from matplotlib.lines import Line2D

    return [
        Line2D([], [], color=look.colour, marker=look.marker, markersize=5, label=tables.accounts.get(name) or name)
        for name, look in looks.items()
    ]


def _headline(n_split: int, n_outcomes: int, n_accounts: int) -> str:
    """Say in a few words how often accounts disagree in sign."""
    if n_accounts < 2:
        return " in one account"
    return f": accounts disagree in sign on {n_split or 'none'} of {n_outcomes} outcomes"


def _statement(found: Comparison) -> str:
    """Say in words where accounts disagree in sign."""
    parts = [
        f"{row['outcome']} (up in {list_words(row['above'])}, down in {list_words(row['below'])})"
        for row in found.splits.to_dict("records")
    ]
    return f"{DISAGREE} {'; '.join(parts)}." if parts else DISAGREE


def _reading(tables: FigureTables, found: Comparison, arm: str, other: str) -> str:
    return (
        f"Each mark: mean over {found.pairs_text} pairs of runs of {arm} minus {other}, same luck in both; right of "
        f"0: more under {arm}; {OPEN_MARK}. Line: {interval_words(found)}. Axes differ in unit and scale. "
        f"{arm_label(tables, arm)}; {arm_label(tables, other)}.\n"
        f"{' '.join((meanings(found.outcomes), left_out(tables))).strip()}"
    )


FIGURE = FigureKind(
    name="accounts",
    title="Effect of one arm instead of another, all accounts side by side",
    reading="titles name the outcomes on which accounts disagree in sign",
    draw=draw,
    needs=(TwoArms(), ShownOutcomes()),
)
