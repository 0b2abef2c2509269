"""The graph of links: kinds of causes on the left, what they act on to the right, each link a curve between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from demarche.accounts.links import all_links
from demarche.figures.look import Look

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LEFT, RIGHT = 0.285, 0.715  # where curves begin and end, as shares of the width
GREY, THIN = "#c9c9c9", 0.6
BROKEN = (0, (2.2, 1.2))
FAMILIES = {
    "word": "Words from abroad", "dialogue": "Dialogue", "persons": "Named persons", "trade": "Trade and sanctions",
    "votes": "Votes and standing", "law": "Law", "society": "Society and groups",
}  # fmt: skip
TARGETS = (
    (r"reform\.tighten|detain", "Repression, arrests"),
    (r"reform\.loosen|every push", "Reform"),
    (r"^answer", "Answers for persons"),
    (r"concessions", "Concessions"),
    (r"^practice|structural practice", "Practice"),
    (r"^law\.|law,|treaty|^law|formal law|recommendation", "Law, treaties, pledges"),
    (r"internalisation|awareness", "Norms at home"),
    (r"^vote|sponsor|soft power|instrument|mandate|order of business|exports", "UN votes, sponsors"),
    (r"coordination|round|resumed|talks", "Course of dialogue"),
    (r"will|weight|that loss|attention|security_agenda", "Will and word of senders"),
    (r"activists|mobilisation|grievance", "Citizens and activists"),
    (r"", "Standing and outlook of the state"),
)


def target_of(link: str) -> str:
    """Return what a link acts on, in one of a dozen groups."""
    acts_on = all_links()[link].said.acts_on.removeprefix("link ").removeprefix("links ")
    return next(title for pattern, title in TARGETS if re.search(pattern, acts_on))


def in_words(link: str) -> str:
    """Return the meaning of a link with an arrow."""
    return all_links()[link].said.meaning.replace("->", "→")


def draw_graph(ax: Axes, part: pd.DataFrame, look: Look) -> None:
    """Draw all links and name both columns; heights from 0 to 1, below 0 there is room for words.

    Parameters
    ----------
    ax
        Axes of the panel.
    part
        One row a link: link, family, target, rank (0 for none), colour, width (points), dashed.
    look
        For the size of the type.
    """
    left = _column([family for family in FAMILIES if (part["family"] == family).any()])
    right = _column([title for _, title in TARGETS if (part["target"] == title).any()])
    starts, ends = _spread(part, "family", left, "target", right), _spread(part, "target", right, "family", left)
    for row in part.to_dict("records"):
        _curve(ax, row, starts[row["link"]], ends[row["link"]], look)
    for name, y in left.items():
        ax.annotate(FAMILIES[name], (LEFT - 0.015, y), ha="right", va="center", fontsize=look.sizes.tick)
    for name, y in right.items():
        ax.annotate(name, (RIGHT + 0.015, y), ha="left", va="center", fontsize=look.sizes.tick)
    ax.set_xlim(0, 1)
    ax.set_axis_off()


def _spread(part: pd.DataFrame, here: str, places: dict[str, float], there: str, others: dict[str, float]
            ) -> dict[str, float]:  # fmt: skip
    """Return link -> height at which it leaves or reaches its node, so that links of one node lie side by side."""
    found: dict[str, float] = {}
    for name, mine in part.groupby(here, sort=False):
        order = sorted(mine.to_dict("records"), key=lambda row: (-others[row[there]], row["link"]))
        room = min(0.034, 0.008 * len(order))
        for row, shift in zip(order, np.linspace(room, -room, len(order)) if len(order) > 1 else [0.0], strict=True):
            found[str(row["link"])] = places[str(name)] + float(shift)
    return found


def _column(names: list[str]) -> dict[str, float]:
    return dict(zip(names, np.linspace(1, 0.04, len(names)) if len(names) > 1 else [0.5], strict=True))


def _curve(ax: Axes, row: dict[Any, Any], start: float, end: float, look: Look) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Line

    named, middle = row["rank"] > 0, (LEFT + RIGHT) / 2
    line = Line([(LEFT, start), (middle, start), (middle, end), (RIGHT, end)],
                [Line.MOVETO, Line.CURVE4, Line.CURVE4, Line.CURVE4])  # fmt: skip
    ax.add_patch(PathPatch(
        line, fill=False, edgecolor=row["colour"], alpha=0.85 if named else 0.6, zorder=3 if named else 1,
        linewidth=row["width"], linestyle=BROKEN if row["dashed"] else "-",
    ))  # fmt: skip
    if named:
        share = 0.15 + 0.7 * (0.382 * row["rank"] % 1.0)
        curve = _point(start, end, share)
        ax.annotate(str(row["rank"]), (LEFT + (RIGHT - LEFT) * curve[0], curve[1]), ha="center", va="center", zorder=5,
                    fontsize=look.sizes.tick, fontweight="bold",
                    bbox={"boxstyle": "circle,pad=0.15", "facecolor": "white", "edgecolor": row["colour"]})  # fmt: skip


def _point(start: float, end: float, t: float) -> tuple[float, float]:
    """Return a point of the curve: share of the way across, and height."""
    x = 3 * (1 - t) ** 2 * t * 0.5 + 3 * (1 - t) * t**2 * 0.5 + t**3
    y = ((1 - t) ** 3 + 3 * (1 - t) ** 2 * t) * start + (3 * (1 - t) * t**2 + t**3) * end
    return x, y
