"""Norms: conferences that set them, and the slow pull back to a standing level."""

from __future__ import annotations

from demarche.accounts.account import T2, T3
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength


@rule(
    "un_bodies.conferences",
    "The consensus of a world conference gives critics an agreed yardstick.",
    claims=("UNB-27",),
    accounts=ALL,
    phase="un_bodies",
    when="norm_conference",
    reads=("norm_strength",),
    writes=("norm_strength_change",),
    calendar=("norm_conference",),
    parameters=(
        strength("share of the remaining room gained", "UNB-27; assumption", default=0.06, high=0.2,
                 unit="share"),
    ),
)
def conferences(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: at conferences."""
    w.norm_strength_change += strength * now.strength("norm_conference") * (1.0 - w.norm_strength)


@rule(
    "coalition.conference_platform",
    "Before a world conference partners back sovereignty and development first, and its text shows it.",
    claims=("COA-03",),
    accounts=(T2, T3),
    phase="un_bodies",
    when="norm_conference",
    reads=("agree_focal", "is_present", "norm_tilt"),
    writes=("norm_tilt_change",),
    calendar=("norm_conference",),
    parameters=(
        strength("share of the remaining room gained if all agree", "COA-03; assumption", default=0.08,
                 high=0.25, unit="share"),
    ),
)
def conference_platform(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: at conferences."""
    backing = (w.agree_focal * w.is_present).sum(axis=0) / w.is_present.sum(axis=0).clip(1.0)
    w.norm_tilt_change += strength * now.strength("norm_conference") * backing * (1.0 - w.norm_tilt)


@rule(
    "un_bodies.norms_settle",
    "Norms that nobody advances or erodes drift back to a standing level.",
    claims=("UNB-27", "UNB-06"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("norm_strength", "norm_tilt"),
    writes=("norm_strength_change", "norm_tilt_change"),
    parameters=(
        strength("share of the distance made up in a month", "assumption: half-life near eight years",
                 default=0.007, high=0.02,
                 unit="per month"),
        Parameter("standing", 0.5, 0.4, 0.7, "share", "standing strength of norms",
                  "assumption: as at the start"),
        Parameter("tilt", 0.3, 0.2, 0.5, "share", "standing tilt", "assumption: as at the start"),
    ),
)
def norms_settle(w: Fields, now: Moment, *, strength: Array, standing: Array, tilt: Array) -> None:
    """Limits: levels do not move."""
    w.norm_strength_change += strength * (standing - w.norm_strength)
    w.norm_tilt_change += strength * (tilt - w.norm_tilt)
