"""The scorecard: patterns in rows, accounts, placebos and baselines in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demarche.figures.common import finish, new_figure
from demarche.figures.figure import FigureKind
from demarche.figures.look import styled
from demarche.figures.tables import FigureTables
from demarche.history.scorecard.card import EVIDENCE, Column, Scorecard

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PASS, FAIL = "#0072B2", "#D55E00"
READING = (
    "Filled circle: passes; open square: fails; question mark: undecided within the error of so few runs; no mark: "
    "not applicable, the output lacks what it reads. "
    "Of permuted labels (C) a circle stands for more than one permutation in twenty. Bold: evidence, a pattern "
    "that placebo A fails, no source cites, no single rule restates and no document gives away."
)


def draw(tables: FigureTables, card: Scorecard) -> Figure:
    """Draw the scorecard of some results."""
    return draw_card(card)


def draw_card(card: Scorecard) -> Figure:
    """Draw the patterns that any account has outputs for; marks differ by shape and by colour."""
    names = list(card.applicable)
    with styled():
        figure = new_figure(9.0, 0.24 * len(names) + 2.6)
        ax = figure.subplots()
        for place, column in enumerate(card.columns):
            _column(ax, place, column, names)
        ax.set_xticks(range(len(card.columns)), [_label(column) for column in card.columns])
        ax.xaxis.tick_top()
        labels = [f"{name} {card.patterns[name].title}  ({', '.join(card.marks[name])})" for name in names]
        ax.set_yticks(range(len(names)), labels, fontsize=7)
        for text, name in zip(ax.get_yticklabels(), names, strict=True):
            text.set_fontweight("bold" if EVIDENCE in card.marks[name] else "normal")
        ax.set_ylim(max(len(names), 1) - 0.5, -0.5)
        ax.set_xlim(-0.5, len(card.columns) - 0.5)
        return finish(figure, "Scorecard of history", f"{card.first_line}.\n{READING}", _legend(), 2)


def _label(column: Column) -> str:
    return column.title.split()[0] if column.kind == "account" else column.name


def _column(ax: Axes, place: int, column: Column, names: list[str]) -> None:
    for row, name in enumerate(names):
        passes = column.passes(name)
        if column.word(name) == "undecided":
            ax.text(place, row, "?", ha="center", va="center", fontsize=8)
        elif passes is not None:
            ax.plot(place, row, marker="o" if passes else "s", markersize=6, linestyle="none",
                    markeredgecolor=PASS if passes else FAIL, markerfacecolor=PASS if passes else "white")  # fmt: skip


def _legend() -> list[object]:
    from matplotlib.lines import Line2D

    return [
        Line2D([], [], marker="o", linestyle="none", color=PASS, label="passes"),
        Line2D([], [], marker="s", linestyle="none", color=FAIL, markerfacecolor="white", label="fails"),
    ]


FIGURE = FigureKind(
    name="scorecard",
    title="Verdict of history on each account, beside placebos and baselines",
    reading="filled circle: passes; open square: fails; ?: undecided; no mark: not applicable; bold: evidence",
    draw=draw,
    command="validate",
)
