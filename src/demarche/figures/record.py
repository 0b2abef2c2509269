"""The record of the case as markers, drawn where the results bring one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from demarche.figures.look import Look
from demarche.figures.tables import FigureTables
from demarche.history.rows import Motion

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def mark(look: Look) -> dict[str, Any]:
    """Return how the record is drawn: crosses, which no arm has."""
    size = look.sizes
    return {"color": look.of_record, "marker": "x", "markersize": 1.3 * size.mark, "linestyle": "none",
            "markeredgewidth": 1.15 * size.line}  # fmt: skip


def legend_entry(label: str, look: Look) -> Any:
    """Return what stands for the record in a legend."""
    from matplotlib.lines import Line2D

    return Line2D([], [], label=label, **mark(look))


def scores_issue(tables: FigureTables) -> str:
    """Return the issue area that the record has scores of, empty if there is none."""
    record = tables.record
    return record.rights_issue if record is not None and record.rights else ""


def draw_rights(ax: Axes, tables: FigureTables, look: Look) -> None:
    """Draw the yearly scores at mid-year."""
    years = _covered(tables)
    scores = [score for score in tables.record.rights if score.year in years] if tables.record else []
    if scores:
        middles = [score.year + 0.5 for score in scores]
        ax.plot(middles, [score.score for score in scores], label="record", zorder=5, **mark(look))


def has_motions(tables: FigureTables) -> bool:
    """Tell whether the record knows what became of motions."""
    return tables.record is not None and bool(tables.record.motions)


def votes(tables: FigureTables) -> dict[str, NDArray[np.float64]]:
    """Return yes, no, abstain, margin and sponsors of recorded sessions, each `(n, 2)`: year and number."""
    found: dict[str, list[tuple[float, float]]] = {"yes": [], "no": [], "abstain": [], "margin": [], "sponsors": []}
    for row in _motions(tables):
        year = int(row.month[:4]) + (int(row.month[5:]) - 0.5) / 12
        for name in ("yes", "no", "abstain", "sponsors"):
            value = getattr(row, name)
            if value is not None:
                found[name].append((year, value))
        if row.yes is not None and row.no is not None:
            found["margin"].append((year, row.yes - row.no))
    return {name: np.array(points, dtype=np.float64).reshape(-1, 2) for name, points in found.items()}


def tabled_years(tables: FigureTables) -> dict[int, bool]:
    """Return for each recorded year of the period whether a motion was tabled."""
    return {motion.year: motion.tabled for motion in _motions(tables)}


def _motions(tables: FigureTables) -> list[Motion]:
    years = _covered(tables)
    return [motion for motion in tables.record.motions if motion.year in years] if tables.record else []


def _covered(tables: FigureTables) -> range:
    return range(tables.start.year, tables.start.plus(tables.n_steps - 1).year + 1)
