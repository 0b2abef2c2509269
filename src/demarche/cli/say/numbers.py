"""How numbers are written for readers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from demarche.analysis.comparison.shown import digits_of, shown


def count(n: int, what: str) -> str:
    """Return a number of things.

    Examples
    --------
    >>> count(1, "arm"), count(2000, "run")
    ('1 arm', '2,000 runs')
    """
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def number(value: float, unit: str, sign: bool = False) -> str:
    """Return a number with the digits that its unit deserves.

    Examples
    --------
    >>> number(0.01234, "share"), number(78.54, "persons"), number(3.0, "persons", sign=True)
    ('0.012', '78.5', '+3.0')
    """
    if math.isnan(value):
        return "-"
    text = f"{value:{'+' if sign else ''},.{digits_of(unit)}f}"
    return text.lstrip("+-") if shown(value, unit) == 0 else text


def interval(mean: float, low: float, high: float, unit: str) -> str:
    """Return a difference with its interval, in two lines."""
    if math.isnan(mean):
        return "-"
    if math.isnan(low):
        return f"{number(mean, unit, sign=True)}\nno interval"
    return f"{number(mean, unit, sign=True)}\n{number(low, unit, sign=True)} to {number(high, unit, sign=True)}"


def difference(row: Mapping[Any, Any], unit: str, with_luck: bool) -> list[str]:
    """Return a difference in lines, the same wherever one is printed.

    Parameters
    ----------
    row
        One of `analysis.comparison.differences`.
    unit
        Of its outcome.
    with_luck
        Whether it has a second layer, the interval given the draws.

    Returns
    -------
    list
        Mean; ends over draws and luck; in brackets ends given the draws; share of units with the sign of the mean; of a
        skewed one, median and middle 80 %. What is not known has no line.
    """
    lines = interval(row["mean"], row["low"], row["high"], unit).split("\n")
    if with_luck and not math.isnan(row["luck_low"]):
        lines.append(f"({number(row['luck_low'], unit, True)} to {number(row['luck_high'], unit, True)})")
    if not math.isnan(row["same_sign"]) and row["units"] > 1:
        lines.append(f"sign in {100 * row['same_sign']:.0f} %")
    if row["skewed"]:
        median, low, high = (number(row[name], unit, True) for name in ("median", "q10", "q90"))
        lines += [f"median {median}", f"80 % {low} to {high}"]
    return lines


def difference_words(units: str, with_luck: bool) -> str:
    """Return how the lines of `difference` are read."""
    given = "in brackets: given the draws, over luck alone; " if with_luck else ""
    return (
        f"{given}sign: share of {units} with the sign of the mean; median, 80 %: of these {units}, "
        "where they are skewed"
    )


def measured(value: float | tuple[float, ...]) -> str:
    """Return one or several measured values.

    Examples
    --------
    >>> measured(0.5712), measured((0.55, float("nan"))), measured(float("nan"))
    ('0.571', '0.55, -', '-')
    """
    values = value if isinstance(value, tuple) else (value,)
    texts = ["-" if math.isnan(one) else f"{one:.3g}" for one in values]
    return "-" if set(texts) == {"-"} else ", ".join(texts)
