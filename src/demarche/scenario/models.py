"""The keys of a scenario file and the kind of value of each; what names mean is checked elsewhere."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from demarche.cast.keys import MonthText, OptionalMonth, Words
from demarche.cast.keys import Name as CastName
from demarche.cast.keys import Title as CastTitle
from demarche.reading.strict import Strict, unfit
from demarche.reading.text import find_unfit
from demarche.scenario.seminar.file import SeminarFile

ADDED_SOURCE = "assumption: set in the scenario"


MISREAD = frozenset({"false", "inf", "infinity", "nan", "null", "true"})
"""Names that tables would hold as words and programs read back as missing, as truth values or as numbers."""


def _name(value: str) -> str:
    if value.endswith("\n") or value in MISREAD:
        misread = "programs that read tables take this name for something else"
        what = misread if value in MISREAD else "this is not a fit name"
        raise unfit(what, "any other name", fix="write a name like quiet_first; it also stands in tables and figures")
    return value


def _line(value: str) -> str:
    sign = find_unfit(value, lines=False)
    if sign:
        raise unfit(f"the character {sign} does not belong in one line of text", fix="write it in one line")
    return value


Name = Annotated[CastName, AfterValidator(_name)]
Title = Annotated[CastTitle, AfterValidator(_line)]


class PeriodFile(Strict):
    """First and last month."""

    start: MonthText = Field(description="first month", examples=["1989-06"])
    end: MonthText = Field(description="last month", examples=["2009-12"])


class EventFile(Strict):
    """One event that is added to the calendar."""

    code: Name = Field(description="code of the event, of your own choice", examples=["summit_extra"])
    kind: str = Field(description="kind of event", examples=["summit"])
    date: MonthText = Field(description="month of the event", examples=["1995-03"])
    actors: list[str] = Field(default=[], description="codes of states, groups, bodies or treaties concerned")
    strength: float = Field(default=1.0, ge=0.0, le=1.0, description="weight in 0..1")
    source: Words = Field(default=ADDED_SOURCE, min_length=1, description="where the event and its weight come from")


class CalendarFile(Strict):
    """Changes of the calendar."""

    add: list[EventFile] = Field(default=[], min_length=1, description="events to add")
    move: dict[str, MonthText] = Field(default={}, min_length=1, description="code of an event -> its new month")
    remove: list[str] = Field(default=[], min_length=1, description="codes or kinds of events to leave out")


class PhaseFile(Strict):
    """The months of a phase; `demarche.scenario.arms.phase_model` adds the levers that hold in it."""

    from_: OptionalMonth = Field(default=None, alias="from", description="first month, the period's if left out")
    until: OptionalMonth = Field(default=None, description="last month, the period's if left out")


class ArmPhaseFile(PhaseFile):
    """The months of a phase of an arm, which may take its levers from a bundle."""

    bundle: str = Field(default="", min_length=1, description="bundle of levers that hold in it",
                        examples=["quiet_policy"])  # fmt: skip


class BundleFile(Strict):
    """Levers that are set together under one name; `demarche.scenario.arms.bundle_model` adds them."""


class ArmFile(Strict):
    """The keys of an arm besides its levers."""

    bundle: str = Field(default="", min_length=1, description="bundle of levers that hold in it; its own levers win",
                        examples=["quiet_policy"])  # fmt: skip
    title: Title = Field(default="", description="name for readers")
    from_: OptionalMonth = Field(
        default=None, alias="from", description="month from which levers and calendar changes hold"
    )
    calendar: CalendarFile = Field(default=CalendarFile(), description="changes of the calendar in this arm")
    rules_off: list[str] = Field(default=[], min_length=1, description="ids of rules that are switched off")
    phases: list[ArmPhaseFile] = Field(
        default=[], min_length=1, description="lever settings with months of their own; a later phase wins"
    )
    moves: str = Field(
        default="", description="file of choices and lever settings by month, relative to this file",
        examples=["moves/class.yaml"],
    )  # fmt: skip


class LibraryFile(Strict):
    """What a scenario of the library is for; nothing of it changes a run."""

    id: str = Field(pattern=r"^S[0-9]{2}[a-z]?$", description="place in the library", examples=["S04"])
    teaching: Words = Field(min_length=1, description="what a class should take from it, whatever is found")
    watched: list[str] = Field(min_length=1, description="patterns of the record to watch", examples=["[P24, P52]"])
    links: list[str] = Field(min_length=1, description="links at issue", examples=["[list_release]"])
    pairs: list[list[str]] = Field(
        min_length=1, description="what is told of it: pairs of arms, the first instead of the second",
        examples=["[[quiet, vocal]]"],
    )  # fmt: skip
    draws: int = Field(ge=2, le=512, description="draws that a laptop runs in about a minute, and the finding rests on")


class ScenarioFile(Strict):
    """A whole scenario file; `demarche.scenario.arms.scenario_model` adds the levers to its arms."""

    title: Title = Field(description="name for readers", examples=["Quiet or vocal diplomacy"])
    question: Words = Field(default="", description="what the scenario asks")
    cast: str = Field(description="path of the cast file, relative to this file", examples=["casts/china_1989.yaml"])
    period: PeriodFile = Field(description="first and last month", examples=["{start: 1989-06, end: 2009-12}"])
    accounts: list[str] = Field(min_length=1, description="accounts to run", examples=["[cooperative_learning]"])
    bundles: dict[Name, BundleFile] = Field(
        default={}, min_length=1, description="bundle -> levers that arms set together under that name",
        examples=["{quiet_policy: {channel_mix: {all_senders: {quiet: 1.0}}}}"],
    )  # fmt: skip
    arms: dict[Name, ArmFile] = Field(min_length=1, description="arm -> its levers", examples=["{as_it_was: {}}"])
    outcomes: list[str] = Field(min_length=1, description="outcomes to report", examples=["[releases]"])
    contrast: list[str] = Field(
        default=[],
        min_length=2,
        max_length=2,
        description="two arms: the summary tells the first minus the second; the first two that set something if left "
        "out",
        examples=["[quiet, vocal]"],
    )
    reference: str = Field(
        default="",
        min_length=1,
        description="arm that all others are compared with; the arm that sets nothing if left out, else the second of "
        "the contrast",
        examples=["as_it_was"],
    )
    rules: list[str] = Field(
        default=[],
        min_length=1,
        description="Python files with rules of your own, relative to this file",
        examples=["[my_rules.py]"],
    )
    calendar: CalendarFile = Field(default=CalendarFile(), description="changes of the calendar in every arm")
    parameters: dict[str, float] = Field(default={}, min_length=1, description="parameter path -> value in every arm")
    aliases: dict[str, Title] = Field(
        default={},
        min_length=1,
        description="code of the cast -> name that tables in print and figures show for it",
        examples=["{FRA: Arvania}"],
    )
    notes: Words = Field(default="", description="anything a reader should know")
    library: LibraryFile | None = Field(default=None, description="what it is for, in a library of scenarios")
    seminar: SeminarFile | None = Field(default=None, description="a class game: rounds, seats, what each of them sees")
