"""The world of a room: one run, which follows from scenario, account, seed and what the class has ordered."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from demarche.engine.initial import world_codes
from demarche.engine.recorder import EventTable, Recorder, join_events
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import padded
from demarche.engine.simulation import Simulation
from demarche.engine.snapshot import fork
from demarche.scenario.compile import compile_arm, compile_scenario
from demarche.scenario.content import Arm, Scenario
from demarche.seminar.timeline import CLASS


@dataclass(frozen=True, eq=False)
class Held:
    """A run of one world at the start of a step; nobody lets it go on, others fork from it.

    Parameters
    ----------
    simulation
        Width 2, with a recorder of one run.
    """

    simulation: Simulation

    @property
    def step(self) -> int:
        """The step that comes next."""
        return self.simulation.step

    @property
    def recorder(self) -> Recorder:
        """What was recorded so far, of one run."""
        assert self.simulation.recorder is not None
        return self.simulation.recorder

    @property
    def events(self) -> EventTable:
        """Events so far, in order."""
        return join_events(self.recorder.parts)


class Worlds:
    """Runs of the world of a room.

    Parameters
    ----------
    scenario
        The scenario; of its arms none is used, the room writes its own.
    account
        Name of the account that governs the world, at its medians.
    seed
        Seed of the run's luck.
    """

    def __init__(self, scenario: Scenario, account: str, seed: int) -> None:
        self.scenario, self.account, self.seed = scenario, account, seed
        self._plain: Setup = compile_scenario(scenario)

    def setup(self, arm: Arm) -> Setup:
        """Return the setup whose one arm is that of the class."""
        return dataclasses.replace(self._plain, arms={CLASS: compile_arm(self.scenario, arm)})

    def start(self, until: int) -> Held:
        """Return the run as the rules have it, at the start of a step."""
        runs = Runs([CLASS], [self.account], [self.seed])
        recorder = Recorder(world_codes(self.scenario.cast), self.scenario.period.n_steps, 1)
        return _run(Simulation(self.setup(Arm(CLASS)), padded(runs), recorder=recorder), until)

    def go_on(self, held: Held, arm: Arm, until: int) -> Held:
        """Return the run as it is at the start of a later step; what is held stays as it is.

        Parameters
        ----------
        held
            From where it goes on.
        arm
            What the class has ordered; what it orders from that step on is new, what lay before is as it was.
        until
            The step before which it stops.
        """
        return _run(fork(held.simulation, rows=np.array([0]), setup=self.setup(arm)), until)


def _run(simulation: Simulation, until: int) -> Held:
    while simulation.step < until:
        simulation.advance()
    return Held(simulation)
