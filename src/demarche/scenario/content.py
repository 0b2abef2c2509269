"""What a scenario file holds once it is checked: plain frozen values, ready to be compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from demarche.accounts.account import Account
from demarche.accounts.file import account_files
from demarche.cast.cast import Cast
from demarche.errors import Problem
from demarche.rules.collected import Catalogue
from demarche.scenario.question import Question, ask
from demarche.scenario.seminar.declared import Seminar
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
        Lever field -> value; NaN leaves the choice to the rules.
    start, until
        First and last month in which it holds; None for those of the period.
    """

    lever: str
    group: str
    values: Mapping[str, float]
    start: Month | None = None
    until: Month | None = None


@dataclass(frozen=True)
class MoveChoice:
    """One choice that an arm binds: the month, what is decided, the option, and who decides it."""

    month: Month
    decision: str
    option: str
    actors: tuple[str, ...]


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
        Levers with their months, those of phases last; where they overlap, a later choice holds.
    start
        Month from which the levers outside of phases hold; None for the first.
    edits
        Changes of the calendar, after those of the scenario.
    rules_off
        Ids of rules that are switched off.
    moves, moves_file
        Choices that are bound in advance, and the file that they were read from.
    bundles
        Names of the bundles that it takes levers from; what they hold is among its choices.
    """

    name: str
    title: str = ""
    choices: tuple[Choice, ...] = ()
    start: Month | None = None
    edits: Edits = field(default_factory=Edits)
    rules_off: tuple[str, ...] = ()
    moves: tuple[MoveChoice, ...] = ()
    moves_file: Path | None = None
    bundles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lesson:
    """What a scenario of the library is for.

    Parameters
    ----------
    id
        Its place in the library.
    teaching
        What a class should take from it, whatever is found.
    watched, links
        Ids of patterns of the record and of links that are at issue.
    pairs
        Pairs of arms of which the finding tells, the first instead of the second.
    draws
        Draws of every uncertain number, each with luck of its own, on which the finding rests.
    """

    id: str
    teaching: str
    watched: tuple[str, ...]
    links: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    draws: int


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
    accounts, arms, outcomes
        Accounts and arms by name, names of outcomes.
    edits
        Changes of the calendar in every arm.
    parameters
        Parameter path -> value in every arm and account.
    contrast, reference
        The two arms that are compared and the arm to which all others are, as far as the file says; see `asked`.
    remarks
        What a reader should know before it runs, such as outcomes that will have no number.
    catalogue, rule_files
        The rules that it may draw on, and the files that it brings some of them in.
    bundles
        Bundle -> levers that arms set together under that name.
    digest
        SHA-256 of everything that the results depend on, cast and own rules included; titles, notes, aliases,
        comments and layout of the file do not count.
    aliases
        Code of the cast -> name for display; see `demarche.scenario.aliases`.
    lesson
        What it is for if it belongs to a library; None for others.
    seminar
        The class game on it, None if it has none; no result of a batch depends on it.
    """

    path: Path
    title: str
    question: str
    notes: str
    cast: Cast
    period: Period
    accounts: Mapping[str, Account]
    arms: Mapping[str, Arm]
    outcomes: tuple[str, ...]
    edits: Edits
    parameters: Mapping[str, float]
    catalogue: Catalogue
    rule_files: tuple[Path, ...]
    digest: str
    aliases: Mapping[str, str] = field(default_factory=dict)
    contrast: tuple[str, ...] = ()
    reference: str = ""
    remarks: tuple[Problem, ...] = ()
    bundles: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    lesson: Lesson | None = None
    seminar: Seminar | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that it rests on: its own, cast with tables and record, moves, rules and accounts of its own."""
        moves = [arm.moves_file for arm in self.arms.values() if arm.moves_file is not None]
        accounts = [one.path for one in self.accounts.values() if one.path is not None]
        brought = [path for path in accounts if path not in account_files()]
        return (self.path, *self.cast.files, *moves, *self.rule_files, *brought)

    @property
    def asked(self) -> Question:
        """What is shown of its runs, which arms are compared, and to which arm all others are."""
        baseline = next((name for name, arm in self.arms.items() if arm == Arm(name, arm.title)), "")
        return ask(tuple(self.arms), self.outcomes, self.contrast, self.reference, baseline)
