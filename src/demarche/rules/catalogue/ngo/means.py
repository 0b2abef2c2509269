"""Means of groups: money that may run out, allies, business opponents, doors that are shut."""

from __future__ import annotations

from demarche.accounts.account import T2, T3
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength


@rule(
    "ngo.funding",
    "Grants come and go; a group may run out of money for years.",
    claims=("NGO-03", "NGO-36"),
    accounts=ALL,
    phase="documenting",
    when="year",
    reads=("ngo_budget",),
    writes=("ngo_budget_change",),
    draws=("grant",),
    parameters=(
        strength("largest swing of means in a year",
                 "assumption: a grant won or lost is a fifth of ample means", default=0.12,
                 high=0.3, unit="share per year"),
        Parameter("common", 0.35, 0.2, 0.6, "share", "level to which means drift",
                  "assumption: mean of the cast"),
    ),
)
def funding(w: Fields, now: Moment, *, strength: Array, common: Array) -> None:
    """Limits: every group alike."""
    luck = 2.0 * now.draw("grant", "ngo") - 1.0
    w.ngo_budget_change += strength * (luck * w.ngo_budget**0.5 + 0.4 * (common - w.ngo_budget))


@rule(
    "ngo.business_turned",
    "Commercial partners turned into opponents cost groups that aim at commerce their means.",
    claims=("TGT-24",),
    accounts=(T3,),
    phase="documenting",
    reads=("corporate_codes", "skill", "ngo_attention", "is_overlap", "ngo_budget"),
    writes=("ngo_budget_change",),
    parameters=(
        strength("loss a month at full skill of the focal state", "TGT-24; assumption: a tenth in five years",
                 default=0.006,
                 high=0.02, unit="per month"),
    ),
)
def business_turned(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: groups on labour and land."""
    exposed = (w.ngo_attention * w.is_overlap[None, :, :]).max(axis=1)
    w.ngo_budget_change -= strength * w.skill * exposed * (0.3 + w.corporate_codes) * w.ngo_budget


@rule(
    "ngo.alliances",
    "Ties to neighbouring causes bring allies and means that single causes never reach.",
    claims=("NGO-03", "NGO-36", "NGO-27"),
    accounts=(T3,),
    phase="documenting",
    reads=("ngo_network", "ngo_budget"),
    writes=("ngo_budget_change", "ngo_network_change"),
    parameters=(
        strength("gain of means a month at full ties", "NGO-36; assumption: 0.1 in ten years", default=0.002,
                 high=0.006,
                 unit="per month"),
    ),
)
def alliances(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: saturates."""
    w.ngo_budget_change += strength * w.ngo_network * (1.0 - w.ngo_budget)
    w.ngo_network_change += 0.5 * strength * w.ngo_budget * (0.8 - w.ngo_network)


@rule(
    "ngo.access_cut",
    "The focal state and its partners bar groups from forums and keep them out of policy circles.",
    claims=("COA-08", "TGT-25"),
    accounts=(T2, T3),
    phase="learning",
    reads=("skill", "target_status", "ngo_access"),
    writes=("ngo_access_change",),
    parameters=(
        strength("loss of access a month at full skill and status",
                 "COA-08, TGT-25; assumption: a fifth in ten years",
                 default=0.008, high=0.02, unit="per month"),
    ),
)
def access_cut(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: proportional to access."""
    w.ngo_access_change -= strength * w.skill * w.target_status * w.ngo_access


@rule(
    "ngo.access_regained",
    "Shut doors are found again: groups regain access to a common level.",
    claims=("NGO-16", "NGO-21"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("ngo_access",),
    writes=("ngo_access_change",),
    parameters=(
        strength("share of the distance made up in a month", "assumption: half-life near six years",
                 default=0.01, high=0.03,
                 unit="per month"),
        Parameter("common", 0.45, 0.2, 0.6, "share", "level to which access drifts",
                  "assumption: mean of the cast"),
    ),
)
def access_regained(w: Fields, now: Moment, *, strength: Array, common: Array) -> None:
    """Limits: every group alike."""
    w.ngo_access_change += strength * (common - w.ngo_access)


@rule(
    "ngo.shut_out",
    "After a crackdown groups lose access for a time.",
    claims=("NGO-01", "DOM-15"),
    accounts=ALL,
    phase="society",
    reads=("emergency", "ngo_access"),
    writes=("ngo_access_change",),
    parameters=(
        strength("loss of access a month under full emergency", "NGO-01; assumption: a third within a year",
                 default=0.06,
                 high=0.15, unit="per month"),
    ),
)
def shut_out(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: ends with emergency."""
    w.ngo_access_change -= strength * w.emergency * w.ngo_access
