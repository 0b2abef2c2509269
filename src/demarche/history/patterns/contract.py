"""What a pattern is: an id, what the case's file says of it, what it reads of the output, and how it is measured.

A family is one module in `families`; a pattern is one declared object in it, found by walking. A measure
reads output tables only, that is, what a historian could see, and gives one number a run (or, where it needs
an experiment of many targets, one a replication).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Generic, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from demarche.cast.keys import Said
from demarche.reading.strict import Strict, unfit

if TYPE_CHECKING:
    import pandas as pd

    from demarche.history.patterns.view import View

Number = TypeVar("Number", int, float)


def _pair(value: object) -> object:
    if not isinstance(value, list) or len(value) != 2:
        raise unfit("two numbers are needed", "[lowest, highest]")
    return tuple(value)


def _ordered(ends: tuple[Number, Number]) -> tuple[Number, Number]:
    if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        raise unfit("the second number lies below the first", "the lower end first")
    return ends


Limits = Annotated[tuple[float, float], BeforeValidator(_pair), AfterValidator(_ordered)]
"""Lowest and highest value, both inside."""

Ends = Annotated[tuple[float | None, float | None], BeforeValidator(_pair), AfterValidator(_ordered)]
"""Lowest and highest value, both inside; null where that side is open."""

Years = Annotated[tuple[int, int], BeforeValidator(_pair), AfterValidator(_ordered)]
"""First and last year, both inside."""

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Few = Annotated[int, Field(ge=0, le=1000)]
Window = Literal["record", "literature", "claim"]
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


class BaseRate(Strict):
    """The same measure on other states or targets.

    Parameters
    ----------
    of, source
        What it was taken on, and where from.
    values
        Number of values.
    quantiles
        Values at 5, 25, 50, 75 and 95 %.
    """

    of: Said
    source: Said
    values: Annotated[int, Field(ge=5)]
    quantiles: Annotated[list[float], Field(min_length=len(QUANTILES), max_length=len(QUANTILES))]

    @model_validator(mode="after")
    def _check(self) -> BaseRate:
        if self.quantiles != sorted(self.quantiles):
            raise unfit("the quantiles do not rise", "values at 5, 25, 50, 75 and 95 %")
        return self


class PatternKeys(Strict):
    """What the case's file says of every pattern; a family may add keys.

    Parameters
    ----------
    title, source, note
        The pattern in a sentence, where it is from, and what a reader should know.
    window
        `record` of the case, `literature` on other countries, or only a `claim` of a document.
    years
        First and last year.
    record, error
        Value of the measure on the record, and the standard deviation with which it is known.
    within, share
        In place of a value: ends of what a regularity allows, and share of runs that must lie inside.
    unit
        Unit of the measure.
    tables
        Tables of the record that the value was taken from.
    not_applicable
        What would make the pattern not applicable.
    many_targets
        It needs an experiment of many targets.
    given
        Why it is no prediction: what the documents give away; empty if they do not.
    fitted
        What it was fitted to besides what the search of sources finds; empty if nothing is known.
    base_rate
        The same measure elsewhere.
    """

    title: Said
    source: Said
    window: Window
    years: Years
    record: float | None = None
    error: Annotated[float | None, Field(gt=0.0)] = None
    within: Ends | None = None
    share: Share = 0.5
    unit: Said
    tables: list[Said] = Field(default=[])
    not_applicable: Said
    many_targets: bool = False
    given: str = ""
    fitted: str = ""
    base_rate: BaseRate | None = None
    note: str = ""

    @model_validator(mode="after")
    def _check(self) -> PatternKeys:
        if (self.record is None) != (self.error is None):
            raise unfit("'record' and 'error' belong together", "both, or neither")
        if (self.record is None) == (self.within is None):
            raise unfit("a pattern is judged by a value or by ends", "'record' with 'error', or 'within'")
        return self


Keys = TypeVar("Keys", bound=PatternKeys)


@dataclass(frozen=True)
class Reads:
    """What a pattern expects of the output tables.

    Parameters
    ----------
    events
        Kind of event -> what its columns hold, in words.
    series
        Monthly series -> meaning.
    arms
        Roles of arms: `baseline` (the world as it was), `quiet`, or the name of a further arm.
    calendar
        Kinds of dated events.
    """

    events: Mapping[str, str] = field(default_factory=dict)
    series: Mapping[str, str] = field(default_factory=dict)
    arms: tuple[str, ...] = ("baseline",)
    calendar: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Pattern(Generic[Keys]):
    """One pattern.

    Parameters
    ----------
    id
        Its number, `P02`.
    keys
        Model of what the case's file says of it.
    measure
        Function from the runs of one account, and the keys, to a Series: run (or replication) -> value.
    reads
        What it expects of the tables.
    """

    id: str
    keys: type[Keys]
    measure: Callable[[View, Keys], pd.Series[float]]
    reads: Reads = Reads()
