"""What governments decide towards the focal state, outside and inside UN bodies."""

from __future__ import annotations

from demarche.world.decisions.decision import UNIT_NOISE, Decision, Temperature

SPONSOR_NOISE = Temperature(
    0.25,
    0.1,
    0.6,
    "assumption: a quarter of a utility unit, since sponsor lists of 1992-1996 hardly change (record of sponsors)",
)

SENDER_DECISIONS: tuple[Decision, ...] = (
    Decision(
        "channel",
        ("state",),
        ("silent", "quiet", "vocal"),
        "month",
        "deciding",
        UNIT_NOISE,
        "whether a sender raises rights this month, and in private or in public",
        among="is_sender",
        rows="senders",
    ),
    Decision(
        "accept_dialogue",
        ("state",),
        ("decline", "accept"),
        "month",
        "deciding",
        UNIT_NOISE,
        "whether a sender that was offered an official rights dialogue takes it up",
        among="dialogue_offered",
        rows="senders",
    ),
    Decision(
        "sponsor",
        ("state",),
        ("stay_out", "sponsor"),
        "session-1",
        "deciding",
        SPONSOR_NOISE,
        "whether a sender puts its name to a motion on the focal state",
        among="is_sender",
        rows="senders",
    ),
    Decision(
        "scandal_answer",
        ("state",),
        ("deny", "acknowledge", "repair"),
        "month",
        "deciding",
        UNIT_NOISE,
        "how a sender answers when its own abuses come to light",
        among="scandal_breaks",
        rows="senders",
    ),
)
