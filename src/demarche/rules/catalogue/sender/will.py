"""Senders: how much a state wants to raise rights, where that comes from and what moves it."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T4
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import clip_share


@rule(
    "sender.standing_will",
    "States near the critic's order that respect rights at home and have the means want to raise rights abroad.",
    claims=("PRS-10", "SND-09"),
    accounts=ALL,
    phase="events",
    when="year",
    reads=("ideal_point", "democracy", "own_rights", "aid_need", "economic_weight", "is_western", "is_critic",
           "is_focal", "is_present", "lever_effort"),
    writes=("sender_will", "sender_will_change"),
    parameters=(
        strength("scale of the standing will", "assumption: 1 gives about 25 senders above 0.3 in 1992-1996, the "
                 "sponsors of the record", high=1.3),
        Parameter("threshold", 0.4, 0.0, 0.8, "ideal-point units", "ideal point at which will begins",
                  "assumption: splits the sponsors of 1992-1996 from other democracies"),
        Parameter("slope", 0.4, 0.2, 0.6, "share per ideal-point unit", "will gained per unit of ideal point",
                  "assumption: splits the sponsors of 1992-1996 from other democracies"),
        Parameter("western", 0.2, 0.0, 0.4, "share", "will of a member of the Western group at the threshold",
                  "assumption: western visitors raised cases as a routine, PRS-10"),
        Parameter("most", 0.7, 0.5, 0.9, "share", "highest standing will apart from the leading critic's",
                  "assumption: leaves room for months of outrage"),
        Parameter("lead", 0.1, 0.0, 0.3, "share", "what the leading critic has on top", "assumption"),
        Parameter("return_share", 0.5, 0.1, 0.9, "share per year", "share of the distance made up each January",
                  "assumption: moods of a year or two around a lasting level"),
    ),
)
def standing_will(
    w: Fields,
    now: Moment,
    *,
    strength: Array,
    threshold: Array,
    slope: Array,
    western: Array,
    most: Array,
    lead: Array,
    return_share: Array,
) -> None:
    """Set the will of states at the start; each January bring it back towards the standing level.

    Limits: one level per state, no parties or parliaments.
    """
    gates = np.clip((w.democracy - 0.4) / 0.35, 0, 1) * np.clip((w.own_rights - 0.3) / 0.25, 0, 1)
    reach = np.sqrt(w.economic_weight) / (np.sqrt(w.economic_weight) + 0.01)
    means = gates * reach * (1.0 - w.aid_need) * (1.0 - w.is_focal) * w.is_present
    level = np.clip(slope * (w.ideal_point - threshold), 0, None) * (w.ideal_point > threshold)
    level = np.minimum(level + western * w.is_western, most) * means + lead * w.is_critic
    level = np.clip(level * w.lever_effort * strength, 0, 1)
    if now.step == 0:
        w.sender_will[...] = np.where(strength > 0, level, w.sender_will)
    else:
        w.sender_will_change += np.minimum(strength, 1.0) * return_share * (level - w.sender_will)


@rule(
    "sender.starting_credit",
    "A state's word on rights carries the credit of its own record.",
    claims=("SND-01",),
    accounts=ALL,
    phase="events",
    rows="senders",
    when="start",
    reads=("own_rights", "democracy"),
    writes=("credibility",),
    parameters=(
        strength("scale of the credit at the start", "SND-01; assumption: the mean of own record and democracy",
                 high=1.2),
    ),
)
def starting_credit(w: Fields, now: Moment, *, strength: Array) -> None:
    """Give every state the credit that its own record and institutions earn.

    Limits: acts once; later changes come from scandals and repair.
    """
    credit = strength * 0.5 * (w.own_rights + w.democracy)
    w.credibility[...] = clip_share(np.where(strength > 0, credit, w.credibility))


@rule(
    "sender.will_moves",
    "News of violations raises the will of those who care already; quiet news lowers it.",
    claims=("NGO-02", "SND-10"),
    accounts=ALL,
    phase="perceiving",
    rows="senders",
    reads=("headline", "is_core", "sender_will"),
    writes=("sender_will_change",),
    parameters=(
        strength("monthly change of a middling will at a headline one point above the ordinary",
                 "NGO-02; assumption: 0.1 of will in a year of uproar", default=0.1, high=0.4,
                 unit="share per month"),
        Parameter("ordinary", 0.22, 0.1, 0.5, "share", "headline in the core that leaves will unmoved",
                  "assumption: level of the model's months without events"),
    ),
)
def will_moves(w: Fields, now: Moment, *, strength: Array, ordinary: Array) -> None:
    """Move will with the news from the core of rights. Limits: states without will do not read the news."""
    news = (w.headline * w.is_core).sum(axis=0) / max(float(w.is_core.sum()), 1.0) - ordinary
    room = w.sender_will * (1.0 - w.sender_will)
    room *= strength * news
    w.sender_will_change += room


@rule(
    "sender.interest_lapses",
    "A commitment justified by interest lapses when the interest shifts.",
    claims=("SND-08",),
    accounts=(T4,),
    phase="perceiving",
    rows="senders",
    reads=("security_salience", "sender_will"),
    writes=("sender_will_change",),
    parameters=(
        strength("share of will lost per month under a full security need", "SND-08; assumption: a fifth in a year",
                 default=0.02, high=0.06, unit="share per month"),
    ),
)
def interest_lapses(w: Fields, now: Moment, *, strength: Array) -> None:
    """Wear down will while another interest dominates. Limits: silent without a security need."""
    loss = w.security_salience * w.sender_will
    loss *= strength
    w.sender_will_change -= loss


@rule(
    "sender.practical_dividends",
    "Politicians stay committed where the gains of a rights policy for business and safety are spelled out.",
    claims=("SND-10", "SND-06"),
    accounts=(T4,),
    phase="learning",
    rows="senders",
    when="year",
    reads=("business_pull", "sender_will", "message_credibility"),
    writes=("sender_will_change",),
    parameters=(
        strength("share of will regained per year where business ties are full and the message is believed",
                 "SND-10; assumption: a third of what the business voice takes", default=0.06, high=0.2,
                 unit="share per year"),
    ),
)
def practical_dividends(w: Fields, now: Moment, *, strength: Array) -> None:
    """Regain part of the will that commerce takes. Limits: silent without business ties."""
    w.sender_will_change += strength * w.message_credibility * w.business_pull * w.sender_will
