"""How far senders act together, and slow consequences of coalitions for norms, standing and advocacy."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T1, T3, T4
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength


@rule(
    "coalition.coordination_imposed",
    "Senders that agree to coordinate hold the degree of coordination they agreed on.",
    claims=("COA-22",), accounts=ALL, phase="bookkeeping", reads=("lever_coordination", "coordination"),
    writes=("coordination_change",),
)  # fmt: skip
def coordination_imposed(w: Fields, now: Moment) -> None:
    """Limits: silent where the lever is free."""
    w.coordination_change[...] = np.where(
        np.isnan(w.lever_coordination), w.coordination_change, w.lever_coordination - w.coordination
    )


@rule(
    "coalition.joint_work",
    "Working on motions together keeps senders' positions aligned; without it alignment wears off.",
    claims=("COA-22", "COA-11"), accounts=ALL, phase="acting", when="session-1",
    reads=("coordination", "sponsor_count"),
    writes=("coordination_change",),
    parameters=(
        strength("scale of the yearly adjustment", "assumption: 1"),
        Parameter("rate", 0.15, 0.0, 0.5, "share per session", "part of the distance covered", "assumption"),
        Parameter("full", 25, 10, 40, "states", "sponsors that count as full coordination",
                  "sponsors of 1995 and 1996: 26"),
        Parameter("rest", 0.25, 0.0, 0.6, "share", "coordination without joint motions", "assumption"),
    ),
)  # fmt: skip
def joint_work(w: Fields, now: Moment, *, strength: Array, rate: Array, full: Array, rest: Array) -> None:
    """Limits: stays between rest and 0.5 above it."""
    level = rest + 0.5 * np.minimum(w.sponsor_count / full, 1.0)
    w.coordination_change += strength * rate * (level - w.coordination)


@rule(
    "coalition.allied_quarrels",
    "Quarrels among allies on other matters make concerted rights diplomacy scarcer.",
    claims=("COA-21",), accounts=(T3,), phase="perceiving", reads=("coordination",), writes=("coordination_change",),
    draws=("quarrel",),
    parameters=(
        strength("scale of quarrels", "assumption: 1"),
        Parameter("chance", 0.03, 0.0, 0.1, "per month", "chance of a quarrel", "assumption: one in about three years"),
        Parameter("loss", 0.1, 0.0, 0.4, "share", "part of coordination lost in a quarrel", "COA-21; assumption"),
    ),
)  # fmt: skip
def allied_quarrels(w: Fields, now: Moment, *, strength: Array, chance: Array, loss: Array) -> None:
    """Limits: months without a quarrel change nothing."""
    quarrel = now.draw("quarrel") < strength * chance
    w.coordination_change -= quarrel * loss * w.coordination


@rule(
    "coalition.regional_campaigns",
    "Joint campaigns of Asian groups undercut the claim that rights are foreign, and are noticed by activists.",
    claims=("COA-17", "COA-18"), accounts=(T3,), phase="learning",
    reads=("ngo_is_active", "ngo_network", "ngo_budget", "message_credibility", "mobilisation"),
    writes=("message_credibility_change", "mobilisation_change"),
    parameters=(
        strength("scale of the effect", "assumption: 1"),
        Parameter("rate", 0.004, 0.0, 0.02, "per month", "gain of credit under full campaigning",
                  "COA-17; assumption: works over 3-10 years"),
        Parameter("echo", 0.3, 0.0, 1.0, "share", "part of it that reaches activists inside", "COA-18; assumption"),
    ),
)  # fmt: skip
def regional_campaigns(w: Fields, now: Moment, *, strength: Array, rate: Array, echo: Array) -> None:
    """Limits: nothing without groups."""
    reach = strength * rate * (w.ngo_is_active * w.ngo_network * w.ngo_budget).mean(axis=0)
    w.message_credibility_change += reach * (1.0 - w.message_credibility)
    w.mobilisation_change += echo * reach * (1.0 - w.mobilisation)


@rule(
    "coalition.regional_bodies",
    "Regional bodies that are given evidence extend scrutiny of the focal state.",
    claims=("COA-20",), accounts=(T3,), phase="learning", when="year",
    reads=("ngo_is_active", "ngo_evidence", "institution_scrutiny"), writes=("institution_scrutiny_change",),
    parameters=(strength("yearly gain under full evidence", "COA-20; assumption: slow", default=0.01, high=0.05,
                         unit="share per year"),),
)  # fmt: skip
def regional_bodies(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: nothing without evidence."""
    evidence = (w.ngo_is_active[:, None] * w.ngo_evidence).max(axis=0).mean(axis=0)
    w.institution_scrutiny_change += strength * evidence * (1.0 - w.institution_scrutiny)


@rule(
    "coalition.election_totals",
    "Election to the charter body is taken as a sign of confidence and raises standing.",
    claims=("COA-28",), accounts=(T1,), phase="learning", when="session",
    reads=("is_focal", "has_seat", "target_status"),
    writes=("target_status_change",),
    parameters=(strength("gain of standing a session with a seat", "COA-28; assumption", default=0.01, high=0.04,
                         unit="share"),),
)  # fmt: skip
def election_totals(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: nothing without a seat."""
    seated = (w.is_focal * w.has_seat).sum(axis=0)
    w.target_status_change += strength * seated * (1.0 - w.target_status)


@rule(
    "coalition.pivotal_state",
    "Promotion of rights worldwide stalls while a pivotal state stands still.",
    claims=("COA-29",), accounts=(T4,), phase="learning", when="year",
    reads=("practice", "is_core", "target_status", "norm_strength"), writes=("norm_strength_change",),
    parameters=(strength("yearly loss of norm strength at the worst practice and full standing",
                         "COA-29; assumption: a decade or more", default=0.01, high=0.05, unit="share per year"),),
)  # fmt: skip
def pivotal_state(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: nothing at full respect or without standing."""
    core = (w.practice * w.is_core).sum(axis=0) / np.maximum(w.is_core.sum(axis=0), 1.0)
    w.norm_strength_change -= strength * (1.0 - core) * w.target_status * w.norm_strength
