"""Differences with intervals: one small axis an outcome, one line for each group and compared level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from demarche.analysis.comparison.differences import Contrast
from demarche.figures.common import (
    Style,
    caption,
    finish,
    meanings,
    new_figure,
    sign_line,
    span_text,
    styled,
    styles,
    unit_of,
)
from demarche.figures.tables import FigureTables

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS, MORE_COLUMNS, MANY = 3, 4, 6  # more columns for more outcomes than this
LINE = 0.155  # inches a line
GAP = 0.6  # lines between groups
WARNING = "#8C1D18"


def draw(tables: FigureTables, table: pd.DataFrame, contrast: Contrast, split: Sequence[str], how: str) -> Figure:
    """Draw the differences of a contrast.

    Parameters
    ----------
    tables
        What was run, for the caption.
    table
        What `differences` returned.
    contrast
        What was compared.
    split
        Outcomes on which packs disagree in sign.
    how
        How intervals were made, in words.
    """
    groups = list(dict.fromkeys(_label(tables, row, contrast.by) for row in table.to_dict("records")))
    looks = {str(level): look for level, look in styles(["", *map(str, contrast.levels)], "").items() if level}
    outcomes, lines = list(contrast.outcomes), len(groups) * (len(looks) + GAP)
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
            _panel(ax, tables, mine, contrast, looks, groups)
            _titles(ax, outcome, mine, contrast.paired, outcome in split)
        for ax in grid.flatten()[len(outcomes) :]:
            ax.set_visible(False)
        title = f"Difference of each {contrast.between} to {contrast.reference}"
        reading = _reading(table, contrast, how)
        return finish(figure, title, caption(tables, reading), _legend(looks, contrast), 3)


def _label(tables: FigureTables, row: dict[Any, Any], by: tuple[str, ...]) -> str:
    """Return the name of a group: titles of packs, names of everything else."""
    parts = [tables.packs.get(str(row[name])) or str(row[name]) if name == "pack" else str(row[name]) for name in by]
    return "\n".join(parts) or "all runs"


def _panel(
    ax: Axes, tables: FigureTables, rows: list[dict[Any, Any]], contrast: Contrast, looks: dict[str, Style],
    groups: list[str],
) -> None:
    """Draw one outcome."""
    sign_line(ax)
    ax.margins(x=0.1)
    height = len(looks) + GAP
    levels = list(looks)
    for row in rows:
        place = groups.index(_label(tables, row, contrast.by)) * height + levels.index(str(row["level"]))
        look = looks[str(row["level"])]
        differs = bool(row["low"] > 0 or row["high"] < 0)
        ax.hlines(place, row["low"], row["high"], color=look.colour, linewidth=1.5)
        ax.plot(
            row["mean"], place, marker=look.marker, markersize=4.5, linestyle="none", markeredgewidth=1.0,
            markeredgecolor=look.colour, markerfacecolor=look.colour if differs else "white", label=str(row["level"]),
        )  # fmt: skip
        if row["n"]:
            chance = f"{row['p_superior']:.2f}"
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
    ax.set_title(outcome, fontweight="bold", loc="left")
    ax.annotate("P", (1.01, 1.0), xycoords="axes fraction", fontsize=7, fontstyle="italic", va="bottom")
    if split:
        ax.set_title("signs differ", loc="right", color=WARNING, fontsize=8, fontweight="bold")
        ax.set_facecolor("#FBEFEA")


def _legend(looks: dict[str, Style], contrast: Contrast) -> list[Any]:
    from matplotlib.lines import Line2D

    return [
        Line2D([], [], color=look.colour, marker=look.marker, markersize=5, label=f"{level} minus {contrast.reference}")
        for level, look in looks.items()
    ]


def _reading(table: pd.DataFrame, contrast: Contrast, how: str) -> str:
    if contrast.paired:
        what = "mean difference of pairs of runs with the same luck and otherwise the same inputs"
    else:
        what = "difference of two means, runs not paired, so that differences of luck count"
    units = span_text(int(units) for units in table["units"])
    return (
        f"Each mark: {what}; line: {how} over {units} independent units; open mark: the interval holds 0. P: "
        f"probability that a run lies above {contrast.reference}, ties half. Axes differ in unit and scale. Intervals "
        f"tell of luck within an account, not of doubt about the account.\n{meanings(contrast.outcomes)}"
    )
