"""The keys of a scenario file and the kind of value of each; what names mean is checked elsewhere."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema

from demarche.reading.strict import Strict, unfit
from demarche.world.calendar import Month

NAME_PATTERN = "^[a-z][a-z0-9_]{0,39}$"
MONTH_PATTERN = "^[0-9]{4}-(0[1-9]|1[0-2])$"
ADDED_SOURCE = "assumption: set in the scenario"


def parse_month(value: Any) -> Month | None:
    """Return the month that a value of a file stands for, None if it is none."""
    return Month.parse(value) if isinstance(value, str) and re.match(MONTH_PATTERN, value) else None


def _month(value: Any) -> Month:
    month = parse_month(value)
    if month is None:
        raise unfit("this is not a month", "year and month like 1995-03")
    return month


def _name(value: str) -> str:
    if not re.match(NAME_PATTERN, value):
        fix = "write a name like quiet_first; it also stands in tables and figures"
        raise unfit("this is not a fit name", "a small letter, then small letters, digits or _, at most 40", fix=fix)
    return value


_MONTH_SCHEMA = WithJsonSchema({"type": "string", "pattern": MONTH_PATTERN, "examples": ["1995-03"]})
MonthText = Annotated[Month, PlainValidator(_month), _MONTH_SCHEMA]
OptionalMonth = Annotated[Month | None, PlainValidator(_month), _MONTH_SCHEMA]
Name = Annotated[str, AfterValidator(_name), WithJsonSchema({"type": "string", "pattern": NAME_PATTERN})]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, Field(max_length=10_000)]


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


class ArmFile(Strict):
    """The keys of an arm besides its levers."""

    title: Title = Field(default="", description="name for readers")
    from_: OptionalMonth = Field(
        default=None, alias="from", description="month from which levers and calendar changes hold"
    )
    calendar: CalendarFile = Field(default=CalendarFile(), description="changes of the calendar in this arm")
    rules_off: list[str] = Field(default=[], min_length=1, description="ids of rules that are switched off")


class ScenarioFile(Strict):
    """A whole scenario file; `demarche.scenario.arms.scenario_model` adds the levers to its arms."""

    title: Title = Field(description="name for readers", examples=["Quiet or vocal diplomacy"])
    question: Words = Field(default="", description="what the scenario asks")
    cast: str = Field(description="path of the cast file, relative to this file", examples=["casts/china_1989.yaml"])
    period: PeriodFile = Field(description="first and last month", examples=["{start: 1989-06, end: 2009-12}"])
    packs: list[str] = Field(min_length=1, description="accounts to run", examples=["[cooperative_learning]"])
    arms: dict[Name, ArmFile] = Field(min_length=1, description="arm -> its levers", examples=["{as_it_was: {}}"])
    outcomes: list[str] = Field(min_length=1, description="outcomes to report", examples=["[releases]"])
    calendar: CalendarFile = Field(default=CalendarFile(), description="changes of the calendar in every arm")
    parameters: dict[str, float] = Field(default={}, min_length=1, description="parameter path -> value in every arm")
    notes: Words = Field(default="", description="anything a reader should know")
