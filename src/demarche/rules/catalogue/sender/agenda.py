"""Security needs and rivalries that crowd rights out, and how such memories fade."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import fade


@rule(
    "sender.needs_and_rivalry",
    "A sender that needs the focal state, or is at odds with it over security, has other things on its agenda.",
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
                  "assumption: no member tabled a motion while the leading critic needed votes elsewhere"),
    ),
)
def needs_and_rivalry(w: Fields, now: Moment, *, strength: Array, spill: Array) -> None:
    """Raise the salience of security for the actors of an event, and partly for their allies.

    Limits: silent in months without such an event.
    """
    for kind in ("sender_need", "security_shock"):
        if now.is_on(kind):
            actors = now.actors(kind) * (1.0 - w.is_focal)
            allies = float((actors * w.is_critic).any()) * w.is_western
            level = now.strength(kind) * strength * np.maximum(actors, spill * allies)
            np.maximum(w.security_salience, level, out=w.security_salience)


@rule(
    "sender.crowded_agenda",
    "While security is salient, rights slip down the agenda.",
    claims=("PRS-22",),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("security_salience",),
    writes=("channel_utility",),
    parameters=(
        strength("utility of speaking lost under full salience", "PRS-22; assumption: odds fall to a quarter",
                 default=1.4, high=3.0, unit="utility"),
    ),
)
def crowded_agenda(w: Fields, now: Moment, *, strength: Array) -> None:
    """Lower the utility of speaking in either channel. Limits: silent without salience."""
    w.channel_utility[1:] -= strength * w.security_salience


@rule(
    "sender.memories_fade",
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
)
def memories_fade(w: Fields, now: Moment, *, salience_months: Array, caution_months: Array) -> None:
    """Let two memories of senders fade. Limits: both fade evenly."""
    fade(w.security_salience, salience_months)
    fade(w.caution, caution_months)
