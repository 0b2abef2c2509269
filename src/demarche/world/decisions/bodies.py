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
)  # fmt: skip
