"""Growth and what it does: incomes, lost provision, dislocation, entry into world trade."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T2, T3, T4
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
