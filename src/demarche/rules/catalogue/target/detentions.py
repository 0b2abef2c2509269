"""The revolving door: releases are followed by detentions, and new persons take the place of the exiled."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T2
from demarche.arrays import Array, Mask, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength

AT_LIBERTY, DETAINED, RELEASED, EXILED = 0.0, 1.0, 2.0, 3.0
DETAINED_EVENT, AGAIN_EVENT = 1, 2
USUAL_TREATMENT = 0.3


def _detain(w: Fields, taken: Mask) -> None:
    """Put persons into detention: status, months, treatment, count and event."""
    who = cells(taken)
    w.person_event[who] = np.where(w.person_detentions[who] > 0.0, AGAIN_EVENT, DETAINED_EVENT)
    w.person_status[who] = DETAINED
    w.person_months[who] = 0.0
    w.person_treatment[who] = USUAL_TREATMENT
    w.person_detentions[who] += 1.0


def _free(w: Fields) -> Mask:
    """Return who could be detained this month: at liberty or released, and without a turn this month."""
    free: Mask = ((w.person_status == AT_LIBERTY) | (w.person_status == RELEASED)) & (w.person_event == 0)
    return free


LIFE = ("person_status", "person_event", "person_months", "person_treatment", "person_detentions")


@rule(
    "target.revolving_door",
    "Prisoners are traded: whoever is released makes room for another arrest.",
    claims=("TGT-03",),
    accounts=ALL,
    phase="answering",
    reads=("released_now", "person_organising"),
    writes=LIFE,
    draws=("taken",),
    parameters=(
        strength("new detentions per release", "arrests beside releases in spring 1994: 1.0, 0.5-1.5",
                 default=1.0, high=1.5, unit="persons"),
        Parameter("quiet", 0.2, 0.05, 0.5, "share", "risk of a person without organising capacity", "assumption"),
    ),
    after=("target.free_people", "target.re_detention"),
)  # fmt: skip
def revolving_door(w: Fields, now: Moment, *, strength: Array, quiet: Array) -> None:
    """Draw as many new detentions as releases, on average, among those at liberty, organisers first.

    Limits: silent in months without releases.
    """
    if not w.released_now.any():
        return
    weight = _free(w) * (quiet + w.person_organising)
    chance = strength * w.released_now * weight / np.maximum(weight.sum(axis=0), 1e-9)
    _detain(w, now.draw("taken", "person") < chance)


@rule(
    "target.routine_arrests",
    "Challenges are answered with arrests, and protest for social claims counts as a challenge.",
    claims=("DOM-15", "DOM-35"),
    accounts=ALL,
    phase="society",
    reads=("person_organising", "protest", "emergency", "security_effort"),
    writes=LIFE,
    draws=("taken",),
    parameters=(
        strength("scale of the risk", "DOM-15; assumption"),
        Parameter("rate", 0.0012, 0.0005, 0.02, "per month", "risk of a full organiser at full effort in calm months",
                  "assumption: keeps the number detained about level"),
        Parameter("protest", 1.5, 0.0, 4.0, "multiplier", "rise of the risk at full protest", "DOM-35; assumption"),
        Parameter("emergency", 2.0, 0.0, 6.0, "multiplier", "rise of the risk under full emergency rule",
                  "DOM-15; assumption"),
    ),
)  # fmt: skip
def routine_arrests(w: Fields, now: Moment, *, strength: Array, rate: Array, protest: Array, emergency: Array) -> None:
    """Draw arrests among those at liberty by organising capacity, protest, emergency and security effort.

    Limits: silent without security effort.
    """
    heat = 1.0 + protest * w.protest + emergency * w.emergency
    chance = strength * rate * w.security_effort * heat * (0.2 + w.person_organising)
    _detain(w, _free(w) & (now.draw("taken", "person") < chance))


@rule(
    "target.re_detention",
    "A known dissident whom visitors have met or praised is taken again, and visitors grow careful.",
    claims=("TGT-01",),
    accounts=(T2,),
    phase="answering",
    rows="senders",
    reads=("person_fame", "quiet_pressure", "vocal_pressure", "channel_choice"),
    writes=(*LIFE, "caution"),
    draws=("taken",),
    parameters=(
        strength("scale of the risk", "TGT-01; assumption"),
        Parameter("rate", 0.04, 0.01, 0.2, "per month", "risk of a famous person at liberty in a month of full contact",
                  "TGT-01: one re-arrest after a meeting in the record; assumption"),
        Parameter("caution", 0.3, 0.0, 0.8, "share", "part of the way to full caution that raising senders go",
                  "TGT-01: later visitors are cautious; assumption"),
    ),
    after=("target.free_people",),
)  # fmt: skip
def re_detention(w: Fields, now: Moment, *, strength: Array, rate: Array, caution: Array) -> None:
    """Draw re-arrests of known persons at liberty in months of contact; senders that raised rights grow cautious.

    Limits: silent in months without representations.
    """
    contact = strength * rate * np.minimum(w.quiet_pressure + w.vocal_pressure, 1.0)
    taken = _free(w) & (w.person_detentions > 0.0) & (now.draw("taken", "person") < contact * w.person_fame)
    _detain(w, taken)
    shaken = np.minimum(caution, 1.0) * taken.any(axis=0)
    w.caution += shaken * (w.channel_choice > now.index("channel", "silent")) * (1.0 - w.caution)


@rule(
    "target.new_faces",
    "Others take the place of those who left, so that the number of known activists stays.",
    claims=("TGT-03", "DOM-35"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("person_event",),
    writes=("person_status", "person_months", "person_issue", "person_fame", "person_organising", "person_named", "person_listed",
            "person_treatment", "person_detentions"),
    draws=("arrival", "person"),
    parameters=(
        Parameter("months", 12.0, 3.0, 48.0, "months", "mean time until a place is filled", "assumption"),
    ),
)  # fmt: skip
def new_faces(w: Fields, now: Moment, *, months: Array) -> None:
    """Fill the rows of exiled persons with new persons at liberty who resemble someone already followed.

    TGT-03: repression goes on. Limits: acts on rows exiled before this month.
    """
    gone = (w.person_status == EXILED) & (w.person_event == 0)
    if not gone.any():
        return
    arrives = gone & (now.draw("arrival", "person") < 1.0 / months)
    rows, runs = cells(arrives)
    models = (now.draw("person", "person")[rows, runs] * len(w.person_status)).astype(np.intp)
    for trait in (w.person_issue, w.person_fame, w.person_organising):
        trait[rows, runs] = trait[models, runs]
    for memory in (w.person_status, w.person_months, w.person_named, w.person_listed, w.person_detentions):
        memory[rows, runs] = 0.0
    w.person_treatment[rows, runs] = USUAL_TREATMENT
