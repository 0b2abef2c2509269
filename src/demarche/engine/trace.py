"""Why: one run again, with a witness who notes what rules saw, what they added and what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.engine.deciding import Choice, may_decide
from demarche.engine.recorder import Recorder
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulation import MIN_WIDTH, Simulation
from demarche.rules.contract import Rule
from demarche.world.decisions import DECISION_OF, Decision
from demarche.world.fields import FIELDS
from demarche.world.world import World

Entries = Mapping[str, Array]
NOBODY = -1


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


@dataclass
class Origin:
    """Who changed each entry of a field last: position of the rule (-1 for nobody), when, and from what."""

    rule: NDArray[np.int16]
    step: NDArray[np.int16]
    before: Array

    def copy(self) -> Origin:
        """Return it as it is now."""
        return Origin(self.rule.copy(), self.step.copy(), self.before.copy())


@dataclass(frozen=True)
class Act:
    """What one rule did to watched fields in one month; arrays have the axes of their field, without the run axis.

    Parameters
    ----------
    step, rule
        When, and its id.
    before, after
        Watched fields that it changed, before and after it acted.
    saw
        Every field that it may read, as it was when it acted; empty where nobody looked closely.
    origins
        Field -> who had changed its entries last by then; empty where nobody looked closely.
    """

    step: int
    rule: str
    before: Entries
    after: Entries
    saw: Entries = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def added(self, name: str) -> Array:
        """Return what it added to a field, zero where it did not touch it."""
        difference: Array = self.after[name] - self.before[name]
        return difference


@dataclass(frozen=True)
class Taken:
    """A decision as it was taken in one month; arrays have its axes, without the run axis.

    Parameters
    ----------
    step, decision
        When, and its name.
    utility
        Utilities `(n_options, ...)`.
    free
        What the rules and luck chose, before seats that are bound took effect.
    held
        To which option a seat is bound, -1 where it was free.
    may
        Where a choice was to be taken at all.
    """

    step: int
    decision: str
    utility: Array
    free: Choice
    held: Choice
    may: NDArray[np.bool_]

    @property
    def choice(self) -> Choice:
        """What was chosen in the end, bound seats included."""
        chosen: Choice = np.where(self.held >= 0, self.held, self.free)
        return chosen


class Witness:
    """Notes what happens to some fields and decisions of the first run of a chunk.

    Parameters
    ----------
    fields
        Fields whose changes are noted (`sponsor_utility`, `practice_change`, `person_event`).
    steps
        Months in which they are noted.
    closely
        Months in which it is also noted what the rules that change them saw.
    sources
        Fields of which it is noted all along who changed each entry last.
    decisions
        Decisions that are noted in `steps`.
    weight
        Of each rule only the act that weighs most keeps what was looked at closely; None keeps all.

    Attributes
    ----------
    acts, taken
        What was noted, in order.
    origins
        Field of `sources` -> who changed its entries last.
    rules
        Ids of the rules that `Origin.rule` counts.
    values
        Field -> its entries at the end of each month of `steps`.
    start
        Field -> its entries before the first month.
    """

    def __init__(
        self,
        fields: Iterable[str],
        steps: Iterable[int] = (),
        closely: Iterable[int] = (),
        sources: Iterable[str] = (),
        decisions: Iterable[str] = (),
        weight: Callable[[Act], float] | None = None,
    ) -> None:
        self.fields, self.steps, self.closely = tuple(fields), frozenset(steps), frozenset(closely)
        self.sources, self.decisions = frozenset(sources), frozenset(decisions)
        self.weight = weight
        self._heaviest: dict[str, tuple[float, int]] = {}
        self.step = 0
        self.acts: list[Act] = []
        self.taken: list[Taken] = []
        self.origins: dict[str, Origin] = {}
        self.rules: list[str] = []
        self.values: dict[str, list[Array]] = {}
        self.start: dict[str, Array] = {}

    def watch(self, rule: Rule, world: World, act: Callable[[], None]) -> None:
        """Let a rule act and note what it changed."""
        is_noted = self.step in self.steps
        targets = [name for name in self.fields if name in rule.writes] if is_noted else []
        traced = [name for name in rule.writes if name in self.sources]
        if not targets and not traced:
            act()
            return
        before = {name: world[name][..., 0].copy() for name in {*targets, *traced}}
        look = bool(targets) and self.step in self.closely
        saw = {name: world[name][..., 0].copy() for name in (*rule.reads, *rule.writes)} if look else {}
        known = {name: self.origins[name].copy() for name in _traced(saw) if name in self.origins}
        act()
        for name in traced:
            self._trace(rule.id, name, before[name], world[name][..., 0])
        moved = [name for name in targets if not np.array_equal(before[name], world[name][..., 0])]
        if moved:
            after = {name: world[name][..., 0].copy() for name in moved}
            self.acts.append(Act(self.step, rule.id, {name: before[name] for name in moved}, after, saw, known))
            if self.weight is not None and look:
                self._keep_the_heaviest(self.weight(self.acts[-1]))

    def _keep_the_heaviest(self, weight: float) -> None:
        """Let go of what was looked at closely in the last act of a rule, or in one before that weighed less."""
        last = len(self.acts) - 1
        best, at = self._heaviest.get(self.acts[last].rule, (-1.0, last))
        if weight > best:
            self._heaviest[self.acts[last].rule] = weight, last
        gone = at if weight > best else last
        if gone != self._heaviest[self.acts[last].rule][1]:
            self.acts[gone] = replace(self.acts[gone], saw={}, origins={})

    def _trace(self, rule_id: str, name: str, before: Array, after: Array) -> None:
        changed = before != after
        if not np.any(changed):
            return
        if name not in self.origins:
            shape = np.shape(before)
            self.origins[name] = Origin(
                np.full(shape, NOBODY, np.int16), np.full(shape, NOBODY, np.int16), np.zeros(shape)
            )
        if rule_id not in self.rules:
            self.rules.append(rule_id)
        found = self.origins[name]
        found.rule[changed] = self.rules.index(rule_id)
        found.step[changed] = self.step
        found.before[changed] = np.asarray(before)[changed]

    def see(self, decision: Decision, world: World, choice: Choice) -> None:
        """Note one decision as it is taken; chooses nothing."""
        if self.step not in self.steps or decision.name not in self.decisions:
            return
        held = world[f"{decision.name}_held"][..., 0].copy()
        utility = world[f"{decision.name}_utility"][..., 0].copy()
        may = np.array(may_decide(decision, world)[..., 0])
        if decision.rows:
            may[world.n_senders :] = False
        self.taken.append(Taken(self.step, decision.name, utility, choice[..., 0].copy(), held, may))

    def keep(self, world: World, names: Iterable[str]) -> None:
        """Keep what some fields are at the end of a month that is noted."""
        if self.step in self.steps:
            for name in names:
                self.values.setdefault(name, []).append(np.array(world[name][..., 0]))


def _traced(names: Iterable[str]) -> Iterator[str]:
    """Yield the fields through which some fields are changed: stocks by their changes, others themselves."""
    for name in names:
        yield f"{name}_change" if FIELDS[name].kind == "stock" else name


def repeat(
    setup: Setup, runs: Runs, row: int, witness: Witness, recorder: Recorder | None = None, keep: Iterable[str] = ()
) -> Simulation:
    """Repeat one run of a table up to the last month that a witness notes.

    Parameters
    ----------
    setup, runs, row
        The run is row `row` of the table.
    witness
        Who notes what.
    recorder
        Records the run as a batch would, for two runs; None records nothing.
    keep
        Fields of which the value at the end of each noted month is kept.
    """
    chunk = runs.take(np.full(MIN_WIDTH, row, dtype=np.intp))
    simulation = Simulation(setup, chunk, override=witness.see, watcher=witness.watch, recorder=recorder)
    names = tuple(keep)
    witness.start = {name: np.array(simulation.world[name][..., 0]) for name in names}
    for step in range(max(witness.steps) + 1):
        witness.step = step
        simulation.advance()
        witness.keep(simulation.world, names)
    return simulation


def trace_run(
    setup: Setup, runs: Runs, row: int, fields: Iterable[str], actors: Iterable[str] = (), steps: Iterable[int] = ()
) -> tuple[Contribution, ...]:
    """Repeat one run of a table and return what rules added to some fields.

    Parameters
    ----------
    setup, runs, row
        The run is row `row` of the table.
    fields
        Names of utility fields (`sponsor_utility`) or changes (`practice_change`).
    actors
        Codes of rows to keep; empty keeps all.
    steps
        Steps to keep; empty keeps all.
    """
    witness = Witness(fields, tuple(steps) or range(setup.period.n_steps))
    world = repeat(setup, runs, row, witness).world
    kept = frozenset(actors)
    found = [one for act in witness.acts for name in act.after for one in _contributions(act, name, world)]
    return tuple(one for one in found if not kept or one.actor in kept)


def _contributions(act: Act, name: str, world: World) -> Iterable[Contribution]:
    added = act.added(name)
    for position in zip(*np.nonzero(added), strict=True):
        option, actor = "", ""
        for axis, index in zip(FIELDS[name].axes, position, strict=True):
            if axis.startswith("option:"):
                option = DECISION_OF[axis.removeprefix("option:")].options[int(index)]
            else:
                actor = world.codes[axis][int(index)]
        yield Contribution(act.step, act.rule, name, option, actor, float(added[position]))
