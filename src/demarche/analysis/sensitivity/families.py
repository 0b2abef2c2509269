"""Which families of links decide a contrast: grouped Sobol' indices, with base rates, numbers of rules and luck beside.

Families are drawn as their priors say, correlated within and independent between, so that a family is one input. Luck
is an input like them. Estimators of Jansen (1999); a base sample of N asks of each arm N runs a group, and 2 N more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.accounts.links import LINK_PREFIX, RATE_PREFIX
from demarche.accounts.priors import Prior, correlated_normals
from demarche.arrays import Array
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import simulate
from demarche.experiment.design.seeds import new_at_every_point
from demarche.rules.priors import priors_of, uncertain_paths

RATES, NUMBERS, LUCK = "base rates", "numbers of rules", "luck"
RESAMPLES = 1000


@dataclass(frozen=True)
class Index:
    """First-order and total share of the variance of an outcome that a group decides, each with its ends of 95 %."""

    outcome: str
    group: str
    first: tuple[float, float, float]
    total: tuple[float, float, float]


def groups_of(priors: Mapping[str, Prior]) -> dict[str, NDArray[np.intp]]:
    """Return group -> positions of its parameters: families of links, base rates, numbers of rules."""
    found: dict[str, list[int]] = {}
    for at, (path, prior) in enumerate(priors.items()):
        if path.startswith(LINK_PREFIX):
            name = f"links: {prior.family or 'of no family'}"
        else:
            name = RATES if path.startswith(RATE_PREFIX) else NUMBERS
        found.setdefault(name, []).append(at)
    links = sorted(name for name in found if name.startswith("links"))
    return {name: np.array(found[name], dtype=np.intp) for name in (*links, RATES, NUMBERS) if name in found}


def by_family(
    setup: Setup, account: str, arms: tuple[str, str], outcomes: Sequence[str], n: int, seed: int
) -> list[Index]:
    """Return what decides the difference of two arms under an account.

    Parameters
    ----------
    setup
        What the scenario compiled to.
    account, arms, outcomes
        Whose priors are drawn; the first arm minus the second; what is analysed.
    n, seed
        Base sample, and what luck follows from.
    """
    catalogue, held = setup.catalogue, setup.accounts[account]
    priors = priors_of(catalogue, held, uncertain_paths(catalogue.rules), setup.fixed)
    groups = groups_of(priors)
    places = np.column_stack([correlated_normals(prior, seed, range(2 * n)) for prior in priors.values()])
    rows, lucks = mixed(places[:n], places[n:], groups)
    values = {path: prior.values(rows[:, at]) for at, (path, prior) in enumerate(priors.items())}
    seeds = [new_at_every_point(seed, int(luck), 0) for luck in lucks]
    size = len(rows)
    runs = Runs([arm for arm in arms for _ in range(size)], [account] * (2 * size), seeds * 2,
                {path: np.tile(column, 2) for path, column in values.items()})  # fmt: skip
    found = simulate(setup, runs, events=False, all_series=False).outcomes
    names = (*groups, LUCK)
    return [
        one
        for outcome in outcomes
        for one in indices(outcome, names, (found[outcome][:size] - found[outcome][size:]).reshape(-1, n), seed)
    ]


def mixed(
    first: Array, second: Array, groups: Mapping[str, NDArray[np.intp]]
) -> tuple[Array, NDArray[np.int64]]:
    """Return the rows of the design `((2 + n_groups + 1) * n, n_parameters)` and the number of the luck of each.

    First the rows of one sample, then those of another, then the first with one group after the other from the second;
    luck comes last.
    """
    n = len(first)
    parts, lucks = [first, second], [np.arange(n), np.arange(n, 2 * n)]
    for columns in groups.values():
        one = first.copy()
        one[:, columns] = second[:, columns]
        parts.append(one)
        lucks.append(np.arange(n))
    return np.vstack([*parts, first]), np.concatenate([*lucks, np.arange(n, 2 * n)])


def indices(outcome: str, names: Sequence[str], values: Array, seed: int) -> Iterator[Index]:
    """Yield the indices of each group.

    Parameters
    ----------
    outcome, names
        What is analysed; groups in order.
    values
        `(2 + n_groups, n)`: the first sample, the second, and the first with each group from the second. Rows of the
        sample with a value missing are left out.
    seed
        Of the bootstrap over rows of the sample.
    """
    values = values[:, np.isfinite(values).all(axis=0)]
    n = values.shape[1]
    if n < 2 or float(values[:2].var()) == 0.0:
        return
    draws = np.random.default_rng(seed).integers(n, size=(RESAMPLES, n))
    for place, name in enumerate(names):
        whole = jansen(values[0], values[1], values[2 + place])
        again = np.array([jansen(values[0, rows], values[1, rows], values[2 + place, rows]) for rows in draws])
        low, high = np.nanquantile(again, (0.025, 0.975), axis=0)
        first, total = ((whole[k], float(low[k]), float(high[k])) for k in range(2))
        yield Index(outcome, name, first, total)


def jansen(first: Array, second: Array, other: Array) -> tuple[float, float]:
    """Return first-order and total index of the group in which `other` is the second sample, else the first."""
    variance = float(np.concatenate([first, second]).var())
    if variance == 0.0:
        return float("nan"), float("nan")
    return (
        1.0 - float(((second - other) ** 2).mean()) / (2.0 * variance),
        float(((first - other) ** 2).mean()) / (2.0 * variance),
    )
