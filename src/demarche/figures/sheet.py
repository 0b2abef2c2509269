"""From a plan to a figure: title, legend and caption are measured, and the panels get the room that is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from demarche.errors import DesignError, Problem
from demarche.figures.look import Look, pens, styled
from demarche.figures.plan import Plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 150  # layout and pictures at the same resolution: text is wider in pixels at another
SLIDE_DPI = 96
EDGE = 0.09  # inches
GAP = 0.05
MOST_TITLE_LINES = 3
NO_START = frozenset("，。、；：？！）」』》〉】…")  # no line begins with one of these
ALT = "\n\nIn words: "


def draw_plan(plan: Plan, caption: str, short: str, look: Look) -> Figure:
    """Return the figure of a plan; its label holds title, caption and description as text.

    Parameters
    ----------
    plan
        What is drawn.
    caption, short
        The whole caption, and the line that stands on a slide in its place.
    look
        Style, size, and whether the caption is drawn.

    Raises
    ------
    DesignError
        If the size leaves no room for the panels.
    """
    with styled(look):
        wide = _width(plan, look)
        figure = empty_figure(wide, 4.0, look)
        words = _Words(figure, wide, look)
        handles = [*(_handles(plan, look) if plan.keyed else []), *plan.more(look)]
        title = words.block(plan.title if look.title else "", look.sizes.title, weight="bold")
        legend = words.legend(handles)
        shown = short if look.is_slide else caption
        below = words.block(shown, look.sizes.caption, color="#333333") if look.caption else None
        rows, columns = _grid(plan, wide, look)
        tops = title.height + legend.height + EDGE + 3 * GAP
        bottom = (below.height + 2 * GAP if below else 0.0) + EDGE
        high = _height(plan, look, rows, tops, bottom)
        figure.set_size_inches(wide, high)
        title.place(1 - EDGE / high)
        legend.place(1 - (EDGE + title.height + GAP) / high)
        if below:
            below.place((bottom - GAP) / high)
        axes = _panels(figure, plan, rows, columns, look)
        _lay_out(figure, axes, tops / high, bottom / high, plan)
        figure.set_label(f"{plan.title}\n{caption}{ALT}{plan.alt}")
        return figure


def empty_figure(wide: float, high: float, look: Look) -> Figure:
    """Return an empty figure, in inches, that pyplot does not know of and that nobody needs to close."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(wide, high), dpi=SLIDE_DPI if look.is_slide else DPI)
    FigureCanvasAgg(figure)
    return figure


def words_of(figure: Figure) -> tuple[str, str, str]:
    """Return title, caption and description of a figure; the caption describes one that has no description."""
    told, _, alt = str(figure.get_label()).partition(ALT)
    title, _, caption = told.partition("\n")
    return title, caption, alt or f"{title}. {caption}"


def _width(plan: Plan, look: Look) -> float:
    if look.size:
        return look.size[0]
    return look.sizes.whole[0] if look.sizes.whole else look.sizes.width


