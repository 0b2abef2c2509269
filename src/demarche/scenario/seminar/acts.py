"""What a seat may do: each act is a lever of its actors, or a decision that they take, as the engine has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from demarche.world.decisions import DECISION_OF
from demarche.world.levers import LEVER_OF

Closing = Literal["year", "session"]
"""A round closes twice: the year before a session (conduct), and the session itself (ballots)."""

PRESS = "press"
"""Kind of seat that moves nothing: it writes what everybody reads."""

KINDS: dict[str, str] = {
    "sender": "a government that may raise rights",
    "waverer": "a government that votes, and that others try to win",
    "presidency": "whoever presides over the joint bloc",
    "ngo": "a non-governmental organisation",
    "body": "an office of the United Nations",
    PRESS: "the press of the room",
}
"""Kind of seat -> what it is."""

AXIS_OF_KIND = {"sender": "state", "waverer": "state", "presidency": "state", "ngo": "ngo", "body": "body"}
"""Kind of seat -> axis of the world that its actors are members of."""

Parts = Mapping[str, float]


@dataclass(frozen=True)
class Act:
    """One thing that a seat may do in a round.

    Parameters
    ----------
    name, meaning
        Name in files; what is chosen, for players.
    closing
        With which of the two closings of a round it counts.
    kinds
        Kinds of seats that may have it.
    decision
        Decision that the seat's actors take; empty if the act sets levers.
    options
        Option -> lever -> part -> value, for an act that sets levers; of a decision, its options.
    target
        Axis of whom or what it names besides the option; empty if it names nobody.
    most
        How many it may name.
    world
        Its levers are set for the world, not for the seat's actors.
    """

    name: str
    meaning: str
    closing: Closing
    kinds: tuple[str, ...]
    decision: str = ""
    options: Mapping[str, Mapping[str, Parts]] = field(default_factory=dict)
    target: str = ""
    most: int = 1
    world: bool = False


def _words(lever: str, *without: str) -> dict[str, dict[str, Parts]]:
    """Return the words of a lever of one part as options."""
    words = LEVER_OF[lever].parts[0].words
    return {word: {lever: {"": value}} for word, value in words.items() if word not in without}


def _mix(quiet: float, vocal: float) -> dict[str, Parts]:
    return {"channel_mix": {"quiet": quiet, "vocal": vocal}}


def _terms(agenda: float, secrecy: float, ngo_seat: float, conditions: float) -> dict[str, Parts]:
    terms = {"agenda": agenda, "secrecy": secrecy, "ngo_seat": ngo_seat, "conditions": conditions}
    return {"dialogue_terms": terms}


def _options(decision: str, *only: str) -> dict[str, Mapping[str, Parts]]:
    return {option: {} for option in DECISION_OF[decision].options if not only or option in only}


GOVERNMENTS = ("sender", "waverer")

ACTS: tuple[Act, ...] = (
    Act(
        "posture", "how you raise rights this year", "year", ("sender",),
        options={
            "silent": _mix(0.0, 0.0), "private": _mix(1.0, 0.0), "public": _mix(0.0, 1.0), "both": _mix(0.5, 0.5),
            "private_first": {"escalation": {"after_silent_rounds": 3.0}},
        },
    ),
    Act("argument", "how you argue in public", "year", ("sender",), options=_words("argument")),
    Act("dialogue", "official talks on rights", "year", ("sender",), options=_words("dialogue", "free")),
    Act(
        "terms", "the terms of talks that you insist on", "year", ("sender",),
        options={"demanding": _terms(1.0, 0.0, 1.0, 1.0), "easy": _terms(0.0, 1.0, 0.0, 0.0)},
    ),
    Act("sponsor", "whether you put your name to a motion", "year", ("sender",), "sponsor", _options("sponsor")),
    Act(
        "canvass", "governments that sponsors call on before the vote, up to three", "year", ("sender",), "canvass",
        _options("canvass", "visit", "assist"), "state", 3,
    ),
    Act("sanctions", "a sanction against the focal state", "year", ("sender",), options=_words("sanctions")),
    Act("bill", "whether your legislature passes conditions on trade", "year", ("sender",), "pass_bill",
        _options("pass_bill")),
    Act("condition", "whether the renewal of trade privileges is conditional", "year", ("sender",), "set_condition",
        _options("set_condition")),
    Act("answer_condition", "what you do about an explicit condition that is not met", "year", ("sender",),
        "answer_condition", _options("answer_condition")),
    Act("consult", "how the joint bloc decides on sponsorship", "year", ("presidency",), options=_words("bloc_rule"),
        world=True),
    Act("focus", "the issue area that you work on this year", "year", ("ngo",), "ngo_focus",
        _options("ngo_focus", "work"), "issue"),
    Act("alliance", "whether you belong to a joint campaign this year", "year", ("ngo",), "ngo_ally",
        _options("ngo_ally")),
    Act("circulate", "whether you carry home what committees found", "year", ("ngo",), "ngo_circulate",
        _options("ngo_circulate")),
    Act("stance", "how you meet the focal state this year", "year", ("body",), "stance", _options("stance")),
    Act("visit", "the issue area on which you ask to visit", "year", ("body",), "visit_request",
        _options("visit_request", "ask"), "issue"),
    Act("vote_no_action", "your vote on a motion to take no action (yes spares the focal state)", "session",
        GOVERNMENTS, "vote_no_action", _options("vote_no_action")),
    Act("vote_text", "your vote on the text, if it comes to a vote", "session", GOVERNMENTS, "vote_text",
        _options("vote_text")),
)  # fmt: skip
ACT_OF: dict[str, Act] = {act.name: act for act in ACTS}
