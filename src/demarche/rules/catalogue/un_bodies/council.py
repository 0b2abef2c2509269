"""The newer Council: made fairer by its members, or captured by those who work hardest at it."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T1, T2
from demarche.arrays import Array
from demarche.rules.contract import Fields, Moment, Parameter, rule, strength

COUNCIL_ERA = "UNB-11; the council begins some years before its first peer review; assumption"


@rule(
    "un_bodies.council_fairer",
    "In the newer Council the focal state helps to make review even-handed, and institutions gain.",
    claims=("UNB-07", "TGT-17"),
    accounts=(T1,),
    phase="learning",
    reads=("institution_strength",),
    writes=("institution_strength_change",),
    calendar=("peer_review",),
    parameters=(
        strength("gain a month in the time of the Council", "UNB-07; assumption: 0.05 in five years",
                 default=0.002,
                 high=0.006, unit="per month"),
        Parameter("lead", 32.0, 0.0, 60.0, "months", "time of the Council before its first peer review",
                  COUNCIL_ERA),
    ),
)
def council_fairer(w: Fields, now: Moment, *, strength: Array, lead: Array) -> None:
    """Limits: silent before the Council."""
    era = (lead >= now.months_to("peer_review")) | np.isfinite(now.months_since("peer_review"))
    w.institution_strength_change += strength * era * (1.0 - w.institution_strength)


@rule(
    "coalition.council_capture",
    "Illiberal members work harder at the newer Council and whittle down its mandates.",
    claims=("COA-04", "COA-05", "UNB-12"),
    accounts=(T2,),
    phase="learning",
    reads=("skill", "has_seat", "democracy", "institution_strength", "body_strength"),
    writes=("institution_strength_change", "body_strength_change"),
    calendar=("peer_review",),
    parameters=(
        strength("loss a month, all seats with illiberal members and full skill",
                 "COA-04, COA-05; assumption: a tenth in five years", default=0.006, high=0.02, unit="per month"),
        Parameter("lead", 32.0, 0.0, 60.0, "months", "time of the Council before its first peer review",
                  COUNCIL_ERA),
    ),
)
def council_capture(w: Fields, now: Moment, *, strength: Array, lead: Array) -> None:
    """Limits: Council only."""
    era = (lead >= now.months_to("peer_review")) | np.isfinite(now.months_since("peer_review"))
    illiberal = (w.has_seat * (1.0 - w.democracy)).sum(axis=0) / np.maximum(w.has_seat.sum(axis=0), 1.0)
    loss = strength * era * illiberal * w.skill
    w.institution_strength_change -= loss * w.institution_strength
    w.body_strength_change -= loss * w.body_strength
