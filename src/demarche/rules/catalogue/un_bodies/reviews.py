"""Reviews: treaty bodies examine reports, findings travel, and peers review each other."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T2, T3, T4
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import clip_share

TREATY_REVIEW, PEER_REVIEW = 1, 2


@rule(
    "un_bodies.treaty_review",
    "A treaty body examines a report; its findings weigh as much as the evidence that groups supply.",
    claims=("UNB-16", "UNB-17", "UNB-18", "NGO-23"),
    accounts=ALL,
    phase="un_bodies",
    when="treaty_review",
    reads=("ngo_evidence", "ngo_is_active", "body_strength", "body_is_active"),
    writes=("review_event", "un_pressure", "institution_scrutiny_change"),
    calendar=("treaty_review",),
    parameters=(
        strength("pressure of a review with full evidence before strong bodies",
                 "UNB-17; assumption: a fifth of the pressure of a tabled motion", default=0.6, high=1.2, unit="share"),
        Parameter("unaided", 0.25, 0.0, 0.5, "share", "part that experts find without groups",
                  "UNB-17; assumption"),
    ),
)
def treaty_review(w: Fields, now: Moment, *, strength: Array, unaided: Array) -> None:
    held = strength * now.strength("treaty_review")
    evidence = np.minimum((w.ngo_evidence * w.ngo_is_active[:, None, :]).sum(axis=0), 1.0).mean(axis=0)
    means = (w.body_strength * w.body_is_active).sum(axis=0) / np.maximum(w.body_is_active.sum(axis=0), 1.0)
    finding = held * (unaided + (1.0 - unaided) * evidence) * means
    w.un_pressure += finding
    clip_share(w.un_pressure)
    w.institution_scrutiny_change += 0.2 * finding
    w.review_event[held > 0.0] = TREATY_REVIEW


@rule(
    "un_bodies.findings_travel",
    "A committee's finding is quoted upward and outward within a year and gives critics a yardstick.",
    claims=("UNB-19", "UNB-20", "UNB-33"),
    accounts=(T3,),
    phase="documenting",
    after=("ngo.agenda",),
    reads=("report", "ngo_evidence"),
    writes=("agenda",),
    calendar=("treaty_review",),
    parameters=(
        strength("gain of agenda a month after a review, for what is documented", "UNB-19; assumption",
                 default=0.06,
                 high=0.2, unit="per month"),
        Parameter("months", 12.0, 6.0, 24.0, "months", "time in which the finding is quoted",
                  "UNB-19: within a year"),
    ),
)
def findings_travel(w: Fields, now: Moment, *, strength: Array, months: Array) -> None:
    """Limits: fresh findings."""
    since = now.months_since("treaty_review")
    fresh = strength * (months > since)
    w.agenda += fresh * w.report * np.minimum(w.ngo_evidence.sum(axis=0), 1.0) * (1.0 - w.agenda)


@rule(
    "un_bodies.circulation",
    "Findings change something on the ground only if they reach the public at home.",
    claims=("UNB-21", "TGT-29"),
    accounts=(T3,),
    phase="society",
    reads=("lever_circulation", "awareness"),
    writes=("awareness_change",),
    calendar=("treaty_review",),
    parameters=(
        strength("gain at a review whose findings reach everybody",
                 "UNB-21; assumption: 0.005 on easy matters per review",
                 default=0.015, high=0.05, unit="share per review"),
        Parameter("usual", 0.05, 0.0, 0.3, "share", "circulation if no lever sets it",
                  "TGT-29: kept from the public; assumption"),
    ),
)
def circulation(w: Fields, now: Moment, *, strength: Array, usual: Array) -> None:
    """Limits: reviews."""
    reach = np.where(np.isnan(w.lever_circulation), usual, w.lever_circulation)
    told = strength * now.strength("treaty_review") * reach
    w.awareness_change += told * (1.0 - w.awareness)


@rule(
    "un_bodies.peer_review",
    "Peers review the record; most recommendations are accepted, soft ones sooner than sharp ones.",
    claims=("UNB-08", "UNB-10", "DOM-12"),
    accounts=ALL,
    phase="un_bodies",
    when="peer_review",
    reads=("threatens_monopoly", "commitment"),
    writes=("review_event", "commitment_change", "un_pressure"),
    draws=("mood",),
    calendar=("peer_review",),
    parameters=(
        strength("gain of commitment per review if all is accepted",
                 "UPR follow-up; assumption: words, not acts",
                 default=0.03, high=0.08, unit="share per review"),
        Parameter("accepted", 0.75, 0.6, 0.85, "share", "recommendations accepted on average",
                  "UPR follow-up: 0.75"),
    ),
)
def peer_review(w: Fields, now: Moment, *, strength: Array, accepted: Array) -> None:
    """Limits: text."""
    held = strength * now.strength("peer_review")
    taken_up = (accepted + 0.2 * (now.draw("mood") - 0.5)) * (1.2 - 0.5 * w.threatens_monopoly)
    w.commitment_change += held * taken_up.clip(0.0, 1.0) * (1.0 - w.commitment)
    w.un_pressure += 2.0 * held
    clip_share(w.un_pressure)
    w.review_event[held > 0.0] = PEER_REVIEW


@rule(
    "un_bodies.self_set_review",
    "A review on the state's own plan singles nobody out and replaces sharper scrutiny.",
    claims=("UNB-08", "UNB-09"),
    accounts=(T2,),
    phase="un_bodies",
    when="peer_review",
    reads=("institution_scrutiny",),
    writes=("institution_scrutiny_change",),
    calendar=("peer_review",),
    parameters=(
        strength("share of scrutiny lost at a review", "UNB-08; assumption: a fifth", default=0.2, high=0.5,
                 unit="share"),
    ),
)
def self_set_review(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: at reviews."""
    w.institution_scrutiny_change -= strength * now.strength("peer_review") * w.institution_scrutiny


@rule(
    "un_bodies.candid_report",
    "A report that admits shortcomings is a small opening for critics and citizens.",
    claims=("UNB-10",),
    accounts=(T3, T4),
    phase="un_bodies",
    when="peer_review",
    reads=("resistance", "awareness"),
    writes=("resistance_change", "awareness_change"),
    calendar=("peer_review",),
    parameters=(
        strength("size of the opening", "UNB-10: small; assumption", default=0.03, high=0.08,
                 unit="share per review"),
    ),
)
def candid_report(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: at reviews."""
    opening = strength * now.strength("peer_review")
    w.resistance_change -= opening * w.resistance
    w.awareness_change += opening * (1.0 - w.awareness)