def _grid(plan: Plan, wide: float, look: Look) -> tuple[int, int]:
    """Return rows and columns of panels; four stand two by two unless there is room for all side by side."""
    n = max(len(plan.panels), 1)
    fit = max(int(wide / look.sizes.panel[0]), 1)
    columns = min(plan.columns or n, fit, n)
    if not plan.columns and n > 2:
        columns = min(columns, 2 if n == 4 else 3)
    rows = -(-n // columns)
    return rows, -(-n // rows)


def _height(plan: Plan, look: Look, rows: int, tops: float, bottom: float) -> float:
    """Return the height of the picture: a given one holds all but the caption."""
    least = plan.least * look.sizes.tick / 7.5
    if look.size:
        high = look.size[1] + (0.0 if look.is_slide else bottom - EDGE)
        if (high - tops - bottom) / rows < least:
            need = look.size[1] + rows * least - (high - tops - bottom)
            what = f"this is too low for {len(plan.panels)} panels below the title and the legend"
            fix = "choose a larger size, or fewer arms, accounts or outcomes"
            found = f"{look.size[1] * 2.54:.1f} cm"
            raise DesignError([Problem("--size", what, found, f"{need * 2.54:.1f} cm or more", fix=fix)])
        return high
    if look.sizes.whole:
        return max(look.sizes.whole[1], tops + bottom + rows * max(least, 1.6))
    return tops + bottom + rows * (plan.height or look.sizes.panel[1])


def _handles(plan: Plan, look: Look) -> list[Any]:
    from matplotlib.lines import Line2D

    found = pens(list(plan.lines), plan.first, look)
    return [
        Line2D([], [], color=pen.colour, linestyle=pen.linestyle, marker=pen.marker, markersize=look.sizes.mark,
               linewidth=pen.width, markerfacecolor=pen.face, label=plan.lines[key])
        for key, pen in found.items()
    ]  # fmt: skip


def _panels(figure: Figure, plan: Plan, rows: int, columns: int, look: Look) -> list[Axes]:
    grid = figure.subplots(rows, columns, squeeze=False, sharex=plan.share_x, sharey=plan.share_y)
    found = pens(list(plan.lines), plan.first, look)
    axes = list(grid.flatten())
    for ax, (name, title) in zip(axes, plan.panels.items(), strict=False):
        plan.draw(ax, plan.frame[plan.frame["panel"] == name], found, look)
        if title:
            room = figure.get_size_inches()[0] / columns - 0.55
            ax.set_title(wrap_title(figure, title, room, look.sizes.text), loc="left", fontsize=look.sizes.text,
                         fontweight="bold", color="#222222")  # fmt: skip
    for ax in axes[len(plan.panels) :]:
        ax.set_visible(False)
    _label_once(figure, axes[: len(plan.panels)])
    if plan.share_x:
        _label_lowest(grid, len(plan.panels))
    return axes[: len(plan.panels)]


def _label_lowest(grid: np.ndarray[Any, Any], n: int) -> None:
    """Let the lowest panel of each column carry the labels of the shared axis, also above an empty place."""
    rows, columns = grid.shape
    for place in range(n, rows * columns):
        above = grid[place // columns - 1, place % columns]
        above.tick_params(axis="x", labelbottom=True)
    for place in range(n):
        if place + columns < n:
            grid[place // columns, place % columns].set_xlabel("")


def _label_once(figure: Figure, axes: Sequence[Axes]) -> None:
    """Say what all vertical axes show once, beside them all."""
    labels = {ax.get_ylabel() for ax in axes}
    if len(axes) > 1 and len(labels) == 1 and (label := labels.pop()):
        for ax in axes:
            ax.set_ylabel("")
        figure.supylabel(label, fontsize=axes[0].yaxis.label.get_fontsize())


def _lay_out(figure: Figure, axes: Sequence[Axes], top: float, bottom: float, plan: Plan) -> None:
    """Lay the panels out between the strips, once."""
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    engine = ConstrainedLayoutEngine(w_pad=0.06, h_pad=0.05, wspace=0.03, hspace=0.03,
                                     rect=(0.0, bottom, 1.0, max(1 - top - bottom, 0.1)))  # fmt: skip
    beside: Any = figure._supylabel  # type: ignore[attr-defined]
    for text in [*figure.texts, *figure.legends]:
        text.set_in_layout(text is beside)
    if beside is not None:
        beside.set_y((1 - top + bottom) / 2)
    figure.align_ylabels(list(axes))
    engine.execute(figure)
    figure.set_layout_engine(None)


def figure_of(ax: Axes) -> Figure:
    """Return the figure that axes stand in."""
    return cast("Figure", ax.figure)


def in_a_line(panels: Mapping[str, str]) -> str:
    """Return the titles of panels in one line, for a description."""
    return "; ".join(" ".join(title.split()) for title in panels.values())


def measure(figure: Figure, text: str, points: float, weight: str = "normal") -> tuple[float, float]:
    """Return width and height of a text in inches."""
    from matplotlib import rcParams

    fonts = tuple(rcParams["font.family"]), tuple(rcParams["font.sans-serif"])
    return _measured(text, points, weight, figure.dpi, fonts)


@lru_cache(maxsize=20_000)
def _measured(text: str, points: float, weight: str, dpi: float, fonts: object) -> tuple[float, float]:
    """Return width and height of a text; captions of the figures of one batch begin alike and are wrapped again."""
    figure = _ruler(dpi)
    made = figure.text(0, 0, text, fontsize=points, fontweight=weight, linespacing=1.3)
    box = made.get_window_extent(figure.canvas.get_renderer())  # type: ignore[attr-defined]
    made.remove()
    return box.width / dpi, box.height / dpi


@cache
def _ruler(dpi: float) -> Figure:
    """Return a small figure that stands nowhere, in which texts are measured."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(1.0, 1.0), dpi=dpi)
    FigureCanvasAgg(figure)
    return figure


def wrap(figure: Figure, text: str, room: float, points: float, most: int = 0, weight: str = "bold") -> str:
    """Return a text in lines that fit into so many inches; a word that does not fit is cut.

    Parameters
    ----------
    figure
        Where it will stand.
    text
        Text; its own line breaks are kept.
    room
        Width in inches.
    points, weight
        Size and weight of the type.
    most
        Most lines, the last of which then ends in an ellipsis; 0 for any number.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _pieces(paragraph):
            longer = line + word
            if line and measure(figure, longer.rstrip(), points, weight)[0] > room:
                lines.append(line.rstrip())
                longer = word.lstrip()
            line = longer
        lines.append(line.rstrip())
    if most and len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-1].rstrip() + "…"]
    return "\n".join(lines)


def wrap_title(figure: Figure, title: str, room: float, points: float, most: int = MOST_TITLE_LINES) -> str:
    """Return the title of a panel in lines; of one that is too long the name is cut, not the numbers below it.

    Parameters
    ----------
    figure, room, points, most
        As for `wrap`.
    title
        A name, and perhaps numbers on a line of their own.
    """
    name, _, numbers = title.rpartition("\n")
    if not name:
        return wrap(figure, title, room, points, most)
    below = wrap(figure, numbers, room, points)
    return f"{wrap(figure, name, room, points, max(most - 1 - below.count(chr(10)), 1))}\n{below}"


def _pieces(text: str) -> list[str]:
    """Return a text in pieces after each of which a line may end: words, and signs of scripts without spaces."""
    pieces, word = [], ""
    for place, sign in enumerate(text):
        word += sign
        if text[place + 1 : place + 2] in NO_START:
            continue
        if sign == " " or ord(sign) >= 0x2E80 or len(word) >= 60:
            pieces.append(word)
            word = ""
    return [*pieces, word] if word else pieces


@dataclass(eq=False)
class _Words:
    """Makes the strips above and below the panels."""

    figure: Figure
    wide: float
    look: Look

    @property
    def room(self) -> float:
        return self.wide - 2 * EDGE

    def block(self, text: str, points: float, weight: str = "normal", color: str = "#000000") -> _Block:
        if not text:
            return _Block(None, 0.0)
        lines = wrap(self.figure, text, self.room, points, weight=weight)
        height = measure(self.figure, lines, points, weight)[1]
        made = self.figure.text(EDGE / self.wide, 0.5, lines, fontsize=points, fontweight=weight, color=color,
                                ha="left", va="top", linespacing=1.3)  # fmt: skip
        return _Block(made, height)

    def legend(self, handles: Sequence[Any]) -> _Block:
        if not handles:
            return _Block(None, 0.0)
        points = self.look.sizes.text
        for handle in handles:
            handle.set_label(wrap(self.figure, str(handle.get_label()), self.room - 8 * points / 72, points,
                                  weight="normal"))  # fmt: skip
        for columns in range(min(len(handles), 6), 0, -1):
            by_row = [handle for column in range(columns) for handle in handles[column::columns]]
            made = self.figure.legend(handles=by_row, loc="upper left", ncols=columns, borderaxespad=0.0,
                                      borderpad=0.1, handlelength=3.2, columnspacing=1.4, labelspacing=0.35,
                                      bbox_to_anchor=(EDGE / self.wide, 0.5))  # fmt: skip
            box = made.get_window_extent(self.figure.canvas.get_renderer())  # type: ignore[attr-defined]
            if columns == 1 or box.width / self.figure.dpi <= self.room:
                return _Block(made, box.height / self.figure.dpi)
            made.remove()
        raise AssertionError("one column always ends the loop")


@dataclass(eq=False)
class _Block:
    """A text or a legend, and its height in inches."""

    artist: Any
    height: float

    def place(self, top: float) -> None:
        """Set its upper edge, as a share of the height of the figure."""
        if self.artist is None:
            return
        if hasattr(self.artist, "set_bbox_to_anchor"):
            left = self.artist.get_bbox_to_anchor().x0 / self.artist.figure.bbox.width
            self.artist.set_bbox_to_anchor((left, top), transform=self.artist.figure.transFigure)
        else:
            self.artist.set_y(top)
