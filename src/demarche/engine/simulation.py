"""One chunk of runs of one arm and one pack, month by month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from demarche.arrays import Array
from demarche.engine.deciding import Override, Rows, decide
from demarche.engine.draws import Draws
from demarche.engine.initial import apply_levers, lay_seats, make_world, start_year, world_codes
from demarche.engine.moment import RuleMoment, actor_masks
from demarche.engine.schedule import SCHEDULE, check_phases, decisions_in, rules_in
from demarche.engine.setup import Setup
from demarche.errors import Problem, RuleError, closest
from demarche.rules.contract import Rule
from demarche.rules.find import parameters, rules_of
from demarche.world.decisions import DECISIONS, Decision
from demarche.world.world import FieldView, World

MIN_WIDTH = 2
Watcher = Callable[[Rule, World, Callable[[], None]], None]


@dataclass(frozen=True)
class ActiveRule:
    """A rule bound to the world of one chunk."""

    rule: Rule
    view: FieldView
    values: SimpleNamespace
    moment: RuleMoment

    def act(self, step: int) -> None:
        """Let the rule act in a step."""
        self.moment.step = step
        self.rule.body(self.view, self.values, self.moment)


class Simulation:
    """The months of one chunk of runs that share arm and pack.

    Parameters
    ----------
    setup
        What the scenario compiled to.
    arm, pack
        Names of arm and pack.
    seeds
        Seeds of the runs, at least two (pad a single run: width 1 is not bit-identical in NumPy).
    values
        Parameter path -> values `(n_runs,)` where runs differ from the pack.
    override
        Called at each decision; may change the choices in place.
    watcher
        Called instead of each rule with a function that lets it act; used by traces.
    """

    def __init__(
        self,
        setup: Setup,
        arm: str,
        pack: str,
        seeds: Sequence[int],
        values: Mapping[str, Array] | None = None,
        override: Override | None = None,
        watcher: Watcher | None = None,
    ) -> None:
        if len(seeds) < MIN_WIDTH:
            raise RuleError("a simulation needs at least two runs; pad a single run by repeating its seed")
        self.setup, self.arm, self.pack = setup, setup.arms[arm], setup.packs[pack]
        self.step, self.n_steps, self.n_runs = 0, setup.period.n_steps, len(seeds)
        self.override, self.watcher = override, watcher
        self.draws = Draws(seeds, world_codes(setup.cast))
        self.world = make_world(setup.cast, self.n_runs, self.draws, self.arm.calendar)
        off = set(self.arm.rules_off)
        self.rules = tuple(rule for rule in rules_of(pack) if rule.id not in off)
        check_phases(self.rules)
        self._plan = self._make_plan(values or {})

    def _make_plan(self, values: Mapping[str, Array]) -> list[tuple[list[ActiveRule], tuple[Decision, ...]]]:
        masks = actor_masks(self.world.codes["state"])
        table = self._parameter_values(values)
        plan = []
        for phase in SCHEDULE:
            active = [
                ActiveRule(
                    rule,
                    FieldView(self.world, rule.reads, rule.writes, rule.id, rule.rows),
                    SimpleNamespace(**{p.name: table[f"{rule.id}.{p.name}"] for p in rule.parameters}),
                    RuleMoment(rule, self.arm.calendar, self.draws, masks, self.n_runs, self.world.n_senders),
                )
                for rule in rules_in(phase.name, self.rules)
            ]
            plan.append((active, decisions_in(phase.name)))
        return plan

    def _parameter_values(self, values: Mapping[str, Array]) -> dict[str, Array]:
        known = parameters()
        for path in (*self.pack.settings, *values):
            if path not in known:
                raise RuleError(
                    [Problem("parameters", f"no parameter is called '{path}'", did_you_mean=closest(path, known))]
                )
        table: dict[str, Array] = {}
        for path, parameter in known.items():
            value: Any = values.get(path, self.pack.settings.get(path, parameter.default))
            table[path] = np.broadcast_to(np.asarray(value, dtype=np.float64), (self.n_runs,)).copy()
        return table

    def advance(self) -> None:
        """Let one month pass."""
        step, calendar = self.step, self.arm.calendar
        self.draws.start_step()
        self.world.clear_month()
        self._turn_calendar(step)
        for active, decisions in self._plan:
            for entry in active:
                if calendar.due_steps(entry.rule.when)[step]:
                    self._act(entry, step)
            for decision in decisions:
                if calendar.due_steps(decision.when)[step]:
                    self._decide(decision, step)
        self.world.integrate_stocks()
        self.step += 1

    def _decide(self, decision: Decision, step: int) -> None:
        def luck(rows: Rows) -> Array:
            return self.draws.draw(f"decide.{decision.name}", step, decision.axis, rows)

        decide(decision, self.world, luck, self.override)

    def _turn_calendar(self, step: int) -> None:
        calendar = self.arm.calendar
        if step == self.arm.from_step:
            apply_levers(self.world, self.setup.cast, self.arm.settings)
        if step and calendar.is_due("year", step):
            start_year(self.world, self.setup.cast, calendar, step)
        elif step and calendar.on("session", step - 1):
            lay_seats(self.world, self.setup.cast, calendar, step)
        for decision in DECISIONS:
            if calendar.due_steps(decision.when)[step]:
                rows = self.world.n_senders if decision.concerns_senders else None
                self.world[f"{decision.name}_utility"][:, :rows] = 0.0

    def _act(self, entry: ActiveRule, step: int) -> None:
        if self.watcher is None:
            entry.act(step)
        else:
            self.watcher(entry.rule, self.world, lambda: entry.act(step))
