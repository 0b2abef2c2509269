"""How each design lays out its points, and how many runs come of them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array, Mask
from demarche.errors import DesignError, Problem
from demarche.experiment.design.request import Options, Request, Vary
from demarche.experiment.design.run_table import Table
from demarche.experiment.design.seeds import replication_seed

Settings = Mapping[str, Mapping[str, float]]
"""Pack -> path -> value, where the account or the scenario differs from the default of the rules."""

LAYOUT_LUCK = -1  # stands where replications have 0, 1, 2, ..., so that points and runs share no luck


def paths_of(request: Request) -> tuple[str, ...]:
    """Return the paths of the parameters that a design sets, in the order of its columns."""
    if request.design == "ablation":
        return request.options.switched
    if request.options.table is not None:
        return request.options.table.parameters
    return tuple(request.vary)


def count_points(design: str, vary: Mapping[str, Vary], options: Options, points: int) -> int:
    """Return how many points a design has; `points` is what the file asks for, where it is asked.

    Examples
    --------
    >>> from demarche.experiment.design.request import Options, Vary
    >>> twenty = {f"family.rule.p{i}": Vary((), 0.0, 1.0) for i in range(20)}
    >>> count_points("saltelli", twenty, Options(base_points=1024), 2)
    43008
    """
    n = len(vary)
    sizes = [len(entry.values) for entry in vary.values()]
    counts = {
        "factorial": math.prod(sizes),
        "grid": math.prod(size or options.levels for size in sizes),
        "list": max(sizes, default=1),
        "one_at_a_time": 1 + sum(size or 2 for size in sizes),
        "saltelli": options.base_points * (2 * n + 2 if options.second_order else n + 2),
        "morris": options.trajectories * (n + 1),
        "ablation": 1 + len(options.switched),
        "table": 1 if options.table is None else len(options.table.points),
    }
    needs_vary = design not in ("ablation", "table")
    return 1 if needs_vary and not vary else counts.get(design, points)


def design_points(request: Request) -> Array:
    """Return the design points `(n_points, n_parameters)`.

    A missing value (NaN) leaves the parameter as the pack has it. One point without columns if
    nothing varies.

    Raises
    ------
    DesignError
        If the design needs a package that is not installed.
    """
    vary, options = request.vary, request.options
    if options.table is not None and request.design == "table":
        return options.table.points
    if request.design == "ablation":
        return _one_off(len(options.switched), [(column, 0.0) for column in range(len(options.switched))])
    if not vary:
        return np.zeros((1, 0))
    entries = list(vary.values())
    if request.design == "one_at_a_time":
        return _one_off(len(entries), [(i, value) for i, vary in enumerate(entries) for value in _levels(vary, 2)])
    if request.design in ("factorial", "grid", "list"):
        columns = [_levels(vary, options.levels) for vary in entries]
        rows = zip(*columns, strict=True) if request.design == "list" else itertools.product(*columns)
        return np.array(list(rows), dtype=np.float64)
    shares = _shares(request)
    return np.column_stack([_spread(vary, shares[:, column]) for column, vary in enumerate(entries)])


def _levels(vary: Vary, levels: int) -> tuple[float, ...]:
    """Return the values to sweep; a range gives its ends and equally spaced values between them."""
    return vary.values or tuple(np.linspace(vary.low, vary.high, levels).tolist())


def _one_off(n_parameters: int, moves: list[tuple[int, float]]) -> Array:
    """Return a first point that leaves everything as it is, then one for each move of a single parameter."""
    points = np.full((1 + len(moves), n_parameters), np.nan)
    for row, (column, value) in enumerate(moves, start=1):
        points[row, column] = value
    return points


def _spread(vary: Vary, shares: Array) -> Array:
    """Lay shares in [0, 1] over a range, or those in [0, 1) over equal parts of a list of values."""
    if vary.values:
        values = np.array(vary.values, dtype=np.float64)
        chosen: Array = values[(shares * len(values)).astype(np.intp)]
        return chosen
    return np.clip(vary.low + shares * (vary.high - vary.low), vary.low, vary.high)


def _shares(request: Request) -> Array:
    """Return the points of a sampled design on the unit cube."""
    n, seed, options = len(request.vary), request.seed, request.options
    if request.design == "latin_hypercube":
        return latin_hypercube(n, request.points, seed)
    if request.design == "sobol":
        return sobol_sequence(n, request.points, seed)
    if request.design == "saltelli":
        return saltelli(n, options.base_points, options.second_order, seed)
    return morris(n, options.trajectories, options.levels, seed)


def _luck(seed: int) -> np.random.Generator:
    return np.random.default_rng(replication_seed(seed, LAYOUT_LUCK))


def latin_hypercube(n_parameters: int, n_points: int, seed: int) -> Array:
    """Return a Latin hypercube `(n_points, n_parameters)` on [0, 1) that depends on the seed alone.

    Each parameter takes one value in each of `n_points` equal parts of the unit interval, so
    that a larger hypercube shares no points with a smaller one.
    """
    from scipy.stats import qmc

    sample: Array = qmc.LatinHypercube(n_parameters, seed=_luck(seed)).random(n_points)
    return sample


def sobol_sequence(n_parameters: int, n_points: int, seed: int) -> Array:
    """Return the first points of a scrambled Sobol' sequence `(n_points, n_parameters)` on [0, 1).

    A longer sequence of the same seed begins with the shorter one.
    """
    from scipy.stats import qmc

    sample: Array = qmc.Sobol(n_parameters, scramble=True, seed=_luck(seed)).random(n_points)
    return sample


def saltelli(n_parameters: int, base_points: int, second_order: bool, seed: int) -> Array:
    """Return Saltelli's sample on [0, 1) in the order that SALib's Sobol' analysis expects.

    `(base_points * (2 n_parameters + 2), n_parameters)`, without second order
    `(base_points * (n_parameters + 2), n_parameters)`. A larger base sample of the same seed
    begins with the smaller one.

    Raises
    ------
    DesignError
        If SALib is not installed.
    """
    sobol = _salib("sobol")
    problem = unit_problem(n_parameters)
    sample: Array = sobol.sample(problem, base_points, calc_second_order=second_order, seed=_luck(seed))
    return sample


def morris(n_parameters: int, trajectories: int, levels: int, seed: int) -> Array:
    """Return Morris' trajectories on [0, 1], `(trajectories * (n_parameters + 1), n_parameters)`.

    In the order that SALib's analysis expects. More trajectories of the same seed begin with the fewer.

    Raises
    ------
    DesignError
        If SALib is not installed.
    """
    method = _salib("morris")
    sample: Array = method.sample(unit_problem(n_parameters), trajectories, num_levels=levels, seed=_luck(seed))
    return sample


def unit_problem(n_parameters: int) -> dict[str, Any]:
    """Return SALib's description of parameters that each lie between 0 and 1."""
    names = [f"p{position}" for position in range(n_parameters)]
    return {"num_vars": n_parameters, "names": names, "bounds": [[0.0, 1.0]] * n_parameters}


