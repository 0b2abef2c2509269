"""The fan of differences between two arms: year by year, so that it grows while it is computed; it can be stopped."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from demarche.accounts.links import all_links
from demarche.arrays import Array
from demarche.engine.initial import world_codes
from demarche.engine.recorder import Recorder
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulation import Simulation
from demarche.experiment.design.seeds import replication_seed
from demarche.scenario.compile import compile_arm, compile_scenario
from demarche.scenario.content import Scenario
from demarche.seminar.explore.asked import EXPLORED, Asked, explored_arm

SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
YEAR = 12
FIRST_PAIRS, ALL_PAIRS = 48, 200
"""Pairs of the fan that grows, and of the one that sharpens it: the first pairs are the same."""

SEED = 1995


@dataclass(frozen=True)
class Band:
    """Differences of one year, of means over its months.

    Parameters
    ----------
    year, pairs
        Which year, and how many pairs.
    quantiles
        At `SHARES`.
    mean, error
        Mean of the pairs and its standard error.
    """

    year: int
    pairs: int
    quantiles: tuple[float, ...]
    mean: float
    error: float


class Explorer:
    """Runs of a scenario for a lecture; one question at a time.

    Parameters
    ----------
    scenario
        The scenario.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._plain: Setup = compile_scenario(scenario)

    def fan(self, asked: Asked, pairs: int, stopped: Callable[[], bool] = lambda: False) -> Iterator[Band]:
        """Yield the fan year by year; nothing more once it is stopped, which is looked at every month.

        Parameters
        ----------
        asked
            The question.
        pairs
            Worlds in which both arms share their luck.
        stopped
            Tells whether nobody waits for the rest.
        """
        parts = self._simulations(asked, pairs)
        period = self.scenario.period
        first = 0
        for step in range(period.n_steps):
            if stopped():
                return
            for one in parts:
                one.advance()
            last = step + 1 == period.n_steps
            if last or period.month(step + 1).year != period.month(step).year:
                yield _band(parts, pairs, asked.outcome, slice(first, step + 1), period.month(step).year)
                first = step + 1

    def _simulations(self, asked: Asked, pairs: int) -> list[Simulation]:
        """Return the first arm's runs, then the second's: in one simulation if they may keep company, else in two."""
        compiled = compile_arm(self.scenario, explored_arm(self.scenario, asked))
        setup = dataclasses.replace(self._plain, arms={**self._plain.arms, EXPLORED: compiled})
        seeds = [replication_seed(SEED, number) for number in range(pairs)]
        names = [EXPLORED] * pairs + [asked.reference] * pairs
        links = {all_links()[name].path: np.full(2 * pairs, value) for name, value in asked.links.items()}
        runs = Runs(names, [asked.account] * (2 * pairs), seeds * 2, links)
        together = len(runs.groups(setup.company)) == 1
        rows = [np.arange(2 * pairs)] if together else list(np.arange(2 * pairs).reshape(2, pairs))
        codes, n_steps = world_codes(self.scenario.cast), self.scenario.period.n_steps
        return [
            Simulation(setup, runs.take(some), recorder=Recorder(codes, n_steps, len(some), events=False))
            for some in rows
        ]


def _band(parts: list[Simulation], pairs: int, outcome: str, months: slice, year: int) -> Band:
    means: list[Array] = []
    for one in parts:
        assert one.recorder is not None
        means.append(one.recorder.of(outcome)[months].mean(axis=0, dtype=np.float64))
    both = np.concatenate(means)
    gaps = both[:pairs] - both[pairs:]
    quantiles = tuple(float(one) for one in np.quantile(gaps, SHARES))
    error = float(gaps.std(ddof=1) / np.sqrt(len(gaps)))
    return Band(year, len(gaps), quantiles, float(gaps.mean()), error)
