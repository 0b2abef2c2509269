"""What one agent sees of the world: its own row of every field of its axis, and luck of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.engine.moment import RuleMoment
from demarche.engine.setup import Setup
from demarche.engine.simulation import MIN_WIDTH, ActiveRule, Simulation
from demarche.keyed import entity_keys, run_keys, text_key, uniforms
from demarche.rules.contract import Rule
from demarche.world.fields import FIELDS
from demarche.world.world import SENDER_ROWS, FieldView, World

AGENT_AXES = ("state", "person", "ngo", "body", "issue", "treaty")  # every row of these is an agent
ROUNDING = 1e-12  # largest difference in a month between a row on its own and in the whole


class RowWorld:
    """The world as an agent sees it; fields without its axis are the same for all agents."""

    def __init__(self, world: World, axis: str, row: int) -> None:
        self._world, self._axis, self._row = world, axis, row
        self.n_senders, self.n_runs, self.declared = world.n_senders, world.n_runs, world.declared

    def __getitem__(self, name: str) -> NDArray[Any]:
        array, axes = self._world[name], FIELDS[name].axes
        if self._axis not in axes:
            return array
        place = [slice(None)] * array.ndim
        place[axes.index(self._axis)] = slice(self._row, self._row + 1)
        return array[tuple(place)]


class Luck:
    """The engine's keyed random numbers, for one row at a time."""

    def __init__(self, seeds: list[int], axis_codes: dict[str, tuple[str, ...]]) -> None:
        self._runs = run_keys(seeds)
        self._entities = {axis: entity_keys(codes) for axis, codes in axis_codes.items()}
        self._streams: dict[str, np.uint64] = {}
        self._shared: dict[tuple[str, str | None], tuple[int, Array]] = {}

    def _key(self, stream: str) -> np.uint64:
        if stream not in self._streams:
            self._streams[stream] = text_key(stream)
        return self._streams[stream]

    def of_row(self, stream: str, step: int, axis: str, row: int) -> Array:
        """Return the uniforms `(1, n_runs)` of one member of an axis."""
        return uniforms(self._runs, self._key(stream), step, self._entities[axis][row : row + 1])

    def shared(self, stream: str, step: int, axis: str | None) -> Array:
        """Return uniforms that are not of the caller's axis; computed once a month for all callers."""
        kept = self._shared.get((stream, axis))
        if kept is None or kept[0] != step:
            entities = self._entities[axis] if axis else None
            kept = (step, uniforms(self._runs, self._key(stream), step, entities))
            self._shared[stream, axis] = kept
        return kept[1]


class RowMoment(RuleMoment):
    """The engine's moment, with draws and masks cut to one row."""

    def __init__(self, whole: RuleMoment, axis: str, row: int, luck: Luck) -> None:
        vars(self).update(vars(whole))
        self.axis, self.row, self.luck = axis, row, luck

    def draw(self, label: str, axis: str | None = None) -> Array:
        """Return this step's uniforms of the agent, or of whom else the rule asks about."""
        stream = self._stream(label)
        if axis == self.axis:
            return self.luck.of_row(stream, self.step, self.axis, self.row)
        values = self.luck.shared(stream, self.step, axis)
        return values[self._states] if axis == "state" else values

    def draw_cells(self, *_: Any, **__: Any) -> Array:
        """Refuse: luck of single cells is drawn for all agents at once."""
        raise ValueError("luck of cells is drawn for all agents")

    def draw_joint(self, *_: Any, **__: Any) -> Array:
        """Refuse: luck with a common part is drawn for all agents at once."""
        raise ValueError("joint luck is drawn for all agents")

    def draw_lasting(self, label: str, axis: str | None = None) -> Array:
        """Return uniforms that last through the run."""
        values = super().draw_lasting(label, axis)
        return values[self.row : self.row + 1] if axis == self.axis else values

    def actors(self, kind: str, lead: int = 0) -> Array:
        """Return the mask of an event's actors, the agent's own row of it if it is a state."""
        mask = super().actors(kind, lead)
        return mask[self.row : self.row + 1] if self.axis == "state" else mask


def bind(simulation: Simulation, entry: ActiveRule, axis: str, row: int, luck: Luck) -> ActiveRule:
    """Return a rule bound to one row of an axis instead of to the whole world."""
    rule, rows = entry.rule, cast(World, RowWorld(simulation.world, axis, row))
    view = FieldView(rows, rule.reads, rule.writes, rule.id, rule.rows)
    return ActiveRule(rule, view, entry.values, RowMoment(entry.moment, axis, row, luck))


def row_count(world: World, entry: ActiveRule, axis: str) -> int:
    """Return how many agents of an axis a rule concerns: all, or the possible senders among states."""
    return world.n_senders if axis == "state" and entry.rule.rows == SENDER_ROWS else world.size(axis)


def candidate_axes(entry: ActiveRule) -> list[str]:
    """Return the axes on which a rule could be row-local: all that it writes has the axis."""
    return [axis for axis in AGENT_AXES if all(axis in FIELDS[name].axes for name in entry.rule.writes)]


def act_row_by_row(simulation: Simulation, entry: ActiveRule, axis: str, luck: Luck) -> None:
    """Let a rule act on one row of an axis after the other."""
    for row in range(row_count(simulation.world, entry, axis)):
        bind(simulation, entry, axis, row, luck).act(simulation.step)


def find_row_local(setup: Setup, arm: str, account: str, seed: int, n_steps: int) -> dict[str, str]:
    """Return rule id -> axis for the rules that do the same row by row, by trying it in every month.

    Each time a candidate is due it acts row by row, its writes are taken back, it acts on the whole
    world, and the two results are compared; the first difference ends its candidacy. A rule that is
    never due is left to the model, which is kinder to Mesa.
    """
    open_axes: dict[str, list[str]] = {}

    def watch(rule: Rule, world: World, act: Callable[[], None]) -> None:
        entry = entries[rule.id]
        axes = open_axes.setdefault(rule.id, candidate_axes(entry))
        before = {name: world[name].copy() for name in rule.writes}
        tried = {axis: _try_rows(simulation, entry, axis, luck, before) for axis in axes}
        act()
        open_axes[rule.id] = [axis for axis in axes if _same(tried[axis], world)]

    simulation = Simulation.of(setup, arm, account, [seed] * MIN_WIDTH, watcher=watch)
    entries = {entry.rule.id: entry for entry in simulation.entries}
    luck = Luck([seed] * MIN_WIDTH, simulation.world.codes)
    for _ in range(n_steps):
        simulation.advance()
    return {rule_id: axes[0] for rule_id, axes in open_axes.items() if axes}


def _try_rows(
    simulation: Simulation, entry: ActiveRule, axis: str, luck: Luck, before: dict[str, NDArray[Any]]
) -> dict[str, NDArray[Any]]:
    """Return what the rule writes row by row, and put the world back; empty if it cannot act on one row."""
    world = simulation.world
    try:
        act_row_by_row(simulation, entry, axis, luck)
        return {name: world[name].copy() for name in before}
    except (IndexError, ValueError):  # it looks up other rows, or its arrays no longer fit together
        return {}
    finally:
        for name, values in before.items():
            world[name][...] = values


def _same(tried: dict[str, NDArray[Any]], world: World) -> bool:
    return bool(tried) and all(np.allclose(tried[n], world[n], rtol=0.0, atol=ROUNDING) for n in tried)
