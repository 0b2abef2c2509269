"""The layout of a Saltelli or Morris design, read from a results folder and checked against its points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from demarche.arrays import Array
from demarche.errors import DesignError, Problem

if TYPE_CHECKING:
    from demarche.experiment.results.store import Results

SALTELLI, MORRIS = "saltelli", "morris"
FIX = "run an experiment with 'design: saltelli' or 'design: morris'"
CLOSE = 1e-9


@dataclass(frozen=True, eq=False)
class Layout:
    """How the points of a sensitivity design lie.

    Parameters
    ----------
    method
        `saltelli` or `morris`.
    names
        Parameters that vary.
    points
        `(n_points, n_parameters)`, in the order of the design.
    block
        Points of one row of the base sample, or of one trajectory.
    second_order
        Whether a Saltelli design allows second-order indices.
    levels
        Levels of the grid of a Morris design, 0 for others.
    """

    method: str
    names: tuple[str, ...]
    points: Array
    block: int
    second_order: bool = False
    levels: int = 0

    @property
    def n_base(self) -> int:
        """Rows of the base sample, or trajectories."""
        return len(self.points) // self.block

    @property
    def problem(self) -> dict[str, Any]:
        """What SALib calls the problem."""
        low, high = self.points.min(axis=0), self.points.max(axis=0)
        bounds = np.column_stack([low, np.where(high > low, high, low + 1.0)]).tolist()
        return {"num_vars": len(self.names), "names": list(self.names), "bounds": bounds}


def saltelli_layout(names: tuple[str, ...], points: Array) -> Layout:
    """Return the layout of a Saltelli design (Saltelli 2002), with or without second order.

    Raises
    ------
    DesignError
        If the points are not in the order of such a design.
    """
    count = len(names)
    for second in (True, False):
        block = 2 * count + 2 if second else count + 2
        if len(points) % block == 0 and _is_saltelli(points.reshape(-1, block, count), second):
            return Layout(SALTELLI, names, points, block, second)
    raise DesignError([_broken(SALTELLI, len(points), count, f"{count + 2} or {2 * count + 2} points a base row")])


def _is_saltelli(blocks: Array, second: bool) -> bool:
    """Tell whether each block is A, A with one column of B for each column, (B with one of A), B."""
    first, last = blocks[:, 0], blocks[:, -1]
    count = blocks.shape[2]
    for column in range(count):
        mixed = first.copy()
        mixed[:, column] = last[:, column]
        if not np.allclose(blocks[:, 1 + column], mixed, CLOSE, CLOSE):
            return False
        if second:
            mixed = last.copy()
            mixed[:, column] = first[:, column]
            if not np.allclose(blocks[:, 1 + count + column], mixed, CLOSE, CLOSE):
                return False
    return True


def morris_layout(names: tuple[str, ...], points: Array, ranges: Mapping[str, tuple[float, float]]) -> Layout:
    """Return the layout of a Morris design: trajectories in which every step moves one parameter.

    Parameters
    ----------
    names, points
        As in `Layout`.
    ranges
        Lowest and highest value of each parameter.

    Raises
    ------
    DesignError
        If the points are not in the order of such a design.
    """
    count = len(names)
    spans = np.array([ranges[name][1] - ranges[name][0] for name in names])
    if len(points) % (count + 1) == 0:
        steps = np.abs(np.diff(points.reshape(-1, count + 1, count), axis=1)) / spans
        moved = steps > CLOSE
        size = float(steps[moved].mean()) if moved.any() else 0.0
        whole = (moved.sum(axis=1) == 1).all() and (moved.sum(axis=2) == 1).all()
        if whole and size > 0.5 and np.allclose(steps[moved], size, rtol=1e-6):
            return Layout(MORRIS, names, points, count + 1, levels=round(2 * size / (2 * size - 1)))
    raise DesignError([_broken(MORRIS, len(points), count, f"{count + 1} points a trajectory")])


def _broken(method: str, n_points: int, count: int, expected: str) -> Problem:
    what = f"the design points are not those of a {method} design, or not in its order"
    found = f"{n_points:,} points of {count} parameters"
    return Problem("design", what, found=found, expected=expected, fix=FIX)


def read_layout(results: Results) -> Layout:
    """Return the layout of the design of a results folder.

    Raises
    ------
    DesignError
        If the design is neither a Saltelli nor a Morris design.
    """
    experiment = results.manifest.experiment
    method = design_method(experiment)
    names = tuple(str(name) for name in experiment["parameters"])
    if method not in (SALTELLI, MORRIS):
        what = f"sensitivity indices need another design than '{method}'"
        raise DesignError([Problem(str(results.path), what, found=method, expected="saltelli or morris", fix=FIX)])
    points = design_points(results, names)
    if method == SALTELLI:
        return saltelli_layout(names, points)
    return morris_layout(names, points, _ranges(results, names))


def design_method(experiment: Mapping[str, Any]) -> str:
    """Return the name of the design in the manifest's entry on the experiment."""
    return str(_design(experiment)["design"])


def design_points(results: Results, names: tuple[str, ...]) -> Array:
    """Return the design points of a results folder `(n_points, n_parameters)`."""
    runs = results.runs().drop_duplicates("point").sort_values("point")
    points: Array = runs[list(names)].to_numpy(dtype=np.float64)
    return points


def points_drawn_together(results: Results) -> int:
    """Return how many points that follow one another were drawn together at random, 0 if points were chosen.

    Points of one base row of a Saltelli design, or of one Morris trajectory, share values.
    """
    from demarche.experiment.design.find import methods

    experiment = results.manifest.experiment
    method, count = design_method(experiment), len(experiment["parameters"])
    if method in (SALTELLI, MORRIS):
        return read_layout(results).block
    return 1 if methods()[method].is_random and count else 0


def _design(experiment: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the manifest says of the design, in an entry of its own or among those on the experiment."""
    entry = experiment["design"]
    return entry if isinstance(entry, Mapping) else experiment


def _ranges(results: Results, names: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    """Return the ranges of the parameters, from the manifest or from the copy of the experiment file."""
    told = _design(results.manifest.experiment).get("vary")
    if told is not None:
        return {name: (float(told[name]["range"][0]), float(told[name]["range"][1])) for name in names}
    from demarche.experiment.design.experiment import load_experiment

    varied = load_experiment(results.input("experiment")).vary
    return {name: (varied[name].low, varied[name].high) for name in names}
