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
        "representation",
        ("state",),
        ("none", "private", "public", "both"),
        "month",
        "deciding",
        UNIT_NOISE,
        "whether a sender raises rights this month, and in private or in public",
        among="is_sender",
        rows="senders",
    ),
    Decision(
        "deed",
        ("state",),
        ("none", "visit", "contact", "address"),
        "summit",
        "deciding",
        UNIT_NOISE,
        "whether a visitor goes to a trial or a home, meets activists, or addresses the people",
        among="meets",
        rows="senders",
    ),
    Decision(
        "escalate",
        ("state",),
        ("stay_private", "go_public", "upgrade_contact"),
        "month",
        "escalating",
        UNIT_NOISE,
        "what a sender does when private words on a subject have had no answer",
        among="out_of_patience",
        rows="senders",
    ),
    Decision(
        "frame",
        ("state",),
        ("moral", "interest", "law", "credit_first", "regional"),
        "month",
        "escalating",
        UNIT_NOISE,
        "how a sender argues: by morals, interest, pledges and law, credit for gains first, or as a neighbour",
        among="speaks",
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
        "quarter",
        "deciding",
        UNIT_NOISE,
        "how a sender answers when its own abuses come to light",
        among="scandal_breaks",
        rows="senders",
    ),
)
