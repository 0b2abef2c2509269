"""The historical record as markers, drawn only where the focal state is the one it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from demarche.figures.tables import FigureTables
from demarche.history.record import motions, rights

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FOCAL = "CHN"
RIGHTS_ISSUE = "civil_political"
RIGHTS_SOURCE = (
    "Crosses: record of 1989-98, physical-integrity score (Fariss v4.02, rescaled to 0-1; standard error about 0.03)."
)
MARK: dict[str, Any] = {
    "color": "#B2182B", "marker": "x", "markersize": 5.5, "markeredgewidth": 1.5, "linestyle": "none",
}  # fmt: skip


def is_known(tables: FigureTables) -> bool:
    """Tell whether the record is that of the focal state of these tables."""
    return tables.focal == FOCAL


def legend_entry(label: str) -> Any:
    """Return what stands for the record in a legend."""
    from matplotlib.lines import Line2D

    return Line2D([], [], label=label, **MARK)


def draw_rights(ax: Axes, tables: FigureTables) -> None:
    """Draw the yearly scores at mid-year."""
    years = _covered(tables)
    scores = [score for score in rights() if score.year in years] if is_known(tables) else []
    if scores:
        middles = [score.year + 0.5 for score in scores]
        ax.plot(middles, [score.score for score in scores], label="record", zorder=5, **MARK)


def votes(tables: FigureTables) -> dict[str, NDArray[np.float64]]:
    """Return yes, no, abstain, margin and sponsors of recorded sessions, each `(n, 2)`: year and number."""
    years = _covered(tables)
    rows = [motion for motion in motions() if motion.year in years] if is_known(tables) else []
    found: dict[str, list[tuple[float, float]]] = {"yes": [], "no": [], "abstain": [], "margin": [], "sponsors": []}
    for row in rows:
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
    years = _covered(tables)
    return {motion.year: motion.tabled for motion in motions() if motion.year in years} if is_known(tables) else {}


def _covered(tables: FigureTables) -> range:
    return range(tables.start.year, tables.start.plus(tables.n_steps - 1).year + 1)
