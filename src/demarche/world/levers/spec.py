"""What a lever is: parts that each make one lever field, whom it is set for, and the decision that it may bind."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from demarche.world.decisions import Decision
from demarche.world.field_spec import FieldSpec

FREE = math.nan

Scope = Literal["senders", "world", "ngos", "treaties"]

SCOPE_AXES: dict[Scope, tuple[str, ...]] = {
    "senders": ("state",), "world": (), "ngos": ("ngo",), "treaties": ("treaty",),
}
"""Whom a lever is set for -> axis of its fields."""

ALL_OF: dict[Scope, str] = {"ngos": "all_groups", "treaties": "all_treaties"}
"""Whom a lever is set for -> name of all of them, where the cast has none."""


@dataclass(frozen=True)
class LeverPart:
    """One number or word of a lever; it makes one lever field.

    Parameters
    ----------
    key
        Key in the file; empty if the lever has one part and its value stands alone.
    field
        Name of the lever field.
    unit, low, high, meaning
        Unit of the values, their admissible range, and what they stand for.
    start
        Value if nobody sets it; `FREE` leaves the choice to the rules.
    words
        Words that may stand for numbers.
    whole
        Only whole numbers are admissible.
    """

    key: str
    field: str
    unit: str
    low: float
    high: float
    meaning: str
    start: float = FREE
    words: dict[str, float] = dataclasses.field(default_factory=dict)
    whole: bool = False


@dataclass(frozen=True)
class Lever:
    """One thing that actors choose, as scenario files name it.

    Parameters
    ----------
    name
        Key in the file.
    scope
        Whom it is set for: `senders` by group or state, `ngos` by kind or code, `treaties` by code, `world` for all.
    parts
        Its numbers and words.
    meaning, source
        What is chosen; the claims behind it.
    divides_one
        Its parts divide one whole: they add up to at most 1, and a part left out counts 0.
    decision
        Decision that it binds: its value is the position of the option that those it is set for take; empty if rules
        read its fields instead.
    """

    name: str
    scope: Scope
    parts: tuple[LeverPart, ...]
    meaning: str
    source: str
    divides_one: bool = False
    decision: str = ""

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The lever fields, one a part."""
        axes = SCOPE_AXES[self.scope]
        return tuple(
            FieldSpec(part.field, axes, part.unit, part.low, part.high, part.meaning, "lever", part.start)
            for part in self.parts
        )


@dataclass(frozen=True)
class LeverSetting:
    """A compiled setting: `field[mask] = value` in some months; later settings win over earlier ones.

    Parameters
    ----------
    field, value
        Lever field and what it is set to; the start of the field gives the choice back to the rules.
    mask
        Boolean `(n_members,)` in the order of the cast: states for the scope senders, organisations, treaties;
        None for the world.
    first, last
        First and last step in which it holds; None for no end.
    """

    field: str
    value: float
    mask: NDArray[np.bool_] | None = None
    first: int = 0
    last: int | None = None

    def holds(self, step: int) -> bool:
        """Tell whether it holds in a step."""
        return step >= self.first and (self.last is None or step <= self.last)


def binding(name: str, scope: Scope, decision: Decision, meaning: str, source: str) -> Lever:
    """Return a lever that binds a decision: its words are the options, its numbers their positions."""
    words = {option: float(place) for place, option in enumerate(decision.options)}
    part = LeverPart(
        "", f"lever_{name}", "option", 0, len(words) - 1, f"option of the decision {decision.name} that is imposed",
        words=words, whole=True,
    )  # fmt: skip
    return Lever(name, scope, (part,), meaning, source, decision=decision.name)
