"""One arm minus another at the medians of an account, over its prior and over its posterior, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from demarche.analysis.calibration.bank import World
from demarche.arrays import Array
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import simulate
from demarche.experiment.design.seeds import new_at_every_point

LUCKS = 2
SAME = 1e-12
ENDS = (0.1, 0.9)


@dataclass(frozen=True, eq=False)
class Pair:
    """What is compared: the setup in its whole period, two arms (the first minus the second), and outcomes."""

    setup: Setup
    arms: tuple[str, ...]
    outcomes: tuple[str, ...]


def contrasts(pair: Pair, world: World, places: Mapping[str, Array], lucks: int = LUCKS) -> dict[str, Any]:
    """Return how two arms differ over several sets of parameters.

    Parameters
    ----------
    pair
        What is compared.
    world
        Whose priors turn places into values.
    places
        Name of a set -> places `(n_draws, n_parameters)`. Draw k has the same lucks in every set and arm.
    lucks
        Runs of each draw and arm.

    Returns
    -------
    dict
        Arms, lucks, and for each outcome and set the mean, the middle 80 % of draws, and the shares of draws above and
        below 0, each draw the mean over its lucks.
    """
    found: dict[str, Any] = {"arms": list(pair.arms), "lucks": lucks, "draws": len(next(iter(places.values()))),
                             "outcomes": {name: {} for name in pair.outcomes}}  # fmt: skip
    for word, some in places.items():
        for name, values in _differences(pair, world, some, lucks).items():
            found["outcomes"][name][word] = told(values)
    return found


def told(values: Array) -> dict[str, float]:
    """Return what is told of differences `(n_draws,)`; missing ones are left out."""
    some = values[np.isfinite(values)]
    if not len(some):
        return {}
    low, high = np.quantile(some, ENDS)
    numbers = {"mean": some.mean(), "low": low, "high": high}
    shares = {"above": (some > SAME).mean(), "below": (some < -SAME).mean()}
    rounded = {name: float(f"{value:.4g}") for name, value in numbers.items()}
    return rounded | {name: round(float(value), 3) for name, value in shares.items()}


def _differences(pair: Pair, world: World, places: Array, lucks: int) -> dict[str, Array]:
    n, values = len(places), world.values(places)
    rows: Sequence[tuple[str, int, int]] = [
        (arm, draw, luck) for arm in pair.arms for draw in range(n) for luck in range(lucks)
    ]
    spread = {path: np.tile(np.repeat(column, lucks), len(pair.arms)) for path, column in values.items()}
    seeds = [new_at_every_point(world.seed, draw, luck) for _, draw, luck in rows]
    runs = Runs([arm for arm, _, _ in rows], [world.account] * len(rows), seeds, spread)
    outcomes = simulate(pair.setup, runs, events=False).outcomes
    found = {}
    for name in pair.outcomes:
        first, second = outcomes[name].reshape(len(pair.arms), n, lucks).mean(axis=2)
        found[name] = np.asarray(first - second, dtype=np.float64)
    return found
