"""Arithmetic and keys that several designs share."""

from __future__ import annotations

import importlib
import math
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from demarche.arrays import Array
from demarche.errors import DesignError, Problem
from demarche.experiment.design.baseline import account_settings, baseline
from demarche.experiment.design.request import Request, Vary
from demarche.experiment.design.seeds import replication_seed
from demarche.reading.strict import Strict

MAX_POINTS = 2**20
MAX_LEVELS = 1000
LAYOUT_LUCK = -1  # stands where replications have 0, 1, 2, ..., so that points and runs share no luck

LevelsKey = Annotated[
    int,
    Field(ge=2, le=MAX_LEVELS, description="values that stand for a range", examples=["4"]),
]


class PointsKeys(Strict):
    """The keys of a sample of so many points."""

    points: Annotated[int, Field(ge=2, le=MAX_POINTS, description="design points to sample", examples=["64"])] = 2


def points_asked(request: Request, options: PointsKeys) -> int:
    """Return the number of points that the file asks for."""
    return options.points


def levels_of(vary: Vary, levels: int) -> tuple[float, ...]:
    """Return the values to sweep; a range gives its ends and equally spaced values between them."""
    return vary.values or tuple(np.linspace(vary.low, vary.high, levels).tolist())


def product_of_sizes(vary: Mapping[str, Vary], levels: int = 1) -> int:
    """Return how many combinations of values there are, a range counting as so many."""
    return math.prod(len(entry.values) or levels for entry in vary.values())


def rows_of(rows: Iterable[tuple[float, ...]]) -> Array:
    """Return rows of values as points `(n_points, n_parameters)`."""
    return np.array(list(rows), dtype=np.float64)


def one_off(n_parameters: int, moves: list[tuple[int, float]]) -> Array:
    """Return a first point that leaves everything as it is, then one for each move of a single parameter."""
    points = np.full((1 + len(moves), n_parameters), np.nan)
    for row, (column, value) in enumerate(moves, start=1):
        points[row, column] = value
    return points


def runs_that_move(request: Request, paths: tuple[str, ...], points: Array) -> NDArray[np.int64]:
    """Return which runs of a design that moves one parameter at a time are not those of its first point.

    A point is left out where its rule is off in the account, or where the value is the account's own:
    its run would repeat that of the first point.

    Returns
    -------
    numpy.ndarray
        Sorted places in arms x accounts x points x replications.
    """
    settings, catalogue = account_settings(request), request.scenario.catalogue
    kept = np.ones((len(settings), len(points)), dtype=np.bool_)
    rows, columns = np.nonzero(~np.isnan(points))
    for number, (account, values) in enumerate(settings.items()):
        on = catalogue.paths_on(account)
        is_on = np.array([path in on for path in paths], dtype=np.bool_)
        kept[number, rows] = is_on[columns] & (points[rows, columns] != baseline(catalogue, paths, values)[columns])
    shape = (len(request.arms), len(request.accounts), len(points), request.replications)
    return np.flatnonzero(np.broadcast_to(kept[None, :, :, None], shape))


def spread(vary: Mapping[str, Vary], shares: Array) -> Array:
    """Lay points of the unit cube `(n_points, n_parameters)` over the ranges or values of parameters.

    Shares in [0, 1] go over a range, those in [0, 1) over equal parts of a list of values.
    """
    return np.column_stack([_spread(entry, shares[:, column]) for column, entry in enumerate(vary.values())])


def _spread(vary: Vary, shares: Array) -> Array:
    if vary.values:
        values = np.array(vary.values, dtype=np.float64)
        chosen: Array = values[(shares * len(values)).astype(np.intp)]
        return chosen
    spread: Array = np.clip(vary.low + shares * (vary.high - vary.low), vary.low, vary.high)
    return spread


def layout_luck(seed: int) -> np.random.Generator:
    """Return the luck with which points are drawn; runs have luck of their own."""
    return np.random.default_rng(replication_seed(seed, LAYOUT_LUCK))


def unit_problem(n_parameters: int) -> dict[str, object]:
    """Return SALib's description of parameters that each lie between 0 and 1."""
    names = [f"p{position}" for position in range(n_parameters)]
    return {"num_vars": n_parameters, "names": names, "bounds": [[0.0, 1.0]] * n_parameters}


def salib(module: str, design: str) -> Any:
    """Return a module of `SALib.sample`, which has no types.

    Raises
    ------
    DesignError
        If SALib is not installed.
    """
    try:
        return importlib.import_module(f"SALib.sample.{module}")
    except ModuleNotFoundError as error:
        what, fix = f"a {design} design needs the package SALib", "pip install 'demarche[sensitivity]'"
        raise DesignError([Problem("design", what, found="it is not installed", fix=fix)]) from error
