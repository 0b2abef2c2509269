"""Runs that share a chunk and differ in what is switched off or forced: rules by run, decisions by run.

A rule that is off in some runs acts, and what it wrote there is taken back; luck is keyed, so nobody else notices.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.engine.deciding import Choice, may_decide
from demarche.engine.initial import world_codes
from demarche.engine.recorder import Recorder
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulation import Simulation
from demarche.rules.contract import Rule
from demarche.world.decisions import Decision
from demarche.world.world import World

Rows = NDArray[np.intp]
CHUNK = 384


@dataclass(frozen=True)
class Apart:
    """What sets runs apart.

    Parameters
    ----------
    off
        Rule -> positions of the runs in which it is off.
    forced
        Decision -> pairs of an option and the positions of the runs in which everybody who decides takes it.
    """

    off: Mapping[str, Rows] = field(default_factory=dict)
    forced: Mapping[str, tuple[tuple[int, Rows], ...]] = field(default_factory=dict)

    def watch(self, rule: Rule, world: World, act: Callable[[], None]) -> None:
        """Let a rule act, and take back what it wrote where it is off."""
        if rule.id not in self.off:
            act()
            return
        rows = self.off[rule.id]
        kept = {name: world[name][..., rows].copy() for name in rule.writes}
        act()
        for name, values in kept.items():
            world[name][..., rows] = values

    def bind(self, decision: Decision, world: World, choice: Choice) -> None:
        """Bind whoever decides in the runs in which the decision is forced."""
        held = world[f"{decision.name}_held"]
        for option, rows in self.forced.get(decision.name, ()):
            asked = may_decide(decision, world)[..., rows]
            if decision.rows:
                asked = asked.copy()
                asked[world.n_senders :] = False
            several = decision.takes_some and len(decision.axes) == 1
            seats = held[option] if several else held
            seats[..., rows] = np.where(asked, 1 if several else option, seats[..., rows])


def outcomes_apart(setup: Setup, runs: Runs, apart: Apart) -> dict[str, Array]:
    """Return every outcome `(n_runs,)` of runs that keep company, by name."""
    recorder = Recorder(world_codes(setup.cast), setup.period.n_steps, len(runs), events=False, all_series=False)
    simulation = Simulation(
        setup, runs, override=apart.bind if apart.forced else None, watcher=apart.watch if apart.off else None,
        recorder=recorder,
    )  # fmt: skip
    for _ in range(setup.period.n_steps):
        simulation.advance()
    return recorder.outcomes()
