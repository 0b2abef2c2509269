"""How sponsors agree: the joint bloc decides, somebody leads, the list is drawn up."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, Mask
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import logistic, real
from demarche.rules.kit.codes import codes_of
from demarche.rules.kit.settings import unless_imposed

STAY, JOIN, LEADS = 0, 1, 2
EVENT = codes_of("sponsor_event")
ALONE = Parameter("alone", 0.7, 0.5, 0.9, "share", "clock above which a state tables without its bloc or alone",
                  "PRS-05: a yearly report by law; assumption: only a state that must report goes alone",
                  shared_as="senders.lead")  # fmt: skip


@rule(
    "senders.consult_bloc",
    "The joint bloc sponsors together or not at all: under unanimity with the will of its least willing member.",
    claims=("COA-10",), accounts=ALL, phase="coordinating", when="session-2", rows="senders",
    reads=("in_joint_bloc", "is_sender", "sponsor_case", "lever_unanimity", "sponsor_held", "domestic_clock",
           "presides_bloc", "has_next_seat", "lever_alone"),
    writes=("sponsor_choice",), draws=("council",), after=("senders.positions_known",), parameters=(ALONE,),
)  # fmt: skip
def consult_bloc(w: Fields, now: Moment, *, alone: Array) -> None:
    """COA-10: one unanimous decision removed the bloc. A majority goes by its middle member. Limits: states outside
    are not bound, nor seats that are held; a member with a strong clock may dissent and go on without the bloc.
    """
    member = (w.in_joint_bloc * w.is_sender) > 0
    case = deciding_case(w.sponsor_case[member[:, 0]], w.lever_unanimity >= 0.5)
    jointly = now.draw("council") < logistic(case)
    leads = np.where(w.presides_bloc * w.has_next_seat > 0, LEADS, JOIN)
    dissents = unless_imposed(w.lever_alone, w.domestic_clock > alone) & (w.sponsor_choice > STAY)
    together = np.where(jointly, np.maximum(w.sponsor_choice, leads), np.where(dissents, w.sponsor_choice, STAY))
    w.sponsor_choice[...] = np.where(member & (w.sponsor_held < 0), together, w.sponsor_choice)


def deciding_case(cases: Array, unanimity: Mask) -> Array:
    """Return the case of the member that decides `(n_runs,)`: the least willing under unanimity, else the middle one.

    Without members the case is as bad as can be.
    """
    if not len(cases):
        return np.full(cases.shape[1], -np.inf)
    ranked = np.sort(cases, axis=0)
    decides: Array = np.where(unanimity, ranked[0], ranked[(len(ranked) - 1) // 2])
    return decides


@rule(
    "senders.lead",
    "One sponsor with a seat leads: whoever chose to, else a member for the bloc; alone only with a strong clock.",
    claims=("PRS-09", "COA-10", "COA-11"), accounts=ALL, phase="coordinating", when="session-2", rows="senders",
    reads=("has_next_seat", "sponsor_case", "domestic_clock", "in_joint_bloc", "sponsor_held", "lever_alone"),
    writes=("sponsor_choice", "is_lead"),
    after=("senders.consult_bloc",), parameters=(ALONE,),
)  # fmt: skip
def lead(w: Fields, now: Moment, *, alone: Array) -> None:
    """Limits: no sponsor with a seat, no lead; a lone sponsor without a strong clock lets it be, unless it is bound
    or the arm says who may table alone.
    """
    is_in, free = w.sponsor_choice > STAY, w.sponsor_held < 0
    lone = is_in & (is_in.sum(axis=0) == 1) & ~unless_imposed(w.lever_alone, w.domestic_clock > alone)
    w.sponsor_choice[lone & free] = STAY
    seated = (w.sponsor_choice > STAY) & (w.has_next_seat > 0)
    volunteers = seated & ((w.sponsor_choice == LEADS) | (free & (w.in_joint_bloc > 0)))
    score = np.where(volunteers, logistic(w.sponsor_case) + 2.0 * real(w.sponsor_choice == LEADS), 0.0)
    first = (np.arange(len(score))[:, None] == score.argmax(axis=0)) & volunteers
    w.is_lead[...] = first
    w.sponsor_choice[...] = np.where(free & (w.sponsor_choice > STAY), JOIN + first, w.sponsor_choice)


@rule(
    "senders.list_of_sponsors",
    "The list of sponsors is drawn up and compared with the last one.",
    claims=("PRS-09", "COA-11"), accounts=ALL, phase="coordinating", when="session-2", rows="senders",
    reads=("sponsor_choice", "is_lead"), writes=("is_sponsor", "sponsor_count", "sponsor_event"),
    after=("senders.lead",),
)  # fmt: skip
def list_of_sponsors(w: Fields, now: Moment) -> None:
    """Limits: a list without a lead is no list; nobody then is a sponsor."""
    sponsors = (w.sponsor_choice > STAY) & (w.is_lead > 0).any(axis=0)
    left = (w.is_sponsor > 0) & ~sponsors
    w.is_sponsor[...] = sponsors
    w.sponsor_count[...] = sponsors.sum(axis=0)
    w.sponsor_event[...] = np.where(sponsors, EVENT["sponsor"], np.where(left, EVENT["left"], 0))
    w.sponsor_event[w.is_lead > 0] = EVENT["lead"]
