"""The levers that an arm of a scenario may set, in the words of scenario files.

A lever has one or more parts; each part sets one lever field, for a group of states
(`scope` senders) or for the whole world (`scope` world).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from demarche.world.fields import FIELDS


@dataclass(frozen=True)
class LeverPart:
    """One number or word of a lever.

    Parameters
    ----------
    key
        Key in the file; empty if the lever has one part and its value stands alone.
    field
        Lever field that it sets; the field's range is the admissible range.
    words
        Words that may stand for numbers.
    whole
        Only whole numbers are admissible.
    """

    key: str
    field: str
    words: dict[str, float] = dataclasses.field(default_factory=dict)
    whole: bool = False

    @property
    def low(self) -> float:
        """Lowest admissible value."""
        return FIELDS[self.field].low

    @property
    def high(self) -> float:
        """Highest admissible value."""
        return FIELDS[self.field].high


@dataclass(frozen=True)
class Lever:
    """One thing that actors choose, as scenario files name it."""

    name: str
    scope: Literal["senders", "world"]
    parts: tuple[LeverPart, ...]
    meaning: str
    source: str


@dataclass(frozen=True)
class LeverSetting:
    """A compiled setting: `field[mask] = value` from the arm's first step on.

    `mask` is boolean `(n_states,)` for the scope senders and None for the world.
    """

    field: str
    value: float
    mask: NDArray[np.bool_] | None = None


LEVERS: tuple[Lever, ...] = (
    Lever(
        "channel_mix",
        "senders",
        (LeverPart("quiet", "lever_quiet"), LeverPart("vocal", "lever_vocal")),
        "how senders divide their representations between private and public",
        "A1, A2 of the register",
    ),
    Lever(
        "escalation",
        "senders",
        (LeverPart("after_silent_rounds", "lever_escalate_after", whole=True),),
        "private first, public once so many rounds in a row brought nothing",
        "PRS-29",
    ),
    Lever("effort", "senders", (LeverPart("", "lever_effort"),), "scale of the will to raise rights", "SND-08, SND-10"),
    Lever(
        "dialogue_terms",
        "senders",
        (
            LeverPart("agenda", "lever_agenda"),
            LeverPart("secrecy", "lever_secrecy"),
            LeverPart("ngo_seat", "lever_ngo_seat"),
            LeverPart("conditions", "lever_conditions"),
        ),
        "terms that senders insist on in official dialogues",
        "DLG-07, DLG-17, DLG-28, DLG-29",
    ),
    Lever(
        "dialogue",
        "senders",
        (LeverPart("", "lever_dialogue", {"refuse": -1.0, "free": 0.0, "seek": 1.0}, whole=True),),
        "policy towards official dialogues",
        "DLG-03, DLG-15",
    ),
    Lever(
        "bloc_rule",
        "world",
        (LeverPart("", "lever_unanimity", {"majority": 0.0, "unanimity": 1.0}, whole=True),),
        "how the joint bloc decides on sponsorship",
        "COA-10",
    ),
    Lever(
        "coordination", "world", (LeverPart("", "lever_coordination"),), "coordination among senders", "COA-22, DLG-08"
    ),
    Lever(
        "tariff_condition",
        "world",
        (LeverPart("", "lever_tariff", {"none": 0.0, "vague": 0.5, "explicit": 1.0}),),
        "how explicit the condition on tariff renewal is",
        "PRS-13, PRS-19",
    ),
    Lever(
        "foreign_support",
        "world",
        (LeverPart("", "lever_foreign_support"),),
        "support from abroad for local activists",
        "NGO-30, NGO-34, DOM-20",
    ),
    Lever(
        "circulation",
        "world",
        (LeverPart("", "lever_circulation"),),
        "circulation of UN findings inside the focal state",
        "UNB-19, UNB-21",
    ),
    Lever(
        "acknowledge_gains",
        "world",
        (LeverPart("", "lever_acknowledge"),),
        "open acknowledgement of welfare gains",
        "SND-11 against NGO-05",
    ),
    Lever("monitor_access", "world", (LeverPart("", "lever_monitor_access"),), "scale of monitors' access", "NGO-01"),
    Lever(
        "list_size",
        "world",
        (LeverPart("", "lever_list_size", whole=True),),
        "names handed over at each private meeting",
        "PRS-20",
    ),
)

LEVER_OF: dict[str, Lever] = {lever.name: lever for lever in LEVERS}
