"""How often each option of each decision is taken, counted at the moment of choice, draw by draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.accounts.links import all_rates
from demarche.engine.deciding import Choice, may_decide
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import CHUNK
from demarche.engine.simulation import Simulation
from demarche.rules.collected import Catalogue
from demarche.rules.priors import drawn_columns
from demarche.world.decisions import DECISIONS, Decision
from demarche.world.world import World

Array = NDArray[np.float64]
SELDOM = 0.05
"""Share of runs: an option that is taken in fewer of them, in every account and arm, is as good as not there."""


@dataclass(frozen=True)
class OptionCount:
    """How often one option is taken.

    Parameters
    ----------
    decision, option
        Their names.
    axes
        Who decides: axes of the decision.
    occasions
        Median over draws of the occasions of the decision in a run.
    share
        Median over draws of the share of occasions in which the option is taken; NaN without occasions.
    low, high
        5 and 95 % of that share over draws.
    runs
        Share of runs in which it is taken at least once.
    rates
        Base rates that rules which weigh this decision name.
    """

    decision: str
    option: str
    axes: tuple[str, ...]
    occasions: float
    share: float
    low: float
    high: float
    runs: float
    rates: tuple[str, ...]


class Counter:
    """Counts occasions and options `(n_options, n_runs)` of every decision as it is taken."""

    def __init__(self, n_runs: int) -> None:
        self.n_runs = n_runs
        self.taken = {one.name: np.zeros((len(one.options), n_runs)) for one in DECISIONS}
        self.occasions = {one.name: np.zeros(n_runs) for one in DECISIONS}

    def __call__(self, decision: Decision, world: World, choice: Choice) -> None:
        """Count one decision; chooses nothing."""
        may = may_decide(decision, world)
        shape = choice.shape[1:] if decision.takes_some and len(decision.axes) == 1 else choice.shape
        deciding = np.ones(shape, dtype=bool) if may is None else np.broadcast_to(may, shape)
        if decision.rows:
            deciding = deciding.copy()
            deciding[world.n_senders :] = False
        self.occasions[decision.name] += _over_rows(deciding)
        for option in range(len(decision.options)):
            chosen = choice[option] > 0 if shape != choice.shape else choice == option
            self.taken[decision.name][option] += _over_rows(chosen & deciding)


def _over_rows(mask: NDArray[np.bool_]) -> Array:
    return np.asarray(mask.reshape(-1, mask.shape[-1]).sum(axis=0), dtype=np.float64)


def count_options(setup: Setup, arm: str, account: str, seeds: Sequence[int]) -> tuple[OptionCount, ...]:
    """Return how often each option is taken in one arm under one account, one run a draw.

    Parameters
    ----------
    setup
        What the scenario compiled to.
    arm, account
        Their names.
    seeds
        Luck of the runs; run k takes draw k, with the luck of draws from the first seed.
    """
    held = setup.accounts[account]
    drawn = drawn_columns(setup.catalogue, [held] * len(seeds), range(len(seeds)), seeds[0])
    values = {path: column for path, column in drawn.items() if path not in setup.fixed}
    runs = Runs([arm] * len(seeds), [account] * len(seeds), list(seeds), values)
    parts = [_counted(setup, runs.take(np.arange(start, min(start + CHUNK, len(seeds)))))
             for start in range(0, len(seeds), CHUNK)]  # fmt: skip
    rates = rates_by_decision(setup.catalogue)
    found = []
    for decision in DECISIONS:
        occasions = np.concatenate([part.occasions[decision.name] for part in parts])
        taken = np.concatenate([part.taken[decision.name] for part in parts], axis=1)
        found += [
            _option(decision, place, occasions, taken[place], rates.get(decision.name, ()))
            for place in range(len(decision.options))
        ]
    return tuple(found)


def _counted(setup: Setup, runs: Runs) -> Counter:
    counter = Counter(len(runs))
    simulation = Simulation(setup, runs, override=counter)
    for _ in range(setup.period.n_steps):
        simulation.advance()
    return counter


def _option(
    decision: Decision, place: int, occasions: Array, taken: Array, rates: tuple[str, ...]
) -> OptionCount:
    shares = taken[occasions > 0] / occasions[occasions > 0]
    low, middle, high = np.quantile(shares, [0.05, 0.5, 0.95]) if len(shares) else (np.nan,) * 3
    return OptionCount(
        decision.name, decision.options[place], decision.axes, float(np.median(occasions)), float(middle), float(low),
        float(high), float(np.mean(taken > 0)), rates,
    )  # fmt: skip


def rates_by_decision(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Return decision -> base rates that rules which write its utilities name, in the order of their file."""
    found: dict[str, set[str]] = {}
    for rule in catalogue.rules:
        for field in rule.writes:
            if field.endswith("_utility"):
                found.setdefault(field.removesuffix("_utility"), set()).update(rule.rates)
    return {name: tuple(rate for rate in all_rates() if rate in some) for name, some in found.items()}


def seldom(counts: Sequence[Sequence[OptionCount]]) -> tuple[tuple[str, str], ...]:
    """Return the options that are taken in fewer than one run in twenty in all of some accounts and arms."""
    most: dict[tuple[str, str], float] = {}
    for one in (option for some in counts for option in some):
        key = one.decision, one.option
        most[key] = max(most.get(key, 0.0), one.runs)
    return tuple(key for key, runs in most.items() if runs < SELDOM)
