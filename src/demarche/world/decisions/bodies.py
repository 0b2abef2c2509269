"""What members, experts and officials of UN bodies and lenders decide."""

from __future__ import annotations

from demarche.world.decisions.decision import UNIT_NOISE, Decision

BODY_DECISIONS: tuple[Decision, ...] = (
    Decision(
        "move_no_action", ("state",), ("wait", "move"), "session", "motion_deciding", UNIT_NOISE,
        "whether a seated state moves to take no action on a tabled text",
        among="has_seat", trigger="is_tabled",
    ),
    Decision(
        "vote_no_action", ("state",), ("yes", "abstain", "no", "absent"), "session", "vote_deciding", UNIT_NOISE,
        "vote on the motion to take no action (yes favours the focal state)",
        among="has_seat", trigger="is_moved",
    ),
    Decision(
        "vote_text", ("state",), ("no", "abstain", "yes", "absent"), "session", "text_deciding", UNIT_NOISE,
        "vote on the text itself (no favours the focal state)",
        among="has_seat", trigger="text_open",
    ),
    Decision(
        "finding", ("body", "issue"), ("nothing", "note", "concern", "urge"), "treaty_review", "vote_deciding",
        UNIT_NOISE, "what a committee says on an issue after examining a report", among="finding_due",
        trigger="review_due",
    ),
    Decision(
        "take_up", ("body", "issue"), ("leave", "take_up"), "quarter", "vote_deciding", UNIT_NOISE,
        "whether the High Commissioner takes up a finding of a committee", among="finding_citable",
    ),
    Decision(
        "visit_request", ("body", "issue"), ("wait", "ask"), "year", "deciding", UNIT_NOISE,
        "whether the expert of a mandate asks to visit", among="mandate_idle",
    ),
    Decision(
        "urgent_appeal", ("body", "issue"), ("none", "appeal"), "quarter", "deciding", UNIT_NOISE,
        "whether the expert of a mandate appeals for persons at risk", among="mandate_alive",
    ),
    Decision(
        "stance", ("body",), ("silent", "criticise", "agree_projects", "both"), "year", "deciding", UNIT_NOISE,
        "how the High Commissioner meets the focal state this year", among="body_is_commissioner",
    ),
    Decision(
        "admit_complaint", ("body",), ("reject", "admit"), "month", "vote_deciding", UNIT_NOISE,
        "whether a body takes up a complaint that somebody with standing has filed", among="complaint_pending",
    ),
    Decision(
        "lend", ("body",), ("lend", "condition", "hold"), "quarter", "vote_deciding", UNIT_NOISE,
        "whether a lender lends to the focal state, lends on conditions, or holds", among="body_is_lender",
    ),
    Decision(
        "expert_ballot", ("body",), ("reject", "adopt"), "expert_session", "vote_deciding", UNIT_NOISE,
        "secret ballot of experts on a text on the focal state", among="body_is_experts",
    ),
    Decision(
        "special_session", ("body",), ("none", "call"), "month", "vote_deciding", UNIT_NOISE,
        "whether members of the charter body call a special session after a shock", among="body_is_charter",
        trigger="shock_now",
    ),
    Decision(
        "mandate_renewal", ("body", "issue"), ("renew", "shorten", "end"), "session", "vote_deciding", UNIT_NOISE,
        "what members of the charter body do with an expert mandate", among="mandate_renewable",
    ),
    Decision(
        "elect", ("state",), ("no", "yes"), "election", "vote_deciding", UNIT_NOISE,
        "secret vote of a state in the Assembly on a seat of the focal state in the Council", among="is_present",
    ),
    Decision(
        "recommend", ("state",), ("none", "soft", "specific", "sensitive"), "peer_review", "deciding", UNIT_NOISE,
        "how sharply a state recommends at the review by peers", among="is_speaker",
    ),
)  # fmt: skip
