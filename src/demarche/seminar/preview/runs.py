"""Runs of a preview: arms that scripts wrote, under every account, with one luck for all."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array, Mask
from demarche.engine.initial import world_codes
from demarche.engine.recorder import Recorder
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import padded
from demarche.engine.simulation import Simulation
from demarche.experiment.design.seeds import replication_seed
from demarche.scenario.compile import compile_arm, compile_scenario
from demarche.scenario.content import Arm, Scenario
from demarche.seminar.preview.features import features_of
from demarche.seminar.timeline import stages_of

CHUNK = 400


@dataclass(frozen=True, eq=False)
class Played:
    """What is seen of runs side by side, round by round.

    Parameters
    ----------
    arm, account
        Name of each run's, `(n_runs,)`.
    replication
        Number of each run's luck, `(n_runs,)`.
    names
        Names of what is seen.
    seen
        `(n_rounds, n_seen, n_runs)`.
    before
        What was seen before the first round, `(n_before, n_runs)`.
    """

    arm: NDArray[np.str_]
    account: NDArray[np.str_]
    replication: NDArray[np.intp]
    names: tuple[str, ...]
    seen: Array
    before: Array

    def until(self, rounds: int) -> Array:
        """Return all that is seen up to some round, what was seen before the first one included, `(n, n_runs)`."""
        return np.concatenate([self.before, self.seen[:rounds].reshape(-1, self.seen.shape[-1])])

    def of(self, arm: str, account: str = "") -> Mask:
        """Return which runs are of an arm, and of an account if one is named, `(n_runs,)`."""
        chosen: Mask = self.arm == arm
        return chosen & (self.account == account) if account else chosen


def play(scenario: Scenario, arms: Sequence[Arm], replications: int, seed: int) -> Played:
    """Run arms under every account to the end of the last round, each with so many replications of one luck.

    Parameters
    ----------
    scenario
        With a seminar.
    arms
        Arms with names of their own.
    replications, seed
        Runs of each arm and account; seed of their luck.
    """
    setup = compile_scenario(scenario)
    setup = dataclasses.replace(setup, arms={arm.name: compile_arm(scenario, arm) for arm in arms})
    table = [
        (arm.name, account, number) for arm in arms for account in scenario.accounts for number in range(replications)
    ]
    parts: list[Array] = []
    earlier: list[Array] = []
    names: tuple[str, ...] = ()
    for start in range(0, len(table), CHUNK):
        rows = table[start : start + CHUNK]
        seeds = [replication_seed(seed, number) for _, _, number in rows]
        runs = Runs([arm for arm, _, _ in rows], [account for _, account, _ in rows], seeds)
        names, seen, before = features_of(scenario, *_run(scenario, setup, runs), seeds)
        parts.append(seen)
        earlier.append(before)
    return Played(
        np.array([arm for arm, _, _ in table]), np.array([account for _, account, _ in table]),
        np.array([number for _, _, number in table]), names, np.concatenate(parts, axis=-1),
        np.concatenate(earlier, axis=-1),
    )  # fmt: skip


def _run(scenario: Scenario, setup: Setup, runs: Runs) -> tuple[Recorder, Simulation]:
    recorder = Recorder(world_codes(scenario.cast), scenario.period.n_steps, len(runs))
    simulation = Simulation(setup, padded(runs), recorder=recorder)
    while simulation.step <= stages_of(scenario)[-1].last:
        simulation.advance()
    return recorder, simulation
