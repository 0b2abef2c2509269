"""What pictures over time share: years below, dated events as dotted lines, the unit beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demarche.figures.common import GREY, list_words
from demarche.figures.look import Look
from demarche.figures.paired import is_added_up
from demarche.figures.tables import FigureTables
from demarche.world.calendar import EVENT_KINDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PROJECTED = "#e9e9e9"
MARKED = ("crackdown", "trade_accession", "games")
YEAR_INCHES = 0.46  # that a year needs below an axis, at 7.5 points


def years_below(ax: Axes, tables: FigureTables, look: Look, arm: str = "") -> None:
    """Lay whole years on the horizontal axis, as many as have room, and mark dated events of an arm and projection."""
    first, last = tables.start.year, tables.start.plus(tables.n_steps - 1).year
    room = ax.get_window_extent().width / ax.figure.dpi
    fit = max(int(room / (YEAR_INCHES * look.sizes.tick / 7.5)), 2)
    every = max(-(-(last - first) // (fit - 1)), 1)
    ticks = np.arange(first, last + 1, every)
    ax.set_xticks(ticks, [str(year) for year in ticks])
    ax.set_xlim(first, last + 1)
    if tables.projected_from is not None:
        ax.axvspan(tables.projected_from, last + 1, color=PROJECTED, linewidth=0, zorder=0)
    for step in tables.dates(arm, MARKED) if arm else ():
        ax.axvline(float(tables.years(np.array([step]))[0]), color=GREY, linewidth=0.8, linestyle=":", zorder=1)


def dates_in_words(tables: FigureTables, arm: str) -> str:
    """Return what the dotted lines of an arm stand for, empty if there are none."""
    marked = tables.calendar[(tables.calendar["arm"] == arm) & tables.calendar["kind"].isin(MARKED)]
    marked = marked.sort_values("step")
    told = [f"{_plain(str(kind))} {date}" for kind, date in zip(marked["kind"], marked["date"], strict=True)]
    return f" Dotted vertical lines: {list_words(told)}." if told else ""


def _plain(kind: str) -> str:
    return kind.replace("_", " ") if kind in EVENT_KINDS else kind


def since(name: str, tables: FigureTables) -> str:
    """Return words that say of an outcome over time that it is added up, empty if it is not.

    Parameters
    ----------
    name
        Outcome or series.
    tables
        What was run.
    """
    return f", added up since {tables.start.year}" if is_added_up(name) else ""


def spacing(n_points: int, n_lines: int, place: int, marks: int = 6) -> tuple[int, int]:
    """Return where the marks of one of several lines begin and how far apart they are, so that none hides another."""
    apart = max(n_points // marks, 1)
    return place * max(apart // max(n_lines, 1), 1) % max(n_points, 1), apart
