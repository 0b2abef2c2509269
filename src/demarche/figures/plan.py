"""A picture before it is drawn: a tidy frame, a function that draws one panel on Matplotlib axes, and its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from demarche.figures.look import Look, Pen

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

Pens = Mapping[str, Pen]
DrawPanel = Callable[["Axes", "pd.DataFrame", Pens, Look], None]


@dataclass(frozen=True, eq=False, kw_only=True)
class Plan:
    """A picture before it is drawn.

    Parameters
    ----------
    title
        What it shows, in one sentence for readers.
    reading
        How it is read.
    alt
        What somebody hears who cannot see it: the kind of picture and what it comes to, in words and numbers.
    frame
        What is drawn, tidy; the column `panel` says where.
    table
        What a reader may want to look up, with columns in words.
    draw
        Function that draws the rows of one panel on axes.
    panels
        Name of a panel -> its title, in order.
    lines
        Key -> label of what has a pen; the first is the black one if `first` names it.
    first
        Key that is drawn black, solid and wide; empty for none.
    more
        Further handles for the legend, given the look.
    share_x, share_y
        Whether panels share their axes.
    columns
        Most panels side by side; 0 for as many as fit.
    height
        Inches that a panel needs on paper; 0 for the usual height.
    least
        Inches below which a panel cannot be read, at the type of a paper.
    accounts, arms
        What is shown, for the caption.
    keyed
        Whether the keys stand in the legend; False where they are named in the picture.
    """

    title: str
    reading: str
    alt: str
    frame: pd.DataFrame
    table: pd.DataFrame
    draw: DrawPanel
    panels: Mapping[str, str]
    lines: Mapping[str, str] = field(default_factory=dict)
    first: str = ""
    more: Callable[[Look], list[Any]] = lambda look: []
    share_x: bool = True
    share_y: bool = True
    columns: int = 0
    height: float = 0.0
    least: float = 0.55
    accounts: tuple[str, ...] = ()
    arms: tuple[str, ...] = ()
    keyed: bool = True
