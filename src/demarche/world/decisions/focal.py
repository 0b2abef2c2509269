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
        ("case",),
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
    Decision(
        "admission", ("ngo",), ("tolerate", "admit", "bar"), "year", "answer_deciding", UNIT_NOISE,
        "whether the focal state tolerates a group, admits it, or shuts doors to it", among="ngo_is_open",
        by_focal=True,
    ),
    Decision(
        "state_report", ("treaty",), ("on_time", "on_time_candid", "late", "late_candid"), "treaty_review-6",
        "answer_deciding", UNIT_NOISE, "when and how candidly the focal state reports to a committee",
        among="report_due", by_focal=True,
    ),
    Decision(
        "visit_answer", ("issue",), ("leave_pending", "restrict", "invite", "refuse"), "quarter", "answer_deciding",
        UNIT_NOISE, "what the focal state answers to an expert who asks to visit", among="visit_pending", by_focal=True,
    ),
    Decision(
        "recommendation_answer", ("recommendation",), ("note", "accept"), "peer_review", "answer_deciding", UNIT_NOISE,
        "what the focal state answers to a recommendation", among="recommendation_open", by_focal=True,
        trigger="peers_meet",
    ),
    Decision(
        "recommendation_action", ("recommendation",), ("leave", "act"), "year", "answer_deciding", UNIT_NOISE,
        "whether the focal state has acted on a recommendation by mid-term", among="recommendation_open", by_focal=True,
        trigger="mid_term",
    ),
)  # fmt: skip
