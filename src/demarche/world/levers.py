"""The levers that an arm of a scenario may set, in the words of scenario files.

A lever has one or more parts; each part makes one lever field and sets it, for a group of states
(`scope` senders) or for the whole world (`scope` world). A new lever is one entry here, and the rules
that read its fields.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from demarche.world.field_spec import FieldSpec

FREE = math.nan


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
        Whom it is set for: `senders` by group or state, `world` for all.
    parts
        Its numbers and words.
    meaning, source
        What is chosen; the claims behind it.
    divides_one
        Its parts divide one whole: they add up to at most 1, and a part left out counts 0.
    """

    name: str
    scope: Literal["senders", "world"]
    parts: tuple[LeverPart, ...]
    meaning: str
    source: str
    divides_one: bool = False

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The lever fields, one a part."""
        axes = ("state",) if self.scope == "senders" else ()
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
        Boolean `(n_states,)` in the order of the cast for the scope senders, None for the world.
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


LEVERS: tuple[Lever, ...] = (
    Lever(
        "channel_mix",
        "senders",
        (
            LeverPart("quiet", "lever_quiet", "share", 0, 1, "share of private representations imposed"),
            LeverPart("vocal", "lever_vocal", "share", 0, 1, "share of public statements imposed"),
        ),
        "how senders divide their representations between private and public",
        "A1, A2 of the register",
        divides_one=True,
    ),
    Lever(
        "escalation",
        "senders",
        (
            LeverPart(
                "after_silent_rounds", "lever_escalate_after", "rounds", 1, 120, "silent rounds before going public",
                whole=True,
            ),
        ),
        "private first, public once so many rounds in a row brought nothing",
        "PRS-29",
    ),
    Lever(
        "effort",
        "senders",
        (LeverPart("", "lever_effort", "multiplier", 0, 3, "scale of a sender's will", start=1.0),),
        "scale of the will to raise rights",
        "SND-08, SND-10",
    ),
    Lever(
        "dialogue_terms",
        "senders",
        (
            LeverPart("agenda", "lever_agenda", "share", 0, 1, "openness of agenda asked for"),
            LeverPart("secrecy", "lever_secrecy", "share", 0, 1, "secrecy agreed to"),
            LeverPart("ngo_seat", "lever_ngo_seat", "share", 0, 1, "part for independent groups asked for"),
            LeverPart("conditions", "lever_conditions", "share", 0, 1, "progress demanded before the next round"),
        ),
        "terms that senders insist on in official dialogues",
        "DLG-07, DLG-17, DLG-28, DLG-29",
    ),
    Lever(
        "dialogue",
        "senders",
        (
            LeverPart(
                "", "lever_dialogue", "-1, 0 or 1", -1, 1, "refuse, leave free or seek dialogue",
                start=0.0, words={"refuse": -1.0, "free": 0.0, "seek": 1.0}, whole=True,
            ),
        ),
        "policy towards official dialogues",
        "DLG-03, DLG-15",
    ),
    Lever(
        "bloc_rule",
        "world",
        (
            LeverPart(
                "", "lever_unanimity", "0 or 1", 0, 1, "joint sponsorship needs unanimity",
                start=1.0, words={"majority": 0.0, "unanimity": 1.0}, whole=True,
            ),
        ),
        "how the joint bloc decides on sponsorship",
        "COA-10",
    ),
    Lever(
        "coordination",
        "world",
        (LeverPart("", "lever_coordination", "share", 0, 1, "coordination imposed"),),
        "coordination among senders",
        "COA-22, DLG-08",
    ),
    Lever(
        "spell_dividends",
        "senders",
        (LeverPart("", "lever_dividends", "share", 0, 1, "practical dividends of a rights policy spelled out",
                   start=0.0),),
        "spelling out at home what a rights policy is good for",
        "SND-10",
    ),
    Lever(
        "tariff_condition",
        "world",
        (
            LeverPart(
                "", "lever_tariff", "share", 0, 1, "explicitness of the trade condition imposed",
                words={"none": 0.0, "vague": 0.5, "explicit": 1.0},
            ),
        ),
        "how explicit the condition on tariff renewal is",
        "PRS-13, PRS-19",
    ),
    Lever(
        "foreign_support",
        "world",
        (
            LeverPart(
                "", "lever_foreign_support", "multiplier", 0, 3, "scale of support for local activists",
                start=1.0,
            ),
        ),
        "support from abroad for local activists",
        "NGO-30, NGO-34, DOM-20",
    ),
    Lever(
        "circulation",
        "world",
        (LeverPart("", "lever_circulation", "share", 0, 1, "circulation of UN findings at home"),),
        "circulation of UN findings inside the focal state",
        "UNB-19, UNB-21",
    ),
    Lever(
        "acknowledge_gains",
        "world",
        (LeverPart("", "lever_acknowledge", "share", 0, 1, "open acknowledgement of welfare gains", start=0.0),),
        "open acknowledgement of welfare gains",
        "SND-11 against NGO-05",
    ),
    Lever(
        "right_to_organise",
        "world",
        (LeverPart("", "lever_right_to_organise", "share", 0, 1, "room for independent workers' organisation"),),
        "room for independent workers' organisation, as if the focal state had granted it",
        "NGO-09, DOM-18",
    ),
    Lever(
        "censorship",
        "world",
        (LeverPart("", "lever_censorship", "share", 0, 1, "effort of censors at home"),),
        "effort of censors at home",
        "NGO-17, DOM-22",
    ),
    Lever(
        "monitor_access",
        "world",
        (LeverPart("", "lever_monitor_access", "multiplier", 0, 3, "scale of monitors' access", start=1.0),),
        "scale of monitors' access",
        "NGO-01",
    ),
    Lever(
        "list_size",
        "world",
        (LeverPart("", "lever_list_size", "names", 0, 60, "names on a private list at each meeting", whole=True),),
        "names handed over at each private meeting",
        "PRS-20",
    ),
)

LEVER_OF: dict[str, Lever] = {lever.name: lever for lever in LEVERS}

LEVER_PATHS: dict[str, LeverPart] = {
    f"lever.{lever.name}.{part.key}" if part.key else f"lever.{lever.name}": part
    for lever in LEVERS
    for part in lever.parts
}
"""Path of a lever's part, as parameters are named in experiments -> the part."""

START_OF: dict[str, float] = {part.field: part.start for part in LEVER_PATHS.values()}
"""Lever field -> its value if nobody sets it."""
