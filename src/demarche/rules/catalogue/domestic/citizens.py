"""Citizens: grievances, protest, mobilisation, and what rulers concede to it."""

from __future__ import annotations

from demarche.accounts.account import T2, T3, T4
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import clip_share


@rule(
    "domestic.grievances",
    "Unmet claims that people care about become protest, as far as people are mobilised.",
    claims=("DOM-39", "DOM-35"),
    accounts=ALL,
    phase="events",
    reads=("practice", "home_support", "mobilisation", "emergency"),
    writes=("protest",),
    parameters=(
        strength("protest at full mobilisation and grievance",
                 "DOM-39; assumption: a sixth of the scale in quiet months",
                 default=1.3, high=3.0),
    ),
)
def grievances(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: emergency."""
    grievance = ((1.0 - w.practice) * w.home_support).sum(axis=0) / w.home_support.sum(axis=0).clip(0.01)
    w.protest += strength * grievance * w.mobilisation * (1.0 - 0.7 * w.emergency)
    clip_share(w.protest)


@rule(
    "domestic.citizens",
    "Everyday grievances over law, land and work draw citizens into claiming their rights.",
    claims=("DOM-20", "DOM-39"),
    accounts=(T4,),
    phase="society",
    reads=("protest", "awareness", "activist_capacity", "mobilisation", "security_effort"),
    writes=("mobilisation_change",),
    parameters=(
        strength("gain of mobilisation a month at full protest, awareness and capacity",
                 "DOM-20; assumption: a tenth in ten years", default=0.025, high=0.08, unit="per month"),
    ),
)
def citizens(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: policing slows it."""
    spark = w.protest * (0.1 + w.awareness + 1.5 * w.activist_capacity) * (1.0 - 0.5 * w.security_effort)
    w.mobilisation_change += strength * spark * (1.0 - w.mobilisation)


@rule(
    "domestic.activists_rouse",
    "Able activists widen mobilisation; without them it is lower but does not vanish.",
    claims=("NGO-34", "DOM-20"),
    accounts=(T3, T4),
    phase="society",
    reads=("activist_capacity", "mobilisation"),
    writes=("mobilisation_change",),
    parameters=(
        strength("gain of mobilisation a month at full capacity",
                 "NGO-34; assumption: mobilisation without foreign support stays at 40-90 % of what it is with it",
                 default=0.025, high=0.05, unit="per month"),
    ),
)
def activists_rouse(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: saturates."""
    w.mobilisation_change += strength * w.activist_capacity * (1.0 - w.mobilisation)


@rule(
    "domestic.social_media",
    "Talk that outruns censors lets people learn that others share their grievances.",
    claims=("DOM-22", "DOM-39"),
    accounts=(T4,),
    phase="society",
    reads=("awareness", "protest", "mobilisation"),
    writes=("awareness_change", "mobilisation_change"),
    parameters=(
        strength("gain a month", "DOM-22; assumption: awareness doubles in about fifteen years",
                 default=0.004, high=0.012,
                 unit="per month"),
    ),
)
def social_media(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: steady."""
    w.awareness_change += strength * (0.4 + w.protest) * (1.0 - w.awareness)
    w.mobilisation_change += strength * w.awareness * (1.0 - w.mobilisation)


@rule(
    "domestic.dread_of_disorder",
    "The memory of disorder, shared by rulers and ruled, tempers demands.",
    claims=("DOM-29",),
    accounts=(T2, T3),
    phase="society",
    reads=("fear_of_instability", "mobilisation"),
    writes=("mobilisation_change",),
    parameters=(
        strength("loss of mobilisation a month at full dread", "DOM-29; assumption", default=0.008, high=0.02,
                 unit="per month"),
    ),
)
def dread_of_disorder(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: proportional to what is there."""
    w.mobilisation_change -= strength * w.fear_of_instability * w.mobilisation


@rule(
    "domestic.society_settles",
    "Mobilisation, capacity, risk and awareness drift back to a standing level where nothing pushes them.",
    claims=("DOM-39", "DOM-36"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("mobilisation", "activist_capacity", "activist_risk", "awareness"),
    writes=("mobilisation_change", "activist_capacity_change", "activist_risk_change", "awareness_change"),
    parameters=(
        strength("share of the distance made up in a month", "assumption: half-life near two years",
                 default=0.03,
                 high=0.08, unit="per month"),
        Parameter("mobilisation", 0.25, 0.1, 0.4, "share", "standing mobilisation",
                  "DOM-39; assumption: a little below the start"),
        Parameter("capacity", 0.15, 0.05, 0.3, "share", "standing capacity of activists",
                  "NGO-34; assumption: lower than at the start without support"),
        Parameter("risk", 0.5, 0.3, 0.7, "share", "standing risk of activists", "DOM-40; assumption"),
        Parameter("awareness", 0.2, 0.1, 0.4, "share", "standing awareness",
                  "DOM-14, DOM-26; assumption: as at the start"),
    ),
)
def society_settles(
    w: Fields, now: Moment, *, strength: Array, mobilisation: Array, capacity: Array, risk: Array, awareness: Array,
) -> None:
    """Limits: levels do not move."""
    w.mobilisation_change += strength * (mobilisation - w.mobilisation)
    w.activist_capacity_change += strength * (capacity - w.activist_capacity)
    w.activist_risk_change += strength * (risk - w.activist_risk)
    w.awareness_change += 0.3 * strength * (awareness - w.awareness)
