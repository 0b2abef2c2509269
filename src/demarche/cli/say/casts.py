"""What is said of a cast: the columns in which data are missing, and what stands for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from demarche.cast.cast import Cast


def told_gaps(cast: Cast) -> tuple[str, ...]:
    """Return a line for each column with gaps: how many cells, what stands for them, and the range that is drawn."""
    told = []
    for name, gap in cast.gaps.items():
        slope = f", {gap.per_distance:+g} for each unit of distance in ideal points" if gap.per_distance else ""
        told.append(
            f"Assumed: {name} in {int(gap.cells.sum()):,} of {gap.cells.size:,} cells: {gap.value:g}{slope}, "
            f"drawn from {gap.low:g} to {gap.high:g}"
        )
    return tuple(told)
