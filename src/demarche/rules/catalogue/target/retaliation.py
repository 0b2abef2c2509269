"""Answers to senders: punishment of those in front, rewards for those who leave."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import fade

LEFT_SPONSORS = 3
PUNISHED, REWARDED = 1, 2
IMPOSSIBLE = 900.0
NOTICED = 0.2  # assumption: smaller rewards leave no trace in the record


@rule(
    "target.lets_pass",
    "Punishing a sender costs something, the more the larger it is.",
    claims=("TGT-32", "PRS-08"),
    accounts=ALL,
    phase="answer_weighing",
    rows="senders",
    reads=("economic_weight", "retaliation", "is_present", "is_focal"),
    writes=("retaliate_utility",),
    parameters=(
        Parameter("standing", -8.5, -11.0, -6.0, "utility", "punishment without a reason", "assumption: next to never"),
        Parameter("size", 3.0, 0.0, 6.0, "utility", "cost of punishing a sender, by the root of its economic weight",
                  "PRS-08: large markets are needed; assumption"),
        Parameter("fresh", 6.0, 2.0, 10.0, "utility", "cost of punishing again while a punishment lasts", "assumption"),
    ),
)  # fmt: skip
def lets_pass(w: Fields, now: Moment, *, standing: Array, size: Array, fresh: Array) -> None:
    """Set the standing terms of punishing each state. Limits: the focal state and absent states are never punished."""
    barred = IMPOSSIBLE * (1.0 - w.is_present * (1.0 - w.is_focal))
    plain = standing - size * np.sqrt(w.economic_weight) - barred
    w.retaliate_utility[now.index("retaliate", "retaliate")] += plain - fresh * w.retaliation


@rule(
    "target.anger",
    "Those who lead or sponsor a motion, or keep speaking out, draw anger.",
    claims=("TGT-31", "TGT-32"),
    accounts=ALL,
    phase="answer_weighing",
    rows="senders",
    reads=("is_lead", "is_sponsor", "public_stance", "un_pressure", "resistance"),
    writes=("retaliate_utility",),
    parameters=(
        strength("scale of anger", "TGT-32; assumption"),
        Parameter("lead", 9.0, 4.0, 14.0, "utility", "anger at the leading sponsor at full UN pressure",
                  "the lead sponsor of 1997 lost visits and contracts; assumption"),
        Parameter("sponsor", 1.5, 0.0, 4.0, "utility", "anger at other sponsors at full UN pressure", "assumption"),
        Parameter("voice", 2.0, 0.0, 4.0, "utility", "anger at a full public stance", "TGT-31; assumption"),
    ),
)  # fmt: skip
def anger(w: Fields, now: Moment, *, strength: Array, lead: Array, sponsor: Array, voice: Array) -> None:
    """Raise the utility of punishing lead sponsors, sponsors and public critics, more with resistance.

    Limits: silent towards states that neither sponsor nor speak.
    """
    heat = strength * (0.5 + w.resistance)
    tabled = heat * w.un_pressure
    utility = w.retaliate_utility[now.index("retaliate", "retaliate")]
    utility += (lead * tabled) * w.is_lead
    utility += (sponsor * tabled) * w.is_sponsor
    utility += (voice * heat) * w.public_stance


@rule(
    "target.punishes",
    "Senders singled out lose visits, contracts and talks for a year or two.",
    claims=("TGT-32", "TGT-31"),
    accounts=ALL,
    phase="answering",
    rows="senders",
    reads=("retaliate_choice",),
    writes=("retaliation", "retaliation_event"),
    parameters=(
        Parameter("weight", 0.8, 0.3, 1.0, "share", "height of a punishment", "assumption"),
        Parameter("half_life", 6.0, 3.0, 9.0, "months", "half-life of a punishment",
                  "Fuchs & Klann: exports 8 % lower for at most two years"),
    ),
)  # fmt: skip
def punishes(w: Fields, now: Moment, *, weight: Array, half_life: Array) -> None:
    """Apply the choices; punishments fade. Limits: one height for all."""
    hit = w.retaliate_choice == now.index("retaliate", "retaliate")
    fade(w.retaliation, half_life)
    np.maximum(w.retaliation, weight * hit, out=w.retaliation)
    w.retaliation_event[hit] = PUNISHED


@rule(
    "target.rewards_defectors",
    "States that leave the sponsors are rewarded with contracts and visits.",
    claims=("COA-13",),
    accounts=ALL,
    phase="answering",
    rows="senders",
    reads=("sponsor_event", "economic_weight"),
    writes=("favour", "retaliation_event"),
    parameters=(
        strength("height of the reward for a lone defector of middling size",
                 "COA-13; contracts of May 1997; assumption", default=1.0, high=1.0, unit="share"),
        Parameter("crowd", 5.0, 1.0, 20.0, "states", "defectors among whom a reward is halved", "assumption"),
    ),
    after=("target.punishes",),
)  # fmt: skip
def rewards_defectors(w: Fields, now: Moment, *, strength: Array, crowd: Array) -> None:
    """Reward states that left the sponsors this month: large ones more, a crowd less each.

    Limits: silent in months in which nobody leaves.
    """
    left = w.sponsor_event == LEFT_SPONSORS
    if not left.any():
        return
    purse = strength / (1.0 + np.maximum(left.sum(axis=0) - 1.0, 0.0) / crowd)
    reward = np.minimum(purse * (0.3 + 2.0 * np.sqrt(w.economic_weight)), 1.0) * left
    np.maximum(w.favour, reward, out=w.favour)
    w.retaliation_event[reward > NOTICED] = REWARDED


@rule(
    "target.favour_fades",
    "Rewards, visits and goodwill are forgotten in time.",
    claims=("COA-13", "COA-06", "COA-24"),
    accounts=ALL,
    phase="bookkeeping",
    writes=("favour", "lobbied", "goodwill"),
    parameters=(
        Parameter("favour", 9.0, 3.0, 24.0, "months", "half-life of a reward",
                  "rewards of 1997 were gone within two years"),
        Parameter("lobbied", 6.0, 3.0, 12.0, "months", "half-life of a visit",
                  "tours lie within half a year of sessions"),
        Parameter("goodwill", 48.0, 12.0, 120.0, "months", "half-life of goodwill", "COA-24: years; assumption"),
    ),
)
def favour_fades(w: Fields, now: Moment, *, favour: Array, lobbied: Array, goodwill: Array) -> None:
    """Let rewards, visits and goodwill fade."""
    fade(w.favour, favour)
    fade(w.lobbied, lobbied)
    fade(w.goodwill, goodwill)