def _salib(method: str) -> Any:
    import importlib

    try:
        return importlib.import_module(f"SALib.sample.{method}")
    except ModuleNotFoundError as error:
        what = f"a {'saltelli' if method == 'sobol' else method} design needs the package SALib"
        fix = "pip install 'demarche[sensitivity]'"
        raise DesignError([Problem("design", what, found="it is not installed", fix=fix)]) from error


def pack_settings(request: Request) -> dict[str, Mapping[str, float]]:
    """Return pack -> path -> value, where the account or the scenario differs from the default of the rules."""
    from demarche.accounts.packs import PACKS

    return {pack: {**PACKS[pack].settings, **request.scenario.parameters} for pack in request.packs}


def baseline(paths: tuple[str, ...], settings: Mapping[str, float]) -> Array:
    """Return the values `(n_parameters,)` that parameters have in a pack if nothing else is said."""
    from demarche.rules.find import parameters

    known = parameters()
    return np.array([settings.get(path, known[path].default) for path in paths], dtype=np.float64)


def kept_points(points: Array, paths: tuple[str, ...], settings: Settings) -> Mask:
    """Return which points each pack runs `(n_packs, n_points)` of a design that moves one parameter at a time.

    A point is left out where its rule is off in the pack, or where the value is the pack's own:
    its run would repeat that of the first point.
    """
    from demarche.rules.find import rules_of

    kept = np.ones((len(settings), len(points)), dtype=np.bool_)
    rows, columns = np.nonzero(~np.isnan(points))
    for number, (pack, values) in enumerate(settings.items()):
        on = {path for rule in rules_of(pack) for path in rule.parameter_paths}
        is_on = np.array([path in on for path in paths], dtype=np.bool_)
        kept[number, rows] = is_on[columns] & (points[rows, columns] != baseline(paths, values)[columns])
    return kept


def chosen_runs(request: Request, points: Array) -> NDArray[np.int64] | None:
    """Return which runs of arms x packs x points x replications the design holds, sorted; None for all."""
    shape = (len(request.arms), len(request.packs), len(points), request.replications)
    if request.design == "table" and request.options.table is not None:
        return _table_runs(request.options.table, request, shape)
    if request.design not in ("one_at_a_time", "ablation"):
        return None
    kept = kept_points(points, paths_of(request), pack_settings(request))
    whole = np.broadcast_to(kept[None, :, :, None], shape)
    return np.flatnonzero(whole)


def _table_runs(table: Table, request: Request, shape: tuple[int, int, int, int]) -> NDArray[np.int64]:
    """Return the runs that the rows of a table name; a row without arm, pack or replication means all of them."""
    n_rows = len(table.point)
    every = [np.broadcast_to(np.arange(size), (n_rows, size)) for size in (shape[0], shape[1], shape[3])]
    for axis, (names, known) in enumerate(((table.arm, request.arms), (table.pack, request.packs))):
        if names is not None:
            place = {name: position for position, name in enumerate(known)}
            every[axis] = np.array([[place.get(name, -1)] for name in names])
    if table.replication is not None:
        every[2] = table.replication[:, None]
    arm, pack, replication = every
    parts = (arm[:, :, None, None], pack[:, None, :, None], table.point[:, None, None, None],
             replication[:, None, None, :])  # fmt: skip
    named = np.stack([part.ravel() for part in np.broadcast_arrays(*parts)])
    is_wanted = (named[0] >= 0) & (named[1] >= 0) & (named[3] < shape[3])
    return np.unique(np.ravel_multi_index(tuple(named[:, is_wanted]), shape))


def count_runs(request: Request) -> int:
    """Return how many runs an experiment asks for."""
    full = len(request.arms) * len(request.packs) * request.points * request.replications
    if request.design not in ("one_at_a_time", "ablation", "table"):
        return full
    chosen = chosen_runs(request, design_points(request))
    return full if chosen is None else len(chosen)
