"""Who puts its name to a motion: reasons for and against, weighed a month before the session."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T2, T3
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength

OUT, IN = 0, 1
NEVER = 100.0  # utility beyond any doubt
FAINT = 0.02  # will that keeps the logarithm finite
QUIET_VOICE = 0.3  # weight of the critic's public stance that counts as its ordinary voice


def critics_part(values: Array, is_critic: Array) -> Array:
    """Return the leading critic's entry of a state field, `(n_runs,)`."""
    part: Array = (values * is_critic).sum(axis=0)
    return part


@rule(
    "coalition.sponsor_interest",
    "States with the will to raise rights, and near the order led by the critic, sponsor motions.",
    claims=("PRS-09", "COA-01"), accounts=ALL, phase="weighing", rows="senders",
    when="session-1",
    reads=("sender_will", "ideal_point", "is_present", "is_focal"), writes=("sponsor_utility",),
    parameters=(
        strength("weight of interest", "assumption: 1 gives the sponsor lists of the record"),
        Parameter("will", 3.0, 1.5, 5.0, "utility per unit of log will", "gain from will, the less the more there is",
                  "sponsors 1992-1996: 16 to 26 states, nearly the same each year"),
        Parameter("enough", 0.22, 0.1, 0.4, "share", "will at which a state hesitates", "as for will"),
        Parameter("ideal", 0.3, 0.0, 1.0, "utility per point", "gain per ideal point", "as for will; assumption"),
    ),
)  # fmt: skip
def sponsor_interest(w: Fields, now: Moment, *, strength: Array, will: Array, enough: Array, ideal: Array) -> None:
    """Limits: the focal state and states that do not exist never sponsor."""
    interest = will * np.log((w.sender_will + FAINT) / enough) + ideal * w.ideal_point
    never = NEVER * np.maximum(w.is_focal, 1.0 - w.is_present)
    w.sponsor_utility[IN] += strength * (interest - never)


@rule(
    "coalition.joint_support",
    "Members of the joint bloc sponsor together, until the bloc has decided not to.",
    claims=("COA-10",), accounts=ALL, phase="weighing", rows="senders",
    when="session-1", reads=("in_joint_bloc", "bloc_withdrawal"),
    writes=("sponsor_utility",),
    parameters=(
        strength("weight of the joint position", "assumption: 1"),
        Parameter("support", 2.0, 0.5, 3.0, "utility", "gain from sponsoring jointly",
                  "sponsors 1992-1996: the bloc complete; assumption"),
        Parameter("discipline", 8.0, 4.0, 12.0, "utility", "loss from breaking a decision of the bloc",
                  "COA-10; no member sponsored after the decision of 1998"),
    ),
)  # fmt: skip
def joint_support(w: Fields, now: Moment, *, strength: Array, support: Array, discipline: Array) -> None:
    """Limits: states outside the bloc are left alone."""
    term = support - (support + discipline) * w.bloc_withdrawal
    w.sponsor_utility[IN] += strength * term * w.in_joint_bloc


@rule(
    "coalition.sponsor_habit",
    "Those who sponsored last time are expected to do so again.",
    claims=("PRS-09",), accounts=ALL, phase="weighing", rows="senders",
    when="session-1", reads=("is_sponsor",),
    writes=("sponsor_utility",),
    parameters=(strength("gain of a sponsor of the last session", "sponsors 1992-1996 hardly change; assumption",
                         default=2.2, high=4.0, unit="utility"),),
)  # fmt: skip
def sponsor_habit(w: Fields, now: Moment, *, strength: Array) -> None:
    """PRS-09: attempts were repeated year after year. Limits: newcomers are left alone."""
    w.sponsor_utility[IN] += strength * w.is_sponsor


@rule(
    "coalition.defeat_fatigue",
    "Serial defeat wears sponsors out; a near miss revives them.",
    claims=("DLG-03",), accounts=ALL, phase="weighing", rows="senders",
    when="session-1",
    reads=("defeats", "motion_margin", "sender_will"), writes=("sponsor_utility",),
    parameters=(
        strength("loss of a half-hearted sponsor after many defeats", "DLG-03; sponsors 1996-1998: 26, 15, none",
                 default=4.5, high=9.0, unit="utility"),
        Parameter("many", 6, 3, 12, "defeats", "defeats that count as many", "record: six before the exits of 1997"),
        Parameter("hope", 0.5, 0.0, 1.0, "share", "part that a tie lifts", "record 1995-1996; assumption"),
        Parameter("near", 3, 1, 8, "votes", "margin that still looks like a near miss", "assumption"),
    ),
)  # fmt: skip
def defeat_fatigue(w: Fields, now: Moment, *, strength: Array, many: Array, hope: Array, near: Array) -> None:
    """Limits: grows with the cube of defeats up to twice its weight at many; the determined tire less."""
    weary = np.minimum((w.defeats / many) ** 3, 2.0)
    weary *= 1.0 - hope * np.exp(-np.square(w.motion_margin / near)) * (w.defeats > 0)
    w.sponsor_utility[IN] -= strength * weary * (1.0 - w.sender_will)


