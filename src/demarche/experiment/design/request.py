"""What an experiment asks for, as plain data: how parameters vary, which runs, which tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from demarche.scenario.content import Scenario


@dataclass(frozen=True)
class Vary:
    """How one parameter varies: over `values`, or between `low` and `high` if there are none."""

    values: tuple[float, ...] = ()
    low: float = 0.0
    high: float = 0.0

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
class Request:
    """What an experiment asks for.

    Parameters
    ----------
    path
        The file that it was read from.
    scenario
        The scenario that it runs.
    replications, seed
        Runs of each arm, account and design point; the number from which their luck follows.
    vary
        Parameter path -> how it varies.
    design
        Name of the method that lays out its points.
    options
        What that method asks besides, of the type that it declares.
    arms, accounts, figures
        Names, in order; None for the figures that can be drawn.
    record
        Which tables are kept.
    quick_of
        Draws or replications of the whole experiment, if this is a smaller form of it for a class; else 0.
    """

    path: Path
    scenario: Scenario
    replications: int
    seed: int
    vary: Mapping[str, Vary]
    design: str
    options: object
    arms: tuple[str, ...]
    accounts: tuple[str, ...]
    figures: tuple[str, ...] | None
    record: Record
    quick_of: int = 0
