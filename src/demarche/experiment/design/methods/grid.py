"""Design `grid`: every combination, where a range stands for equally spaced values."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from demarche.arrays import Array
from demarche.experiment.design.kit import LevelsKey, levels_of, product_of_sizes, rows_of
from demarche.experiment.design.method import Method
from demarche.experiment.design.request import Request, Vary
from demarche.reading.report import Report
from demarche.reading.strict import Strict


class Keys(Strict):
    """The keys of a grid."""

    levels: LevelsKey = 4


def count(request: Request, options: Keys) -> int:
    """Return the number of combinations."""
    return product_of_sizes(request.vary, options.levels)


def lay_out(request: Request, options: Keys) -> Array:
    """Return the combinations; the last parameter changes fastest."""
    return rows_of(itertools.product(*(levels_of(vary, options.levels) for vary in request.vary.values())))


def check(report: Report, vary: Mapping[str, Vary], keys: Keys) -> None:
    """Refuse a grid of lists alone."""
    if vary and not any(entry.is_range for entry in vary.values()) and not report.document.get("vary_rules"):
        report.add(("levels",), "there is no range to divide", found=keys.levels, fix="write 'design: factorial'")


GRID = Method[Keys, Keys](
    name="grid",
    meaning="every combination; a range stands for `levels` equally spaced values",
    count=count,
    lay_out=lay_out,
    keys=Keys,
    needs=("levels",),
    check=check,
)
