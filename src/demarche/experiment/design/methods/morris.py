"""Design `morris`: trajectories in which each step moves one parameter, for elementary effects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from demarche.arrays import Array
from demarche.experiment.design.kit import MAX_POINTS, LevelsKey, layout_luck, salib, spread, unit_problem
from demarche.experiment.design.method import Method
from demarche.experiment.design.request import Request, Vary
from demarche.reading.report import Report
from demarche.reading.strict import Strict


class Keys(Strict):
    """The keys of a Morris design."""

    trajectories: Annotated[int, Field(ge=2, le=MAX_POINTS)] = Field(
        default=2, description="trajectories of a morris design", examples=["20"]
    )
    levels: LevelsKey = 4


def count(request: Request, options: Keys) -> int:
    """Return the number of steps of all trajectories, and their starts."""
    return options.trajectories * (len(request.vary) + 1)


def lay_out(request: Request, options: Keys) -> Array:
    """Return the trajectories over the ranges."""
    return spread(request.vary, sample(len(request.vary), options.trajectories, options.levels, request.seed))


def sample(n_parameters: int, trajectories: int, levels: int, seed: int) -> Array:
    """Return Morris' trajectories on [0, 1], `(trajectories * (n_parameters + 1), n_parameters)`.

    In the order that SALib's analysis expects. More trajectories of the same seed begin with the fewer.

    Raises
    ------
    DesignError
        If SALib is not installed.
    """
    morris = salib("morris", "morris")
    problem = unit_problem(n_parameters)
    drawn: Array = morris.sample(problem, trajectories, num_levels=levels, seed=layout_luck(seed))
    return drawn


def check(report: Report, vary: Mapping[str, Vary], keys: Keys) -> None:
    """Refuse an odd number of levels."""
    if keys.levels % 2:
        found, expected = keys.levels, f"{keys.levels - 1} or {keys.levels + 1}"
        report.add(("levels",), "the morris design needs an even number of levels", found=found, expected=expected)


MORRIS = Method[Keys, Keys](
    name="morris",
    meaning="`trajectories` x (parameters + 1) points for elementary effects",
    count=count,
    lay_out=lay_out,
    keys=Keys,
    needs=("trajectories",),
    sweeps=False,
    check=check,
)
