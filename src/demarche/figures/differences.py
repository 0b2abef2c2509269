"""How every figure shows a difference: one mark with its interval, and the words that go with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from demarche.analysis.comparison.answer import Comparison
from demarche.analysis.comparison.shown import MISSING
from demarche.figures.common import Style
from demarche.figures.look import Pen
from demarche.figures.tables import FigureTables
from demarche.figures.titles import title_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WARNING = "#8C1D18"
SPLIT_FACE = "#FBEFEA"
OPEN_MARK = "open mark: not clear of 0 in the digits shown"
THICK = 2.6  # times the width of the line


def shown_outcomes(tables: FigureTables) -> tuple[str, ...]:
    """Return the outcomes that the scenario asks for, as far as they were recorded and have a number."""
    batch = tables.batch
    return tuple(name for name in batch.shown if name not in batch.without_number(batch.shown))


def left_out(tables: FigureTables) -> str:
    """Return in words which outcomes of the scenario are not shown and why, empty if all are."""
    reasons = tables.batch.without_number(tables.batch.shown).values()
    return f"Not shown: {'; '.join(reasons)}." if reasons else ""


def missing_words(found: Comparison, aliases: Mapping[str, str] | None = None) -> str:
    """Return in words which outcomes no pair has, so that they have no mark; empty if all have one."""
    return " ".join(f"{title_of(name, aliases or {})} is {MISSING}: it has no mark." for name in found.missing)


def draw_mark(ax: Axes, row: Mapping[Any, Any], place: float, look: Style | Pen, label: str, size: float, line: float,
              with_luck: bool) -> None:  # fmt: skip
    """Draw one difference: a mark, filled if clear of 0, its interval, and a thick one given the draws."""
    ax.hlines(place, row["low"], row["high"], color=look.colour, linewidth=line)
    if with_luck:
        ax.hlines(place, row["luck_low"], row["luck_high"], color=look.colour, linewidth=THICK * line)
    ax.plot(
        row["mean"], place, marker=look.marker, markersize=size, linestyle="none", label=label, markeredgewidth=1.1,
        markeredgecolor=look.colour, markerfacecolor=look.colour if row["side"] else "white",
    )  # fmt: skip


def sign_share(row: Mapping[Any, Any]) -> str:
    """Return the share of independent units with the sign of the mean, empty if nothing is known of it."""
    share = row["same_sign"]
    return f"{100 * share:.0f} %" if share == share and row["units"] > 1 else ""


def with_sign_share(text: str, row: Mapping[Any, Any]) -> str:
    """Return a text with the share of independent units that have the sign of the mean behind it, if it is known."""
    share = sign_share(row)
    return f"{text} · {share}" if share else text


def sign_words(found: Comparison) -> str:
    """Return what the share behind a number is of."""
    return f"Per cent: share of {found.unit_words} with the sign of the mean." if found.contrast.paired else ""


def interval_words(found: Comparison, marked: bool = True) -> str:
    """Return how intervals were made, over how many independent units, and what they tell of.

    `marked` tells whether differences are drawn by `draw_mark`, which has a thick line of its own.
    """
    thick = " Thick line: 95 % interval given the draws (luck alone)." if marked and found.has_draws else ""
    tells = "luck and of what the account leaves open" if found.has_draws else "luck within an account, at its medians"
    warning = f" {found.warning}" if found.warning else ""
    return f"{found.how}, {found.units_text}.{thick}{warning} Intervals tell of {tells}, not of doubt about the account"
