"""What an experiment asks for, as plain data: how parameters vary, which runs, which tables."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from demarche.experiment.design.file import DesignName
from demarche.experiment.design.run_table import Table
from demarche.scenario.content import Scenario


@dataclass(frozen=True)
class Vary:
    """How one parameter varies: over `values`, or between `low` and `high` if there are none."""

    values: tuple[float, ...] = ()
    low: float = math.nan
    high: float = math.nan

    @property
    def is_range(self) -> bool:
        """Tell whether it is a range."""
        return not self.values

    def to_json(self) -> dict[str, list[float]]:
        """Return it as the file says it."""
        return {"range": [self.low, self.high]} if self.is_range else {"values": list(self.values)}


@dataclass(frozen=True)
class Record:
    """Which tables are kept."""

    series: bool = True
    events: bool = True


@dataclass(frozen=True, eq=False)
class Options:
    """What single designs ask besides.

    Parameters
    ----------
    base_points, second_order
        Base sample of a saltelli design, and whether it allows for second-order indices.
    trajectories
        Trajectories of a morris design.
    levels
        Values that stand for a range in a grid or morris design.
    switched
        Paths of the strengths that an ablation puts at 0 in turn.
    table
        Rows of a table design.
    """

    base_points: int = 2
    second_order: bool = True
    trajectories: int = 2
    levels: int = 4
    switched: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, eq=False)
class Request:
    """What an experiment asks for.

    Parameters
    ----------
    path
        The file that it was read from.
    scenario
        The scenario that it runs.
    replications, seed
        Runs of each arm, pack and design point; the number from which their luck follows.
    vary
        Parameter path -> how it varies.
    design, points
        Layout of the design; `points` counts the points of every design.
    arms, packs, figures
        Names, in order.
    record
        Which tables are kept.
    options
        What single designs ask besides.
    """

    path: Path
    scenario: Scenario
    replications: int
    seed: int
    vary: Mapping[str, Vary]
    design: DesignName
    points: int
    arms: tuple[str, ...]
    packs: tuple[str, ...]
    figures: tuple[str, ...]
    record: Record
    options: Options = Options()
