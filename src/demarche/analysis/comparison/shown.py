"""What a reader sees of a difference: digits, on which side of 0 it lies, and the words that go with it."""

from __future__ import annotations

SHARE_DIGITS = 3
COUNT_DIGITS = 1
FEW_UNITS = 5

DISAGREE = (
    "Two accounts disagree on an outcome if their 95 % intervals lie on different sides of 0, both clear of 0 in the "
    "digits shown."
)
"""The one rule, as it is said wherever accounts are compared."""


def digits_of(unit: str) -> int:
    """Return the number of decimals that a unit deserves."""
    return SHARE_DIGITS if unit == "share" else COUNT_DIGITS


def shown(value: float, unit: str) -> float:
    """Return a number as it is printed.

    Examples
    --------
    >>> shown(0.01249, "share"), shown(-0.04, "persons"), shown(78.55, "persons")
    (0.012, -0.0, 78.5)
    """
    return float(f"{value:.{digits_of(unit)}f}")


def side_of(low: float, high: float, unit: str) -> int:
    """Return 1 for an interval that is printed as above 0, -1 for one below, 0 for all others and for none.

    Examples
    --------
    >>> side_of(0.06, 3.0, "persons"), side_of(0.04, 3.0, "persons"), side_of(-2.0, -0.1, "persons")
    (1, 0, -1)
    """
    if shown(low, unit) > 0:
        return 1
    return -1 if shown(high, unit) < 0 else 0


MISSING = "missing in all pairs of runs, such as a margin without a vote"


def few_units(units: int, what: str) -> str:
    """Return the warning about so many independent units, empty if there are enough.

    Examples
    --------
    >>> few_units(3, "draws")
    'Only 3 independent draws: fewer than 5 make rough intervals.'
    >>> few_units(1, "replications"), few_units(5, "draws")
    ('Only 1 independent unit (replications): no interval below 2.', '')
    """
    if units >= FEW_UNITS:
        return ""
    if units < 2:
        return f"Only {units} independent {'unit' if units == 1 else 'units'} ({what}): no interval below 2."
    return f"Only {units} independent {what}: fewer than {FEW_UNITS} make rough intervals."
