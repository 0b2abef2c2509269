"""Packs side by side: the effect of quiet instead of vocal diplomacy by outcome, and where accounts disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from demarche.analysis.comparison.differences import complete_pairs, paired_differences, sign_disagreements
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
from demarche.figures.kinds.contrast import need_arms, shown_outcomes, shown_runs
from demarche.figures.tables import FigureTables

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "packs"
QUIET, VOCAL = "quiet", "vocal"
COLUMNS = 4
NEGLIGIBLE = 0.05
WARNING = "#8C1D18"


def contrasted(tables: FigureTables) -> tuple[str, str]:
    """Return the two arms: quiet and vocal where both are there, else the first other arm and the reference."""
    if QUIET in tables.arms and VOCAL in tables.arms:
        return QUIET, VOCAL
    return next(arm for arm in tables.arms if arm != tables.reference), tables.reference


def draw(tables: FigureTables) -> Figure:
    """Draw one small axis an outcome with one mark a pack; axes on which packs disagree say so.

    Raises
    ------
    DesignError
        If there are fewer than two arms.
    """
    need_arms(tables, NAME)
    arm, other = contrasted(tables)
    outcomes, packs = shown_outcomes(tables), list(tables.packs)
    frame = complete_pairs(shown_runs(tables), [arm, other])
    differences = paired_differences(frame, other, [arm], outcomes)
    split = {str(row.outcome): row for row in sign_disagreements(differences, NEGLIGIBLE).itertuples()}
    looks = styles(packs, packs[0])
    n_columns = min(COLUMNS, len(outcomes))
    n_rows = -(-len(outcomes) // n_columns)
    with styled():
        figure = new_figure(max(2.9 * n_columns, 7.5) + 0.4, (0.75 + 0.2 * len(packs)) * n_rows + 2.6)
        grid = figure.subplots(n_rows, n_columns, squeeze=False).flatten()
        for ax, outcome in zip(grid, outcomes, strict=False):
            _panel(ax, differences[differences["outcome"] == outcome], looks, outcome, outcome in split)
        for ax in grid[len(outcomes) :]:
            ax.set_visible(False)
        reading = f"{_statement(split)}\n{_reading(tables, differences, arm, other)}"
        title = f"Effect of {arm} instead of {other}{_headline(len(split), len(outcomes), len(packs))}"
        return finish(figure, title, caption(tables, reading), _legend(tables, looks), min(len(packs), 4))


def _panel(ax: Axes, rows: pd.DataFrame, looks: dict[str, Style], outcome: str, split: bool) -> None:
    """Draw the effect on one outcome under every pack."""
    sign_line(ax)
    ax.margins(x=0.08)
    for position, (pack, look) in enumerate(looks.items()):
        found = rows[rows["pack"] == pack]
        if found.empty:
            continue
        row = found.iloc[0]
        differs = bool(row["low"] > 0 or row["high"] < 0)
        ax.hlines(position, row["low"], row["high"], color=look.colour, linewidth=1.8)
        ax.plot(
            row["mean"], position, marker=look.marker, markersize=5.5, linestyle="none", label=pack,
            markeredgecolor=look.colour, markerfacecolor=look.colour if differs else "white", markeredgewidth=1.1,
        )  # fmt: skip
    ax.set_ylim(len(looks) - 0.4, -0.6)
    ax.set_yticks([])
    ax.locator_params(axis="x", nbins=5)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(f"{unit_of(outcome)} (n = {span_text(rows['n'])} pairs)", labelpad=2)
    ax.set_title(outcome, fontweight="bold", loc="left")
    if split:
        ax.set_title("signs differ", loc="right", color=WARNING, fontsize=8, fontweight="bold")
        ax.set_facecolor("#FBEFEA")


def _legend(tables: FigureTables, looks: dict[str, Style]) -> list[Any]:
    from matplotlib.lines import Line2D

    return [
        Line2D([], [], color=look.colour, marker=look.marker, markersize=5, label=tables.packs.get(pack) or pack)
        for pack, look in looks.items()
    ]


def _headline(n_split: int, n_outcomes: int, n_packs: int) -> str:
    """Say in a few words how often packs disagree in sign."""
    if n_packs < 2:
        return " in one account"
    return f": accounts disagree in sign on {n_split or 'none'} of {n_outcomes} outcomes"


def _statement(split: dict[str, Any]) -> str:
    """Say in words where packs disagree in sign."""
    parts = [f"{name} (up in {list_words(row.above)}, down in {list_words(row.below)})" for name, row in split.items()]
    rule = (
        "Signs differ where the intervals of two packs lie on different sides of 0; effects below "
        f"{NEGLIGIBLE * 100:.0f} % of the largest count as none."
    )
    return f"{rule} {'; '.join(parts)}." if parts else rule


def _reading(tables: FigureTables, differences: pd.DataFrame, arm: str, other: str) -> str:
    pairs = f"{span_text(differences['n'])} pairs of runs"
    outcomes = list(dict.fromkeys(differences["outcome"]))
    return (
        f"Each mark: mean over {pairs} of {arm} minus {other}, same luck in both; right of 0: more under {arm}. "
        "Line: 95 % interval of the mean (t); open mark: the interval holds 0. Axes differ in unit and scale. "
        f"{arm_label(tables, arm)}; {arm_label(tables, other)}.\n{meanings(outcomes)}"
    )
