"""The focal state abroad: norms it bends or enriches, its media, its attraction, its rank."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T1, T2, T3
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength


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
    "target.media_management",
    "Skilful handling of media sells improvement and makes news of abuse stale.",
    claims=("TGT-26", "TGT-34"),
    accounts=(T2, T3),
    phase="learning",
    reads=("skill", "media_visibility"),
    writes=("media_visibility_change",),
    parameters=(
        strength("share of reach lost a month at full skill", "TGT-26; assumption: a fifth in the long run",
                 default=0.012,
                 high=0.03, unit="per month"),
    ),
)
def media_management(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: proportional to reach."""
    w.media_visibility_change -= strength * w.skill * w.media_visibility


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


@rule(
    "target.soft_power",
    "Institutes, loans, ceremony and courses, paid by growth, win attraction abroad.",
    claims=("TGT-06", "TGT-07", "TGT-08", "TGT-09", "TGT-10"),
    accounts=(T2,),
    phase="learning",
    reads=("growth_rate", "skill", "soft_power"),
    writes=("soft_power_change",),
    parameters=(
        strength("gain a month per unit of yearly growth at full skill",
                 "TGT-06, TGT-07; assumption: 0.2 in twenty years",
                 default=0.06, high=0.15, unit="share per month per growth"),
    ),
)
def soft_power(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: saturates."""
    w.soft_power_change += strength * w.growth_rate.clip(0.0) * (0.3 + w.skill) * (1.0 - w.soft_power)


@rule(
    "target.self_inflicted_wound",
    "Abuse that publics hear of caps attraction abroad.",
    claims=("TGT-11",),
    accounts=ALL,
    phase="learning",
    reads=("headline", "is_core", "soft_power"),
    writes=("soft_power_change",),
    parameters=(
        strength("loss a month at full headlines on the core", "TGT-11; assumption", default=0.02, high=0.06,
                 unit="per month"),
        Parameter("standing", 0.3, 0.1, 0.5, "share", "attraction to which it drifts besides",
                  "TGT-10; assumption"),
    ),
)
def self_inflicted_wound(w: Fields, now: Moment, *, strength: Array, standing: Array) -> None:
    """Limits: proportional."""
    shown = (w.headline * w.is_core).sum(axis=0) / np.maximum(w.is_core.sum(axis=0), 1.0)
    w.soft_power_change += strength * (0.5 * (standing - w.soft_power) - shown * w.soft_power)


@rule(
    "target.welfare_claims",
    "Gains in welfare are turned into legitimacy, and into licence for restriction.",
    claims=("TGT-30", "DOM-59"),
    accounts=ALL,
    phase="society",
    reads=("structural_practice", "is_social", "growth_rate", "legitimacy"),
    writes=("legitimacy_change",),
    parameters=(
        strength("gain of legitimacy a month at full welfare and the usual growth", "TGT-30; assumption",
                 default=0.01,
                 high=0.03, unit="per month"),
    ),
)
def welfare_claims(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: saturates."""
    welfare = (w.structural_practice * w.is_social).sum(axis=0) / np.maximum(w.is_social.sum(axis=0), 1.0)
    w.legitimacy_change += strength * welfare * (10.0 * w.growth_rate).clip(0.0, 1.5) * (1.0 - w.legitimacy)
