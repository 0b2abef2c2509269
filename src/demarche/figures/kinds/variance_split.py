"""The share of strategy, account, parameters, their interactions and chance in what outcomes vary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demarche.figures.common import caption, finish, list_words, meanings, new_figure
from demarche.figures.figure import FigureKind
from demarche.figures.look import styled
from demarche.figures.tables import FigureTables
from demarche.figures.titles import title_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

TERMS: dict[str, tuple[str, str]] = {
    "strategy": ("#0072B2", ""),
    "account": ("#E69F00", ""),
    "parameters": ("#009E73", ""),
    "strategy x account": ("#9DC3E6", "///"),
    "strategy x parameters": ("#A8D5C2", "\\\\\\"),
    "account x parameters": ("#F6DDA0", "xxx"),
    "strategy x account x parameters": ("#E3E3E3", "..."),
    "chance": ("#7F7F7F", ""),
}
TEXT_FROM = 0.07
PATCH: dict[str, Any] = {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}


def draw(tables: FigureTables, table: pd.DataFrame, over: str) -> Figure:
    """Draw the share of strategy, account, parameters, their interactions and chance in each outcome.

    Parameters
    ----------
    tables
        What was run, for the caption.
    table
        What `split_variance` returned.
    over
        Over what the bootstrap resampled: draws, or replications and perhaps sampled points.
    """
    outcomes = list(dict.fromkeys(table["outcome"]))
    terms = [term for term in TERMS if (table["term"] == term).any()]
    shares = {(row["outcome"], row["term"]): row for row in table.to_dict("records")}
    with styled():
        figure = new_figure(9.0, 0.42 * len(outcomes) + 3.2)
        ax = figure.subplots()
        left = np.zeros(len(outcomes))
        for term in terms:
            widths = np.array([shares[outcome, term]["share"] for outcome in outcomes])
            colour, hatch = TERMS[term]
            ax.barh(range(len(outcomes)), widths, left=left, height=0.66, color=colour, hatch=hatch, edgecolor="white",
                    linewidth=0.6)  # fmt: skip
            for place, (start, width) in enumerate(zip(left, widths, strict=True)):
                if width >= TEXT_FROM:
                    where, text = (start + width / 2, place), f"{100 * width:.0f}"
                    ax.text(*where, text, ha="center", va="center", fontsize=7, bbox=PATCH)
            left += widths
        ax.set_yticks(range(len(outcomes)), [title_of(name) for name in outcomes])
        ax.set_ylim(len(outcomes) - 0.5, -0.5)
        ax.set_xlim(0, 1)
        ax.set_xlabel("share of the variance among all runs")
        ax.grid(visible=False, axis="y")
        ax.tick_params(axis="y", length=0)
        title = "Which decides the outcome: " + list_words([term for term in terms if " x " not in term])
        return finish(figure, title, caption(tables, _reading(table, over)), _legend(terms), 3)


def _legend(terms: list[str]) -> list[Any]:
    from matplotlib.patches import Patch

    looks = {term: TERMS[term] for term in terms}
    return [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=term.replace(" x ", " × "))
        for term, (colour, hatch) in looks.items()
    ]


def _reading(table: pd.DataFrame, over: str) -> str:
    wide = 100 * float((table["high"] - table["low"]).max()) / 2
    unit = over.partition(" ")[0]
    change = "luck within a draw changes" if unit == "draws" else "replications change"
    outcomes = list(dict.fromkeys(table["outcome"]))
    return (
        "Analysis of variance over the whole table of runs, all arms, accounts and points with the same weight: "
        "strategy (arm), account, parameters (design point); ×: what they do only together; chance: everything that "
        f"{change}. {int(table['n'].min()):,} {unit}; numbers in per cent, 95 % bootstrap intervals over {over} "
        f"reach up to ±{wide:.0f}. Shares depend on which arms, accounts and ranges were run.\n"
        f"{meanings(outcomes)}"
    )


FIGURE = FigureKind(
    name="variance_split",
    title="Which decides the outcome: strategy, account, parameters or chance",
    reading="hatched: what two of them do only together",
    draw=draw,
    command="sensitivity",
)
