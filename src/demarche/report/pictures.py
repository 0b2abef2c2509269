"""Figures for a page: SVG with real text and ids of their own, a description and the table behind each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from demarche.errors import DesignError
from demarche.figures.common import ASSUMED
from demarche.figures.draw import picture_of
from demarche.figures.find import find_figures
from demarche.figures.look import ON_PAPER, Look
from demarche.figures.planned import draw_planned
from demarche.figures.sheet import words_of
from demarche.figures.view import USUAL, View

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from demarche.figures.tables import FigureTables

MOST_ROWS = 400
SAID_ONCE = ("Scenario: ", ASSUMED)  # the page says these once, for all figures
LINES = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Picture:
    """A figure on a page.

    Parameters
    ----------
    id, title, caption, alt
        Anchor, title, caption and description.
    svg
        The drawing, without title and caption, which the page sets as text.
    head, rows
        The table behind it: names of columns and cells as text.
    more
        Rows that are left out.
    """

    id: str
    title: str
    caption: str
    alt: str
    svg: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    more: int = 0


def picture(tables: FigureTables, kind: str, name: str, view: View = USUAL, look: Look = ON_PAPER) -> Picture | None:
    """Return a figure of a kind, None if it cannot be drawn from what was kept."""
    found = find_figures()[kind]
    if found.plan is None or found.problem(tables.supply) is not None:
        return None
    try:
        plan = found.plan(tables, view)
    except DesignError:
        return None
    return from_figure(draw_planned(tables, plan, look), name, plan.table, look)


def from_figure(figure: Figure, name: str, table: pd.DataFrame | None = None, look: Look = ON_PAPER) -> Picture:
    """Return a drawn figure as a picture of a page."""
    title, caption, alt = words_of(figure)
    caption = "\n".join(line for line in caption.split("\n") if not line.startswith(SAID_ONCE))
    svg = own_ids(picture_of(figure, "svg", look).decode(), name)
    if table is None:
        return Picture(name, title, caption, alt, svg)
    shown = table.head(MOST_ROWS)
    rows = tuple(tuple(_cell(value) for value in row) for row in shown.itertuples(index=False, name=None))
    return Picture(name, title, caption, alt, svg, tuple(map(str, table.columns)), rows, len(table) - len(shown))


def without_words(figure: Figure) -> Figure:
    """Return a figure of an analysis without the title and caption that the page sets as text, nor their room."""
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    below = figure._supxlabel  # type: ignore[attr-defined]
    figure.supxlabel("")
    if below is not None:
        below.set_in_layout(False)
    for legend in figure.legends:
        legend.set_title("")
    ConstrainedLayoutEngine(w_pad=0.07, h_pad=0.04).execute(figure)
    return figure


def own_ids(svg: str, name: str) -> str:
    """Return an SVG to stand in a page: no prologue, and ids that no other picture of the page has.

    Examples
    --------
    >>> own_ids('<?xml ?><svg width="1pt"><g id="a"/><use xlink:href="#a" clip-path="url(#a)"/></svg>', "x")
    '<svg width="1pt"><g id="x-a"/><use xlink:href="#x-a" clip-path="url(#x-a)"/></svg>'
    """
    text = svg[svg.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'href="#', f'href="#{name}-', text)
    return LINES.sub("\n", re.sub(r"url\(#", f"url(#{name}-", text))


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:.4g}"
    return str(value)


def usual_pictures(tables: FigureTables, look: Look = ON_PAPER) -> Iterator[Picture]:
    """Yield the figures of a report that can be drawn, the main picture of the effect first."""
    placed = sorted((kind.place, name) for name, kind in find_figures().items() if kind.place)
    for _, name in placed:
        found = picture(tables, name, f"figure-{name}", USUAL, look)
        if found is not None:
            yield found
