"""Kinds of value that the files of a case and of a study share: texts, names, months, shares, words of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, Field, PlainValidator, StringConstraints, WithJsonSchema

from demarche.reading.scalars import MONTH_PATTERN
from demarche.reading.strict import unfit
from demarche.world.calendar import Month

NAME_PATTERN = "^[a-z][a-z0-9_]{0,39}$"


def parse_month(value: object) -> Month | None:
    """Return the month that a value of a file stands for, None if it is none."""
    return Month.parse(value) if isinstance(value, str) and re.match(MONTH_PATTERN, value) else None


def _month(value: object) -> Month:
    month = parse_month(value)
    if month is None:
        raise unfit("this is not a month", "year and month like 1995-03")
    return month


def _name(value: str) -> str:
    if not re.match(NAME_PATTERN, value):
        fix = "write a name like quiet_first; it also stands in tables and figures"
        raise unfit("this is not a fit name", "a small letter, then small letters, digits or _, at most 40", fix=fix)
    return value


class OneOf:
    """Admits the words of a list.

    Parameters
    ----------
    what
        What the words are.
    words
        The list.
    """

    def __init__(self, what: str, words: Sequence[str]) -> None:
        self.what, self.words = what, tuple(words)

    def __call__(self, value: str) -> str:
        """Return a word of the list; refuse others with the nearest."""
        if value not in self.words:
            raise unfit(f"unknown {self.what}", ", ".join(self.words), value, self.words)
        return value


_MONTH_SCHEMA = WithJsonSchema({"type": "string", "pattern": MONTH_PATTERN, "examples": ["1995-03"]})
MonthText = Annotated[Month, PlainValidator(_month), _MONTH_SCHEMA]
OptionalMonth = Annotated[Month | None, PlainValidator(_month), _MONTH_SCHEMA]
Name = Annotated[str, AfterValidator(_name), WithJsonSchema({"type": "string", "pattern": NAME_PATTERN})]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, Field(max_length=10_000)]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
