"""The tornado: each link, base rate and number of a rule to 5 and to 95 % of its prior, all else at the median.

Runs share their luck, so that a difference between the two ends is the number's alone. It is told in units of the
spread of the outcome: the standard deviation over runs in which everything is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.accounts.links import RATE_PREFIX
from demarche.accounts.priors import Prior
from demarche.analysis.side_by_side import even_parts, side_by_side
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import LEAN_CHUNK, simulate
from demarche.rules.priors import drawn_columns, priors_of, uncertain_paths

FAINT = 0.01  # of the spread: what moves no outcome by more is as good as dead
ENDS = ("low", "high")

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """What a tornado is asked: account, arms (the second only for a contrast), outcomes, seeds of luck, paths.

    Parameters
    ----------
    account
        Its name in the setup.
    arms
        The arm whose outcomes are told, then the arm that is subtracted for the contrast, if any.
    outcomes
        Names of outcomes.
    seeds
        Luck of the runs, the same at both ends of every number.
    paths
        Numbers to move; all that are uncertain in the account if empty.
    """

    account: str
    arms: tuple[str, ...]
    outcomes: tuple[str, ...]
    seeds: tuple[int, ...]
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Swing:
    """What one number does to one outcome between the ends of its prior.

    Parameters
    ----------
    path, outcome
        The number and the outcome.
    low, high
        Mean outcome of the first arm with the number at 5 and at 95 % of its prior.
    contrast_low, contrast_high
        The same of the difference of the two arms; NaN without a second arm.
    spread
        Standard deviation of the outcome over runs in which everything is drawn.
    contrast_spread
        That of the paired difference of the two arms.
    """

    path: str
    outcome: str
    low: float
    high: float
    contrast_low: float
    contrast_high: float
    spread: float
    contrast_spread: float

    @property
    def effect(self) -> float:
        """Outcome at the high end minus that at the low end, in spreads of the outcome; 0 if it never varies."""
        return (self.high - self.low) / self.spread if self.spread > 0 else 0.0

    @property
    def contrast_effect(self) -> float:
        """The same for the difference of the two arms, in spreads of that difference."""
        gap = self.contrast_high - self.contrast_low
        return gap / self.contrast_spread if self.contrast_spread > 0 and np.isfinite(gap) else 0.0

    @property
    def is_rate(self) -> bool:
        """Tell whether the number is a base rate."""
        return self.path.startswith(RATE_PREFIX)


@dataclass(frozen=True)
class Tornado:
    """All swings of one account."""

    asked: Asked
    swings: tuple[Swing, ...]

    def leading(self, outcome: str, contrast: bool = False, n: int = 10) -> tuple[Swing, ...]:
        """Return the numbers that move an outcome, or the contrast in it, most; largest first."""
        mine = [swing for swing in self.swings if swing.outcome == outcome]
        return tuple(sorted(mine, key=lambda one: -abs(one.contrast_effect if contrast else one.effect))[:n])

    def faint(self, at_most: float = FAINT) -> tuple[str, ...]:
        """Return the numbers that move no outcome by more than a share of its spread."""
        strongest: dict[str, float] = {}
        for swing in self.swings:
            strongest[swing.path] = max(strongest.get(swing.path, 0.0), abs(swing.effect))
        return tuple(path for path, effect in strongest.items() if effect <= at_most)

    def led_by_rates(self) -> tuple[str, ...]:
        """Return the outcomes that a base rate moves more than any link."""
        return tuple(name for name in self.asked.outcomes if (first := self.leading(name, n=1)) and first[0].is_rate)


def tornado(setup: Setup, asked: Asked, workers: int = 1, tell: Callable[[int, int], None] | None = None) -> Tornado:
    """Run the study of one account.

    Parameters
    ----------
    setup
        What the scenario compiled to.
    asked
        Account, arms, outcomes, luck.
    workers
        Processes.
    tell
        Called with the runs done and in all.
    """
    held = setup.accounts[asked.account]
    paths = asked.paths or uncertain_paths(setup.catalogue.on(asked.account))
    priors = list(priors_of(setup.catalogue, held, paths, setup.fixed).values())
    spreads = _spreads(setup, asked)
    runs_of_each = len(ENDS) * len(asked.arms) * len(asked.seeds)
    places = even_parts(len(priors), max(LEAN_CHUNK / runs_of_each, 1))  # narrow chunks cost several times as much
    parts = [[priors[place] for place in part] for part in places]
    found: list[Swing] = []
    done = 0
    all_means = side_by_side(_means_of_part, [_Part(setup, asked, part) for part in parts], workers)
    for part, means in zip(parts, all_means, strict=True):
        found += [_swing(prior.id, name, means, spreads) for prior in part for name in asked.outcomes]
        done += len(part)
        if tell is not None:
            tell(done * runs_of_each, len(priors) * runs_of_each)
    return Tornado(asked, tuple(found))


Means = dict[tuple[str, str, str], Array]
"""(path, end, outcome) -> mean of each arm `(n_arms,)`."""


@dataclass(frozen=True)
class _Part:
    setup: Setup
    asked: Asked
    priors: Sequence[Prior]


def _means_of_part(part: _Part) -> Means:
    return means_of(part.setup, part.asked, part.priors)


def means_of(setup: Setup, asked: Asked, priors: Sequence[Prior]) -> Means:
    """Return the mean outcomes with each of some numbers at both ends of its prior."""
    cases = [(arm, prior.id, end) for arm in asked.arms for prior in priors for end in ENDS]
    rows = [(arm, path, end, seed) for arm, path, end in cases for seed in asked.seeds]
    values = {prior.id: _column(setup, asked.account, prior, rows) for prior in priors}
    runs = Runs([row[0] for row in rows], [asked.account] * len(rows), [row[3] for row in rows], values)
    outcomes = simulate(setup, runs, events=False, all_series=False, chunk=LEAN_CHUNK).outcomes
    shape = (len(asked.arms), len(priors), len(ENDS), len(asked.seeds))
    found = {}
    for name in asked.outcomes:
        means = np.nanmean(outcomes[name].reshape(shape), axis=3)
        for place, prior in enumerate(priors):
            for side, end in enumerate(ENDS):
                found[prior.id, end, name] = means[:, place, side]
    return found


def _column(setup: Setup, account: str, prior: Prior, rows: Sequence[tuple[str, str, str, int]]) -> Array:
    default = setup.catalogue.parameters[prior.id].default
    plain = setup.accounts[account].settings.get(prior.id, default)
    ends = {"low": prior.low, "high": prior.high}
    return np.array([ends[end] if path == prior.id else plain for _, path, end, _ in rows])


def _spreads(setup: Setup, asked: Asked) -> dict[str, tuple[float, float]]:
    """Return outcome -> standard deviation over runs in which all is drawn, of the first arm and of the contrast."""
    rows = [(arm, draw) for arm in asked.arms for draw in range(len(asked.seeds))]
    accounts = [setup.accounts[asked.account]] * len(rows)
    drawn = drawn_columns(setup.catalogue, accounts, [draw for _, draw in rows], asked.seeds[0])
    values = {path: column for path, column in drawn.items() if path not in setup.fixed}
    arms, seeds = [arm for arm, _ in rows], [asked.seeds[draw] for _, draw in rows]
    runs = Runs(arms, [asked.account] * len(rows), seeds, values)
    outcomes = simulate(setup, runs, events=False, all_series=False, chunk=LEAN_CHUNK).outcomes
    found = {}
    for name in asked.outcomes:
        by_arm = outcomes[name].reshape(len(asked.arms), len(asked.seeds))
        gap = by_arm[0] - by_arm[1] if len(asked.arms) > 1 else np.zeros(len(asked.seeds))
        found[name] = float(np.nanstd(by_arm[0], ddof=1)), float(np.nanstd(gap, ddof=1))
    return found


def _swing(path: str, outcome: str, means: Means, spreads: dict[str, tuple[float, float]]) -> Swing:
    low, high = (means[path, end, outcome] for end in ENDS)
    gaps = (float(low[0] - low[1]), float(high[0] - high[1])) if len(low) > 1 else (np.nan, np.nan)
    return Swing(path, outcome, float(low[0]), float(high[0]), *gaps, *spreads[outcome])
