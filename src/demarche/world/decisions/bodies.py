"""What members, experts and officials of UN bodies and lenders decide."""

from __future__ import annotations

from demarche.world.decisions.decision import Decision, Temperature

VOTE_NOISE = Temperature(
    0.12, 0.05, 0.3, "assumption: little unexplained noise, since 9-13 % of continuing members change between sessions"
)

BODY_DECISIONS: tuple[Decision, ...] = (
    Decision(
        "vote_no_action",
        ("state",),
        ("yes", "abstain", "no", "absent"),
        "session",
        "vote_deciding",
        VOTE_NOISE,
        "vote on the motion to take no action (yes favours the focal state)",
        among="has_seat",
    ),
    Decision(
        "vote_text",
        ("state",),
        ("no", "abstain", "yes", "absent"),
        "session",
        "vote_deciding",
        VOTE_NOISE,
        "vote on the text itself (no favours the focal state)",
        among="has_seat",
    ),
)
