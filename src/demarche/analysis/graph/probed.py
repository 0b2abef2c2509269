"""What a rule really reads and what it moves by it: each of its inputs is changed in turn, and what it writes compared.

Declarations say what a rule may read and write. Here its body is asked, in months in which it acts: an edge stands
between an input and a field if another value of the input, all else equal, makes the rule write another value there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulation import ActiveRule, Simulation
from demarche.rules.contract import Rule
from demarche.rules.priors import drawn_columns
from demarche.world.fields import FIELDS
from demarche.world.world import World

Values = NDArray[Any]
Ends = Mapping[str, tuple[float, float]]
ASKED_AT = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233)
"""Which times of acting a rule is asked: first and last months differ most."""
MOST_DATED = 4
HORIZONS = (0.0, 12.0, 60.0)
"""How often a rule is asked at each distance to a kind of event that it asks about: in its month, within months."""
SHARES = (0.0, 0.02, 0.5, 1.0)
MIXED_GROUNDS = 5
"""How often a rule is asked in a mixed world, and the shares of values, one a field, that are replaced in it."""
COUNTED = ("months", "years", "words a year", "votes", "log odds", "words", "multiplier", "step")
CHANGE = "_change"


@dataclass(frozen=True)
class Edges:
    """Measured edges of the rules of a setup.

    Parameters
    ----------
    of_fields
        Rule -> field that it reads -> fields that move with it.
    of_numbers
        Path of a parameter, link or base rate -> fields that move with it.
    asked
        Rules that acted at least once.
    """

    of_fields: Mapping[str, Mapping[str, frozenset[str]]]
    of_numbers: Mapping[str, frozenset[str]]
    asked: frozenset[str]


def _luck(seed: int, rule: str) -> np.random.Generator:
    """Return luck of a rule of its own, so that what is found of one does not hang on which others there are."""
    return np.random.default_rng([seed, crc32(rule.encode())])


class _Prober:
    def __init__(self, simulation: Simulation, ends: Ends, seed: int) -> None:
        self.simulation, self.ends = simulation, ends
        self.lucks = {entry.rule.id: _luck(seed, entry.rule.id) for entry in simulation.entries}
        self.luck = _luck(seed, "")
        self.entries = {entry.rule.id: entry for entry in simulation.entries}
        self.times: dict[str, int] = defaultdict(int)
        self.fields: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.numbers: dict[str, set[str]] = defaultdict(set)
        self.dated: dict[tuple[str, str, float], int] = defaultdict(int)

    def has_occasion(self, rule: Rule) -> bool:
        """Tell whether an event that the rule asks about is on or comes near, for the first few times of a kind."""
        step, calendar = self.simulation.step, self.simulation.calendar
        near = [(rule.id, kind, horizon) for kind in rule.calendar for horizon in HORIZONS
                if calendar.months_to(kind, step) <= horizon]  # fmt: skip
        fresh = [one for one in near if self.dated[one] < MOST_DATED]
        for one in fresh:
            self.dated[one] += 1
        return bool(fresh)

    def probe(self, rule: Rule, world: World) -> None:
        """Ask one rule in one month; the world stays as it was."""
        entry, self.luck = self.entries[rule.id], self.lucks[rule.id]
        entry.moment.step = self.simulation.step
        names = tuple(dict.fromkeys((*rule.reads, *rule.writes)))
        before = {name: world[name].copy() for name in names}
        for number in range(1 + MIXED_GROUNDS):
            ground = {
                name: self._mixed(name, now, float(self.luck.choice(SHARES))) if number else now
                for name, now in before.items()
            }
            plain = self._written(entry, world, ground, {})
            if plain is not None:
                self._of_fields(entry, world, ground, plain, names)
                self._of_numbers(entry, world, ground, plain)
        _lay(world, before)

    def _of_fields(
        self, entry: ActiveRule, world: World, ground: dict[str, Values], plain: dict[str, Values],
        names: tuple[str, ...],
    ) -> None:  # fmt: skip
        for name in names:
            summed = name.endswith((CHANGE, "_utility")) or FIELDS[name].kind == "event"
            if summed and name not in entry.rule.reads:
                continue
            moved = self.fields[entry.rule.id][name]
            left = plain.keys() - moved - {name}
            for other in self._others(name, ground[name]):  # drawn also where all is found: luck stays in step
                found = self._written(entry, world, {**ground, name: other}, {}) if left else None
                if found is not None:
                    moved |= {field for field in left if _differ(found[field], plain[field])}
                    left = left - moved

    def _of_numbers(
        self, entry: ActiveRule, world: World, ground: dict[str, Values], plain: dict[str, Values]
    ) -> None:
        for argument, path in entry.rule.arguments.items():
            moved = self.numbers[path]
            for end in self.ends.get(path, ()):
                left = plain.keys() - moved
                values = {argument: np.full_like(entry.values[argument], end)}
                found = self._written(entry, world, ground, values) if left else None
                if found is not None:
                    moved |= {field for field in left if _differ(found[field], plain[field])}

    def _written(
        self, entry: ActiveRule, world: World, ground: Mapping[str, Values], values: Mapping[str, Array]
    ) -> dict[str, Values] | None:
        """Return what the rule leaves in the fields that it writes, or None if it cannot work with such a world."""
        _lay(world, ground)
        self.simulation.draws.start_step()
        try:
            with np.errstate(all="ignore"):
                entry.rule.body(entry.view, entry.moment, **{**entry.values, **values})
        except (IndexError, ValueError):
            return None
        finally:
            self.simulation.draws.start_step()
        return {name: world[name].copy() for name in entry.rule.writes}

    def _others(self, name: str, now: Values) -> Iterator[Values]:
        yield self._other(name, now)
        yield self._other(name, now)
        spec = FIELDS[name]
        if _is_bounded(name):
            yield np.full_like(now, spec.low)
            yield np.full_like(now, spec.high)
        elif spec.kind == "utility":
            yield now + self.luck.normal(size=now.shape)
        elif spec.unit.startswith("position"):  # nowhere is no place to count at: also with a place everywhere
            yield np.maximum(self._other(name, now), 0)

    def _mixed(self, name: str, now: Values, share: float) -> Values:
        """Return the values with a share of them replaced, half of which lie at the low end."""
        if share == 0.0 or not _may_be_scrambled(name):
            return now
        low = np.full_like(now, max(FIELDS[name].low, -1.0))
        other = np.where(self.luck.random(now.shape) < share, self._other(name, now), low)
        return other.astype(now.dtype) if share < 1.0 else self._other(name, now)

    def _other(self, name: str, now: Values) -> Values:
        """Return other admissible values: within the range of the field if it is narrow, else its own, mixed."""
        spec = FIELDS[name]
        if spec.kind in ("choice", "event") or spec.unit in ("code", "0 or 1"):
            return self.luck.integers(int(spec.low), int(spec.high) + 1, now.shape).astype(now.dtype)
        if _is_bounded(name):
            return np.asarray(self.luck.uniform(spec.low, spec.high, now.shape), dtype=now.dtype)
        if spec.kind == "lever":
            return np.round(self.luck.uniform(spec.low, spec.high, now.shape))
        mixed = self.luck.permutation(now.reshape(-1)).reshape(now.shape)
        low, high = (float(np.nanmin(now)), float(np.nanmax(now))) if now.size else (0.0, 0.0)
        if spec.unit.startswith("position"):
            near = self.luck.integers(max(int(spec.low), -1), 3, now.shape)  # every axis has three members
            return np.where(self.luck.random(now.shape) < 0.5, near, mixed).astype(now.dtype)
        if spec.unit in COUNTED:
            top = min(spec.high, max(high, 36.0, 1.5 * self.simulation.step))
            return np.asarray(np.floor(self.luck.uniform(max(spec.low, low), top + 1.0, now.shape)), dtype=now.dtype)
        return mixed


def _is_bounded(name: str) -> bool:
    spec = FIELDS[name]
    return spec.high - spec.low <= 4 and not spec.unit.startswith("position")


def _may_be_scrambled(name: str) -> bool:
    """Tell whether values may be mixed without the rows of a ring or of persons contradicting one another."""
    return not name.endswith((CHANGE, "_utility", "_next"))


def _lay(world: World, values: Mapping[str, Values]) -> None:
    for name, array in values.items():
        world[name][...] = array


def _differ(one: Values, other: Values) -> bool:
    """Tell whether any value differs; no number is no other value than no number."""
    if one.tobytes() == other.tobytes():
        return False
    return not np.array_equal(one, other, equal_nan=one.dtype.kind == "f")


def probed_edges(setup: Setup, arm: str, account: str, n_runs: int, seed: int = 0) -> Edges:
    """Return the edges that a run of some draws shows.

    Parameters
    ----------
    setup, arm, account
        What is run.
    n_runs, seed
        Runs, one a draw of all that is uncertain, and the first seed.
    """
    held = setup.accounts[account]
    drawn = drawn_columns(setup.catalogue, [held] * n_runs, range(n_runs), seed)
    values = {path: column for path, column in drawn.items() if path not in setup.fixed}
    runs = Runs([arm] * n_runs, [account] * n_runs, range(seed, seed + n_runs), values)
    ends = {path: (float(parameter.low), float(parameter.high)) for path, parameter in
            setup.catalogue.parameters.items()}  # fmt: skip
    prober: _Prober

    def watch(rule: Rule, world: World, act: Callable[[], None]) -> None:
        prober.times[rule.id] += 1
        if prober.times[rule.id] in ASKED_AT or prober.has_occasion(rule):
            prober.probe(rule, world)
        act()

    simulation = Simulation(setup, runs, watcher=watch)
    prober = _Prober(simulation, ends, seed)
    for _ in range(setup.period.n_steps):
        simulation.advance()
    return Edges(
        {rule: {name: frozenset(moved) for name, moved in reads.items()} for rule, reads in prober.fields.items()},
        {path: frozenset(moved) for path, moved in prober.numbers.items()}, frozenset(prober.times),
    )  # fmt: skip
