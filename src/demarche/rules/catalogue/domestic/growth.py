"""Growth and what it does: incomes, lost provision, dislocation, entry into world trade."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T1, T2, T3, T4
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import clip_share


@rule(
    "domestic.growth",
    "The economy grows around its trend, with luck that lasts for some years.",
    claims=("DOM-31",),
    accounts=ALL,
    phase="events",
    writes=("growth_rate",),
    draws=("luck",),
    parameters=(
        strength("share of the way to the trend that a month makes up, and its luck with it",
                 "World Bank GDP: swings of about three years; rounded", default=0.04, high=0.1, unit="per month"),
        Parameter("trend", 0.095, 0.06, 0.12, "per year", "trend of growth",
                  "World Bank GDP 1990-2008, rounded"),
        Parameter("swing", 0.025, 0.01, 0.04, "per year", "standard deviation of growth around it",
                  "World Bank GDP 1990-2008, rounded"),
    ),
)
def growth(w: Fields, now: Moment, *, strength: Array, trend: Array, swing: Array) -> None:
    """Limits: no feedback from sanctions."""
    luck = 3.46 * (now.draw("luck") - 0.5)
    w.growth_rate += strength * (trend - w.growth_rate) + np.sqrt(2.0 * strength) * swing * luck
    np.clip(w.growth_rate, -0.2, 0.3, out=w.growth_rate)


@rule(
    "domestic.growth_lifts_welfare",
    "Growth by itself lifts economic and social rights, without any policy meant for rights.",
    claims=("DOM-31",),
    accounts=ALL,
    phase="society",
    reads=("growth_rate", "is_social", "home_support", "structural_practice"),
    writes=("structural_practice_change",),
    parameters=(
        strength("gain a month per unit of yearly growth",
                 "prior on growth and social practice: 0.01 a year, 0 to 0.02",
                 default=0.016, high=0.04, unit="share per month per growth"),
    ),
)
def growth_lifts_welfare(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: gains get harder."""
    room = w.is_social * w.home_support * (1.0 - w.structural_practice)
    w.structural_practice_change += strength * w.growth_rate * room


@rule(
    "domestic.welfare_collapse",
    "Provision by units of work and villages breaks down, and care, schooling and pensions with it.",
    claims=("DOM-33",),
    accounts=(T3,),
    phase="society",
    reads=("is_social", "home_support", "structural_practice"),
    writes=("structural_practice_change",),
    parameters=(
        strength("loss a month per unit of practice",
                 "DOM-33; assumption: takes back under half of what growth gives",
                 default=0.0006, high=0.0015, unit="per month"),
    ),
)
def welfare_collapse(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: no recovery of provision."""
    w.structural_practice_change -= strength * w.is_social * w.home_support**2 * w.structural_practice


@rule(
    "domestic.registration",
    "Registration keeps the rural majority out of services where no law protects them.",
    claims=("DOM-44", "DOM-45"),
    accounts=(T3,),
    phase="society",
    reads=("is_overlap", "formal_law", "foreign_interest", "structural_practice"),
    writes=("structural_practice_change",),
    parameters=(
        strength("loss a month per unit of practice", "DOM-44; assumption: about 0.01 in five years",
                 default=0.0012,
                 high=0.004, unit="per month"),
    ),
)
def registration(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: where few look on."""
    unprotected = w.is_overlap * (1.0 - w.foreign_interest) * (1.0 - w.formal_law)
    w.structural_practice_change -= strength * unprotected * w.structural_practice


@rule(
    "domestic.growth_disrupts",
    "Growth dislocates and raises expectations; conflict follows, and policing follows conflict.",
    claims=("DOM-32",),
    accounts=(T2, T3, T4),
    phase="events",
    reads=("growth_rate",),
    writes=("protest", "security_effort_change"),
    parameters=(
        strength("protest per unit of yearly growth", "DOM-32; assumption: a fifth of protest at the trend",
                 default=0.4, high=1.2, unit="share per growth"),
        Parameter("policing", 0.03, 0.0, 0.1, "per month", "policing per unit of that protest",
                  "DOM-32; assumption"),
    ),
)
def growth_disrupts(w: Fields, now: Moment, *, strength: Array, policing: Array) -> None:
    """Limits: shrinking economies are calm."""
    unrest = strength * np.maximum(w.growth_rate, 0.0)
    w.protest += unrest
    clip_share(w.protest)
    w.security_effort_change += policing * unrest


@rule(
    "domestic.accession",
    "Entry into world trade strengthens professions for long and hurts livelihoods at once.",
    claims=("DOM-42", "DOM-43"),
    accounts=(T3,),
    phase="events",
    when="trade_accession",
    writes=("professional_strength_change", "fear_of_instability_change", "nationalism_change"),
    calendar=("trade_accession",),
    parameters=(
        strength("size of the push at accession", "DOM-42, DOM-43; assumption", default=0.05, high=0.15,
                 unit="share"),
    ),
)
def accession(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: one push."""
    push = strength * now.strength("trade_accession")
    w.professional_strength_change += push
    w.fear_of_instability_change += push
    w.nationalism_change += push


@rule(
    "domestic.development_first",
    "As living conditions pass a threshold, political rights follow in stages.",
    claims=("DOM-03",),
    accounts=(T1,),
    phase="learning",
    reads=("structural_practice", "is_social", "is_core"),
    writes=("structural_practice_change",),
    parameters=(
        strength("gain of the core a month per unit of welfare above the threshold",
                 "DOM-03; assumption: 0.01 in the five years after the threshold", default=0.002, high=0.006,
                 unit="per month"),
        Parameter("threshold", 0.5, 0.4, 0.7, "share", "social practice at which the next stage begins",
                  "DOM-03; assumption: a tenth above the start"),
    ),
)
def development_first(w: Fields, now: Moment, *, strength: Array, threshold: Array) -> None:
    """Limits: silent below threshold."""
    welfare = (w.structural_practice * w.is_social).sum(axis=0) / np.maximum(w.is_social.sum(axis=0), 1.0)
    w.structural_practice_change += strength * np.maximum(welfare - threshold, 0.0) * w.is_core