@rule(
    "coalition.sequential_exit",
    "Once some sponsors have left, others leave in turn.",
    claims=("COA-11", "DLG-03"), accounts=ALL, phase="weighing", rows="senders",
    when="session-1",
    reads=("is_sponsor", "was_sponsor", "sender_will"), writes=("sponsor_utility",),
    parameters=(
        strength("loss if all others had left", "COA-11; sponsors 1997-1998; assumption", default=5.0, high=10.0,
                 unit="utility"),
        Parameter("noticed", 0.1, 0.0, 0.4, "share", "part of the sponsors that may leave unnoticed",
                  "sponsors 1992-1996: one or two come and go; assumption"),
    ),
)  # fmt: skip
def sequential_exit(w: Fields, now: Moment, *, strength: Array, noticed: Array) -> None:
    """Limits: a session without any motion is a pause and no exit; the memory of those who left lasts until
    they sponsor again.
    """
    staying = w.is_sponsor.sum(axis=0)
    gone = w.was_sponsor.sum(axis=0)
    lost = gone / np.maximum(gone + staying, 1.0) * (staying > 0)
    exit_share = np.maximum(lost - noticed, 0.0) / (1.0 - noticed)
    w.sponsor_utility[IN] -= strength * exit_share * (1.0 - 0.5 * w.sender_will)


@rule(
    "coalition.follow_the_leader",
    "When the leading critic lowers its voice, other capitals let motions go.",
    claims=("COA-09",), accounts=(T2, T3), phase="weighing", rows="senders",
    when="session-1",
    reads=("public_stance", "is_critic", "agree_critic"), writes=("sponsor_utility",),
    parameters=(strength("loss under a silent critic", "COA-09; assumption", default=1.0, high=3.0, unit="utility"),),
)  # fmt: skip
def follow_the_leader(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: a critic with its ordinary voice changes nothing; nor does it follow itself."""
    hush = np.maximum(1.0 - critics_part(w.public_stance, w.is_critic) / QUIET_VOICE, 0.0)
    w.sponsor_utility[IN] -= strength * hush * w.agree_critic * (1.0 - w.is_critic)


@rule(
    "coalition.needs_before_rights",
    "While the leading critic needs the focal state for something else, motions are let go.",
    claims=("PRS-22",), accounts=ALL, phase="weighing", rows="senders",
    when="session-1", reads=("is_critic", "security_salience"),
    writes=("sponsor_utility",), calendar=("sender_need",),
    parameters=(
        strength("loss of a sender in need, in the month of the need", "record: no motion in 1991 and 1998; assumption",
                 default=8.0, high=12.0, unit="utility"),
        Parameter("fading", 2, 1, 6, "months", "half-life of the need", "assumption"),
        Parameter("others", 1.0, 0.0, 1.0, "share", "part of the loss that the other senders share with the critic",
                  "record: no other state tabled in 1991; assumption"),
        Parameter("salience", 0.15, 0.0, 0.5, "share", "part of the loss under full salience", "PRS-22; assumption"),
    ),
)  # fmt: skip
def needs_before_rights(
    w: Fields, now: Moment, *, strength: Array, fading: Array, others: Array, salience: Array,
) -> None:
    """Limits: silent without a recent need and with no security salience."""
    loss = salience * w.security_salience
    since = now.months_since("sender_need")
    if np.isfinite(since):
        needy = now.actors("sender_need", -int(since))
        joined = np.maximum(needy, others * critics_part(needy, w.is_critic))
        loss = np.minimum(loss + joined * np.exp2(-since / fading), 1.0)
    w.sponsor_utility[IN] -= strength * loss


@rule(
    "coalition.split_by_trade",
    "Lobbying that plays governments and firms against each other keeps states with commercial stakes away.",
    claims=("COA-13",), accounts=ALL, phase="weighing", rows="senders",
    when="session-1", reads=("business_pull", "skill"),
    writes=("sponsor_utility",),
    parameters=(strength("loss under full business pull and full skill of the focal state",
                         "COA-13; non-sponsors of 1997; assumption", default=1.5, high=4.0, unit="utility"),),
)  # fmt: skip
def split_by_trade(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: states without business at stake are left alone."""
    w.sponsor_utility[IN] -= strength * w.business_pull * w.skill


@rule(
    "coalition.lone_sponsors_exposed",
    "States that are punished, or see sponsors punished, stay out; rewards keep those who left away.",
    claims=("COA-13",), accounts=ALL, phase="weighing", rows="senders",
    when="session-1",
    reads=("retaliation", "favour", "business_pull"), writes=("sponsor_utility",),
    parameters=(
        strength("loss of a state that is fully punished or rewarded", "COA-13; record of 1997; assumption",
                 default=1.5, high=4.0, unit="utility"),
        Parameter("example", 0.3, 0.0, 1.0, "share", "part of the loss that others with business at stake fear",
                  "HRW 1997; assumption"),
    ),
)  # fmt: skip
def lone_sponsors_exposed(w: Fields, now: Moment, *, strength: Array, example: Array) -> None:
    """Limits: silent where nobody is punished or rewarded."""
    feared = example * w.retaliation.max(axis=0) * w.business_pull
    w.sponsor_utility[IN] -= strength * np.maximum(np.maximum(w.retaliation, w.favour), feared)
