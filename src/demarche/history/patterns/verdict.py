"""What every pattern check needs: bands, findings, verdicts and slopes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Generic, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BeforeValidator, Field

from demarche.cast.keys import Said
from demarche.history.tables import Slice
from demarche.reading.strict import Strict, unfit

if TYPE_CHECKING:
    import pandas as pd

Measured = float | tuple[float, ...]
Arm = Literal["baseline", "quiet"]
Word = Literal["pass", "fail", "not applicable"]


Number = TypeVar("Number", int, float)


def _pair(value: object) -> object:
    if not isinstance(value, list) or len(value) != 2:
        raise unfit("two numbers are needed", "[lowest, highest]")
    return tuple(value)


def _ordered(ends: tuple[Number, Number]) -> tuple[Number, Number]:
    if ends[0] > ends[1]:
        raise unfit("the second number lies below the first", "the lower end first")
    return ends


Limits = Annotated[tuple[float, float], BeforeValidator(_pair), AfterValidator(_ordered)]
"""Lowest and highest value, both inside."""

Years = Annotated[tuple[int, int], BeforeValidator(_pair), AfterValidator(_ordered)]
"""First and last year, both inside."""

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Few = Annotated[int, Field(ge=0, le=1000)]


class Band(Strict):
    """What the band of every pattern says: the checks add their limits.

    `record` is the value of the same measure on the record, where it can be taken, with `note` for
    what that value can bear.
    """

    title: Said
    source: Said
    years: Years
    record: list[float] = Field(default=[], min_length=1)
    note: str = ""


AnyBand = TypeVar("AnyBand", bound=Band)


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Parameters
    ----------
    measured
        The measured value or values; NaN where a value cannot be taken.
    passes
        True or False, or None if the pattern cannot be measured on these tables.
    band
        The band in words, with the same order of values as `measured`.
    n
        Number of runs behind the value.
    note
        What a reader should know besides.
    """

    measured: Measured
    passes: bool | None
    band: str
    n: int
    note: str = ""


@dataclass(frozen=True)
class Verdict:
    """A finding under its pattern: id, title, value, band in words, verdict, number of runs, note."""

    pattern: str
    title: str
    measured: Measured
    band: str
    verdict: Word
    n: int
    note: str = ""


def verdict(pattern: str, band: Band, finding: Finding) -> Verdict:
    """Return the verdict on a pattern; nothing that cannot be measured counts as passed."""
    words: dict[bool | None, Word] = {True: "pass", False: "fail", None: "not applicable"}
    word = words[None if finding.passes is None else bool(finding.passes)]
    return Verdict(pattern, band.title, finding.measured, finding.band, word, finding.n, finding.note)


def not_applicable(note: str, band: str = "") -> Finding:
    """Return the finding of a check that cannot be made."""
    return Finding(float("nan"), None, band, 0, note)


@dataclass(frozen=True)
class Gate(Generic[AnyBand]):
    """A pattern that accounts are judged by.

    Parameters
    ----------
    pattern
        Its number.
    band
        The keys of its band.
    check
        Measures it on the runs of one account and arm.
    arm
        The arm that it is measured on.
    """

    pattern: str
    band: type[AnyBand]
    check: Callable[[Slice, AnyBand], Finding]
    arm: Arm = "baseline"


def inside(value: float, limits: tuple[float, float]) -> bool:
    """Tell whether a value lies between two limits, both included; NaN does not."""
    return bool(limits[0] <= value <= limits[1])


def between(limits: tuple[float, float]) -> str:
    """Return two limits in words."""
    return f"{limits[0]:g} to {limits[1]:g}"


def slopes(yearly: pd.DataFrame) -> NDArray[np.float64]:
    """Return the least-squares slope per year of each run `(n_runs,)` of a table run by year."""
    values = yearly.to_numpy(dtype=np.float64)
    years = np.asarray(yearly.columns, dtype=np.float64)
    years -= years.mean()
    slope: NDArray[np.float64] = values @ years / (years @ years)
    return slope
