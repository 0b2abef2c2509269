"""Learning: how participation becomes conviction, and conviction practice, over decades."""

from __future__ import annotations

from demarche.accounts.account import T1, T3
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength


@rule(
    "domestic.internalised",
    "Norms that officials hold as their own become practice: unseen for long, then plain.",
    claims=("DOM-07", "DOM-06"),
    accounts=(T1,),
    phase="learning",
    reads=("internalisation", "commitment", "structural_practice"),
    writes=("structural_practice_change",),
    parameters=(
        strength("gain a month at full conviction and full official adoption",
                 "DOM-07: three decades; assumption: under 0.02 in the first ten years, 0.05 and more in the second",
                 default=0.006, high=0.02, unit="per month"),
        Parameter("gate", 0.25, 0.0, 0.6, "share", "part of the effect that needs no official adoption",
                  "DOM-06: the state is the gate; assumption"),
    ),
)
def internalised(w: Fields, now: Moment, *, strength: Array, gate: Array) -> None:
    """Limits: squared."""
    adopted = gate + (1.0 - gate) * w.commitment
    w.structural_practice_change += strength * w.internalisation**2 * adopted * (1.0 - w.structural_practice)


@rule(
    "domestic.participation",
    "Taking part in the rights system changes how officials think, faster when they are not put on trial.",
    claims=("DOM-02", "DOM-05", "DOM-07", "PRS-07"),
    accounts=(T1,),
    phase="learning",
    reads=("treaty_stage", "vocal_pressure", "resistance", "internalisation"),
    writes=("internalisation_change",),
    parameters=(
        strength("gain of conviction a month, all treaties ratified and no resistance",
                 "DOM-05, DOM-07; assumption: 0.15 in twenty years without confrontation", default=0.003, high=0.008,
                 unit="per month"),
        Parameter("affront", 2.0, 0.0, 4.0, "multiplier", "how much public criticism delays it",
                  "PRS-07, UNB-05; assumption: half a unit of criticism stops it"),
    ),
)
def participation(w: Fields, now: Moment, *, strength: Array, affront: Array) -> None:
    """Limits: rises."""
    joined = 0.5 * w.treaty_stage.mean(axis=0)
    respected = (1.0 - affront * w.vocal_pressure).clip(0.0) * (1.0 - w.resistance)
    w.internalisation_change += strength * joined * respected * (1.0 - w.internalisation)


@rule(
    "domestic.education",
    "Training of officials, courts, police and schools spreads what the state has adopted.",
    claims=("DOM-13", "DOM-14", "DOM-06"),
    accounts=(T1,),
    phase="learning",
    reads=("commitment", "internalisation", "awareness"),
    writes=("internalisation_change", "awareness_change"),
    parameters=(
        strength("gain a month at full commitment", "DOM-13, DOM-14; assumption: 0.05 in twenty years",
                 default=0.0007,
                 high=0.003, unit="per month"),
    ),
)
def education(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: as adopted."""
    adopted = strength * w.commitment.mean(axis=0)
    w.internalisation_change += adopted * (1.0 - w.internalisation)
    w.awareness_change += 2.0 * adopted * (1.0 - w.awareness)


@rule(
    "domestic.returned_students",
    "Students who return, news and culture carry ideas of rights home, whatever nationalism does.",
    claims=("DOM-26", "NGO-28"),
    accounts=(T3,),
    phase="society",
    reads=("awareness", "growth_rate"),
    writes=("awareness_change",),
    parameters=(
        strength("gain of awareness a month per unit of yearly growth",
                 "DOM-26; assumption: 0.1 in twenty years",
                 default=0.015, high=0.04, unit="share per month per growth"),
    ),
)
def returned_students(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: growth stands for contact."""
    w.awareness_change += strength * w.growth_rate * (1.0 - w.awareness)


@rule(
    "domestic.conviction_needs_use",
    "Conviction that nothing renews slowly gives way to routine.",
    claims=("DOM-06", "DOM-13"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("internalisation",),
    writes=("internalisation_change",),
    parameters=(
        strength("loss a month per unit of conviction above the standing level",
                 "assumption: half-life of twenty years",
                 default=0.003, high=0.01, unit="per month"),
        Parameter("standing", 0.08, 0.0, 0.15, "share", "standing level",
                  "DOM-06; assumption: as at the start"),
    ),
)
def conviction_needs_use(w: Fields, now: Moment, *, strength: Array, standing: Array) -> None:
    """Limits: not below standing."""
    w.internalisation_change -= strength * (w.internalisation - standing).clip(0.0)
