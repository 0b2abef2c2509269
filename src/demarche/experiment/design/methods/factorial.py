"""Design `factorial`: every combination of listed values."""

from __future__ import annotations

import itertools

from demarche.arrays import Array
from demarche.experiment.design.kit import product_of_sizes, rows_of
from demarche.experiment.design.method import Method, NoKeys
from demarche.experiment.design.request import Request


def count(request: Request, options: NoKeys) -> int:
    """Return the number of combinations."""
    return product_of_sizes(request.vary)


def lay_out(request: Request, options: NoKeys) -> Array:
    """Return the combinations; the last parameter changes fastest."""
    return rows_of(itertools.product(*(vary.values for vary in request.vary.values())))


FACTORIAL = Method[NoKeys, NoKeys](
    name="factorial",
    meaning="every combination of the values",
    count=count,
    lay_out=lay_out,
    keys=NoKeys,
    samples=False,
)
