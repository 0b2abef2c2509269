"""The life of a dialogue: offer, start, terms, suspension, resumption, count."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T2, T3, T4
from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import clip_share
from demarche.rules.kit.settings import imposed

STARTED, ROUND, SUSPENDED, RESUMED, DECLINED = 1, 2, 3, 4, 5  # codes of `dialogue_event`
TERMS = ("agenda", "secrecy", "ngo_seat", "conditions")
LEVERS = tuple(f"lever_{term}" for term in TERMS)
FIELDS = tuple(f"term_{term}" for term in TERMS)


@rule(
    "dialogue.begins",
    "An offer is taken up or declined; what is taken up begins, or begins again, on the terms first proposed.",
    claims=("DLG-06", "DLG-11"),
    accounts=ALL,
    phase="answering",
    rows="senders",
    reads=("accept_dialogue_choice", "accept_dialogue_held", "lever_dialogue"),
    writes=("has_dialogue", "dialogue_suspended", "dialogue_offered", "dialogue_months", "dialogue_event", *FIELDS),
    parameters=(
        Parameter("agenda", 0.35, 0.1, 0.6, "share", "openness of agenda that senders start from", "assumption"),
        Parameter("secrecy", 0.8, 0.5, 1.0, "share", "secrecy that senders start from",
                  "DLG-14: talks between governments were confidential; assumption"),
        Parameter("ngo_seat", 0.1, 0.0, 0.3, "share", "part for independent groups that senders start from",
                  "DLG-10; assumption"),
        Parameter("conditions", 0.05, 0.0, 0.2, "share", "progress demanded by senders at the start", "assumption"),
    ),
)
def begins(w: Fields, now: Moment, *, agenda: Array, secrecy: Array, ngo_seat: Array, conditions: Array) -> None:
    """Turn last month's offers into dialogues or refusals.

    Limits: an offer stands for one month; an arm that refuses ends what runs, unless a seat accepts.
    """
    refusing = w.lever_dialogue < 0
    if refusing.any():
        w.has_dialogue *= ~refusing
        w.dialogue_suspended *= ~refusing
    states, runs = cells(w.dialogue_offered)
    accepts = w.accept_dialogue_choice[states, runs] == now.index("accept_dialogue", "accept")
    accepts &= ~refusing[states, runs] | (w.accept_dialogue_held[states, runs] >= 0)
    known = w.has_dialogue[states, runs] > 0
    w.dialogue_event[states, runs] = np.where(accepts, np.where(known, RESUMED, STARTED), DECLINED)
    w.dialogue_offered[states, runs] = 0.0
    w.has_dialogue[states[accepts], runs[accepts]] = 1.0
    w.dialogue_suspended[states[accepts], runs[accepts]] = 0.0
    fresh = states[accepts & ~known], runs[accepts & ~known]
    w.dialogue_months[fresh] = 0.0
    w.term_agenda[fresh] = agenda[fresh[1]]
    w.term_secrecy[fresh] = secrecy[fresh[1]]
    w.term_ngo_seat[fresh] = ngo_seat[fresh[1]]
    w.term_conditions[fresh] = conditions[fresh[1]]


@rule(
    "dialogue.offers_stand",
    "What the focal state offers this month, a sender may take up in the next.",
    claims=("DLG-06",),
    accounts=ALL,
    phase="answering",
    rows="senders",
    reads=("offer_dialogue_choice", "has_dialogue", "dialogue_suspended", "is_focal"),
    writes=("dialogue_offered",),
    after=("dialogue.begins", "dialogue.suspension"),
)
def offers_stand(w: Fields, now: Moment) -> None:
    """Lay the offers of the month before senders. Limits: running partners are not offered what they have."""
    offers = w.offer_dialogue_choice == now.index("offer_dialogue", "offer")
    if offers.any():
        w.dialogue_offered[...] = offers & (w.has_dialogue <= w.dialogue_suspended) & (w.is_focal == 0)


@rule(
    "dialogue.captured",
    "The focal state bargains agendas down to technicalities and keeps talks secret.",
    claims=("DLG-07", "DLG-10", "DLG-14"),
    accounts=(T2, T3),
    phase="answering",
    rows="senders",
    reads=("dialogue_event", "skill", *LEVERS),
    writes=FIELDS,
    after=("dialogue.begins",),
    parameters=(
        strength("share of each open term bargained away at a start or resumption, at middling skill",
                 "DLG-07, DLG-10; assumption: two thirds", default=0.65, high=1.0, unit="share"),
    ),
)
def captured(w: Fields, now: Moment, *, strength: Array) -> None:
    """Close the terms of dialogues that start or resume, where no arm insists.

    Limits: silent in months without a start or resumption.
    """
    states, runs = cells((w.dialogue_event == STARTED) | (w.dialogue_event == RESUMED))
    share = np.minimum(strength * (0.75 + 0.5 * w.skill), 1.0)[runs]
    w.term_agenda[states, runs] *= 1.0 - share * np.isnan(w.lever_agenda[states, runs])
    w.term_ngo_seat[states, runs] *= 1.0 - share * np.isnan(w.lever_ngo_seat[states, runs])
    w.term_conditions[states, runs] *= 1.0 - share * np.isnan(w.lever_conditions[states, runs])
    open_part = 1.0 - w.term_secrecy[states, runs]
    w.term_secrecy[states, runs] += share * np.isnan(w.lever_secrecy[states, runs]) * open_part


@rule(
    "dialogue.terms_insisted",
    "Terms that an arm insists on are the terms of its senders' dialogues.",
    claims=("DLG-17", "DLG-28", "DLG-29"),
    accounts=ALL,
    phase="answering",
    rows="senders",
    reads=("has_dialogue", *LEVERS),
    writes=FIELDS,
    after=("dialogue.begins", "dialogue.captured"),
)
def terms_insisted(w: Fields, now: Moment) -> None:
    """Write imposed terms into existing dialogues.

    Limits: silent where the levers are free; the price is paid in rounds that do not happen.
    """
    for term, lever in (
        (w.term_agenda, w.lever_agenda),
        (w.term_secrecy, w.lever_secrecy),
        (w.term_ngo_seat, w.lever_ngo_seat),
        (w.term_conditions, w.lever_conditions),
    ):
        held = imposed(lever)
        rows = np.flatnonzero(held.any(axis=1))
        if rows.size:
            term[rows] = np.where(held[rows] & (w.has_dialogue[rows] > 0), lever[rows], term[rows])


@rule(
    "dialogue.suspension",
    "Talks are broken off after a motion, over other disputes, or after public words.",
    claims=("DLG-11",),
    accounts=(T2, T3, T4),
    phase="answering",
    rows="senders",
    reads=("is_sponsor", "is_lead", "spoke_public", "has_dialogue"),
    writes=("dialogue_suspended", "dialogue_event"),
    draws=("anger", "mood"),
    calendar=("session", "security_shock"),
    after=("dialogue.begins",),
    parameters=(
        strength("scale of the chances", "DLG-11; assumption: 1"),
        Parameter("motion", 0.05, 0.01, 0.3, "chance per month", "for a sponsor, from a month before the session "
                  "to two months after", "record: talks interrupted after the motions of 1994 to 1997; assumption"),
        Parameter("dispute", 0.35, 0.1, 0.8, "chance", "for a party to a sharpened security dispute, in its month",
                  "DLG-11 (over something else); assumption"),
        Parameter("affront", 0.005, 0.0, 0.03, "chance per month", "in a month of public words", "DLG-11; assumption"),
    ),
)
def suspension(w: Fields, now: Moment, *, strength: Array, motion: Array, dispute: Array, affront: Array) -> None:
    """Break off running dialogues by chance, where something gives cause. Limits: silent without cause."""
    states, runs = cells(w.has_dialogue > w.dialogue_suspended)
    spoke = w.spoke_public[states, runs] > 0.0
    broken = spoke & (now.draw("mood") < strength * affront)[runs]
    near = now.months_to("session") <= 1 or now.months_since("session") <= 2
    if near or now.is_on("security_shock"):
        chance = dispute[runs] * now.actors("security_shock")[states, 0]
        chance += near * motion[runs] * (w.is_sponsor[states, runs] + w.is_lead[states, runs])
        broken |= now.draw("anger", "state")[states, runs] < strength[runs] * chance
    w.dialogue_suspended[states[broken], runs[broken]] = 1.0
    w.dialogue_event[states[broken], runs[broken]] = SUSPENDED


@rule(
    "dialogue.resumption_sold",
    "The resumption of talks that the focal state broke off is booked as its concession.",
    claims=("DLG-11",),
    accounts=(T2, T3, T4),
    phase="answering",
    rows="senders",
    reads=("dialogue_event",),
    writes=("credited_concession", "recent_concessions"),
    after=("dialogue.begins", "dialogue.suspension"),
    parameters=(
        strength("size of the concession that a sender books", "DLG-11; assumption: a full one of 1 at most",
                 default=0.6, high=1.0, unit="share"),
        Parameter("echo", 0.15, 0.0, 0.5, "share", "part of it that enters the common memory of concessions",
                  "DLG-11; assumption"),
    ),
)
def resumption_sold(w: Fields, now: Moment, *, strength: Array, echo: Array) -> None:
    """Book resumptions as concessions. Limits: silent in months without a resumption."""
    resumed = w.dialogue_event == RESUMED
    if resumed.any():
        w.credited_concession += np.minimum(strength, 1.0) * resumed
        clip_share(w.credited_concession)
        heard = np.minimum(echo * strength * resumed.sum(axis=0), 1.0)
        w.recent_concessions += heard * (1.0 - w.recent_concessions)


@rule(
    "dialogue.tracks",
    "Running dialogues are counted and grow older.",
    claims=("DLG-06",),
    accounts=ALL,
    phase="bookkeeping",
    rows="senders",
    reads=("has_dialogue", "dialogue_suspended"),
    writes=("dialogue_tracks", "dialogue_months"),
)
def tracks(w: Fields, now: Moment) -> None:
    """Count running dialogues as a share of twelve. Limits: every partner counts the same."""
    running = w.has_dialogue > w.dialogue_suspended
    w.dialogue_tracks[...] = np.minimum(running.sum(axis=0) / 12.0, 1.0)
    w.dialogue_months += running
    np.minimum(w.dialogue_months, 1e4, out=w.dialogue_months)
