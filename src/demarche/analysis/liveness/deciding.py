"""What decides an outcome: how far it goes from one end of a number's prior to the other, over runs with all drawn.

One regression for each number and outcome, on ranks of the number turned into normals: the slope times the distance
between 5 and 95 %, in spreads of the outcome. Its standard error is that of a correlation. All numbers are told by the
same runs, so that hundreds of them cost what one costs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from demarche.accounts.links import LINK_PREFIX, RATE_PREFIX
from demarche.analysis.liveness.runs_apart import CHUNK, Apart, outcomes_apart
from demarche.arrays import Array
from demarche.engine.setup import Runs, Setup
from demarche.rules.priors import drawn_columns

ENDS = 2 * 1.6449  # distance of 5 and 95 % in standard deviations of a normal


@dataclass(frozen=True)
class Decided:
    """Runs in which everything is drawn.

    Parameters
    ----------
    effects
        Outcome -> link or base rate -> effect between the ends of its prior, in spreads of the outcome.
    spreads
        Outcome -> standard deviation over runs.
    error
        Standard error of an effect of 0.
    """

    effects: Mapping[str, Mapping[str, float]]
    spreads: dict[str, float]
    error: float


def decided(setup: Setup, arm: str, account: str, seeds: Sequence[int]) -> Decided:
    """Return what links and base rates decide, in one run a draw of the account.

    Parameters
    ----------
    setup, arm, account
        What is run.
    seeds
        Luck of the runs; run k takes draw k.
    """
    held = setup.accounts[account]
    drawn = drawn_columns(setup.catalogue, [held] * len(seeds), range(len(seeds)), seeds[0])
    values = {path: column for path, column in drawn.items() if path not in setup.fixed}
    runs = Runs([arm] * len(seeds), [account] * len(seeds), list(seeds), values)
    parts: dict[str, list[Array]] = {}
    for start in range(0, len(seeds), CHUNK):
        some = runs.take(np.arange(start, min(start + CHUNK, len(seeds))))
        for name, one in outcomes_apart(setup, some, Apart()).items():
            parts.setdefault(name, []).append(one)
    outcomes = {name: np.concatenate(some) for name, some in parts.items()}
    paths = [path for path in values if path.startswith((LINK_PREFIX, RATE_PREFIX))]
    normal = {path: _normal(values[path]) for path in paths}
    effects = {name: {path: _effect(normal[path], one) for path in paths} for name, one in outcomes.items()}
    spreads = {name: _spread(one[np.isfinite(one)]) for name, one in outcomes.items()}
    return Decided(effects, spreads, ENDS / float(np.sqrt(len(seeds))))


def _spread(values: Array) -> float:
    return float(values.std(ddof=1)) if len(values) > 1 else 0.0


def _normal(values: Array) -> Array:
    from scipy.special import ndtri
    from scipy.stats import rankdata

    normal: Array = ndtri((rankdata(values) - 0.5) / len(values))
    return normal


def _effect(number: Array, outcome: Array) -> float:
    known = np.isfinite(outcome)
    if known.sum() < 3 or outcome[known].std() == 0 or number[known].std() == 0:
        return 0.0
    return float(ENDS * np.corrcoef(number[known], outcome[known])[0, 1])
