"""Figures of a debrief as plain geometry: curves by year and bars of intervals, for templates to draw."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

WIDTH, RIGHT, TOP, BOTTOM = 400.0, 20.0, 12.0, 24.0
"""Of a chart, in units of its picture: about one a pixel on a phone."""

LEFT, LEFT_OF_WORDS = 44.0, 100.0
LEAST_STEPS = 10
"""A scale spans at least so many steps of the last digit shown, so that what is nothing does not look like much."""

MOST_TICKS = 5
PLAIN_STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Tick:
    """A number beside an axis: where, and what it says."""

    at: float
    text: str


@dataclass(frozen=True)
class Chart:
    """Curves by year.

    Parameters
    ----------
    height, left
        Height of the picture, which is 400 wide; where its curves begin.
    curves
        Class of a style -> points of a line.
    band
        Points of an area; empty for none.
    zero
        Height of the zero line; None if 0 is not in the picture.
    end
        Where the class stopped playing; None if it played to the end.
    years, values
        Ticks.
    """

    height: float
    left: float
    curves: Mapping[str, str]
    band: str
    zero: float | None
    end: float | None
    years: tuple[Tick, ...]
    values: tuple[Tick, ...]


@dataclass(frozen=True)
class Bar:
    """An interval beside others of one scale; places in percent of the width, 50 is zero.

    Parameters
    ----------
    low, mean, high
        Places.
    """

    low: float
    mean: float
    high: float


def plain_step(span: float) -> float:
    """Return a step of 1, 2 or 5 times a power of ten that makes at most five ticks of a span above 0.

    Examples
    --------
    >>> plain_step(40.0), plain_step(0.03)
    (10.0, 0.01)
    """
    rough = span / MOST_TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    return float(f"{next(one for one in PLAIN_STEPS if one * power >= rough * 0.999) * power:.6g}")


def chart(
    years: Sequence[int], curves: Mapping[str, Sequence[float]], band: tuple[Sequence[float], Sequence[float]] | None,
    *, last_played: int, height: float = 200.0, zero: bool = False, least: float = 0.0, words: Sequence[str] = (),
) -> Chart:
    """Return the geometry of curves by year.

    Parameters
    ----------
    years
        At least one.
    curves
        Class of a style -> a value a year.
    band
        Lower and upper end of an area.
    last_played
        Year of the last session that the class played.
    height
        Of the picture.
    zero
        Whether 0 must be in the picture.
    least
        Least span of the values.
    words
        What the levels 0, 1, ... are called, in place of numbers.
    """
    told = [value for values in curves.values() for value in values] + [value for side in band or () for value in side]
    low, high = min([*told, *([0.0] if zero else [])]), max([*told, *([0.0] if zero else [])])
    if words:
        low, high = 0.0, len(words) - 1.0
    elif high - low < max(least, 1e-9):
        more = (max(least, 1e-9) - (high - low)) / 2
        low, high = low - more, high + more
    inner, first, left = height - TOP - BOTTOM, years[0], LEFT_OF_WORDS if words else LEFT

    def across(year: float) -> float:
        return round(left + (WIDTH - left - RIGHT) * (year - first) / max(years[-1] - first, 1), 1)

    def up(value: float) -> float:
        return round(TOP + inner * (high - value) / (high - low), 1)

    def line(values: Sequence[float], places: Sequence[int] = years) -> str:
        return " ".join(f"{across(year)},{up(value)}" for year, value in zip(places, values, strict=True))

    area = f"{line(band[0])} {line(list(reversed(band[1])), list(reversed(years)))}" if band else ""
    every = max(1, math.ceil(len(years) / 6))
    return Chart(
        height, left, {style: line(values) for style, values in curves.items()}, area,
        up(0.0) if low <= 0.0 <= high and not words else None, across(last_played) if last_played < years[-1] else None,
        tuple(Tick(across(year), str(year)) for year in years[::every]),
        tuple(Tick(up(level), word) for level, word in enumerate(words)) or _ticks(low, high, up),
    )  # fmt: skip


def _ticks(low: float, high: float, up: Callable[[float], float]) -> tuple[Tick, ...]:
    step = plain_step(high - low)
    first = math.ceil(low / step - 1e-9)
    values = [number * step for number in range(first, math.floor(high / step + 1e-9) + 1)]
    return tuple(Tick(up(value), f"{value:.6g}") for value in values)


def bars(intervals: Sequence[tuple[float, float, float]], least: float = 0.0) -> tuple[Bar, ...]:
    """Return intervals (low, mean, high) on one scale with zero in the middle; an end that is NaN lies at the mean.

    Parameters
    ----------
    intervals
        Each low, mean and high.
    least
        What half the width is at least.

    Examples
    --------
    >>> bars([(-1.0, 1.0, 2.0)])
    (Bar(low=25.0, mean=75.0, high=100.0),)
    >>> bars([(-1.0, 1.0, 2.0)], 4.0)
    (Bar(low=37.5, mean=62.5, high=75.0),)
    """
    known = [[mean if math.isnan(end) else end for end in (low, mean, high)] for low, mean, high in intervals]
    most = max((abs(end) for ends in known for end in ends), default=0.0)
    most = max(most, least) or 1.0
    return tuple(Bar(*(round(50.0 + 50.0 * end / most, 2) for end in ends)) for ends in known)
