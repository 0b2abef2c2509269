"""One chunk of runs, month by month: runs of all arms and accounts that share rules and calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from demarche.arrays import REAL, Array, clear
from demarche.engine.deciding import Choice, decide
from demarche.engine.draws import Draws
from demarche.engine.initial import make_world, start_year, world_codes
from demarche.engine.levers import LeverPlan, imposed_levers
from demarche.engine.luck import DecisionLuck
from demarche.engine.membership import SEAT_FIELDS, draws_seats, lay_seats, state_order
from demarche.engine.moment import RuleMoment, actor_masks
from demarche.engine.recorder import Recorder
from demarche.engine.schedule import SCHEDULE, Operation, check_phases, decisions_in, rules_in
from demarche.engine.seats import Seats
from demarche.engine.setup import Runs, Setup
from demarche.engine.votes import DRAW_PATH, MEAN, lay_votes
from demarche.errors import Problem, RuleError, closest
from demarche.rules.common import GAP_PREFIX, START_PREFIX
from demarche.rules.contract import Fields, Rule
from demarche.world.decisions import DECISIONS, Decision
from demarche.world.world import FieldView, World

MIN_WIDTH = 2
Watcher = Callable[[Rule, World, Callable[[], None]], None]
Override = Callable[[Decision, World, Choice], None]
Step = Callable[[int], None]


@dataclass(frozen=True)
class ActiveRule:
    """A rule bound to the world of one chunk."""

    rule: Rule
    view: Fields
    values: Mapping[str, Array]
    moment: RuleMoment

    def act(self, step: int) -> None:
        """Let the rule act in a step."""
        self.moment.step = step
        self.rule.body(self.view, self.moment, **self.values)


@dataclass(frozen=True)
class Turn:
    """One thing that happens in a month: an operation of the engine, a rule that acts, a decision that is taken."""

    what: Operation | ActiveRule | Decision
    act: Step


class Simulation:
    """The months of one chunk of runs.

    Parameters
    ----------
    setup
        What the scenario compiled to.
    runs
        At least two runs (pad a single one: width 1 is not bit-identical in NumPy) of arms and
        accounts that keep company, see `Setup.company`.
    override
        Called at each decision with the choices; binds seats by writing into `<decision>_held`.
    watcher
        Called instead of each rule with a function that lets it act; used by traces.
    recorder
        Reads the world at the end of each month; None records nothing.

    Attributes
    ----------
    step
        The step that comes next; 0 before the first.
    world
        The arrays.
    seats
        Where choices are bound while it runs.
    """

    def __init__(
        self,
        setup: Setup,
        runs: Runs,
        override: Override | None = None,
        watcher: Watcher | None = None,
        recorder: Recorder | None = None,
    ) -> None:
        if len(runs) < MIN_WIDTH:
            raise RuleError("a simulation needs at least two runs; pad a single run by repeating its row")
        if len(runs.groups(setup.company)) > 1:
            raise RuleError("the runs of a simulation must share rules and calendar; split them by Setup.company")
        self.setup, self.runs, self.override, self.watcher, self.recorder = setup, runs, override, watcher, recorder
        self.step, self.n_steps, self.n_runs = 0, setup.period.n_steps, len(runs)
        names = tuple(dict.fromkeys(runs.arm))
        arms = [setup.arms[name] for name in names]
        arm_of_run = np.array([names.index(name) for name in runs.arm], dtype=np.intp)
        self.calendar = arms[0].calendar
        table = self._parameter_values()
        self.levers = LeverPlan(arms, arm_of_run, imposed_levers(table), state_order(setup.cast))
        self._lever_turns = self.levers.turns
        self.seats = Seats(arms, arm_of_run)
        self.draws = Draws(runs.seed, world_codes(setup.cast))
        starts = {name: table[START_PREFIX + name] for name in setup.cast.initial}
        wide = self.levers.wide | frozenset(SEAT_FIELDS if draws_seats(setup.cast, self.calendar) else ())
        self._assumed = {name: table[GAP_PREFIX + name] for name in setup.cast.gaps}
        wide |= frozenset(self._assumed)
        self.world = make_world(
            setup.cast, self.n_runs, self.draws, self.calendar, wide, starts, self._assumed
        )
        self.draws.start_step()  # what was drawn for the start may be drawn again when a fork lays its seats
        lay_votes(self.world, setup.cast, table.get(DRAW_PATH, np.full(self.n_runs, MEAN)))
        self.rules = setup.rules(runs.arm[0], runs.account[0])
        check_phases(self.rules)
        self._unweighed: set[str] = set()
        self._due = {one.name: self.calendar.due_steps(one.when) for one in DECISIONS}
        added = {name for rule in setup.catalogue.added for name in rule.writes}
        self._sparse = {one.name for one in DECISIONS if one.few and f"{one.name}_utility" not in added}
        self._temperatures = {one.name: table[f"decision.{one.name}.temperature"] for one in DECISIONS}
        self._plan = self._make_plan(table)

    @classmethod
    def of(
        cls,
        setup: Setup,
        arm: str,
        account: str,
        seeds: Sequence[int],
        values: Mapping[str, Array] | None = None,
        *,
        override: Override | None = None,
        watcher: Watcher | None = None,
        recorder: Recorder | None = None,
    ) -> Simulation:
        """Return a simulation of runs that share arm and account; `values` holds path -> values `(n_runs,)`."""
        runs = Runs([arm] * len(seeds), [account] * len(seeds), seeds, values or {})
        return cls(setup, runs, override, watcher, recorder)

    def _make_plan(self, table: Mapping[str, Array]) -> list[Turn]:
        """Return what happens in each month, in the order of the schedule."""
        masks = actor_masks(self.world.codes["state"])
        plan: list[Turn] = []
        for phase in SCHEDULE:
            plan += [Turn(operation, getattr(self, f"_{operation.name}")) for operation in phase.operations]
            for rule in rules_in(phase.name, self.rules):
                entry = ActiveRule(
                    rule,
                    cast(Fields, FieldView(self.world, rule.reads, rule.writes, rule.id, rule.rows)),
                    {name: table[path] for name, path in rule.arguments.items()},
                    RuleMoment(
                        rule, self.calendar, self.draws, masks, self.n_runs, self.world.n_senders, self._temperatures,
                        self.world.codes,
                    ),
                )
                plan.append(Turn(entry, self._turn_of(entry)))
            plan += [Turn(decision, self._choice_of(decision)) for decision in decisions_in(phase.name)]
        return plan

    def _parameter_values(self) -> dict[str, Array]:
        """Return path -> values `(n_runs,)`: of the run, else of its account, else the default."""
        known = self.setup.catalogue.parameters
        accounts = [self.setup.accounts[name] for name in self.runs.account]
        own = self.runs.values
        for path in dict.fromkeys((*(path for account in accounts for path in account.settings), *own)):
            if path not in known:
                near = closest(path, known)
                raise RuleError([Problem("parameters", f"no parameter is called '{path}'", did_you_mean=near)])
        settings = {name: self.setup.accounts[name].settings for name in dict.fromkeys(self.runs.account)}
        set_somewhere = {path for one in settings.values() for path in one}
        table = {}
        for path, parameter in known.items():
            if path in own:
                values = np.asarray(own[path], dtype=np.float64)
            elif path in set_somewhere:
                values = np.array([settings[account].get(path, parameter.default) for account in self.runs.account])
            else:
                values = np.asarray(parameter.default, dtype=np.float64)
            table[path] = np.broadcast_to(values, (self.n_runs,)).astype(REAL)
        return table

    def advance(self) -> None:
        """Let one month pass."""
        for turn in self._plan:
            turn.act(self.step)
        self.step += 1

    def let_go(self) -> None:
        """Let go of the plan when no month is to come: its turns hold the simulation, so that the memory of the world
        would stay until the collector of cycles comes.
        """
        self._plan.clear()

    @property
    def entries(self) -> tuple[ActiveRule, ...]:
        """The rules of the chunk, bound to its world, in the order in which they act."""
        return tuple(turn.what for turn in self._plan if isinstance(turn.what, ActiveRule))

    def _turn_of(self, entry: ActiveRule) -> Step:
        due = self.calendar.due_steps(entry.rule.when)
        rule, world, watcher = entry.rule, self.world, self.watcher
        trigger = world[rule.trigger] if rule.trigger else None
        tracked = world.tracked(rule.writes, rule.rows)
        weighed = tuple(one for one in DECISIONS if f"{one.name}_utility" in (*rule.reads, *rule.writes))


        def act(step: int) -> None:
            if due[step] and (trigger is None or trigger.any()):
                world.touched.update(tracked)
                for decision in weighed:
                    self._start_weighing(decision)
                if watcher is None:
                    entry.act(step)
                else:
                    world.touch()
                    watcher(rule, world, lambda: entry.act(step))

        return act

    def _choice_of(self, decision: Decision) -> Step:
        due = self.calendar.due_steps(decision.when)

        def act(step: int) -> None:
            if due[step]:
                self._start_weighing(decision)
                self._decide(decision, step)

        return act

    def _decide(self, decision: Decision, step: int) -> None:
        luck = DecisionLuck(decision, self.draws, step)
        decide(decision, self.world, luck, self._temperatures[decision.name], self._bind)

    def _bind(self, decision: Decision, world: World, choice: Choice) -> bool:
        bound = self.levers.bind(decision, world) | self.seats(decision, world, self.step)
        if self.override is not None:
            self.override(decision, world, choice)
        return bound or self.override is not None

    def _clear_month(self, step: int) -> None:
        self.draws.start_step()
        self.world.clear_month()

    def _lay_levers(self, step: int) -> None:
        if step in self._lever_turns:
            self.levers.lay(self.world, step)

    def _turn_year(self, step: int) -> None:
        if step and self.calendar.is_due("year", step):
            start_year(self.world, self.setup.cast, self.calendar, step, self._assumed)

    def _lay_seats(self, step: int) -> None:
        turns = step and (self.calendar.is_due("year", step) or self.calendar.on("session", step - 1))
        if turns or (self.levers.moves_seats and step in self._lever_turns):
            self.lay_seats(step)

    def lay_seats(self, step: int) -> None:
        """Lay who sits in the charter body in a step."""
        lay_seats(self.world, self.setup.cast, self.calendar, step, self.draws)

    def _clear_utilities(self, step: int) -> None:
        self._unweighed = {name for name, due in self._due.items() if due[step]}

    def _start_weighing(self, decision: Decision) -> None:
        """Set the utility of a decision that is due to zero, if no rule has met it yet this month."""
        if decision.name in self._unweighed:
            self._unweighed.remove(decision.name)
            utility, where = self.world[f"{decision.name}_utility"], self.world.weighed.get(decision.name)
            for option in utility:
                ours = option[: self.world.n_senders] if decision.rows else option
                if where is not None and decision.name in self._sparse:
                    where.put_into(ours, 0.0)
                else:
                    clear(ours)

    def _integrate_stocks(self, step: int) -> None:
        self.world.integrate_stocks()

    def _record(self, step: int) -> None:
        if self.recorder is not None:
            self.recorder.record(self.world, step)
