"""What governments decide towards the focal state, outside and inside UN bodies."""

from __future__ import annotations

from demarche.world.axes import DIALOGUE_TERMS, SANCTIONS
from demarche.world.decisions.decision import UNIT_NOISE, Decision

POSITIONS = "session-5..2"
"""Months in which capitals form positions on a motion; the last one binds."""

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
        "month",
        "deciding",
        UNIT_NOISE,
        "whether a visitor goes to a trial or a home, meets activists, or addresses the people",
        among="meets",
        rows="senders",
        few=True,
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
        few=True,
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
        few=True,
    ),
    Decision(
        "sponsor", ("state",), ("stay_out", "join", "lead"), POSITIONS, "deciding", UNIT_NOISE,
        "whether a sender means to put its name to a motion on the focal state; the position of the last month binds",
        among="is_sender", rows="senders",
    ),
    Decision(
        "canvass", ("state",), ("leave", "visit", "assist"), "session-1", "deciding", UNIT_NOISE,
        "whether sponsors call on a seated government, with assistance or without; each has up to three calls",
        among="has_next_seat", trigger="sponsor_count",
    ),
    Decision(
        "demand_talks", ("state",), ("none", "demand"), "quarter", "deciding", UNIT_NOISE,
        "whether a sender asks the focal state for official talks on rights",
        among="lacks_talks", rows="senders",
    ),
    Decision(
        "accept_talks", ("state",), ("decline", "accept"), "month", "deciding", UNIT_NOISE,
        "whether a sender takes up talks that it was offered; before a session it pledges to stay out of a motion",
        among="dialogue_offered", rows="senders", few=True,
    ),
    Decision(
        "ask_terms", ("state",), DIALOGUE_TERMS, "month", "deciding", UNIT_NOISE,
        "which open terms a sender asks for when talks are offered",
        among="dialogue_offered", rows="senders", few=True, most=len(DIALOGUE_TERMS),
    ),
    Decision(
        "sanction", ("sender",), ("none", *SANCTIONS), "quarter", "deciding", UNIT_NOISE,
        "whether a sender imposes a sanction, and of which kind", among="may_sanction",
    ),
    Decision(
        "lift_sanction", ("sender",), ("keep", "lift"), "quarter", "deciding", UNIT_NOISE,
        "whether a sender lifts its sanction", among="sanction_kind",
    ),
    Decision(
        "pass_bill", ("state",), ("let_be", "pass"), "tariff_deadline-5", "deciding", UNIT_NOISE,
        "whether the legislature of the leading critic passes conditions on the renewal of trade privileges",
        among="is_critic", rows="senders",
    ),
    Decision(
        "set_condition", ("state",), ("none", "vague", "explicit"), "tariff_deadline-4", "deciding", UNIT_NOISE,
        "whether the executive of the leading critic makes the renewal conditional",
        among="is_critic", rows="senders",
    ),
    Decision(
        "answer_condition", ("state",), ("waive", "enforce"), "tariff_deadline", "deciding", UNIT_NOISE,
        "what the executive of the leading critic does about an explicit condition that is not met",
        among="answers_condition", rows="senders",
    ),
    Decision(
        "make_permanent", ("state",), ("keep_yearly", "make_permanent"), "year", "deciding", UNIT_NOISE,
        "whether the legislature of the leading critic makes trade privileges permanent",
        among="is_critic", rows="senders",
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
)  # fmt: skip
