"""The fan of differences between two arms: year by year, so that it grows while it is computed; it can be stopped."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

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
from demarche.seminar.explore.asked import EXPLORED, Asked, controls_of, explored_arm

SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
MOST_BESIDE = 3
"""Outcomes whose fans are drawn small beside the one that is asked for."""

FIRST_PAIRS, ALL_PAIRS = 40, 200
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
    beside
        Other outcomes -> the same quantiles.
    """

    year: int
    pairs: int
    quantiles: tuple[float, ...]
    mean: float
    error: float
    beside: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


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
        self._outcomes = controls_of(scenario).outcomes

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
        outcomes = (asked.outcome, *[name for name in self._outcomes if name != asked.outcome][:MOST_BESIDE])
        first = 0
        for step in range(period.n_steps):
            if stopped():
                return
            for one in parts:
                one.advance()
            last = step + 1 == period.n_steps
            if last or period.month(step + 1).year != period.month(step).year:
                yield _band(parts, pairs, outcomes, slice(first, step + 1), period.month(step).year)
                first = step + 1

    def table(self, asked: Asked, pairs: int) -> tuple[Setup, Runs]:
        """Return the setup of a question, and its runs: those of the first arm, then those of the second."""
        compiled = compile_arm(self.scenario, explored_arm(self.scenario, asked))
        setup = dataclasses.replace(self._plain, arms={**self._plain.arms, EXPLORED: compiled})
        seeds = [replication_seed(SEED, number) for number in range(pairs)]
        names = [EXPLORED] * pairs + [asked.reference] * pairs
        links = {all_links()[name].path: np.full(2 * pairs, value) for name, value in asked.links.items()}
        return setup, Runs(names, [asked.account] * (2 * pairs), seeds * 2, links)

    def _simulations(self, asked: Asked, pairs: int) -> list[Simulation]:
        """Return the runs of a question: in one simulation if both arms may keep company, else in two."""
        setup, runs = self.table(asked, pairs)
        together = len(runs.groups(setup.company)) == 1
        rows = [np.arange(2 * pairs)] if together else list(np.arange(2 * pairs).reshape(2, pairs))
        codes, n_steps = world_codes(self.scenario.cast), self.scenario.period.n_steps
        return [
            Simulation(setup, runs.take(some), recorder=Recorder(codes, n_steps, len(some), events=False))
            for some in rows
        ]


def _band(parts: list[Simulation], pairs: int, outcomes: tuple[str, ...], months: slice, year: int) -> Band:
    gaps = [_gaps(parts, pairs, outcome, months) for outcome in outcomes]
    shares = np.quantile(np.array(gaps), SHARES, axis=1)
    main, *beside = (tuple(map(float, one)) for one in shares.T)
    error = float(gaps[0].std(ddof=1) / np.sqrt(pairs))
    return Band(year, pairs, main, float(gaps[0].mean()), error, dict(zip(outcomes[1:], beside, strict=True)))


def _gaps(parts: list[Simulation], pairs: int, outcome: str, months: slice) -> Array:
    """Return the differences of an outcome, of means over some months, `(pairs,)`."""
    means: list[Array] = []
    for one in parts:
        assert one.recorder is not None
        means.append(one.recorder.of(outcome)[months].mean(axis=0, dtype=np.float64))
    both = np.concatenate(means)
    return both[:pairs] - both[pairs:]
