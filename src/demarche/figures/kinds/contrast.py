"""Contrast of arms: paired differences to the reference arm, outcomes in rows and accounts in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from demarche.analysis.comparison.answer import Comparison, compare
from demarche.figures.common import (
    Style,
    account_title,
    arm_label,
    caption,
    finish,
    meanings,
    new_figure,
    sign_line,
    styled,
    styles,
    unit_of,
)
from demarche.figures.differences import (
    OPEN_MARK,
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


def draw(tables: FigureTables) -> Figure:
    """Draw mean differences with 95 % intervals; the axis of a row has the unit of its outcome."""
    found = compare(tables.batch, outcomes=shown_outcomes(tables))
    outcomes, accounts, arms = found.outcomes, list(tables.accounts), [str(level) for level in found.contrast.levels]
    looks = styles(list(tables.arms), tables.reference)
    with styled():
        height = 0.36 + 0.14 * len(arms)
        figure = new_figure(max(2.5 * len(accounts), 7.5) + 1.4, height * len(outcomes) + 2.0)
        grid = figure.subplots(len(outcomes), len(accounts), sharex="row", sharey=True, squeeze=False)
        for row, outcome in enumerate(outcomes):
            mine = found.table[found.table["outcome"] == outcome]
            for column, account in enumerate(accounts):
                _panel(grid[row, column], mine[mine["account"] == account], looks, arms, found.has_draws)
            label = f"{outcome}\n({unit_of(outcome)})"
            grid[row, 0].set_ylabel(label, rotation=0, ha="right", va="center", fontsize=8)
        for ax, account in zip(grid[0], accounts, strict=True):
            ax.set_title(account_title(tables, account))
        title = f"Difference of each arm to {tables.reference}"
        return finish(figure, title, caption(tables, _reading(tables, found)), _legend(tables, looks, arms), 2)


def _panel(ax: Axes, rows: pd.DataFrame, looks: dict[str, Style], arms: list[str], with_luck: bool) -> None:
    """Draw the differences of all arms in one outcome under one account."""
    sign_line(ax)
    ax.margins(x=0.08)
    for row in rows.to_dict("records"):
        arm = str(row["level"])
        draw_mark(ax, row, arms.index(arm), looks[arm], arm, 5, 1.6, with_luck)
    ax.set_ylim(len(arms) - 0.4, -0.6)
    ax.set_yticks([])
    ax.locator_params(axis="x", nbins=5)
    ax.tick_params(axis="x", pad=1.5)
    ax.spines["left"].set_visible(False)


def _legend(tables: FigureTables, looks: dict[str, Style], arms: list[str]) -> list[Any]:
    from matplotlib.lines import Line2D

    return [
        Line2D([], [], color=looks[arm].colour, marker=looks[arm].marker, markersize=5, label=arm_label(tables, arm))
        for arm in arms
    ]


def _reading(tables: FigureTables, found: Comparison) -> str:
    pairs = f"{found.pairs_text} pairs of runs"
    less = " (fewer where an outcome is missing in one, such as a margin without a vote)" if " to " in pairs else ""
    return (
        f"Each mark: mean over {pairs}{less} of the arm minus {tables.reference}, same luck in both; {OPEN_MARK}; "
        f"line: {interval_words(found)}. Each row has its own axis in the unit of its outcome. "
        f"{arm_label(tables, tables.reference)}.\n{' '.join((meanings(found.outcomes), left_out(tables))).strip()}"
    )


FIGURE = FigureKind(
    name="contrast",
    title="Difference of each arm to the reference, by outcome and account",
    reading="an open mark: the interval holds zero; each row has its own axis",
    draw=draw,
    needs=(TwoArms(), ShownOutcomes()),
)
