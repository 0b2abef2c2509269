"""Usual levels of treatments that are never at 0: means of 1990-98 as it was, see `demarche.rules.kit.usual`."""

from __future__ import annotations

from demarche.engine.setup import Runs, Setup
from demarche.engine.simulation import Simulation
from demarche.rules.kit.usual import USUAL
from demarche.world.calendar import Month

FIRST, LAST = Month(1990, 1), Month(1998, 12)


def usual_levels(setup: Setup, arm: str, account: str, n_runs: int, seed: int = 0) -> dict[str, float]:
    """Return field -> mean over the months from 1990 to 1998 that lie in the period, over rows and runs.

    Parameters
    ----------
    setup, arm, account
        What is run, with the medians of the account: `as_it_was` under the common one.
    n_runs, seed
        Number of runs, at least two, and the first seed.
    """
    simulation = Simulation(setup, Runs([arm] * n_runs, [account] * n_runs, range(seed, seed + n_runs)))
    sums, months = dict.fromkeys(USUAL, 0.0), 0
    for step in range(setup.period.n_steps):
        simulation.advance()
        if FIRST <= setup.period.month(step) <= LAST:
            months += 1
            for name in sums:
                sums[name] += float(simulation.world[name].mean())
    return {name: total / max(months, 1) for name, total in sums.items()}
