"""Design `latin_hypercube`: each parameter once in each equal part of its range."""

from __future__ import annotations

from demarche.arrays import Array
from demarche.experiment.design.kit import PointsKeys, layout_luck, points_asked, spread
from demarche.experiment.design.method import Method
from demarche.experiment.design.request import Request


def lay_out(request: Request, options: PointsKeys) -> Array:
    """Return the hypercube over ranges and lists of values."""
    return spread(request.vary, sample(len(request.vary), options.points, request.seed))


def sample(n_parameters: int, n_points: int, seed: int) -> Array:
    """Return a Latin hypercube `(n_points, n_parameters)` on [0, 1) that depends on the seed alone.

    Each parameter takes one value in each of `n_points` equal parts of the unit interval, so
    that a larger hypercube shares no points with a smaller one.
    """
    from scipy.stats import qmc

    drawn: Array = qmc.LatinHypercube(n_parameters, seed=layout_luck(seed)).random(n_points)
    return drawn


LATIN_HYPERCUBE = Method[PointsKeys, PointsKeys](
    name="latin_hypercube",
    meaning="each parameter once in each of `points` equal parts of its range",
    count=points_asked,
    lay_out=lay_out,
    keys=PointsKeys,
    needs=("points",),
    is_random=True,
)
