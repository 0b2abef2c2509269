"""Contrast of arms: paired differences to the reference arm, outcomes in rows and packs in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from demarche.analysis.comparison.differences import complete_pairs, paired_differences
from demarche.errors import DesignError, Problem
from demarche.figures.common import (
    Style,
    arm_label,
    caption,
    finish,
    meanings,
    new_figure,
    pack_title,
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

NAME = "contrast"


def shown_outcomes(tables: FigureTables) -> list[str]:
    """Return the outcomes that the scenario asks for, as far as they were recorded."""
    return [name for name in tables.shown if name in tables.outcomes.columns]


def shown_runs(tables: FigureTables) -> pd.DataFrame:
    """Return the outcomes of the runs of the packs that are shown."""
    return tables.outcomes[tables.outcomes["pack"].isin(list(tables.packs))]


def need_arms(tables: FigureTables, figure: str) -> None:
    """Refuse to compare where there is nothing to compare.

    Raises
    ------
    DesignError
        If there are fewer than two arms, or no outcome.
    """
    problems = []
    if len(tables.arms) < 2:
        what = f"the figure '{figure}' compares arms and these results have one"
        problems.append(Problem("figures", what, ", ".join(tables.arms), fix="run an experiment with two arms or more"))
    if not shown_outcomes(tables):
        what = f"the figure '{figure}' has no outcome to show"
        problems.append(Problem("figures", what, fix="name outcomes in the scenario"))
    if problems:
        raise DesignError(problems)


def draw(tables: FigureTables) -> Figure:
    """Draw mean differences with 95 % intervals; the axis of a row has the unit of its outcome.

    Raises
    ------
    DesignError
        If there are fewer than two arms.
    """
    need_arms(tables, NAME)
    reference, outcomes, packs = tables.reference, shown_outcomes(tables), list(tables.packs)
    arms = [arm for arm in tables.arms if arm != reference]
    frame = complete_pairs(shown_runs(tables), list(tables.arms))
    differences = paired_differences(frame, reference, arms, outcomes)
    looks = styles(list(tables.arms), reference)
    with styled():
        height = 0.36 + 0.14 * len(arms)
        figure = new_figure(max(2.5 * len(packs), 7.5) + 1.4, height * len(outcomes) + 2.0)
        grid = figure.subplots(len(outcomes), len(packs), sharex="row", sharey=True, squeeze=False)
        for row, outcome in enumerate(outcomes):
            mine = differences[differences["outcome"] == outcome]
            for column, pack in enumerate(packs):
                _panel(grid[row, column], mine[mine["pack"] == pack], looks, arms)
            label = f"{outcome}\n({unit_of(outcome)})"
            grid[row, 0].set_ylabel(label, rotation=0, ha="right", va="center", fontsize=8)
        for ax, pack in zip(grid[0], packs, strict=True):
            ax.set_title(pack_title(tables, pack))
        title = f"Difference of each arm to {reference}"
        return finish(figure, title, caption(tables, _reading(tables, differences)), _legend(tables, looks, arms), 2)


def _panel(ax: Axes, rows: pd.DataFrame, looks: dict[str, Style], arms: list[str]) -> None:
    """Draw the differences of all arms in one outcome under one pack."""
    sign_line(ax)
    ax.margins(x=0.08)
    for position, arm in enumerate(arms):
        found = rows[rows["arm"] == arm]
        if found.empty:
            continue
        row = found.iloc[0]
        look = looks[arm]
        differs = bool(row["low"] > 0 or row["high"] < 0)
        ax.hlines(position, row["low"], row["high"], color=look.colour, linewidth=1.6)
        ax.plot(
            row["mean"], position, marker=look.marker, markersize=5, linestyle="none", label=arm,
            markeredgecolor=look.colour, markerfacecolor=look.colour if differs else "white", markeredgewidth=1.1,
        )  # fmt: skip
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


def _reading(tables: FigureTables, differences: pd.DataFrame) -> str:
    pairs = f"{span_text(differences['n'])} pairs of runs"
    less = " (fewer where an outcome is missing in one, such as a margin without a vote)" if " to " in pairs else ""
    outcomes = list(dict.fromkeys(differences["outcome"]))
    return (
        f"Each mark: mean over {pairs}{less} of the arm minus {tables.reference}, same luck in both; line: 95 % "
        "interval of the mean (t); open mark: the interval holds 0. Each row has its own axis in the unit of its "
        f"outcome. {arm_label(tables, tables.reference)}. Intervals tell of luck within an account, not of doubt about "
        f"the account.\n{meanings(outcomes)}"
    )
