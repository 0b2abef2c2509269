"""What a request comes to: parameters, points and runs, as its method lays them out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.experiment.design.find import AnyMethod, methods
from demarche.experiment.design.request import Request


def method_of(request: Request) -> AnyMethod:
    """Return the method of a request."""
    return methods()[request.design]


def paths_of(request: Request) -> tuple[str, ...]:
    """Return the paths of the parameters that a design sets, in the order of its columns."""
    return method_of(request).columns(request, request.options)


def _is_plain(request: Request) -> bool:
    return method_of(request).varies and not request.vary


def count_points(request: Request) -> int:
    """Return how many points a design has; one if nothing varies."""
    return 1 if _is_plain(request) else method_of(request).count(request, request.options)


def design_points(request: Request) -> Array:
    """Return the design points `(n_points, n_parameters)`.

    A missing value (NaN) leaves the parameter as the account has it. One point without columns if
    nothing varies.

    Raises
    ------
    DesignError
        If the design needs a package that is not installed.
    """
    return np.zeros((1, 0)) if _is_plain(request) else method_of(request).lay_out(request, request.options)


def points_by_account(request: Request) -> dict[str, Array]:
    """Return account -> its own points `(n_points, n_parameters)`; empty if all have those of `design_points`."""
    by_account = method_of(request).by_account
    found = {} if by_account is None else by_account(request, request.options)
    return {account: points + 0.0 for account, points in found.items()}  # so that no zero is negative, as in `points`


def chosen_runs(request: Request, points: Array) -> NDArray[np.int64] | None:
    """Return which runs of arms x accounts x points x replications the design holds, sorted; None for all."""
    chosen = method_of(request).chosen
    return None if chosen is None else chosen(request, request.options, points)


def count_runs(request: Request) -> int:
    """Return how many runs an experiment asks for."""
    full = len(request.arms) * len(request.accounts) * count_points(request) * request.replications
    chosen = None if method_of(request).chosen is None else chosen_runs(request, design_points(request))
    return full if chosen is None else len(chosen)
