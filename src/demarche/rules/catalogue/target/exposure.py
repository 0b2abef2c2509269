"""How exposed the focal state is: needs, rank, resistance and skill set what a unit of pressure does."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T2, T3
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength

HIGHEST = 3.0


@rule(
    "target.exposure",
    "Pressure bites where the focal state needs something and ranks low.",
    claims=("PRS-08", "DOM-17", "TGT-33", "PRS-21"),
    accounts=ALL,
    phase="perceiving",
    reads=("target_needs", "target_status"),
    writes=("pressure_effect",),
    parameters=(
        Parameter("needs", 1.6, 0.5, 2.5, "per share", "effect of pressure per unit of need", "PRS-08; assumption"),
        Parameter("rank", 0.5, 0.0, 1.0, "share", "part of pressure that full rank shrugs off", "TGT-33; assumption"),
    ),
)
def exposure(w: Fields, now: Moment, *, needs: Array, rank: Array) -> None:
    """Set the effect of a unit of pressure from needs and rank, near 1 in a year of isolation.

    Other rules scale what it sets. Limits: clipped to 0-3.
    """
    w.pressure_effect[...] = np.minimum(needs * w.target_needs * (1.0 - rank * w.target_status), HIGHEST)


@rule(
    "target.resistance_blunts",
    "Resistance takes the edge off pressure.",
    claims=("TGT-31", "PRS-23", "PRS-07"),
    accounts=ALL,
    phase="perceiving",
    reads=("resistance",),
    writes=("pressure_effect",),
    parameters=(
        strength("loss of effect per unit of resistance beyond the usual", "PRS-23; assumption", default=0.8, high=2.0),
        Parameter("usual", 0.55, 0.4, 0.7, "share", "usual resistance", "assumption: as at the start"),
    ),
    after=("target.exposure",),
)
def resistance_blunts(w: Fields, now: Moment, *, strength: Array, usual: Array) -> None:
    """Scale the effect of pressure down where resistance is above its usual height, up where it is below.

    Limits: silent at the usual height.
    """
    w.pressure_effect *= np.maximum(1.0 - strength * (w.resistance - usual), 0.0)
    np.minimum(w.pressure_effect, HIGHEST, out=w.pressure_effect)


@rule(
    "target.counter_skill",
    "Practice in counter-moves makes the same pressure yield less.",
    claims=("TGT-12",),
    accounts=(T2, T3),
    phase="perceiving",
    reads=("skill",),
    writes=("pressure_effect",),
    parameters=(strength("part of the effect lost at full skill", "TGT-12; halves in 8 years, 4 to never",
                         default=0.7, high=1.0),),
    after=("target.exposure",),
)  # fmt: skip
def counter_skill(w: Fields, now: Moment, *, strength: Array) -> None:
    """Take away part of the effect of pressure in proportion to skill. Limits: silent without skill."""
    w.pressure_effect *= 1.0 - np.minimum(strength * w.skill, 1.0)
