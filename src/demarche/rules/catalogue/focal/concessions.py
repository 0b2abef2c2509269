"""What pushes every concession of the focal state alike: needs, rank, unity, threats, rivalry, a coming motion."""

from __future__ import annotations

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, rule
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.usual import usual

ONE = 1.0


@rule(
    "focal.needs_push",
    "A state that needs trade terms, technology and seats concedes more.",
    claims=("PRS-08", "PRS-21", "PRS-38", "DLG-05", "DOM-17"), accounts=ALL, phase="answer_weighing_common",
    reads=("target_needs",), writes=("concession_push",), links=("needs_concession",),
    parameters=(usual("target_needs"),),
)  # fmt: skip
def needs_push(w: Fields, now: Moment, *, needs_concession: Array, usual_target_needs: Array) -> None:
    """Limits: silent at the usual need."""
    w.concession_push += log_odds(ONE, needs_concession, w.target_needs - usual_target_needs)


@rule(
    "focal.rank_shrugs_off",
    "Size and rank make pressure easier to shrug off, or change nothing about what is conceded.",
    claims=("TGT-33", "PRS-33"), accounts=ALL, phase="answer_weighing_common",
    reads=("target_status",), writes=("concession_push",), links=("rank_concession",),
    parameters=(usual("target_status"),),
)  # fmt: skip
def rank_shrugs_off(w: Fields, now: Moment, *, rank_concession: Array, usual_target_status: Array) -> None:
    """Limits: silent at the usual rank."""
    w.concession_push += log_odds(ONE, rank_concession, w.target_status - usual_target_status)


@rule(
    "focal.unity_pushes",
    "Senders that act together get more than senders that can be played off.",
    claims=("COA-22", "DLG-08", "COA-09", "COA-21", "DLG-16"), accounts=ALL, phase="answer_weighing_common",
    reads=("coordination",), writes=("concession_push",), links=("coordination_concession",),
    parameters=(usual("coordination"),),
)  # fmt: skip
def unity_pushes(w: Fields, now: Moment, *, coordination_concession: Array, usual_coordination: Array) -> None:
    """Limits: silent at the usual coordination."""
    w.concession_push += log_odds(ONE, coordination_concession, w.coordination - usual_coordination)


@rule(
    "focal.threat_pushes",
    "A credible trade condition near its date moves the focal state; an explicit public bar makes it harder to yield.",
    claims=("PRS-19", "PRS-08"), accounts=ALL, phase="answer_weighing_common",
    reads=("trade_condition", "condition_explicit"), writes=("concession_push",),
    links=("threat_concession", "explicit_bar"),
)  # fmt: skip
def threat_pushes(w: Fields, now: Moment, *, threat_concession: Array, explicit_bar: Array) -> None:
    """Limits: silent but in the two months before a date."""
    w.concession_push += log_odds(ONE, threat_concession, w.trade_condition)
    w.concession_push += log_odds(ONE, explicit_bar, w.condition_explicit)


@rule(
    "focal.rivalry_hardens",
    "A sharpened security dispute with the leading critic makes the focal state less willing to yield.",
    claims=("PRS-23",), accounts=ALL, phase="answer_weighing_common", reads=("security_rivalry",),
    writes=("concession_push",), links=("rivalry_yield",), parameters=(usual("security_rivalry"),),
)  # fmt: skip
def rivalry_hardens(w: Fields, now: Moment, *, rivalry_yield: Array, usual_security_rivalry: Array) -> None:
    """Limits: silent at the usual rivalry."""
    w.concession_push += log_odds(ONE, rivalry_yield, w.security_rivalry - usual_security_rivalry)


@rule(
    "focal.motion_pushes",
    "The prospect of a motion that may be close is a reason to give something before the session.",
    claims=("PRS-09", "PRS-16", "DLG-01"), accounts=ALL, phase="answer_weighing_common", reads=("chance_of_motion",),
    writes=("concession_push",), links=("motion_concession",),
)  # fmt: skip
def motion_pushes(w: Fields, now: Moment, *, motion_concession: Array) -> None:
    """Limits: silent outside the months before a session."""
    w.concession_push += log_odds(ONE, motion_concession, w.chance_of_motion)
