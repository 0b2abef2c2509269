"""The same rules driven agent by agent in Mesa: what the batch engine is compared with.

`AgentByAgent` is the plain reading of an agent-based model: every state, case, NGO, UN body,
issue area and treaty is a Mesa agent that applies each rule to itself and takes its own
decisions, one agent after the other. The bodies of the rules are those of the catalogue, so
NumPy acts on single rows, which is unkind to Mesa.

`thinking_model` is the kinder variant: `EngagementModel` lets NumPy act on all agents of one
run at once, and every agent still decides for itself, in plain Python.

Both have the same luck as the batch, so their series can be compared number by number.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import mesa
import numpy as np

from demarche.arrays import Array
from demarche.engine.deciding import choose
from demarche.engine.recorder import Recorder
from demarche.engine.setup import Setup
from demarche.engine.simulation import MIN_WIDTH, ActiveRule, Simulation
from demarche.keyed import text_key
from demarche.mesa_model import NGO, EngagementModel, FocalState, State, UNBody
from demarche.world.decisions import DECISION_OF, Decision
from tests.benchmarks.agent_rows import AGENT_AXES, Luck, bind, row_count

WORD = (1 << 64) - 1


class RowAgent(mesa.Agent):  # type: ignore[misc]
    """An agent that owns one row of an axis and applies the row-local rules to it."""

    axis = ""
    model: AgentByAgent

    def __init__(self, model: AgentByAgent, row: int) -> None:
        super().__init__(model)
        self.row = row
        self.rules = {
            entry.rule.id: bind(model.simulation, entry, self.axis, row, model.luck)
            for entry in model.simulation.entries
            if model.local.get(entry.rule.id) == self.axis and row < row_count(model.simulation.world, entry, self.axis)
        }
        mine = {name: one for name, one in DECISION_OF.items() if one.axis == self.axis and is_plain(one)}
        self._decisions = {name: self._own_arrays(one) for name, one in mine.items()}

    def _own_arrays(self, decision: Decision) -> tuple[Array, Array, list[Array]]:
        world, own = self.model.simulation.world, slice(self.row, self.row + 1)
        masks = [world[name] for name in (decision.among, decision.trigger) if name]
        mine = [mask[own] if mask.ndim > 1 else mask for mask in masks]
        return world[f"{decision.name}_utility"][:, own], world[f"{decision.name}_choice"][own], mine

    def act(self, rule_id: str, step: int) -> None:
        """Apply a rule to the own row."""
        self.rules[rule_id].act(step)

    def decide(self, decision: Decision, step: int) -> None:
        """Choose from the own utilities."""
        utility, choice, masks = self._decisions[decision.name]
        if not all((mask > 0).any() for mask in masks):
            choice[...] = 0
            return
        luck = self.model.luck.of_row(f"decide.{decision.name}", step, self.axis, self.row)
        choice[...] = choose(utility, luck, decision.temperature.default)


def is_plain(decision: Decision) -> bool:
    """Tell whether agents of this benchmark take a decision, each by itself."""
    return decision.axis in AGENT_AXES and by_itself(decision)


def by_itself(decision: Decision) -> bool:
    """Tell whether each actor takes one option, with luck of its own."""
    return len(decision.axes) == 1 and not (decision.takes_some or decision.common_luck)


AGENT_CLASSES: Mapping[str, type[RowAgent]] = MappingProxyType(
    {axis: type(f"{axis.title()}Agent", (RowAgent,), {"axis": axis}) for axis in AGENT_AXES}
)


class _Driven(Simulation):
    """The engine's month, in which agents act and decide one after the other."""

    model: AgentByAgent

    def _act(self, entry: ActiveRule, step: int) -> None:
        group = self.model.groups.get(entry.rule.id)
        if group is None:
            entry.act(step)
        else:
            group.do("act", entry.rule.id, step)

    def _decide(self, decision: Decision, step: int) -> None:
        if is_plain(decision):
            self.model.agents_by_type[AGENT_CLASSES[decision.axis]].do("decide", decision, step)
        else:
            super()._decide(decision, step)


