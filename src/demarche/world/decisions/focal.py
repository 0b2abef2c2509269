"""What the focal state decides."""

from __future__ import annotations

from demarche.world.axes import DIALOGUE_TERMS
from demarche.world.decisions.decision import UNIT_NOISE, Decision

FOCAL_DECISIONS: tuple[Decision, ...] = (
    Decision(
        "hold_round", ("state",), ("cancel", "hold"), "month", "deciding", UNIT_NOISE,
        "whether the focal state lets a due round of talks take place",
        among="round_due", rows="senders", few=True, by_focal=True,
    ),
    Decision(
        "offer_talks", ("state",), ("withhold", "talks", "talks_and_contract"), "month", "answer_deciding", UNIT_NOISE,
        "whether the focal state offers a sender official talks or their resumption, with a contract or without",
        among="may_be_offered", rows="senders", few=True, by_focal=True,
    ),
    Decision(
        "grant_terms", ("state",), DIALOGUE_TERMS, "month", "answer_deciding", UNIT_NOISE,
        "which open terms of talks the focal state grants to a sender that takes them up",
        among="terms_on_table", rows="senders", few=True, most=len(DIALOGUE_TERMS), by_focal=True,
    ),
    Decision(
        "suspend_talks", ("state",), ("let_stand", "suspend"), "month", "answer_deciding", UNIT_NOISE,
        "whether the focal state breaks off talks that it has cause to break off",
        among="suspension_cause", rows="senders", few=True, by_focal=True,
    ),
    Decision(
        "reform",
        ("issue",),
        ("tighten", "hold", "loosen"),
        "march",
        "answer_deciding",
        UNIT_NOISE,
        "whether an issue area is tightened, left or loosened this year; all decide, and holding has utility 0",
        common_luck=0.5,
        by_focal=True,
    ),
    Decision(
        "law",
        ("issue",),
        ("none", "statute", "document", "plan"),
        "congress",
        "answer_deciding",
        UNIT_NOISE,
        "what a congress does on an issue: a statute, a programme or clause that names rights, a plan",
        by_focal=True,
    ),
    Decision(
        "custody",
        ("issue",),
        ("keep", "rename", "abolish"),
        "congress",
        "answer_deciding",
        UNIT_NOISE,
        "what becomes of the institution of punishment without courts",
        among="custody_open",
        by_focal=True,
    ),
    Decision(
        "treaty",
        ("treaty",),
        ("wait", "sign", "ratify", "ratify_with_reservations"),
        "month",
        "answer_deciding",
        UNIT_NOISE,
        "whether the focal state takes the next step: signature, then ratification",
        among="treaty_open",
        by_focal=True,
    ),
    Decision(
        "retaliate", ("state",), ("let_pass", "punish", "reward"), "month", "answer_deciding", UNIT_NOISE,
        "whether the focal state punishes a leading sponsor or rewards one that left",
        among="may_be_answered", rows="senders", few=True, by_focal=True,
    ),
    Decision(
        "lobby", ("state",), ("leave", "visit", "assist"), "session-4", "answer_deciding", UNIT_NOISE,
        "whether the focal state calls on a seat-holding government, with assistance or without",
        among="has_next_seat", by_focal=True,
    ),
    Decision(
        "answer",
        ("person",),
        ("hold", "tell", "treat_better", "release", "exile"),
        "month",
        "answer_deciding",
        UNIT_NOISE,
        "what the focal state does with a detained person; to tell is to answer who asked, and no more",
        among="person_is_detained",
        by_focal=True,
    ),
    Decision(
        "detain",
        ("person",),
        ("leave", "detain"),
        "month",
        "answer_deciding",
        UNIT_NOISE,
        "whether the focal state detains somebody not known yet, or a known person at liberty",
        among="person_is_free",
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
    Decision(
        "forum", ("body",), ("merits", "values", "attack", "block"), "month", "answer_deciding", UNIT_NOISE,
        "how the focal state speaks in a UN body that meets: to the merits, of values, against the critic, procedure",
        among="in_forum", by_focal=True, trigger="in_forum",
    ),
    Decision(
        "instrument", ("body",), ("join", "dilute", "opt_out", "own_text", "oppose"), "norm_conference-6",
        "answer_deciding", UNIT_NOISE, "what the focal state does about a norm text under negotiation",
        among="body_is_charter", by_focal=True,
    ),
)  # fmt: skip
