"""Numbers as they are printed: columns add up to the last digit shown."""

from __future__ import annotations

import math
from collections.abc import Sequence

DIGITS = 4
SMALLEST = 1e-6
"""Share below which a chance is only said to be small."""


def adding_up(values: Sequence[float], digits: int = DIGITS) -> tuple[tuple[str, ...], str]:
    """Return values and their sum as texts with so many digits, such that the texts add up exactly.

    Each text is its value rounded up or down by less than one unit of the last digit: the remainders that are
    largest are rounded up.

    Examples
    --------
    >>> adding_up([1 / 3, 1 / 3, 1 / 3], 1)
    (('+0.4', '+0.3', '+0.3'), '+1.0')
    """
    unit = 10**digits
    scaled = [value * unit for value in values]
    floors = [math.floor(value) for value in scaled]
    total = round(math.fsum(values) * unit)
    order = sorted(range(len(values)), key=lambda i: (-(scaled[i] - floors[i]), i))
    for i in order[: max(0, total - sum(floors))]:
        floors[i] += 1
    return tuple(signed(one / unit, digits) for one in floors), signed(total / unit, digits)


def signed(value: float, digits: int = DIGITS) -> str:
    """Return a number with its sign, zero as +0."""
    return f"{value + 0.0:+,.{digits}f}"


def percent(share: float) -> str:
    """Return a share as a percentage, with digits enough to tell a small one from none.

    Examples
    --------
    >>> percent(0.5), percent(0.00012), percent(1.0), percent(0.99996)
    ('50.0 %', '0.012 %', '100.0 %', '99.9960 %')
    """
    rest = min(share, 1.0 - share)
    if 0.0 < rest < SMALLEST:
        return "< 0.0001 %" if share < 0.5 else "> 99.9999 %"
    if rest <= 0.0 or rest >= 0.005:
        return f"{share:.1%}".replace("%", " %")
    return f"{share:.{max(1, 1 - math.floor(math.log10(rest)) - 2)}%}".replace("%", " %")


def times(log_odds: float) -> str:
    """Return log odds as what odds are multiplied by."""
    if abs(log_odds) > math.log(1e6):
        return "sure" if log_odds > 0 else "never"
    return f"x {math.exp(log_odds):.3g}"