class AgentByAgent(mesa.Model):  # type: ignore[misc]
    """One run in which every row of the agent axes is a Mesa agent.

    Parameters
    ----------
    setup, arm, account, seed
        As for `EngagementModel`.
    local
        Rule id -> axis of the rules that agents apply to themselves, from `find_row_local`; the other
        rules add up over agents and are called once a month by the model.
    """

    def __init__(self, setup: Setup, arm: str, account: str, seed: int, local: Mapping[str, str]) -> None:
        super().__init__(rng=np.random.default_rng(seed))
        self.local = dict(local)
        self.simulation = _Driven.of(setup, arm, account, [seed] * MIN_WIDTH)
        self.simulation.model = self
        self.luck = Luck([seed] * MIN_WIDTH, self.simulation.world.codes)
        self.recorder = Recorder(self.simulation.world.codes, setup.period.n_steps, 1)
        for axis, agent_class in AGENT_CLASSES.items():
            for row in range(self.simulation.world.size(axis)):
                agent_class(self, row)
        self.groups = {
            entry.rule.id: self._agents_of(entry) for entry in self.simulation.entries if entry.rule.id in local
        }

    def _agents_of(self, entry: ActiveRule) -> mesa.agent.AgentSet:
        axis = self.local[entry.rule.id]
        agents = self.agents_by_type[AGENT_CLASSES[axis]]
        count = row_count(self.simulation.world, entry, axis)
        return agents if count == len(agents) else agents.select(lambda agent: agent.row < count)

    def step(self) -> None:
        """Let one month pass and record it."""
        step = self.simulation.step
        self.simulation.advance()
        self.recorder.record(self.simulation.world, step)


@cache
def _key(text: str) -> int:
    return int(text_key(text))


def _mix(z: int) -> int:
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & WORD
    return z ^ (z >> 31)


def own_luck(seed: int, stream: str, step: int, code: str) -> float:
    """Return one keyed uniform in plain Python, the same as the engine's."""
    run = _mix((seed + 1) * 0x9E3779B97F4A7C15 & WORD)
    base = _mix(((run ^ _key(stream)) + (step + 2) * 0xD1B54A32D192ED03) & WORD)
    return float(_mix((base + _key(code) * 0x9E3779B97F4A7C15) & WORD) >> 11) * 2.0**-53


class _Thinks:
    """Chooses an option in plain Python by the rule of the engine."""

    model: EngagementModel
    seed = 0

    def decide(self, decision: str, about: str, utilities: Mapping[str, float]) -> str | None:
        """Return the option on which the agent's luck falls.

        Some are left to the rules after the same work: sponsors, since what an agent says binds and a bloc then could
        not bind it, and decisions of several options at once, over pairs, or with luck that is partly common.
        """
        option = self._by_luck(decision, about, utilities)
        return option if by_itself(DECISION_OF[decision]) and decision != "sponsor" else None

    def _by_luck(self, decision: str, about: str, utilities: Mapping[str, float]) -> str:
        best, temperature = max(utilities.values()), DECISION_OF[decision].temperature.default
        weights = [math.exp((utility - best) / temperature) for utility in utilities.values()]
        left = own_luck(self.seed, f"decide.{decision}", self.model.simulation.step, about) * sum(weights)
        for option, weight in zip(utilities, weights, strict=True):
            left -= weight
            if left < 0.0:
                return option
        return option


class ThinkingState(_Thinks, State):
    """A state that takes its own decisions."""


class ThinkingFocal(_Thinks, FocalState):
    """The focal state, which also decides on persons, treaties, offers and answers."""


class ThinkingNGO(_Thinks, NGO):
    """An organisation that would take its own decisions."""


class ThinkingBody(_Thinks, UNBody):
    """A body that would take its own decisions."""


def thinking_model(setup: Setup, arm: str, account: str, seed: int) -> EngagementModel:
    """Return the facade over one run in which every actor decides in plain Python."""
    classes: dict[str, type] = dict.fromkeys(setup.cast.axis_codes["state"], ThinkingState)
    classes[setup.cast.focal] = ThinkingFocal
    classes |= dict.fromkeys(setup.cast.axis_codes["ngo"], ThinkingNGO)
    classes |= dict.fromkeys(setup.cast.axis_codes["body"], ThinkingBody)
    model = EngagementModel(setup, arm, account, seed=seed, classes=classes)
    for actor in model.actors.values():
        actor.seed = seed
    return model
