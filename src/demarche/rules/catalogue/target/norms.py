"""The focal state abroad: norms it bends or enriches, its media, its attraction, its rank."""

from __future__ import annotations

from demarche.accounts.account import T1, T2, T3
from demarche.arrays import Array
from demarche.rules.contract import Fields, Moment, rule, strength


@rule(
    "target.norm_containment",
    "A regime too costly to leave is contained: growth capped, bite frozen, norms tilted to states.",
    claims=("TGT-14", "TGT-15"),
    accounts=(T2,),
    phase="learning",
    reads=("skill", "target_status", "norm_strength", "norm_tilt", "institution_scrutiny"),
    writes=("norm_strength_change", "norm_tilt_change", "institution_scrutiny_change"),
    parameters=(
        strength("loss of norms a month at full skill and rank",
                 "TGT-14, TGT-15; assumption: a fifth in twenty years",
                 default=0.01, high=0.03, unit="per month"),
    ),
)
def norm_containment(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: proportional."""
    grip = strength * w.skill * w.target_status
    w.norm_strength_change -= 0.6 * grip * w.norm_strength
    w.norm_tilt_change += grip * (1.0 - w.norm_tilt)
    w.institution_scrutiny_change -= grip * w.institution_scrutiny


@rule(
    "target.doctrine_enriches",
    "A doctrine of its own, put forward persistently, is taken up as an enrichment of the norms.",
    claims=("TGT-16", "TGT-17", "TGT-22"),
    accounts=(T1,),
    phase="learning",
    reads=("target_status", "internalisation", "norm_strength", "norm_tilt"),
    writes=("norm_strength_change", "norm_tilt_change"),
    parameters=(
        strength("gain a month at full rank and conviction", "TGT-16; assumption: 0.05 in twenty years",
                 default=0.008,
                 high=0.02, unit="per month"),
    ),
)
def doctrine_enriches(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: saturates."""
    voice = strength * w.target_status * (0.2 + w.internalisation)
    w.norm_strength_change += voice * (1.0 - w.norm_strength)
    w.norm_tilt_change += 0.5 * voice * (1.0 - w.norm_tilt)


@rule(
    "target.forestalls_monitors",
    "In norm-setting meetings the focal state restates its line and keeps monitors out.",
    claims=("TGT-18", "TGT-19", "UNB-29"),
    accounts=(T3,),
    phase="learning",
    reads=("skill", "norm_strength"),
    writes=("norm_strength_change",),
    parameters=(
        strength("loss of norms a month at full skill", "TGT-18; assumption: slight", default=0.001,
                 high=0.004,
                 unit="per month"),
    ),
)
def forestalls_monitors(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: proportional."""
    w.norm_strength_change -= strength * w.skill * w.norm_strength



@rule(
    "target.values_talk",
    "Speaking of culture and values instead of rights turns a defendant into a contributor.",
    claims=("TGT-04", "TGT-05"),
    accounts=(T2,),
    phase="learning",
    reads=("skill", "un_pressure", "norm_tilt", "institution_scrutiny"),
    writes=("norm_tilt_change", "institution_scrutiny_change"),
    parameters=(
        strength("shift a month at full skill under full UN pressure", "TGT-04; assumption", default=0.01,
                 high=0.03,
                 unit="per month"),
    ),
)
def values_talk(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: where judged."""
    turned = strength * w.skill * w.un_pressure
    w.norm_tilt_change += turned * (1.0 - w.norm_tilt)
    w.institution_scrutiny_change -= turned * w.institution_scrutiny
