"""Pressure as it is voiced: representations of a month, what joins them, what is remembered."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T1, T2, T3, T4
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import clip_share, fade


@rule(
    "pressure.voice",
    "What senders say in private and in public adds up to the pressure of the month, by weight and credit.",
    claims=("PRS-10", "PRS-16"),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("channel_choice", "is_present", "is_focal", "is_critic", "economic_weight", "credibility"),
    writes=("quiet_pressure", "vocal_pressure", "rival_pressure", "channel_event", "public_stance"),
    parameters=(
        Parameter("lead_weight", 1.5, 1.0, 3.0, "multiplier", "weight of the leading critic's word beyond its size",
                  "PRS-05; assumption: its yearly listing counted half as much again"),
        Parameter("fullness", 1.5, 1.0, 4.0, "weight", "weight of speakers that gives 63 % of full pressure",
                  "assumption: typical months of the record lie at 0.1-0.3"),
        Parameter("stance_gain", 0.3, 0.1, 0.6, "share", "part of the way to a public stance that one statement goes",
                  "assumption"),
        Parameter("stance_months", 9.0, 3.0, 24.0, "months", "half-life of a public stance", "assumption"),
    ),
)  # fmt: skip
def voice(
    w: Fields, now: Moment, *, lead_weight: Array, fullness: Array, stance_gain: Array, stance_months: Array,
) -> None:
    """Weigh each speaker by the root of its economy and its credit; sums saturate at 1.

    Limits: the focal state and absent states say nothing.
    """
    can_speak = (w.is_present > 0.0) & (w.is_focal == 0.0)
    in_private = (w.channel_choice == now.index("channel", "quiet")) & can_speak
    in_public = (w.channel_choice == now.index("channel", "vocal")) & can_speak
    weight = np.sqrt(w.economic_weight) * w.credibility
    critic = w.is_critic[:, 0] > 0.0
    for pressure, spoken in ((w.quiet_pressure, in_private), (w.vocal_pressure, in_public)):
        said = weight * spoken
        by_critic = said[critic].sum(axis=0)
        pressure += 1.0 - np.exp(-(said.sum(axis=0) + (lead_weight - 1.0) * by_critic) / fullness)
        clip_share(pressure)
    w.rival_pressure += 1.0 - np.exp(-lead_weight * by_critic / fullness)
    clip_share(w.rival_pressure)
    w.channel_event += in_private
    w.channel_event += 2 * in_public.astype(np.int8)
    fade(w.public_stance, stance_months)
    speakers, runs = np.nonzero(in_public)
    w.public_stance[speakers, runs] += stance_gain[runs] * (1.0 - w.public_stance[speakers, runs])


@rule(
    "pressure.joint",
    "Senders that speak with one voice get more for the same pressure.",
    claims=("COA-22", "COA-13"),
    accounts=(T2, T3, T4),
    phase="perceiving",
    reads=("coordination",),
    writes=("pressure_effect",),
    parameters=(
        strength("change of effect from no to full coordination", "COA-22; assumption", default=0.6, high=1.5),
        Parameter("neutral", 0.5, 0.3, 0.7, "share", "coordination at which the effect is unchanged", "assumption"),
    ),
    after=("target.exposure",),
)
def joint(w: Fields, now: Moment, *, strength: Array, neutral: Array) -> None:
    """Scale the effect of pressure with coordination.

    COA-13: split senders lose. Limits: silent at neutral coordination.
    """
    w.pressure_effect *= 1.0 + strength * (w.coordination - neutral)
    np.clip(w.pressure_effect, 0.0, 3.0, out=w.pressure_effect)


@rule(
    "pressure.layered",
    "Talks that go on beside continuing pressure in many forums make both count for more.",
    claims=("PRS-24", "PRS-25"),
    accounts=(T3, T4),
    phase="perceiving",
    reads=("dialogue_tracks", "pressure_memory"),
    writes=("pressure_effect",),
    parameters=(strength("gain in effect when talks and pressure are both at their height", "PRS-24; assumption",
                         default=0.3, high=1.0),),
    after=("target.exposure",),
)  # fmt: skip
def layered(w: Fields, now: Moment, *, strength: Array) -> None:
    """Raise the effect of pressure by the product of running talks and remembered pressure.

    Limits: silent if either of the two is missing.
    """
    w.pressure_effect *= 1.0 + strength * w.dialogue_tracks * w.pressure_memory
    np.clip(w.pressure_effect, 0.0, 3.0, out=w.pressure_effect)


@rule(
    "pressure.remembered",
    "Public and UN pressure is remembered for a year or so.",
    claims=("PRS-05", "PRS-24"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("vocal_pressure", "un_pressure"),
    writes=("pressure_memory",),
    parameters=(
        Parameter("half_life", 12.0, 6.0, 24.0, "months", "half-life of the memory", "assumption: a yearly cycle"),
        Parameter("uptake", 0.15, 0.05, 0.4, "share per month", "part of a month's pressure that enters the memory",
                  "assumption: sustained pressure of 0.3 leaves a memory near one half"),
    ),
)  # fmt: skip
def remembered(w: Fields, now: Moment, *, half_life: Array, uptake: Array) -> None:
    """Let the memory fade and add this month's public and UN pressure.

    PRS-05: yearly criticism. Limits: saturates at 1.
    """
    fade(w.pressure_memory, half_life)
    w.pressure_memory += uptake * np.minimum(w.vocal_pressure + w.un_pressure, 1.0) * (1.0 - w.pressure_memory)
    clip_share(w.pressure_memory)


@rule(
    "pressure.resentment",
    "Being judged by a stronger rival breeds resistance.",
    claims=("PRS-07",),
    accounts=(T1,),
    phase="learning",
    reads=("rival_pressure", "target_status"),
    writes=("resistance_change",),
    parameters=(strength("rise of resistance in a month of full criticism by the leading critic",
                         "PRS-07; assumption", default=0.015, high=0.05, unit="share per month"),),
)  # fmt: skip
def resentment(w: Fields, now: Moment, *, strength: Array) -> None:
    """Raise resistance with the leading critic's public criticism, the more the lower the focal state ranks.

    Limits: silent where the leading critic is.
    """
    w.resistance_change += strength * w.rival_pressure * (1.5 - w.target_status)


@rule(
    "pressure.prompts_study",
    "Accusation from abroad makes officials study rights and adopt the vocabulary.",
    claims=("PRS-01", "PRS-06"),
    accounts=(T1, T3),
    phase="learning",
    reads=("pressure_memory", "is_core", "commitment"),
    writes=("commitment_change",),
    parameters=(strength("part of the way to full commitment in texts, per month of full pressure",
                         "PRS-06; assumption: an official paper two years after the shock",
                         default=0.002, high=0.006, unit="share per month"),),
)  # fmt: skip
def prompts_study(w: Fields, now: Moment, *, strength: Array) -> None:
    """Let remembered pressure raise commitment in the core, in words only. Limits: practice is untouched."""
    w.commitment_change += strength * w.pressure_memory * w.is_core * (1.0 - w.commitment)


@rule(
    "pressure.attention_fades",
    "Attention to individual cases fades within months.",
    claims=("PRS-18", "PRS-20"),
    accounts=ALL,
    phase="bookkeeping",
    writes=("case_named", "case_listed"),
    parameters=(
        Parameter("named_months", 6.0, 3.0, 12.0, "months", "half-life of public naming", "PRS-18; assumption"),
        Parameter("listed_months", 6.0, 3.0, 12.0, "months", "half-life of a place on a list", "PRS-20; assumption"),
    ),
)
def attention_fades(w: Fields, now: Moment, *, named_months: Array, listed_months: Array) -> None:
    """Let naming and listing fade. PRS-20: a matter of months."""
    fade(w.case_named, named_months)
    fade(w.case_listed, listed_months)


@rule(
    "pressure.growth_example",
    "A booming economy without rights takes weight from the claim that both belong together.",
    claims=("PRS-32", "PRS-33"),
    accounts=(T4,),
    phase="learning",
    reads=("growth_rate",),
    writes=("message_credibility_change",),
    parameters=(
        strength("loss of credit per month and unit of growth beyond the norm", "PRS-33; assumption",
                 default=0.02, high=0.08, unit="share per month"),
        Parameter("norm", 0.05, 0.02, 0.08, "per year", "growth that impresses nobody",
                  "assumption: growth of other emerging economies"),
    ),
)  # fmt: skip
def growth_example(w: Fields, now: Moment, *, strength: Array, norm: Array) -> None:
    """Lower the credit of the message while growth exceeds the norm. Limits: silent at ordinary growth."""
    w.message_credibility_change -= strength * np.maximum(w.growth_rate - norm, 0.0)
