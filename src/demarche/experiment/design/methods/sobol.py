"""Design `sobol`: a scrambled sequence that a longer one extends."""

from __future__ import annotations

from demarche.arrays import Array
from demarche.experiment.design.kit import PointsKeys, layout_luck, points_asked, spread
from demarche.experiment.design.method import Method
from demarche.experiment.design.request import Request


def lay_out(request: Request, options: PointsKeys) -> Array:
    """Return the sequence over ranges and lists of values."""
    return spread(request.vary, sample(len(request.vary), options.points, request.seed))


def sample(n_parameters: int, n_points: int, seed: int) -> Array:
    """Return the first points of a scrambled Sobol' sequence `(n_points, n_parameters)` on [0, 1).

    A longer sequence of the same seed begins with the shorter one.
    """
    from scipy.stats import qmc

    drawn: Array = qmc.Sobol(n_parameters, scramble=True, seed=layout_luck(seed)).random(n_points)
    return drawn


SOBOL = Method[PointsKeys, PointsKeys](
    name="sobol",
    meaning="a scrambled Sobol' sequence of `points` points",
    count=points_asked,
    lay_out=lay_out,
    keys=PointsKeys,
    needs=("points",),
    power_of_two="points",
    is_random=True,
)
