"""Units of links and base rates: on which scale they are spread, and within which bounds they lie."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

from demarche.accounts.priors import Scale

UnitName = Literal[
    "odds ratio", "factor", "share", "share a year", "practice a year", "chance", "rate ratio", "asks", "persons"
]
UNIT_NAMES: tuple[str, ...] = get_args(UnitName)


@dataclass(frozen=True)
class Unit:
    """How numbers of a unit are drawn.

    Parameters
    ----------
    scale
        On which they are spread.
    low, high
        Lowest and highest value that is possible.
    meaning
        What a number of the unit says.
    """

    scale: Scale
    low: float
    high: float
    meaning: str


UNITS: dict[str, Unit] = {
    "odds ratio": Unit("ln", 0.01, 100.0, "by how much full treatment multiplies the odds against the reference"),
    "factor": Unit("ln", 0.01, 10.0, "by how much full treatment multiplies what it acts on"),
    "share": Unit("logit", 0.0, 1.0, "part of an amount that is moved at full treatment"),
    "share a year": Unit("identity", -1.0, 1.0, "part a year of what is missing to 1, or of what is there if below 0"),
    "practice a year": Unit("identity", -0.2, 0.2, "change of structural practice in a year of full treatment"),
    "chance": Unit("logit", 0.0, 1.0, "chance per occasion"),
    "rate ratio": Unit("ln", 0.01, 100.0, "how many times as often"),
    "asks": Unit("ln", 0.5, 60.0, "number of asks"),
    "persons": Unit("ln", 1.0, 1000.0, "number of persons"),
}
"""Name of a unit -> how its numbers are drawn; shares of some links may also lie below 0, see `Link.unit_of`."""

SIGNED_SHARE = Unit("identity", -1.0, 1.0, "part of an amount that is moved at full treatment, either way")


def clip_to(unit: Unit, value: float) -> float:
    """Return a value within the bounds of a unit."""
    return math.nan if math.isnan(value) else min(max(value, unit.low), unit.high)
