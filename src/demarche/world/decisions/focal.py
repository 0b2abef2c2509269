"""What the focal state decides."""

from __future__ import annotations

from demarche.world.decisions.decision import UNIT_NOISE, Decision

FOCAL_DECISIONS: tuple[Decision, ...] = (
    Decision(
        "offer_dialogue",
        ("state",),
        ("withhold", "offer"),
        "month",
        "answer_deciding",
        UNIT_NOISE,
        "whether the focal state offers a sender an official dialogue, or its resumption",
        among="is_sender",
        rows="senders",
        by_focal=True,
    ),
    Decision(
        "release",
        ("person",),
        ("hold", "treat_better", "release", "exile"),
        "month",
        "answer_deciding",
        UNIT_NOISE,
        "what the focal state does with a detained person",
        by_focal=True,
    ),
    Decision(
        "treaty",
        ("treaty",),
        ("wait", "act"),
        "month",
        "answer_deciding",
        UNIT_NOISE,
        "whether the focal state takes the next step (signature, then ratification)",
        by_focal=True,
    ),
    Decision(
        "retaliate",
        ("state",),
        ("let_pass", "retaliate"),
        "month",
        "answer_deciding",
        UNIT_NOISE,
        "whether the focal state punishes a sender (visits, contracts, talks)",
        among="is_sender",
        rows="senders",
        by_focal=True,
    ),
    Decision(
        "lobby",
        ("state",),
        ("leave", "lobby"),
        "session-4",
        "answer_deciding",
        UNIT_NOISE,
        "whether the focal state sends a delegation with assistance to a seat-holding government",
        among="has_next_seat",
        by_focal=True,
    ),
)
