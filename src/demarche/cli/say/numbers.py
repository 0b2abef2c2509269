"""How numbers are written for readers."""

from __future__ import annotations

import math

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
