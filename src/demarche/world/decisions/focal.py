"""What the focal state decides."""

from __future__ import annotations

from demarche.world.axes import DIALOGUE_TERMS
from demarche.world.decisions.decision import UNIT_NOISE, Decision

FOCAL_DECISIONS: tuple[Decision, ...] = (
    Decision(
        "hold_round", ("state",), ("cancel", "hold"), "month", "deciding", UNIT_NOISE,
        "whether the focal state lets a due round of talks take place",
        among="round_due", rows="senders", by_focal=True,
    ),
    Decision(
        "offer_talks", ("state",), ("withhold", "talks", "talks_and_contract"), "month", "answer_deciding", UNIT_NOISE,
        "whether the focal state offers a sender official talks or their resumption, with a contract or without",
        among="may_be_offered", rows="senders", by_focal=True,
    ),
    Decision(
        "grant_terms", ("state",), DIALOGUE_TERMS, "month", "answer_deciding", UNIT_NOISE,
        "which open terms of talks the focal state grants to a sender that takes them up",
        among="terms_on_table", rows="senders", most=len(DIALOGUE_TERMS), by_focal=True,
    ),
    Decision(
        "suspend_talks", ("state",), ("let_stand", "suspend"), "month", "answer_deciding", UNIT_NOISE,
        "whether the focal state breaks off talks that it has cause to break off",
        among="suspension_cause", rows="senders", by_focal=True,
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
        among="may_be_answered", rows="senders", by_focal=True,
    ),
    Decision(
        "lobby", ("state",), ("leave", "visit", "assist"), "session-4", "answer_deciding", UNIT_NOISE,
        "whether the focal state calls on a seat-holding government, with assistance or without",
        among="has_next_seat", by_focal=True,
    ),
)  # fmt: skip
