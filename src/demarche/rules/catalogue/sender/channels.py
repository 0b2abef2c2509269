"""Channels: whether a sender raises rights this month, in private or in public."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T2, T4
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength

QUIET, VOCAL = 1, 2  # positions in the options of the decision `channel`
BARRED = 900.0  # utility that no other term can outweigh


@rule(
    "sender.default_silence",
    "Without a reason to speak a state is silent on another's record.",
    claims=("PRS-10",),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("is_present", "is_focal"),
    writes=("channel_utility",),
    parameters=(
        Parameter("quiet", 5.2, 4.0, 7.0, "utility", "distance of a private word from silence",
                  "assumption: 0.5 per cent of months for a state without will"),
        Parameter("vocal", 5.7, 4.0, 7.0, "utility", "distance of a public word from silence",
                  "assumption: public words cost more than private ones"),
    ),
)
def default_silence(w: Fields, now: Moment, *, quiet: Array, vocal: Array) -> None:
    """Put silence well ahead of speaking. Limits: the focal state and absent states never speak."""
    barred = BARRED * np.maximum(w.is_focal, 1.0 - w.is_present)
    w.channel_utility[QUIET] -= quiet + barred
    w.channel_utility[VOCAL] -= vocal + barred


@rule(
    "sender.raising",
    "The more a state cares, the more months it raises rights in.",
    claims=("PRS-10", "PRS-16"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("sender_will",),
    writes=("channel_utility",),
    parameters=(
        strength("utility of speaking gained by full will",
                 "PRS-10; assumption: a sender of will 0.6 speaks in four months of ten",
                 default=7.0, high=10.0, unit="utility"),
    ),
)
def raising(w: Fields, now: Moment, *, strength: Array) -> None:
    """Add will to both channels alike. Limits: says nothing on the choice between channels."""
    w.channel_utility[1:] += strength * w.sender_will


@rule(
    "sender.remembered_yields",
    "A channel that brought something is used again.",
    claims=("PRS-20", "PRS-29", "PRS-16"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("quiet_yield", "vocal_yield"),
    writes=("channel_utility",),
    parameters=(
        strength("utility per unit of the difference between the channels' yields",
                 "PRS-20, PRS-16; assumption: a lead of 0.2 shifts the odds by half", default=1.0, high=4.0,
                 unit="utility"),
    ),
)
def remembered_yields(w: Fields, now: Moment, *, strength: Array) -> None:
    """Shift utility between the channels by what each brought. Limits: silent while both channels brought the same."""
    lead = w.quiet_yield - w.vocal_yield
    lead *= strength
    w.channel_utility[QUIET] += lead
    w.channel_utility[VOCAL] -= lead


@rule(
    "sender.caution",
    "After its last word was treated as an affront, a sender is slower to speak again.",
    claims=("TGT-01",),
    accounts=(T2,),
    phase="weighing",
    rows="senders",
    reads=("caution",),
    writes=("channel_utility",),
    parameters=(
        strength("utility of speaking lost under full caution", "TGT-01; assumption: odds fall to a third",
                 default=1.1, high=3.0, unit="utility"),
    ),
)
def caution(w: Fields, now: Moment, *, strength: Array) -> None:
    """Lower the utility of speaking by the memory of affronts. Limits: silent without caution."""
    w.channel_utility[1:] -= strength * w.caution


@rule(
    "sender.visit_routine",
    "Whoever meets at the top and cares about rights brings them up in the meeting.",
    claims=("PRS-10",),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    when="summit",
    reads=("sender_will", "in_joint_bloc"),
    writes=("channel_utility",),
    calendar=("summit",),
    parameters=(
        strength("utility of a private word at a meeting for a sender of middling will",
                 "PRS-10 (every senior visitor); assumption: nearly always with will 0.5", default=3.0, high=5.0,
                 unit="utility"),
    ),
)
def visit_routine(w: Fields, now: Moment, *, strength: Array) -> None:
    """Make a private word the routine of a meeting; a meeting with no state named is the joint bloc's.

    Limits: silent for states without will.
    """
    who = now.actors("summit")
    who = who if who.any() else w.in_joint_bloc
    w.channel_utility[QUIET] += strength * who * np.minimum(2.0 * w.sender_will, 1.0)


@rule(
    "sender.goes_public",
    "A sender whose private words bring nothing starts to speak in public.",
    claims=("PRS-29",),
    accounts=(T4,),
    phase="weighing",
    rows="senders",
    reads=("silent_rounds",),
    writes=("channel_utility",),
    parameters=(
        strength("utility of a public word gained after many private rounds in vain",
                 "PRS-29; assumption: the odds of going public double", default=0.7, high=2.0, unit="utility"),
        Parameter("rounds", 4.0, 1.0, 12.0, "rounds", "private rounds in vain after which half of it is reached",
                  "PRS-29; assumption"),
    ),
)
def goes_public(w: Fields, now: Moment, *, strength: Array, rounds: Array) -> None:
    """Turn vain private rounds into a reason to speak in public. Limits: silent while private words bring results."""
    w.channel_utility[VOCAL] += strength * (w.silent_rounds / (w.silent_rounds + rounds))
