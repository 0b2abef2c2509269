"""Attention: which issues a sender has in mind, and what pushes rights off its list."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import fade
from demarche.rules.kit.links import gain, return_to


@rule(
    "senders.attention_starts",
    "What an issue weighs with a sender follows interest abroad, and its own taste and patience last.",
    claims=("SND-18", "PRS-02"),
    accounts=ALL,
    phase="events",
    when="start",
    reads=("foreign_interest",),
    writes=("attention", "attention_usual", "interest_in_persons", "patience"),
    draws=("taste", "persons", "patience"),
    parameters=(
        Parameter("usual", 0.5, 0.3, 0.8, "share", "attention to an issue of full interest when nothing stirs it",
                  "assumption: half, so that news, evidence and findings have room"),
        Parameter("spread", 1.0, 0.0, 2.0, "doublings", "from the least to the most that a taste makes of an interest",
                  "assumption: a capital may care twice as much for an issue as another"),
        Parameter("patience_spread", 3.0, 0.0, 5.0, "asks", "from the least to the most patient sender",
                  "assumption: 2 to 5 asks (base rate escalate_patience)"),
    ),
    rates=("escalate_patience",),
)  # fmt: skip
def attention_starts(
    w: Fields, now: Moment, *, usual: Array, spread: Array, patience_spread: Array, escalate_patience: Array
) -> None:
    """Limits: taste is drawn anew for each run and never learned; evidence and findings come on top."""
    taste = np.exp2(spread * (now.draw_lasting("taste", ("sender", "issue")) - 0.5))
    w.attention_usual[...] = np.minimum(usual * w.foreign_interest * taste, 1.0)
    w.attention[...] = w.attention_usual
    w.interest_in_persons[...] = 0.5 + now.draw_lasting("persons", "sender")
    own = escalate_patience + patience_spread * (now.draw_lasting("patience", "sender") - 0.5)
    w.patience[...] = np.maximum(np.round(own), 1.0)


@rule(
    "senders.shock_seen",
    "A crackdown that the world sees fills the lists of all capitals with the rights it breaks.",
    claims=("PRS-04", "NGO-02"),
    accounts=ALL,
    phase="events",
    trigger="crackdown_seen",
    reads=("media_visibility", "is_core", "crackdown_seen"),
    writes=("attention",),
    after=("senders.attention_starts", "focal.force_is_seen"),
    parameters=(
        strength("part of the way to full attention that a full crackdown goes where all is seen",
                 "PRS-04; assumption: all of it", default=1.0, high=1.0, unit="share"),
    ),
)  # fmt: skip
def shock_seen(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: silent in other months; reaches the core of rights only."""
    gain(w.attention, strength, w.crackdown_seen * w.media_visibility * w.is_core)


@rule(
    "senders.attention_returns",
    "What nothing keeps alive loses half of its extra attention in a year.",
    claims=("NGO-01", "UNB-19"),
    accounts=ALL,
    phase="bookkeeping",
    when="half_year",
    reads=("attention", "attention_usual"),
    writes=("attention_change",),
    parameters=(
        Parameter("half_life", 12.0, 6.0, 24.0, "months", "half-life of attention beyond its usual weight",
                  "assumption: a yearly cycle of reports and sessions"),
    ),
)  # fmt: skip
def attention_returns(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Acts every half year, since it is slow. Limits: silent at the usual weights."""
    for moved, stock, usual in zip(w.attention_change, w.attention, w.attention_usual, strict=True):
        moved += return_to(stock, usual, half_life / (12 // 2))


@rule(
    "senders.needs_and_rivalry",
    "A sender that needs the focal state, or is at odds with it over security, has other things in mind.",
    claims=("PRS-22", "SND-08"),
    accounts=ALL,
    phase="events",
    rows="senders",
    reads=("is_western", "is_critic", "is_focal"),
    writes=("security_salience",),
    calendar=("sender_need", "security_shock"),
    parameters=(
        strength("salience given by the strongest event", "PRS-22; assumption: 1 of 1", high=1.0),
        Parameter("spill", 0.5, 0.0, 1.0, "share", "part of it that reaches other members of the Western group",
                  "PRS-22 names two capitals; assumption: allies feel half of the leading critic's need"),
    ),
)  # fmt: skip
def needs_and_rivalry(w: Fields, now: Moment, *, strength: Array, spill: Array) -> None:
    """Limits: silent in months without such an event."""
    for kind in ("sender_need", "security_shock"):
        if now.is_on(kind):
            actors = now.actors(kind) * (1.0 - w.is_focal)
            allies = float((actors * w.is_critic).any()) * w.is_western
            level = now.strength(kind) * strength * np.maximum(actors, spill * allies)
            np.maximum(w.security_salience, level, out=w.security_salience)


@rule(
    "senders.memories_fade",
    "Security needs and affronts are forgotten with time.",
    claims=("PRS-22", "TGT-01"),
    accounts=ALL,
    phase="bookkeeping",
    rows="senders",
    writes=("security_salience", "caution"),
    parameters=(
        Parameter("salience_months", 9.0, 3.0, 24.0, "months", "half-life of the salience of security",
                  "PRS-22; assumption: shorter than the years between major disputes"),
        Parameter("caution_months", 12.0, 3.0, 36.0, "months", "half-life of caution after an affront",
                  "TGT-01 (months); assumption"),
    ),
)  # fmt: skip
def memories_fade(w: Fields, now: Moment, *, salience_months: Array, caution_months: Array) -> None:
    """Limits: both fade evenly."""
    fade(w.security_salience, salience_months)
    fade(w.caution, caution_months)
