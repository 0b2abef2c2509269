"""Credit of senders: scandals, repair, lecturing, mixed messages, published pledges."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T1, T2, T3, T4
from demarche.arrays import Array
from demarche.rules.contract import Fields, Moment, Parameter, rule, strength


def weighted(values: Array, will: Array, size: Array) -> Array:
    """Return the mean over states of values `(n_states, n_runs)`, weighted by will and the root of economic size."""
    weights = will * np.sqrt(size)
    total = np.maximum(weights.sum(axis=0), 1e-9)
    mean: Array = np.einsum("sr,sr->r", weights, values) / total
    return mean


@rule(
    "sender.scandal",
    "A sender whose own abuses come to light loses standing to criticise.",
    claims=("SND-01",),
    accounts=(T2, T4),
    phase="events",
    rows="senders",
    when="scandal",
    reads=("credibility",),
    writes=("credibility_change",),
    calendar=("scandal",),
    parameters=(
        strength("scale of the loss", "SND-01; assumption: 1"),
        Parameter("drop", 0.2, -0.1, 0.4, "share", "share of credit lost in the month of a full scandal",
                  "SND-01 against Gruffydd-Jones 2025: contested sign, band -0.3 to +0.1 of the pressure's effect"),
    ),
)
def scandal(w: Fields, now: Moment, *, strength: Array, drop: Array) -> None:
    """Take credit from the actors of a scandal. Limits: silent in months without a scandal; the sign is contested."""
    share = strength * drop * now.strength("scandal")
    w.credibility_change -= share * now.actors("scandal") * w.credibility


@rule(
    "sender.repair",
    "Standing returns in step with repair at home.",
    claims=("SND-02",),
    accounts=(T2, T4),
    phase="learning",
    rows="senders",
    when="year",
    reads=("own_rights", "democracy", "credibility"),
    writes=("credibility_change",),
    parameters=(
        strength("share of the distance to the credit of the own record made up each year",
                 "SND-02 (3-10 years); assumption: half in four to five years", default=0.15, high=0.5,
                 unit="share per year"),
    ),
)
def repair(w: Fields, now: Moment, *, strength: Array) -> None:
    """Bring credit back to what record and institutions earn. Limits: silent where credit equals the record."""
    w.credibility_change += strength * (0.5 * (w.own_rights + w.democracy) - w.credibility)


@rule(
    "sender.lecturing",
    "A leading critic that poses as a model, alone, raises resistance.",
    claims=("SND-03",),
    accounts=(T1, T4),
    phase="learning",
    rows="senders",
    reads=("rival_pressure", "coordination", "resistance"),
    writes=("resistance_change",),
    parameters=(
        strength("resistance gained per month under full criticism by the leading critic alone",
                 "SND-03; assumption: 0.005 a year at usual levels", default=0.005, high=0.02,
                 unit="share per month"),
    ),
)
def lecturing(w: Fields, now: Moment, *, strength: Array) -> None:
    """Turn lonely public criticism by the leading critic into resistance.

    Limits: silent when the critic is silent or all speak together.
    """
    w.resistance_change += strength * w.rival_pressure * (1.0 - w.coordination) * (1.0 - w.resistance)


@rule(
    "sender.oscillation",
    "Turning from public criticism to agreeing to differ and back weakens the message.",
    claims=("SND-04",),
    accounts=(T4,),
    phase="learning",
    rows="senders",
    reads=("public_stance", "sender_will", "economic_weight", "is_present", "consistency"),
    writes=("consistency_change", "message_credibility_change"),
    parameters=(
        strength("share of the distance to the consistency shown, per month", "SND-04; assumption: a year's half-life",
                 default=0.06, high=0.2, unit="share per month"),
        Parameter("swing_cost", 0.6, 0.2, 1.0, "share", "consistency lost by a stance that is public half the time",
                  "SND-04; assumption"),
        Parameter("message", 0.01, 0.0, 0.05, "share per month",
                  "credit of the message moved per unit of consistency above or below 0.7", "SND-04; assumption"),
    ),
)
def oscillation(w: Fields, now: Moment, *, strength: Array, swing_cost: Array, message: Array) -> None:
    """Let mixed stances wear down consistency, and inconsistency the credit of the message.

    Limits: consistency rises when a stance is steady.
    """
    shown = 1.0 - swing_cost * 4.0 * w.public_stance * (1.0 - w.public_stance)
    w.consistency_change += strength * w.is_present * (shown - w.consistency)
    steadiness = weighted(w.consistency, w.sender_will, w.economic_weight)
    w.message_credibility_change += np.sign(strength) * message * (steadiness - 0.7)


@rule(
    "sender.published_commitments",
    "Citing what the focal state has promised, at home and by treaty, gives the message credit.",
    claims=("SND-12", "SND-13"),
    accounts=(T4,),
    phase="learning",
    rows="senders",
    reads=("commitment", "is_core", "vocal_pressure", "quiet_pressure", "message_credibility"),
    writes=("message_credibility_change",),
    parameters=(
        strength("credit gained per month under full pressure and full commitments", "SND-12, SND-13; assumption",
                 default=0.03, high=0.1, unit="share per month"),
    ),
)
def published_commitments(w: Fields, now: Moment, *, strength: Array) -> None:
    """Turn commitments into credit when senders speak. Limits: silent while senders are silent."""
    promised = (w.commitment * w.is_core).sum(axis=0) / max(float(w.is_core.sum()), 1.0)
    spoken = np.minimum(w.vocal_pressure + w.quiet_pressure, 1.0)
    w.message_credibility_change += strength * promised * spoken * (1.0 - w.message_credibility)


@rule(
    "sender.adopted_goals",
    "Campaigning for goals that the government has adopted itself meets less resistance.",
    claims=("SND-14",),
    accounts=(T3,),
    phase="learning",
    rows="senders",
    reads=("commitment", "formal_law", "vocal_pressure", "resistance"),
    writes=("resistance_change",),
    parameters=(
        strength("share of resistance lost per month under full pressure for adopted goals",
                 "SND-14 (3-10 years); assumption", default=0.01, high=0.05, unit="share per month"),
    ),
)
def adopted_goals(w: Fields, now: Moment, *, strength: Array) -> None:
    """Let pressure for adopted goals meet less resistance. Limits: silent without pressure or commitments."""
    adopted = 0.5 * (w.commitment.mean(axis=0) + w.formal_law.mean(axis=0))
    w.resistance_change -= strength * adopted * w.vocal_pressure * w.resistance


@rule(
    "sender.shared_authorship",
    "World conferences recall that the universal texts had authors from many civilisations.",
    claims=("SND-19",),
    accounts=(T2, T4),
    phase="learning",
    rows="senders",
    when="norm_conference",
    reads=("message_credibility",),
    writes=("message_credibility_change",),
    calendar=("norm_conference",),
    parameters=(
        strength("share of missing credit gained at a full conference", "SND-19; assumption: small", default=0.05,
                 high=0.2, unit="share"),
    ),
)
def shared_authorship(w: Fields, now: Moment, *, strength: Array) -> None:
    """Raise the credit of the message at a world conference. Limits: silent without a conference."""
    w.message_credibility_change += strength * now.strength("norm_conference") * (1.0 - w.message_credibility)
