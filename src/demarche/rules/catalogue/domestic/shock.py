"""Shock and return: an open challenge is put down, and practice finds back to its level."""

from __future__ import annotations

from demarche.accounts.account import T3
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import clip_share


@rule(
    "domestic.crackdown",
    "An open challenge is met with force: practice falls most where the ruling monopoly is at stake.",
    claims=("DOM-15", "DOM-38"),
    accounts=ALL,
    phase="events",
    when="crackdown",
    reads=("threatens_monopoly",),
    writes=(
        "practice_change", "emergency", "fear_of_instability_change", "activist_capacity_change",
        "activist_risk_change", "mobilisation_change", "security_effort_change", "legitimacy_change",
    ),
    calendar=("crackdown",),
    parameters=(
        strength("fall of practice where the monopoly is wholly at stake",
                 "Fariss 4.02: rescaled score 0.35 in 1988, 0.21 in 1989", default=0.173, high=0.35, unit="share"),
        Parameter("alarm", 0.6, 0.2, 1.5, "multiplier",
                  "rise of fear, risk and policing per unit of that fall",
                  "DOM-15; assumption: alarm is of the size of the fall"),
    ),
)
def crackdown(w: Fields, now: Moment, *, strength: Array, alarm: Array) -> None:
    """Limits: no cases."""
    force = strength * now.strength("crackdown")
    w.practice_change -= force * w.threatens_monopoly**2
    w.emergency += 5.0 * force
    clip_share(w.emergency)
    fright = alarm * force
    w.fear_of_instability_change += fright
    w.activist_risk_change += fright
    w.security_effort_change += fright
    w.activist_capacity_change -= 0.6 * fright
    w.mobilisation_change -= 0.8 * fright
    w.legitimacy_change -= 0.6 * fright


@rule(
    "domestic.return_to_order",
    "What deviates from standing practice returns to it, and emergency rule is wound up.",
    claims=("DOM-15", "DOM-36"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("practice", "structural_practice"),
    writes=("practice_change", "emergency"),
    parameters=(
        strength("speed of the return, multiple of the half-life's rate",
                 "assumption: 1 is the half-life itself"),
        Parameter("half_life", 7.0, 4.0, 12.0, "months", "half-life of a deviation of practice",
                  "Fariss 4.02: back near the old level within two years of 1989"),
    ),
)
def return_to_order(w: Fields, now: Moment, *, strength: Array, half_life: Array) -> None:
    """Limits: mean reversion."""
    rate = strength * (1.0 - 2.0 ** (-1.0 / half_life))
    w.practice_change += rate.clip(0.0, 1.0) * (w.structural_practice - w.practice)
    w.emergency *= (1.0 - rate).clip(0.0, 1.0)


@rule(
    "domestic.month_noise",
    "Each issue area has its own ups and downs, for reasons nobody in the model commands.",
    claims=("DOM-36", "DOM-28"),
    accounts=ALL,
    phase="society",
    writes=("practice_change",),
    draws=("shock",),
    parameters=(
        strength("standard deviation of a month's shock to practice",
                 "DOM-36; assumption: a tenth of the shock of 1989",
                 default=0.0045, high=0.012, unit="share per month"),
    ),
)
def month_noise(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: uniform, independent by issue."""
    w.practice_change += strength * 3.46 * (now.draw("shock", "issue") - 0.5)


@rule(
    "domestic.succession",
    "A contest for succession squeezes autonomous institutions; seldom it opens a window.",
    claims=("DOM-41",),
    accounts=(T3,),
    phase="events",
    when="succession",
    reads=("threatens_monopoly",),
    writes=("practice_change", "fear_of_instability_change"),
    draws=("opening",),
    calendar=("succession",),
    parameters=(
        strength("fall of practice where the monopoly is at stake",
                 "DOM-41; assumption: a quarter of a crackdown",
                 default=0.04, high=0.1, unit="share"),
        Parameter("chance", 0.1, 0.0, 0.3, "probability", "chance of an opening instead",
                  "DOM-41: slim; assumption"),
    ),
)
def succession(w: Fields, now: Moment, *, strength: Array, chance: Array) -> None:
    """Limits: fades with return to order."""
    weight = strength * now.strength("succession")
    sign = 2.0 * (now.draw("opening") < chance) - 1.0
    w.practice_change += weight * sign * w.threatens_monopoly
    w.fear_of_instability_change -= 0.5 * weight * sign


@rule(
    "domestic.emergency_grips",
    "While emergency rule lasts, activists run a higher risk and reporters reach fewer places.",
    claims=("DOM-15", "NGO-01"),
    accounts=ALL,
    phase="society",
    reads=("emergency", "activist_risk", "media_visibility"),
    writes=("activist_risk_change", "media_visibility_change"),
    parameters=(
        strength("pull of full emergency rule", "DOM-15; assumption: a tenth of the remaining room a month",
                 default=0.05, high=0.15, unit="per month"),
    ),
)
def emergency_grips(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: ends with it."""
    pull = strength * w.emergency
    w.activist_risk_change += pull * (1.0 - w.activist_risk)
    w.media_visibility_change -= 0.5 * pull * w.media_visibility
