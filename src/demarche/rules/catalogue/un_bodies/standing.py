"""Standing bodies: their strength and scrutiny, and who shapes them."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T1, T2, T3, T4
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength


@rule(
    "un_bodies.outrage",
    "Outrage at visible force fortifies the institutions for a time.",
    claims=("UNB-14",),
    accounts=ALL,
    phase="events",
    when="crackdown",
    reads=("institution_strength", "institution_scrutiny"),
    writes=("institution_strength_change", "institution_scrutiny_change"),
    calendar=("crackdown",),
    parameters=(
        strength("share of the remaining room gained", "UNB-14; assumption", default=0.15, high=0.4,
                 unit="share"),
    ),
)
def outrage(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: at crackdowns."""
    push = strength * now.strength("crackdown")
    w.institution_strength_change += push * (1.0 - w.institution_strength)
    w.institution_scrutiny_change += 2.0 * push * (1.0 - w.institution_scrutiny)


@rule(
    "un_bodies.special_procedures",
    "Visits of experts are rationed: a few accepted and restricted, the rest left pending.",
    claims=("UNB-13", "TGT-20", "TGT-21"),
    accounts=(T2, T3),
    phase="learning",
    reads=("skill", "body_scrutiny"),
    writes=("body_scrutiny_change",),
    parameters=(
        strength("share of scrutiny lost a month at full skill", "UNB-13; assumption: a tenth in ten years",
                 default=0.004,
                 high=0.012, unit="per month"),
    ),
)
def special_procedures(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: every body alike."""
    w.body_scrutiny_change -= strength * w.skill * w.body_scrutiny


@rule(
    "un_bodies.technical_cooperation",
    "Agreed projects with the UN are carried out and teach officials.",
    claims=("UNB-03", "UNB-02"),
    accounts=(T1,),
    phase="learning",
    reads=("body_strength", "body_is_active", "vocal_pressure", "internalisation"),
    writes=("internalisation_change",),
    parameters=(
        strength("gain of conviction a month at full cooperation", "UNB-03; assumption: 0.05 in twenty years",
                 default=0.0008, high=0.003, unit="per month"),
    ),
)
def technical_cooperation(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: not under censure."""
    means = (w.body_strength * w.body_is_active).sum(axis=0) / np.maximum(w.body_is_active.sum(axis=0), 1.0)
    welcome = (1.0 - 1.5 * w.vocal_pressure).clip(0.0)
    w.internalisation_change += strength * means * welcome * (1.0 - w.internalisation)


@rule(
    "un_bodies.cooperation_as_shelter",
    "Technical programmes serve as shelter from public examination.",
    claims=("UNB-04",),
    accounts=(T2,),
    phase="learning",
    reads=("dialogue_tracks", "skill", "institution_scrutiny"),
    writes=("institution_scrutiny_change",),
    parameters=(
        strength("share of scrutiny lost a month with every programme running",
                 "UNB-04; assumption: a tenth in five years",
                 default=0.004, high=0.012, unit="per month"),
        Parameter("projects", 0.4, 0.0, 1.0, "share", "programmes that run beside dialogues",
                  "UNB-04; assumption"),
    ),
)
def cooperation_as_shelter(w: Fields, now: Moment, *, strength: Array, projects: Array) -> None:
    """Limits: proportional to scrutiny."""
    sheltered = (projects + w.dialogue_tracks) * w.skill
    w.institution_scrutiny_change -= strength * sheltered * w.institution_scrutiny


@rule(
    "un_bodies.binding_membership",
    "Ratified treaties bind: duties accepted become commitments taken seriously.",
    claims=("UNB-31", "DOM-05"),
    accounts=(T1,),
    phase="learning",
    reads=("treaty_stage", "treaty_is_social", "is_social", "commitment"),
    writes=("commitment_change",),
    parameters=(
        strength("gain of commitment a month with all treaties of a group ratified",
                 "UNB-31; prior on ratification: slow; assumption: 0.1 in ten years", default=0.001, high=0.004,
                 unit="per month"),
    ),
)
def binding_membership(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: two groups of treaties."""
    bound = 0.5 * w.treaty_stage
    civil_weight = 1.0 - w.treaty_is_social
    social = (bound * w.treaty_is_social).sum(axis=0) / np.maximum(w.treaty_is_social.sum(axis=0), 1.0)
    civil = (bound * civil_weight).sum(axis=0) / np.maximum(civil_weight.sum(axis=0), 1.0)
    share = w.is_social * social + (1.0 - w.is_social) * civil
    w.commitment_change += strength * share * (1.0 - w.commitment)


@rule(
    "un_bodies.monitors_rely_on_groups",
    "Experts short of staff scrutinise as far as groups supply them.",
    claims=("UNB-17", "UNB-23", "UNB-25", "NGO-23"),
    accounts=(T3, T4),
    phase="un_bodies",
    reads=("ngo_evidence", "ngo_is_active", "body_is_active", "body_strength", "body_scrutiny"),
    writes=("body_scrutiny_change",),
    parameters=(
        strength("share of the way to what is supplied that a month makes up", "UNB-17; assumption",
                 default=0.01, high=0.03,
                 unit="per month"),
    ),
)
def monitors_rely_on_groups(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: active."""
    supplied = np.minimum((w.ngo_evidence * w.ngo_is_active[:, None, :]).sum(axis=0), 1.0).mean(axis=0)
    reach = (0.2 + w.body_strength) * supplied
    w.body_scrutiny_change += strength * w.body_is_active * (reach - w.body_scrutiny)


@rule(
    "un_bodies.ratification_monitors",
    "Each further ratification opens a channel of long-term monitoring.",
    claims=("UNB-33", "UNB-20", "UNB-28"),
    accounts=(T3,),
    phase="un_bodies",
    reads=("treaty_stage", "institution_scrutiny"),
    writes=("institution_scrutiny_change",),
    parameters=(
        strength("gain of scrutiny a month with all treaties ratified", "UNB-33; assumption: slow",
                 default=0.003, high=0.01,
                 unit="per month"),
    ),
)
def ratification_monitors(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: saturates."""
    ratified = (w.treaty_stage == 2.0).mean(axis=0)
    w.institution_scrutiny_change += strength * ratified * (1.0 - w.institution_scrutiny)


@rule(
    "un_bodies.leadership",
    "A leading critic that takes its seat and works there hardens norms and mechanisms.",
    claims=("UNB-30",),
    accounts=(T4,),
    phase="un_bodies",
    when="session",
    reads=("has_seat", "is_critic", "sender_will", "lever_effort", "norm_strength", "institution_strength"),
    writes=("norm_strength_change", "institution_strength_change"),
    parameters=(
        strength("gain at a session with a fully willing leading critic", "UNB-30; assumption", default=0.02,
                 high=0.06,
                 unit="share per session"),
    ),
)
def leadership(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: needs a seat."""
    lead = strength * (w.has_seat * w.is_critic * w.lever_effort * w.sender_will).sum(axis=0)
    w.norm_strength_change += lead * (1.0 - w.norm_strength)
    w.institution_strength_change += lead * (1.0 - w.institution_strength)


@rule(
    "un_bodies.follow_through",
    "Scrutiny of the focal state follows what its bodies can and want to see, and fades when they look away.",
    claims=("UNB-20", "UNB-15"),
    accounts=ALL,
    phase="bookkeeping",
    reads=(
        "body_scrutiny", "body_strength", "body_is_active", "institution_scrutiny", "institution_strength",
        "norm_strength",
    ),
    writes=("institution_scrutiny_change", "institution_strength_change", "body_scrutiny_change",
            "body_strength_change"),
    parameters=(
        strength("share of the distance made up in a month", "assumption: half-life near five years",
                 default=0.012, high=0.04,
                 unit="per month"),
        Parameter("body_scrutiny", 0.22, 0.1, 0.4, "share", "standing scrutiny of a body",
                  "assumption: mean at the start"),
        Parameter("body_strength", 0.38, 0.2, 0.5, "share", "standing strength of a body",
                  "assumption: mean at the start"),
    ),
)
def follow_through(w: Fields, now: Moment, *, strength: Array, body_scrutiny: Array, body_strength: Array) -> None:
    """Limits: common levels."""
    active = np.maximum(w.body_is_active.sum(axis=0), 1.0)
    looking = (w.body_scrutiny * w.body_is_active).sum(axis=0) / active
    means = (w.body_strength * w.body_is_active).sum(axis=0) / active
    w.institution_scrutiny_change += strength * (0.5 * w.norm_strength + 0.5 * looking - w.institution_scrutiny)
    w.institution_strength_change += strength * (0.5 * w.norm_strength + 0.5 * means - w.institution_strength)
    w.body_scrutiny_change += 0.3 * strength * (body_scrutiny - w.body_scrutiny)
    w.body_strength_change += 0.3 * strength * (body_strength - w.body_strength)
