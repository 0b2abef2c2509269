"""Differences with intervals: one small axis an outcome, one line for each group and compared level."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from demarche.analysis.comparison.answer import Comparison
from demarche.analysis.comparison.contrast import Contrast
from demarche.analysis.comparison.shown import DISAGREE
from demarche.figures.common import Style, caption, finish, meanings, new_figure, sign_line, span_text, styles
from demarche.figures.differences import (
    OPEN_MARK,
    SPLIT_FACE,
    WARNING,
    draw_mark,
    interval_words,
    missing_words,
    sign_words,
    with_sign_share,
)
from demarche.figures.figure import FigureKind
from demarche.figures.look import styled
from demarche.figures.tables import FigureTables
from demarche.figures.titles import title_of, unit_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS, MORE_COLUMNS, MANY = 3, 4, 6  # more columns for more outcomes than this
LINE = 0.155  # inches a line
GAP = 0.6  # lines between groups


def draw(tables: FigureTables, found: Comparison) -> Figure:
    """Draw the differences of a comparison.

    Parameters
    ----------
    tables
        What was run, for the caption.
    found
        What was found.
    """
    table, contrast = found.known, found.contrast
    groups = list(dict.fromkeys(_label(tables, row, contrast.by) for row in table.to_dict("records")))
    looks = {str(level): look for level, look in styles(["", *map(str, contrast.levels)], "").items() if level}
    outcomes, lines = list(found.outcomes), len(groups) * (len(looks) + GAP)
    n_rows = -(-len(outcomes) // (MORE_COLUMNS if len(outcomes) > MANY else COLUMNS))
    n_columns = -(-len(outcomes) // n_rows)
    longest = max((len(line) for group in groups for line in group.split("\n")), default=0)
    with styled():
        width = max(2.6 * n_columns + 0.075 * longest + 0.6, 7.5)
        figure = new_figure(width, (max(LINE * lines, 0.5) + 0.75) * n_rows + 2.2)
        grid = figure.subplots(n_rows, n_columns, squeeze=False, sharey=True)
        for position, outcome in enumerate(outcomes):
            ax = grid[position // n_columns, position % n_columns]
            mine = [row for row in table.to_dict("records") if row["outcome"] == outcome]
            _panel(ax, tables, mine, found, looks, groups)
            _titles(ax, outcome, mine, contrast.paired, outcome in found.split)
        for ax in grid.flatten()[len(outcomes) :]:
            ax.set_visible(False)
        title = f"Difference of each {contrast.between} to {contrast.reference}"
        reading = _reading(found)
        return finish(figure, title, caption(tables, reading), _legend(looks, contrast), 3)


def _label(tables: FigureTables, row: dict[Any, Any], by: tuple[str, ...]) -> str:
    """Return the name of a group: titles of accounts, names of everything else."""
    titles = tables.accounts
    parts = [titles.get(str(row[name])) or str(row[name]) if name == "account" else str(row[name]) for name in by]
    return "\n".join(parts) or "all runs"


def _panel(
    ax: Axes, tables: FigureTables, rows: list[dict[Any, Any]], found: Comparison, looks: dict[str, Style],
    groups: list[str],
) -> None:
    """Draw one outcome."""
    sign_line(ax)
    ax.margins(x=0.1)
    height = len(looks) + GAP
    levels = list(looks)
    for row in rows:
        place = groups.index(_label(tables, row, found.contrast.by)) * height + levels.index(str(row["level"]))
        level = str(row["level"])
        draw_mark(ax, row, place, looks[level], level, 4.5, 1.5, found.has_draws)
        if row["n"] and not math.isnan(row["low"]):
            chance = with_sign_share(f"{row['p_superior']:.2f}", row)
            ax.annotate(chance, (1.01, place), xycoords=("axes fraction", "data"), fontsize=6.5, va="center")
    for number in range(1, len(groups)):
        ax.axhline(number * height - (1 + GAP) / 2, color="#bbbbbb", linewidth=0.5)
    ax.set_yticks([number * height + (len(levels) - 1) / 2 for number in range(len(groups))], groups)
    ax.set_ylim(len(groups) * height - GAP / 2 - 0.2, -0.8)
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False, axis="y")
    ax.locator_params(axis="x", nbins=5)
    ax.spines["left"].set_visible(False)


def _titles(ax: Axes, outcome: str, rows: list[dict[Any, Any]], paired: bool, split: bool) -> None:
    what = "pairs" if paired else "runs a side"
    ax.set_xlabel(f"{unit_of(outcome)} (n = {span_text(row['n'] for row in rows)} {what})", labelpad=2)
    ax.set_title(title_of(outcome), fontweight="bold", loc="left")
    ax.annotate("P", (1.01, 1.0), xycoords="axes fraction", fontsize=7, fontstyle="italic", va="bottom")
    if split:
        ax.set_title("signs differ", loc="right", color=WARNING, fontsize=8, fontweight="bold")
        ax.set_facecolor(SPLIT_FACE)


def _legend(looks: dict[str, Style], contrast: Contrast) -> list[Any]:
    from matplotlib.lines import Line2D

    return [
        Line2D([], [], color=look.colour, marker=look.marker, markersize=5, label=f"{level} minus {contrast.reference}")
        for level, look in looks.items()
    ]


def _reading(found: Comparison) -> str:
    contrast = found.contrast
    if contrast.paired:
        what = "mean difference of pairs of runs with the same luck and otherwise the same inputs"
    else:
        what = "difference of two means, runs not paired, so that differences of luck count"
    rule = f" {DISAGREE}" if found.compares_accounts else ""
    reasons = (found.unknown or {}).values()
    unknown = f"Not shown: {'; '.join(reasons)}." if reasons else ""
    words = " ".join(part for part in (meanings(found.outcomes), missing_words(found), unknown) if part)
    return (
        f"Each mark: {what}; {OPEN_MARK}; line: {interval_words(found)}. P: probability that a run lies above "
        f"{contrast.reference}, ties half. {sign_words(found)}{rule} Axes differ in unit and scale.\n{words}"
    )


FIGURE = FigureKind(
    name="compare",
    title="Difference of each arm, account or value to a reference",
    reading="an open mark: the interval holds zero; P: probability of lying above the reference",
    draw=draw,
    command="compare",
)
