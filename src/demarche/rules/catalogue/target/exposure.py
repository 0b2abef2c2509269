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
        Parameter("usual", 0.55, 0.4, 0.7, "share", "usual resistance", "as pressure.resistance_settles"),
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


@rule(
    "target.skill_growth",
    "The focal state learns counter-moves, the faster the more it has been pressed.",
    claims=("TGT-12",),
    accounts=ALL,
    phase="learning",
    reads=("skill", "pressure_memory"),
    writes=("skill_change",),
    parameters=(
        strength("part of the missing skill learned in a month under remembered pressure of one half",
                 "TGT-12: effect halves in 8 years, 4 to never", default=0.008, high=0.03, unit="share per month"),
        Parameter("ceiling", 0.9, 0.6, 1.0, "share", "highest skill", "assumption"),
    ),
)  # fmt: skip
def skill_growth(w: Fields, now: Moment, *, strength: Array, ceiling: Array) -> None:
    """Raise skill towards its ceiling; without pressure it grows at half the pace. Limits: silent at the ceiling."""
    w.skill_change += strength * (0.5 + w.pressure_memory) * np.maximum(ceiling - w.skill, 0.0)


@rule(
    "target.rejects_criticism",
    "The standing reply to criticism is that it is interference.",
    claims=("TGT-31", "TGT-32"),
    accounts=ALL,
    phase="learning",
    reads=("vocal_pressure", "resistance"),
    writes=("resistance_change",),
    parameters=(strength("part of the way to full resistance in a month of full public pressure", "TGT-31; assumption",
                         default=0.01, high=0.04, unit="share per month"),),
)  # fmt: skip
def rejects_criticism(w: Fields, now: Moment, *, strength: Array) -> None:
    """Raise resistance a little with public criticism. Limits: silent without public criticism."""
    w.resistance_change += strength * w.vocal_pressure * (1.0 - w.resistance)


@rule(
    "target.declaratory_gains",
    "Pressure is answered with words: texts and professions move, institutions do not.",
    claims=("PRS-16", "PRS-17", "TGT-13"),
    accounts=(T2, T3),
    phase="learning",
    reads=("vocal_pressure", "un_pressure", "pressure_effect", "commitment", "threatens_monopoly"),
    writes=("commitment_change",),
    parameters=(strength("part of the way to full commitment in a month of full pressure", "PRS-16; assumption",
                         default=0.002, high=0.006, unit="share per month"),),
)  # fmt: skip
def declaratory_gains(w: Fields, now: Moment, *, strength: Array) -> None:
    """Raise commitment with pressure, more where the ruling monopoly is not touched; practice is left alone.

    Limits: silent without pressure.
    """
    pressure = strength * np.minimum(w.vocal_pressure + w.un_pressure, 1.0) * w.pressure_effect
    w.commitment_change += pressure * (1.0 - 0.5 * w.threatens_monopoly) * (1.0 - w.commitment)
