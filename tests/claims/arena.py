"""Runs of many arms side by side: in each some rule is off, some choices are forced, some states are held.

What a rule does in runs in which it is off is undone at once, so that runs with and without it share a chunk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.accounts.packaged import packaged_accounts
from demarche.arrays import Array
from demarche.cast.cast import load_cast
from demarche.engine.deciding import may_decide
from demarche.engine.setup import ArmSetup, Runs, Setup
from demarche.engine.simulation import Simulation
from demarche.rules.contract import Rule
from demarche.world.calendar import Calendar, CalendarEvent, Month, Period
from demarche.world.decisions import FREE_CHOICE, Decision
from demarche.world.world import World
from tests.claims.measuring import Gauge
from tests.claims.rows import Arm, Switch, switches

CAST = Path(__file__).parents[2] / "scenarios" / "casts" / "china_1989.yaml"
PERIOD = Period(Month(1989, 6), 247)
MONTH = "month"
Columns = NDArray[np.intp]


@cache
def setup(added: tuple[tuple[str, str], ...] = ()) -> Setup:
    """Return the reference case as it was, with rows added to its calendar: kind of event and the rest of its code."""
    cast = load_cast(CAST)
    events = [*cast.events]
    for kind, month in added:
        year, number = month.split("-")
        events.append(CalendarEvent(f"{kind}_added", kind, Month(int(year), int(number)), "council", 0.7))
    arm = ArmSetup("as_it_was", Calendar(PERIOD, tuple(events)))
    return Setup(cast, PERIOD, {"as_it_was": arm}, packaged_accounts())


@dataclass(frozen=True)
class Held:
    """Values that a field has in some runs, whatever rules do."""

    field: str
    rows: str
    value: float | str
    runs: Columns

    def lay(self, world: World, step: int) -> None:
        """Set them."""
        array = world[self.field]
        value = float(step) if self.value == MONTH else float(self.value)
        if not self.rows:
            array[..., self.runs] = value
            return
        for row in np.flatnonzero(world[self.rows][..., 0] > 0.0):
            array[row][..., self.runs] = value


@dataclass(frozen=True)
class Forced:
    """An option that is taken in some runs by all who may decide, or by some rows."""

    option: str
    rows: str
    runs: Columns

    def bind(self, decision: Decision, world: World) -> None:
        """Write it into what is held of the decision."""
        held, allowed = world[f"{decision.name}_held"], may_decide(decision, world)[..., self.runs]
        if self.rows:
            mask = world[self.rows]
            mask = (mask if mask.shape[-1] == 1 else mask[..., self.runs]) > 0.0
            allowed = allowed & mask[: allowed.shape[0]]
        if not decision.takes_some:
            code = decision.options.index(self.option)
            held[..., self.runs] = np.where(allowed, code, held[..., self.runs])
            return
        for option, name in enumerate(decision.options):
            able = allowed
            if decision.purse and self.option != "every":
                able = allowed & (world[decision.purse][:, self.runs] >= decision.prices[option])
            taken = (able * (self.option in (name, "every"))).astype(held.dtype)
            held[option][..., self.runs] = np.where(allowed, taken, FREE_CHOICE)


class Arena:
    """The runs of some arms with some seeds, from the first month to the last.

    Parameters
    ----------
    arms
        Arms whose calendars agree.
    seeds
        Luck, the same in every arm.
    """

    def __init__(self, arms: Sequence[Arm], seeds: Sequence[int]) -> None:
        self.arms, self.seeds = tuple(arms), tuple(seeds)
        said = [switches()[arm.switch] for arm in arms]
        calendars = {tuple(switch.calendar.items()) for switch in said}
        if len(calendars) > 1:
            raise ValueError("arms of one arena share a calendar")
        self.setup = setup(calendars.pop())
        self.held = self._held(said)
        self.forced = self._forced(said)
        self.off = {
            name: self._columns([arm.off == name for arm in arms])
            for name in dict.fromkeys(arm.off for arm in arms if arm.off)
        }
        n = len(arms) * len(seeds)
        runs = Runs(["as_it_was"] * n, [arm.account for arm in arms for _ in seeds], list(seeds) * len(arms),
                    self._values(said))  # fmt: skip
        override = self._override if self.forced else None
        self.simulation = Simulation(self.setup, runs, override, self._watch)
        self._writers = {rule.rule.id: [one for one in self.held if one.field in rule.rule.writes]
                         for rule in self.simulation.entries}  # fmt: skip

    def run(self, names: Iterable[str], bounds: Sequence[int]) -> dict[str, Array]:
        """Return measure -> sums over months up to each bound `(n_arms, n_bounds, n_seeds)`."""
        gauge = Gauge(self.simulation.world, names, bounds)
        for _ in range(max(bounds)):
            for one in self.held:
                one.lay(self.simulation.world, self.simulation.step)
            self.simulation.advance()
            gauge.read()
        shape = (len(self.arms), len(self.seeds))
        return {
            name: np.moveaxis(sums.reshape(len(bounds), *shape), 0, 1) for name, sums in gauge.sums().items()
        }

    def _columns(self, wanted: Sequence[bool]) -> Columns:
        return np.flatnonzero(np.repeat(np.array(wanted), len(self.seeds)))

    def _values(self, said: Sequence[Switch]) -> dict[str, Array]:
        own = [{**switch.values, **dict(arm.values)} for switch, arm in zip(said, self.arms, strict=True)]
        known = self.setup.catalogue.parameters
        table = {}
        for path in dict.fromkeys(path for values in own for path in values):
            column = []
            for arm, values in zip(self.arms, own, strict=True):
                plain = self.setup.accounts[arm.account].settings.get(path, known[path].default)
                column += [values.get(path, plain)] * len(self.seeds)
            table[path] = np.array(column, dtype=float)
        return table

    def _held(self, said: Sequence[Switch]) -> list[Held]:
        found = []
        for name in dict.fromkeys(arm.switch for arm in self.arms):
            runs = self._columns([arm.switch == name for arm in self.arms])
            for field, value in switches()[name].hold.items():
                rows, level = (value["rows"], value["value"]) if isinstance(value, dict) else ("", value)
                found.append(Held(field, rows, level, runs))
        return found

    def _forced(self, said: Sequence[Switch]) -> dict[str, list[Forced]]:
        found: dict[str, list[Forced]] = {}
        for name in dict.fromkeys(arm.switch for arm in self.arms):
            runs = self._columns([arm.switch == name for arm in self.arms])
            for decision, choice in switches()[name].choices.items():
                option, rows = (choice["option"], choice["rows"]) if isinstance(choice, dict) else (choice, "")
                found.setdefault(decision, []).append(Forced(option, rows, runs))
        return found

    def _override(self, decision: Decision, world: World, choice: Any) -> None:
        for one in self.forced.get(decision.name, ()):
            one.bind(decision, world)

    def _watch(self, rule: Rule, world: World, act: Callable[[], None]) -> None:
        off = self.off.get(rule.id)
        if off is None:
            act()
        elif len(off) < world.n_runs:
            before = {name: world[name][..., off] for name in rule.writes if world[name].shape[-1] > 1}
            act()
            for name, values in before.items():
                world[name][..., off] = values
        for one in self._writers[rule.id]:
            one.lay(world, self.simulation.step)
