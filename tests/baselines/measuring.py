"""What the reference scenario gives with 24 seeds, as a mean and a standard deviation for each account and number."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.engine.recorder import detail_label
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import Outcomes, simulate
from demarche.engine.variables import EVENT_KINDS
from demarche.scenario.bundled import bundled_root
from demarche.scenario.load import compile_scenario, load_scenario

SCENARIO = "scenarios/quiet_or_vocal.yaml"
SEEDS = tuple(range(24))
DIGITS = 7  # significant: rounding moves a number by less than the tolerance of the comparison

Pair = list[float | None]
"""Mean and standard deviation over runs; None where no run has the number."""
Numbers = dict[str, dict[str, Pair]]
"""Account -> outcome, or kind and detail of an event -> mean and standard deviation."""


@cache
def setup() -> Setup:
    """Return what the bundled reference scenario compiles to."""
    return compile_scenario(load_scenario(bundled_root() / SCENARIO))


@cache
def measured() -> dict[str, Numbers]:
    """Return the numbers of every arm; all arms are simulated together, since they share their chunks."""
    inputs = [(arm, account, seed) for arm in setup().arms for account in setup().accounts for seed in SEEDS]
    arms, accounts, seeds = (list(column) for column in zip(*inputs, strict=True))
    found = simulate(setup(), Runs(arms, accounts, seeds))
    table = {**found.outcomes, **events_by_run(found, len(inputs))}
    return {arm: {name: _numbers(table, inputs, arm, name) for name in setup().accounts} for arm in setup().arms}


def _numbers(table: dict[str, Any], inputs: list[tuple[str, str, int]], arm: str, account: str) -> dict[str, Pair]:
    rows = np.array([row for row, one in enumerate(inputs) if one[:2] == (arm, account)])
    return {name: _summary(np.asarray(values, dtype=float)[rows]) for name, values in table.items()}


def events_by_run(found: Outcomes, n_runs: int) -> dict[str, NDArray[np.int64]]:
    """Return how many events of each kind and detail every run has: votes, sponsors, persons, treaties and so on."""
    counts = {}
    for position, kind in enumerate(EVENT_KINDS):
        mine = found.events.kind == position
        for detail in np.unique(found.events.detail[mine]):
            runs = found.events.run[mine & (found.events.detail == detail)]
            counts[f"{kind.kind} {detail_label(position, int(detail))}"] = np.bincount(runs, minlength=n_runs)
    return counts


def _summary(values: NDArray[Any]) -> Pair:
    known = values[~np.isnan(values)]
    if not len(known):
        return [None, None]
    return [_rounded(float(known.mean())), _rounded(float(known.std()))]


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
