"""How sponsors agree: consultation in the joint bloc, the lead, and the list."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength

LEAD, SPONSOR, LEFT = 1, 2, 3
BESIDE = -9.0  # below any score of a candidate for the lead


@rule(
    "coalition.consult_bloc",
    "The joint bloc sponsors together or not at all: under unanimity one member's refusal ends it.",
    claims=("COA-10",), accounts=ALL, phase="coordinating", when="session-1",
    reads=("in_joint_bloc", "is_present", "sponsor_utility", "lever_unanimity", "sponsor_held", "defeats"),
    writes=("sponsor_choice", "bloc_withdrawal"),
    parameters=(
        Parameter("alone", 2.0, 0.0, 3.0, "utility", "what a member loses if the bloc no longer sponsors jointly",
                  "equal to the joint support of coalition.joint_support"),
        Parameter("patience", 4, 0, 10, "defeats", "defeats before a breach becomes a standing decision",
                  "DLG-03, COA-10: six defeats before the decision of 1998; assumption"),
        Parameter("breach", 0.25, 0.05, 0.6, "share", "share of members staying out that makes it a standing decision",
                  "record: a third of the bloc stayed out in 1997, all from 1998"),
    ),
)  # fmt: skip
def consult_bloc(w: Fields, now: Moment, *, alone: Array, patience: Array, breach: Array) -> None:
    """COA-10: one unanimous decision removed the bloc. Limits: states outside the bloc are not bound; a
    majority binds all members where the lever says so, except those whose choice is held by a seat.
    """
    member = (w.in_joint_bloc * w.is_present) > 0
    bound = member & (w.sponsor_held < 0)
    size = np.maximum(member.sum(axis=0), 1)
    staying_out = (member & (w.sponsor_choice == 0)).sum(axis=0)
    unanimity = w.lever_unanimity >= 0.5
    lapses = unanimity & (staying_out > 0)
    cannot_alone = w.sponsor_utility[1] - w.sponsor_utility[0] < alone
    w.sponsor_choice[bound & lapses & cannot_alone] = 0
    majority = 2 * staying_out < size
    w.sponsor_choice[...] = np.where(bound & ~unanimity, majority, w.sponsor_choice)
    share_out = (member & (w.sponsor_choice == 0)).sum(axis=0) / size
    decided = unanimity & (share_out > breach) & (w.defeats >= patience)
    w.bloc_withdrawal[...] = np.where(decided, 1.0, w.bloc_withdrawal * unanimity)


@rule(
    "coalition.decision_lapses",
    "A bloc's standing decision not to sponsor loses force over the years, at once under fresh outrage.",
    claims=("COA-10", "UNB-14"), accounts=ALL, phase="bookkeeping", reads=("emergency",), writes=("bloc_withdrawal",),
    parameters=(
        strength("scale of the lapse", "assumption: 1"),
        Parameter("half_life", 180, 36, 600, "months", "half-life of the decision",
                  "record: the bloc never sponsored again before the Commission closed"),
        Parameter("outrage", 0.5, 0.1, 1.0, "per month", "lapse under full emergency rule", "UNB-14; assumption"),
    ),
)  # fmt: skip
def decision_lapses(w: Fields, now: Moment, *, strength: Array, half_life: Array, outrage: Array) -> None:
    """Limits: nothing lapses where nothing was decided."""
    slow = 1.0 - np.exp2(-1.0 / half_life)
    w.bloc_withdrawal *= np.maximum(1.0 - strength * (slow + outrage * w.emergency), 0.0)


@rule(
    "coalition.name_lead",
    "One sponsor with a seat leads: first choice a member of the joint bloc, by will and by turn.",
    claims=("COA-10", "PRS-09"), accounts=ALL, phase="coordinating", when="session-1",
    reads=("sponsor_choice", "has_next_seat", "sender_will", "in_joint_bloc"), writes=("is_lead",), draws=("turn",),
    after=("coalition.consult_bloc",),
    parameters=(
        Parameter("bloc", 0.6, 0.0, 2.0, "utility", "preference for a member of the joint bloc",
                  "record of sponsors 1992-1997: led by the bloc or its presidency"),
        Parameter("turn", 0.3, 0.0, 1.0, "utility", "weight of the turn", "assumption: presidencies rotate"),
    ),
)  # fmt: skip
def name_lead(w: Fields, now: Moment, *, bloc: Array, turn: Array) -> None:
    """Limits: no sponsor with a seat, no lead."""
    may_lead = (w.sponsor_choice == 1) & (w.has_next_seat > 0)
    score = w.sender_will + bloc * w.in_joint_bloc + turn * now.draw("turn", "state")
    score = np.where(may_lead, score, BESIDE)
    first = score.argmax(axis=0)
    w.is_lead[...] = (np.arange(len(score))[:, None] == first) & may_lead


@rule(
    "coalition.register_sponsors",
    "The list of sponsors is drawn up and compared with the last one.",
    claims=("PRS-09", "COA-11"), accounts=ALL, phase="coordinating", when="session-1",
    reads=("sponsor_choice", "is_lead"),
    writes=("is_sponsor", "was_sponsor", "sponsored_last", "sponsor_count", "sponsors_lost", "sponsor_event"),
    after=("coalition.name_lead",),
)  # fmt: skip
def register_sponsors(w: Fields, now: Moment) -> None:
    sponsors = w.sponsor_choice == 1
    w.sponsored_last[...] = w.is_sponsor
    left = (w.sponsored_last > 0) & ~sponsors
    w.was_sponsor[...] = np.where(sponsors, 0.0, np.maximum(w.was_sponsor, left))
    w.is_sponsor[...] = sponsors
    w.sponsor_count[...] = sponsors.sum(axis=0)
    w.sponsors_lost[...] = left.sum(axis=0)
    w.sponsor_event[...] = np.where(w.is_lead > 0, LEAD, np.where(sponsors, SPONSOR, np.where(left, LEFT, 0)))
