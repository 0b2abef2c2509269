"""Procedure of the charter body: the motion to take no action, then the text; and what a motion weighs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demarche.accounts.packs import T1
from demarche.arrays import Array, Codes, Mask
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import fade

NOT_TABLED, CARRIED, FAILED = 1, 2, 3
REJECTED, ADOPTED = 1, 2
HERE = 500.0  # utility beyond any doubt


def count(choice: Codes, option: int, voting: Mask) -> NDArray[np.int64]:
    """Return how many voting states took an option, `(n_runs,)`; `voting` is boolean `(n_states, n_runs)`."""
    votes: NDArray[np.int64] = ((choice == option) & voting).sum(axis=0)
    return votes


@rule(
    "un_bodies.ballot",
    "Only seated states that exist take part in votes, and as a rule they do.",
    claims=("COA-02",), packs=ALL, phase="vote_weighing", when="session", reads=("has_seat", "is_present"),
    writes=("vote_no_action_utility",),
)  # fmt: skip
def ballot(w: Fields, now: Moment) -> None:
    """Limits: rules that find a delegation missing outweigh it."""
    here = HERE * (2.0 * w.has_seat * w.is_present - 1.0)
    w.vote_no_action_utility[now.index("vote_no_action", "absent")] -= 0.5 * here


@rule(
    "un_bodies.motion",
    "A tabled motion meets the motion to take no action, which needs more yes than no: a tie defeats it.",
    claims=("PRS-09", "COA-02"), packs=ALL, phase="un_bodies", when="session",
    reads=("has_seat", "is_present", "is_lead", "sponsor_count", "vote_no_action_choice"),
    writes=("is_tabled", "vote_event", "motion_event", "motion_margin", "defeats"),
    parameters=(Parameter("least", 1, 1, 10, "states", "sponsors without which nothing is tabled",
                          "rules of procedure: one member suffices", "constant"),),
)  # fmt: skip
def motion(w: Fields, now: Moment, *, least: Array) -> None:
    """Limits: nothing is tabled without a lead that has a seat; defeats stay where the text comes to the vote."""
    seated = (w.has_seat * w.is_present) > 0
    tabled = ((w.is_lead > 0) & seated).any(axis=0) & (w.sponsor_count >= least)
    choice = w.vote_no_action_choice
    margin = count(choice, now.index("vote_no_action", "yes"), seated) - count(
        choice, now.index("vote_no_action", "no"), seated
    )
    carried = margin > 0
    w.is_tabled[...] = tabled
    w.vote_event[...] = (choice + 1) * (seated & tabled)
    w.motion_event[...] = np.where(tabled, np.where(carried, CARRIED, FAILED), NOT_TABLED)
    w.motion_margin[...] = np.where(tabled, margin, w.motion_margin)
    w.defeats += tabled & carried


@rule(
    "un_bodies.text_vote",
    "Where taking no action was refused the text is voted on and needs more yes than no.",
    claims=("PRS-09",), packs=ALL, phase="un_bodies", when="session",
    reads=("has_seat", "is_present", "motion_event", "vote_text_choice"),
    writes=("text_vote_event", "text_event", "defeats"), after=("un_bodies.motion",),
)  # fmt: skip
def text_vote(w: Fields, now: Moment) -> None:
    """Limits: silent where no text came to the vote."""
    voting = ((w.has_seat * w.is_present) > 0) & (w.motion_event == FAILED)
    choice = w.vote_text_choice
    adopted = count(choice, now.index("vote_text", "yes"), voting) > count(choice, now.index("vote_text", "no"), voting)
    reached = w.motion_event == FAILED
    w.text_vote_event[...] = (choice + 1) * voting
    w.text_event[...] = np.where(reached, np.where(adopted, ADOPTED, REJECTED), 0)
    w.defeats += reached & ~adopted


@rule(
    "un_bodies.threat_of_motion",
    "The prospect of a motion presses the focal state before the session.",
    claims=("PRS-09", "PRS-16"), packs=ALL, phase="acting", when="session-1", reads=("sponsor_count", "is_lead"),
    writes=("un_pressure",),
    parameters=(
        strength("pressure of a motion that many sponsor", "HRW 1997: the mere threat was effective; assumption",
                 default=0.35, high=0.7, unit="share"),
        Parameter("many", 10, 1, 30, "states", "sponsors that count as many", "assumption: half of the usual list"),
    ),
)  # fmt: skip
def threat_of_motion(w: Fields, now: Moment, *, strength: Array, many: Array) -> None:
    """Limits: nothing without a lead; never lowers pressure, never above 1."""
    prospect = (0.5 + 0.5 * np.minimum(w.sponsor_count / many, 1.0)) * (w.is_lead > 0).any(axis=0)
    np.maximum(w.un_pressure, np.minimum(strength * prospect, 1.0), out=w.un_pressure)


@rule(
    "un_bodies.motion_presses",
    "A tabled motion presses the focal state, the more so the closer the vote.",
    claims=("PRS-09", "PRS-16"), packs=ALL, phase="un_bodies", when="session",
    reads=("is_tabled", "motion_margin", "text_event"), writes=("un_pressure",),
    after=("un_bodies.motion", "un_bodies.text_vote"),
    parameters=(
        strength("scale of the pressure", "assumption: 1"),
        Parameter("tabled", 0.4, 0.1, 0.8, "share", "pressure of a motion clearly lost", "PRS-16; assumption"),
        Parameter("close", 0.2, 0.0, 0.5, "share", "further pressure of a tie", "assumption: half as much again"),
        Parameter("adopted", 0.9, 0.5, 1.0, "share", "pressure of an adopted text", "assumption: close to the highest"),
        Parameter("near", 5, 1, 15, "votes", "margin at which closeness fades", "assumption"),
    ),
)  # fmt: skip
def motion_presses(
    w: Fields, now: Moment, *, strength: Array, tabled: Array, close: Array, adopted: Array, near: Array,
) -> None:
    """Limits: silent where nothing is tabled; never lowers pressure."""
    level = tabled + close * np.exp(-np.maximum(w.motion_margin, 0.0) / near)
    level = np.where(w.text_event == ADOPTED, adopted, level) * w.is_tabled
    np.maximum(w.un_pressure, np.minimum(strength * level, 1.0), out=w.un_pressure)


@rule(
    "un_bodies.pressure_fades",
    "Pressure through UN bodies fades after the session.",
    claims=("PRS-09",), packs=ALL, phase="bookkeeping", writes=("un_pressure",),
    parameters=(Parameter("half_life", 6, 2, 24, "months", "half-life of the pressure", "assumption"),),
)  # fmt: skip
def pressure_fades(w: Fields, now: Moment, *, half_life: Array) -> None:
    """PRS-09: each attempt had to be made anew."""
    fade(w.un_pressure, half_life)


@rule(
    "un_bodies.censure_costs",
    "An adopted text costs the focal state standing and what it needs from lenders.",
    claims=("PRS-08", "UNB-05"), packs=ALL, phase="learning", when="session",
    reads=("text_event", "target_status", "target_needs"), writes=("target_status_change", "target_needs_change"),
    parameters=(
        strength("scale of the costs", "assumption: 1"),
        Parameter("status", 0.1, 0.0, 0.3, "share", "part of standing lost", "assumption"),
        Parameter("lending", 0.2, 0.05, 0.4, "share", "part of unmet needs that rise as lenders turn away",
                  "Lebovic and Voeten 2009: multilateral lending cut by 0.2, 0.05 to 0.4"),
    ),
)  # fmt: skip
def censure_costs(w: Fields, now: Moment, *, strength: Array, status: Array, lending: Array) -> None:
    """Limits: silent unless a text was adopted."""
    adopted = strength * (w.text_event == ADOPTED)
    w.target_status_change -= adopted * status * w.target_status
    w.target_needs_change += adopted * lending * (1.0 - w.target_needs)


@rule(
    "un_bodies.battlefield",
    "Contested motions turn the charter body into a battlefield of blocs and wear its strength down.",
    claims=("UNB-06",), packs=(T1,), phase="learning", when="session", reads=("is_tabled", "institution_strength"),
    writes=("institution_strength_change",),
    parameters=(strength("part of strength lost a contested session", "UNB-06; assumption: visible over 3-10 years",
                         default=0.01, high=0.05, unit="share"),),
)  # fmt: skip
def battlefield(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: silent in sessions without a motion."""
    w.institution_strength_change -= strength * w.is_tabled * w.institution_strength
