"""One arm minus another at the medians of an account, over its prior and over its posterior, side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from demarche.analysis.calibration.bank import World
from demarche.analysis.calibration.measures import Measured
from demarche.arrays import Array
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import simulate
from demarche.experiment.design.seeds import new_at_every_point
from demarche.history.scorecard.level import ERROR

LUCKS = 2
PERMUTATIONS = 200
LEAST = 20
"""Fewest draws with a value on which a share rests."""
SAME = 1e-12
ENDS = (0.1, 0.9)


@dataclass(frozen=True, eq=False)
class Pair:
    """What is compared: the setup in its whole period, two arms (the first minus the second), and outcomes."""

    setup: Setup
    arms: tuple[str, ...]
    outcomes: tuple[str, ...]


def contrasts(differences: Mapping[str, Mapping[str, Array]]) -> dict[str, dict[str, dict[str, float]]]:
    """Return outcome -> set of parameters -> mean, middle 80 % of draws, shares of draws above and below 0.

    Parameters
    ----------
    differences
        Name of a set -> outcome -> differences `(n_draws,)`, see `differences_of`.
    """
    outcomes = next(iter(differences.values()))
    return {name: {word: told(some[name]) for word, some in differences.items()} for name in outcomes}


def observations(differences: Mapping[str, Array], draws: Measured, seed: int) -> list[dict[str, Any]]:
    """Return for each outcome the number of the record that would narrow its difference most, were it known exactly.

    Parameters
    ----------
    differences
        Outcome -> differences of prior draws `(n_draws,)`.
    draws
        Numbers of the same draws `(n_draws, n_numbers)`, means over lucks, NaN where one cannot be taken.
    seed
        Of the permutations that tell what chance gives.

    Returns
    -------
    list
        One entry an outcome: the number, the squared correlation `share` (by how much the variance would shrink if all
        were linear), and `chance`, the 95 % quantile of the largest share over permuted draws.
    """
    rng, found = np.random.default_rng(seed), []
    for name, values in differences.items():
        shares = _shares(values, draws)
        if not np.isfinite(shares).any():
            continue
        best = int(np.nanargmax(shares))
        by_chance = [np.nanmax(_shares(rng.permutation(values), draws)) for _ in range(PERMUTATIONS)]
        found.append({"outcome": name, "number": draws.names[best], "share": round(float(shares[best]), 3),
                      "chance": round(float(np.quantile(by_chance, 0.95)), 3)})  # fmt: skip
    return found


def _shares(values: Array, draws: Measured) -> Array:
    """Return the squared correlation of some values with each number, NaN where one of the two does not vary."""
    found = np.full(len(draws.names), np.nan)
    for at in range(len(draws.names)):
        has = np.isfinite(values) & np.isfinite(draws.values[:, at])
        x, y = values[has], draws.values[has, at]
        if has.sum() >= LEAST and x.std() > 0 and y.std() > 0:
            found[at] = np.corrcoef(x, y)[0, 1] ** 2
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


def leaning(values: Array) -> str:
    """Return whether the mean of differences `(n_draws,)` is above 0 (`yes`), below (`no`), or `undecided`.

    Undecided is a mean within its Monte Carlo error of 0, at the level at which verdicts on patterns are undecided;
    that of arms that are the same in every draw is.

    Examples
    --------
    >>> leaning(np.array([1.0, 2.0, 3.0])), leaning(np.array([-1.0, 2.0])), leaning(np.zeros(9))
    ('yes', 'undecided', 'undecided')
    """
    some = values[np.isfinite(values)]
    if len(some) < 2:
        return "undecided"
    mean, error = float(some.mean()), float(some.std(ddof=1)) / math.sqrt(len(some))
    sure = abs(mean) > max(ERROR * error, SAME)
    return ("yes" if mean > 0 else "no") if sure else "undecided"


def differences_of(
    pair: Pair, world: World, sets: Mapping[str, Array], lucks: int = LUCKS
) -> dict[str, dict[str, Array]]:
    """Return set of places -> outcome -> first arm minus second `(n_draws,)`, each draw the mean over its lucks.

    Parameters
    ----------
    pair
        What is compared.
    world
        Whose priors turn places into values.
    sets
        Places `(n_draws, n_parameters)` by name, of so many draws each; they are run side by side. Draw k has the same
        lucks in every set of places and in both arms.
    lucks
        Runs of each draw and arm.
    """
    n, values = len(next(iter(sets.values()))), world.values(np.concatenate(list(sets.values())))
    rows: Sequence[tuple[str, int, int]] = [
        (arm, draw, luck) for arm in pair.arms for _ in sets for draw in range(n) for luck in range(lucks)
    ]
    spread = {path: np.tile(np.repeat(column, lucks), len(pair.arms)) for path, column in values.items()}
    seeds = [new_at_every_point(world.seed, draw, luck) for _, draw, luck in rows]
    runs = Runs([arm for arm, _, _ in rows], [world.account] * len(rows), seeds, spread)
    outcomes = simulate(pair.setup, runs, events=False, all_series=False).outcomes
    found: dict[str, dict[str, Array]] = {name: {} for name in sets}
    for outcome in pair.outcomes:
        first, second = outcomes[outcome].reshape(len(pair.arms), len(sets), n, lucks).mean(axis=3)
        for place, name in enumerate(sets):
            found[name][outcome] = np.asarray(first[place] - second[place], dtype=np.float64)
    return found
