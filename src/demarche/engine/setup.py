"""What a scenario compiles to, and the table of runs: the input of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from demarche.accounts.packs import Pack
from demarche.arrays import Array
from demarche.cast.cast import Cast
from demarche.world.calendar import Calendar, Period
from demarche.world.levers import LeverSetting


@dataclass(frozen=True)
class ArmSetup:
    """One arm: lever settings that hold from a step on, and its calendar.

    Parameters
    ----------
    name
        Name in files, tables and figures.
    settings
        Compiled lever settings.
    from_step
        First step in which they hold; before it the arm equals one without settings.
    calendar
        The arm's calendar.
    rules_off
        Ids of rules that are switched off in the arm (from the first step on).
    """

    name: str
    calendar: Calendar
    settings: tuple[LeverSetting, ...] = ()
    from_step: int = 0
    rules_off: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setup:
    """What a scenario compiles to: everything that runs have in common."""

    cast: Cast
    period: Period
    arms: Mapping[str, ArmSetup]
    packs: Mapping[str, Pack]
    title: str = ""


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
        Parameter path -> values `(n_runs,)`, where runs differ from the pack.
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

    def groups(self) -> list[tuple[str, str, NDArray[np.intp]]]:
        """Return the positions of the runs of each arm and pack, in order of first appearance."""
        rows: dict[tuple[str, str], list[int]] = {}
        for position, key in enumerate(zip(self.arm, self.pack, strict=True)):
            rows.setdefault(key, []).append(position)
        return [(arm, pack, np.array(found, dtype=np.intp)) for (arm, pack), found in rows.items()]
