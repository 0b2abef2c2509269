"""Design `saltelli`: the sample that Sobol' indices are estimated from (Saltelli 2002)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from demarche.arrays import Array
from demarche.experiment.design.kit import MAX_POINTS, layout_luck, salib, spread, unit_problem
from demarche.experiment.design.method import Method
from demarche.experiment.design.request import Request
from demarche.reading.strict import Strict


class Keys(Strict):
    """The keys of a Saltelli design."""

    base_points: Annotated[int, Field(ge=2, le=MAX_POINTS)] = Field(
        default=2, description="base sample of a saltelli design, a power of two", examples=["128"]
    )
    second_order: bool = Field(default=True, description="whether a saltelli design allows for pairs of parameters")


def count(request: Request, options: Keys) -> int:
    """Return the base sample times 2 parameters + 2, without second order times parameters + 2."""
    n = len(request.vary)
    return options.base_points * (2 * n + 2 if options.second_order else n + 2)


def lay_out(request: Request, options: Keys) -> Array:
    """Return the sample over the ranges."""
    shares = sample(len(request.vary), options.base_points, options.second_order, request.seed)
    return spread(request.vary, shares)


def sample(n_parameters: int, base_points: int, second_order: bool, seed: int) -> Array:
    """Return Saltelli's sample on [0, 1) in the order that SALib's Sobol' analysis expects.

    `(base_points * (2 n_parameters + 2), n_parameters)`, without second order
    `(base_points * (n_parameters + 2), n_parameters)`. A larger base sample of the same seed
    begins with the smaller one.

    Raises
    ------
    DesignError
        If SALib is not installed.
    """
    sobol = salib("sobol", "saltelli")
    problem = unit_problem(n_parameters)
    drawn: Array = sobol.sample(problem, base_points, calc_second_order=second_order, seed=layout_luck(seed))
    return drawn


SALTELLI = Method[Keys, Keys](
    name="saltelli",
    meaning="`base_points` x (2 parameters + 2) points for Sobol' indices, x (parameters + 2) without second order",
    count=count,
    lay_out=lay_out,
    keys=Keys,
    needs=("base_points",),
    sweeps=False,
    power_of_two="base_points",
)
