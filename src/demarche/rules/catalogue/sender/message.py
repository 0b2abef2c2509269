"""How a sender's message is built, and what that does to its effect."""

from __future__ import annotations

from demarche.accounts.account import T4
from demarche.arrays import Array
from demarche.rules.catalogue.sender.credit import weighted
from demarche.rules.contract import Fields, Moment, Parameter, rule, strength

EXPOSURE = ("target.exposure",)


@rule(
    "sender.compartment",
    "Rights kept apart from all other files can be ignored at no cost; woven into them they carry weight.",
    claims=("SND-05", "SND-06"),
    accounts=(T4,),
    phase="perceiving",
    rows="senders",
    reads=("compartment", "sender_will", "economic_weight"),
    writes=("pressure_effect",),
    after=EXPOSURE,
    parameters=(
        strength("share of the effect lost when every sender keeps rights wholly apart",
                 "SND-05, SND-06; assumption: half", default=0.5, high=1.0, unit="share"),
        Parameter("usual", 0.6, 0.4, 0.8, "share", "separation at which the effect is as elsewhere",
                  "assumption: the starting value of the field"),
    ),
)
def compartment(w: Fields, now: Moment, *, strength: Array, usual: Array) -> None:
    """Scale the effect of pressure by how far senders keep rights apart. Limits: silent at the usual separation."""
    apart = weighted(w.compartment, w.sender_will, w.economic_weight) - usual
    w.pressure_effect *= 1.0 - strength * apart
    w.pressure_effect.clip(0.0, 3.0, out=w.pressure_effect)


@rule(
    "sender.mainstreaming",
    "Senders whose firms share the exposure to secrecy law and detention weave rights into other files.",
    claims=("SND-06",),
    accounts=(T4,),
    phase="learning",
    rows="senders",
    when="year",
    reads=("business_pull", "sender_will", "consistency", "compartment"),
    writes=("compartment_change",),
    parameters=(
        strength("share of the separation lost per year by a willing sender with full business ties",
                 "SND-06 (3-10 years); assumption", default=0.05, high=0.2, unit="share per year"),
    ),
)
def mainstreaming(w: Fields, now: Moment, *, strength: Array) -> None:
    """Lower separation where will, steadiness and business ties meet.

    Limits: silent for senders without will or without trade.
    """
    w.compartment_change -= strength * w.business_pull * w.sender_will * w.consistency * w.compartment


@rule(
    "sender.coherent_strategy",
    "A steady strategy centred on civil society makes single gestures add up.",
    claims=("SND-15",),
    accounts=(T4,),
    phase="perceiving",
    rows="senders",
    reads=("consistency", "sender_will", "economic_weight", "activist_capacity"),
    writes=("pressure_effect",),
    after=(*EXPOSURE, "sender.compartment"),
    parameters=(
        strength("share of effect gained with steady senders and full capacity of activists",
                 "SND-15; assumption: a fifth", default=0.2, high=0.6, unit="share"),
    ),
)
def coherent_strategy(w: Fields, now: Moment, *, strength: Array) -> None:
    """Scale the effect of pressure by steadiness and by the capacity it meets at home.

    Limits: silent without activists.
    """
    steadiness = weighted(w.consistency, w.sender_will, w.economic_weight)
    w.pressure_effect *= 1.0 + strength * steadiness * w.activist_capacity
    w.pressure_effect.clip(0.0, 3.0, out=w.pressure_effect)


@rule(
    "sender.conviction_or_interest",
    "Appeals that seem to rest on conviction alone, apart from interest, carry another weight.",
    claims=("SND-07", "SND-09"),
    accounts=(T4,),
    phase="perceiving",
    rows="senders",
    reads=("business_pull", "sender_will", "economic_weight"),
    writes=("pressure_effect",),
    after=(*EXPOSURE, "sender.compartment", "sender.coherent_strategy"),
    parameters=(
        strength("scale of the discount", "SND-07; assumption: 1"),
        Parameter("discount", 0.1, -0.1, 0.3, "share", "effect lost by an appeal without any interest behind it",
                  "SND-07 against SND-09: contested sign; assumption"),
    ),
)
def conviction_or_interest(w: Fields, now: Moment, *, strength: Array, discount: Array) -> None:
    """Discount appeals from senders with little at stake. Limits: silent where interests are fully engaged."""
    stake = weighted(w.business_pull, w.sender_will, w.economic_weight)
    w.pressure_effect *= 1.0 - strength * discount * (1.0 - stake)
    w.pressure_effect.clip(0.0, 3.0, out=w.pressure_effect)


@rule(
    "sender.acknowledged_gains",
    "Acknowledging welfare gains openly buys room for demands on political freedoms.",
    claims=("SND-11",),
    accounts=(T4,),
    phase="learning",
    rows="senders",
    reads=("lever_acknowledge", "practice", "is_social", "resistance"),
    writes=("resistance_change",),
    parameters=(
        strength("share of resistance lost per month when full gains are fully acknowledged",
                 "SND-11 (1-3 years); assumption: a tenth in a year", default=0.015, high=0.05,
                 unit="share per month"),
    ),
)
def acknowledged_gains(w: Fields, now: Moment, *, strength: Array) -> None:
    """Lower resistance where gains are acknowledged. Limits: silent while the lever is at zero."""
    gains = (w.practice * w.is_social).sum(axis=0) / max(float(w.is_social.sum()), 1.0)
    w.resistance_change -= strength * w.lever_acknowledge * gains * w.resistance


@rule(
    "sender.speaks_to_citizens",
    "Public words reach beyond officials to the population.",
    claims=("SND-16",),
    accounts=(T4,),
    phase="society",
    rows="senders",
    reads=("vocal_pressure", "media_visibility", "awareness"),
    writes=("awareness_change",),
    parameters=(
        strength("share of missing awareness gained per month under full public pressure and reach",
                 "SND-16 (1-3 years); assumption: a point of the scale in a year at usual levels", default=0.006,
                 high=0.02, unit="share per month"),
    ),
)
def speaks_to_citizens(w: Fields, now: Moment, *, strength: Array) -> None:
    """Turn public words into awareness. Limits: silent without public words or reach."""
    w.awareness_change += strength * w.vocal_pressure * w.media_visibility * (1.0 - w.awareness)
