"""What a scenario file holds once it is checked: plain frozen values, ready to be compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from demarche.cast.cast import Cast
from demarche.world.calendar import CalendarEvent, Month, Period


@dataclass(frozen=True)
class Choice:
    """One lever set for one group, or for the world.

    Parameters
    ----------
    lever
        Name of the lever.
    group
        Name of a group or code of a state; empty for the world.
    values
        Lever field -> value.
    """

    lever: str
    group: str
    values: Mapping[str, float]


@dataclass(frozen=True)
class Edits:
    """Changes of a calendar; `add` holds the actors as codes of states, bodies and treaties."""

    add: tuple[CalendarEvent, ...] = ()
    move: Mapping[str, Month] = field(default_factory=dict)
    remove: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arm:
    """One arm as its file says it.

    Parameters
    ----------
    name, title
        Name in files, tables and figures; name for readers.
    choices
        Levers; where groups overlap, a later choice holds.
    start
        Month from which the levers hold; None for the first.
    edits
        Changes of the calendar, after those of the scenario.
    rules_off
        Ids of rules that are switched off.
    """

    name: str
    title: str = ""
    choices: tuple[Choice, ...] = ()
    start: Month | None = None
    edits: Edits = field(default_factory=Edits)
    rules_off: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Scenario:
    """A checked scenario.

    Parameters
    ----------
    path
        The file that it was read from.
    title, question, notes
        Texts for readers.
    cast, period
        Who is in the world, and the months of a run.
    packs, arms, outcomes
        Names of packs, arms by name, names of outcomes.
    edits
        Changes of the calendar in every arm.
    parameters
        Parameter path -> value in every arm and pack.
    digest
        SHA-256 of everything that the results depend on, cast included; titles, notes,
        comments and layout of the file do not count.
    """

    path: Path
    title: str
    question: str
    notes: str
    cast: Cast
    period: Period
    packs: tuple[str, ...]
    arms: Mapping[str, Arm]
    outcomes: tuple[str, ...]
    edits: Edits
    parameters: Mapping[str, float]
    digest: str
