"""Design `one_at_a_time`: all as the account has them, then one parameter moved."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.experiment.design.kit import levels_of, one_off, runs_that_move
from demarche.experiment.design.method import Method, NoKeys
from demarche.experiment.design.request import Request

ENDS = 2


def count(request: Request, options: NoKeys) -> int:
    """Return one and the number of moves."""
    return 1 + sum(len(vary.values) or ENDS for vary in request.vary.values())


def lay_out(request: Request, options: NoKeys) -> Array:
    """Return the point at which nothing moves, then each move: values, or both ends of a range."""
    entries = list(request.vary.values())
    moves = [(column, value) for column, vary in enumerate(entries) for value in levels_of(vary, ENDS)]
    return one_off(len(entries), moves)


def chosen(request: Request, options: NoKeys, points: Array) -> NDArray[np.int64]:
    """Leave out moves to where an account stands already."""
    return runs_that_move(request, tuple(request.vary), points)


ONE_AT_A_TIME = Method[NoKeys, NoKeys](
    name="one_at_a_time",
    meaning="all as the account has them, then one parameter moved at a time: values, or both ends",
    count=count,
    lay_out=lay_out,
    keys=NoKeys,
    chosen=chosen,
)
