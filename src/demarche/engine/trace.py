"""Why: the contribution of every rule to a choice or to a change, on request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from demarche.arrays import Array
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulation import MIN_WIDTH, Simulation
from demarche.rules.contract import Rule
from demarche.world.decisions import DECISION_OF
from demarche.world.fields import FIELDS
from demarche.world.world import World


@dataclass(frozen=True)
class Contribution:
    """What one rule added to one entry of a field in one step.

    Parameters
    ----------
    step, rule, field
        When, who, where.
    option
        Option of the decision for utility fields, else empty.
    actor
        Code of the row, empty for fields without one.
    amount
        What was added, in the field's unit.
    """

    step: int
    rule: str
    field: str
    option: str
    actor: str
    amount: float


class Tracer:
    """Watches rules and keeps what they add to utilities and to changes of stocks in one run.

    Parameters
    ----------
    fields
        Names of utility fields (`sponsor_utility`) or changes (`practice_change`).
    actors
        Codes of rows to keep; empty keeps all.
    steps
        Steps to keep.
    """

    def __init__(self, fields: Iterable[str], actors: Iterable[str] = (), steps: Iterable[int] = ()) -> None:
        self.fields = tuple(fields)
        self.actors = frozenset(actors)
        self.steps = frozenset(steps)
        self.step = 0
        self.contributions: list[Contribution] = []

    def watch(self, rule: Rule, world: World, act: Callable[[], None]) -> None:
        """Let a rule act and keep what it added."""
        watched = [name for name in self.fields if name in rule.writes] if self.step in self.steps else []
        before = {name: world[name][..., 0].copy() for name in watched}
        act()
        for name in watched:
            self._keep(rule.id, name, world, world[name][..., 0] - before[name])

    def _keep(self, rule_id: str, name: str, world: World, added: Array) -> None:
        axes = FIELDS[name].axes
        for position in zip(*np.nonzero(added), strict=True):
            option, actor = "", ""
            for axis, index in zip(axes, position, strict=True):
                if axis.startswith("option:"):
                    option = DECISION_OF[axis.removeprefix("option:")].options[int(index)]
                else:
                    actor = world.codes[axis][int(index)]
            if not self.actors or actor in self.actors:
                self.contributions.append(Contribution(self.step, rule_id, name, option, actor, float(added[position])))


def trace_run(
    setup: Setup, runs: Runs, row: int, fields: Iterable[str], actors: Iterable[str] = (), steps: Iterable[int] = ()
) -> tuple[Contribution, ...]:
    """Repeat one run of a table and return the contributions to some fields.

    Parameters
    ----------
    setup, runs, row
        The run is row `row` of the table.
    fields, actors, steps
        What to keep, see `Tracer`; no steps means all.
    """
    tracer = Tracer(fields, actors, tuple(steps) or range(setup.period.n_steps))
    simulation = Simulation(setup, runs.take(np.full(MIN_WIDTH, row, dtype=np.intp)), watcher=tracer.watch)
    for step in range(max(tracer.steps) + 1):
        tracer.step = step
        simulation.advance()
    return tuple(tracer.contributions)
