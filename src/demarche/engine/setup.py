"""What a scenario compiles to, and the table of runs: the input of the engine."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from demarche.accounts.packs import Pack
from demarche.arrays import Array
from demarche.cast.cast import Cast
from demarche.rules.collected import Catalogue
from demarche.rules.contract import Rule
from demarche.rules.find import packaged
from demarche.world.calendar import Calendar, Period
from demarche.world.levers import LeverSetting


@dataclass(frozen=True)
class Move:
    """A choice that an arm binds in advance.

    Parameters
    ----------
    step
        The step in which the decision is due.
    decision, option
        What is decided, and how.
    actors
        Codes of those who decide it, one an axis of the decision: a state, or the person, treaty or
        state at issue where the focal state decides.
    """

    step: int
    decision: str
    option: str
    actors: tuple[str, ...]


@dataclass(frozen=True)
class ArmSetup:
    """One arm: lever settings with their months, bound choices, and its calendar.

    Parameters
    ----------
    name
        Name in files, tables and figures.
    calendar
        The arm's calendar.
    settings
        Compiled lever settings; where they overlap, a later one holds.
    rules_off
        Ids of rules that are switched off in the arm (from the first step on).
    moves
        Choices bound in advance.
    """

    name: str
    calendar: Calendar
    settings: tuple[LeverSetting, ...] = ()
    rules_off: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True)
class Setup:
    """What a scenario compiles to: everything that runs have in common."""

    cast: Cast
    period: Period
    arms: Mapping[str, ArmSetup]
    packs: Mapping[str, Pack]
    title: str = ""
    catalogue: Catalogue = field(default_factory=packaged)

    def rules(self, arm: str, pack: str) -> tuple[Rule, ...]:
        """Return the rules that act in an arm under a pack, sorted by id."""
        off = set(self.arms[arm].rules_off)
        return tuple(rule for rule in self.catalogue.on(pack) if rule.id not in off)

    def value(self, path: str, runs: Runs, row: int) -> float:
        """Return the value of a parameter in one run of a table: its own, else its pack's, else the default."""
        if path in runs.values:
            return float(runs.values[path][row])
        return float(self.packs[runs.pack[row]].settings.get(path, self.catalogue.parameters[path].default))

    def temperature(self, decision: str, runs: Runs, row: int) -> float:
        """Return the temperature of a decision in one run of a table, utility units."""
        return self.value(f"decision.{decision}.temperature", runs, row)

    def company(self, arm: str, pack: str) -> Hashable:
        """Return a key that is equal for arms and packs whose runs may share a chunk.

        They must have the same rules and the same calendar; levers, moves, parameters and luck have a run axis.
        """
        return tuple(rule.id for rule in self.rules(arm, pack)), self.arms[arm].calendar.events


@dataclass(frozen=True)
class Runs:
    """The table of runs, one entry a run; all sequences have the same length.

    Parameters
    ----------
    arm, pack
        Names of arm and pack.
    seed
        Seed of the run's luck; replication k has the same one in every arm, pack and design point.
    values
        Path of a parameter, or of a lever's part (`lever.effort`) -> values `(n_runs,)`, where runs
        differ from the pack or arm; NaN leaves a lever as the arm has it.
    """

    arm: Sequence[str]
    pack: Sequence[str]
    seed: Sequence[int]
    values: Mapping[str, Array] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.seed)

    def take(self, rows: NDArray[np.intp]) -> Runs:
        """Return the runs at some positions, in that order."""
        return Runs(
            [self.arm[i] for i in rows],
            [self.pack[i] for i in rows],
            [self.seed[i] for i in rows],
            {path: np.asarray(column)[rows] for path, column in self.values.items()},
        )

    def groups(self, key: Callable[[str, str], Hashable] | None = None) -> list[NDArray[np.intp]]:
        """Return the positions of the runs of each company, in order of first appearance.

        Parameters
        ----------
        key
            Function from arm and pack to what runs must share, `Setup.company`; None for arm and pack themselves.
        """
        rows: dict[Hashable, list[int]] = {}
        pairs = list(zip(self.arm, self.pack, strict=True))
        # a key may be long: it is hashed once a pair, not once a run
        rows_of = {pair: rows.setdefault(key(*pair) if key else pair, []) for pair in dict.fromkeys(pairs)}
        for position, pair in enumerate(pairs):
            rows_of[pair].append(position)
        return [np.array(found, dtype=np.intp) for found in rows.values()]
