"""Groups and society: support for activists, outreach, brands, families, legal partners."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T3, T4
from demarche.arrays import Array
from demarche.rules.contract import Fields, Moment, Parameter, rule, strength


@rule(
    "ngo.foreign_support",
    "Money and visible backing from outside let local activists do more.",
    claims=("NGO-30", "NGO-34", "SND-17"),
    accounts=(T3, T4),
    phase="society",
    reads=("lever_foreign_support", "ngo_budget", "ngo_is_active", "ngo_access", "vocal_pressure",
           "activist_capacity"),
    writes=("activist_capacity_change",),
    parameters=(
        strength("gain of capacity a month at full support",
                 "NGO-34; assumption: capacity half as high again as without support", default=0.045, high=0.08,
                 unit="per month"),
        Parameter("visible", 0.5, 0.0, 1.5, "multiplier", "weight of open backing beside money",
                  "NGO-34; assumption"),
    ),
)
def foreign_support(w: Fields, now: Moment, *, strength: Array, visible: Array) -> None:
    """Limits: saturates."""
    groups = (w.ngo_budget * w.ngo_access * w.ngo_is_active).mean(axis=0)
    backing = w.lever_foreign_support * (groups + visible * w.vocal_pressure)
    w.activist_capacity_change += strength * backing * (1.0 - w.activist_capacity)


@rule(
    "ngo.presence_protects",
    "Outsiders who speak up and show themselves raise the price of persecuting activists.",
    claims=("NGO-29", "PRS-29"),
    accounts=(T4,),
    phase="society",
    reads=("vocal_pressure", "media_visibility", "activist_risk"),
    writes=("activist_risk_change",),
    parameters=(
        strength("fall of risk a month at full public attention",
                 "NGO-29; assumption: a tenth at usual attention",
                 default=0.08, high=0.2, unit="per month"),
    ),
)
def presence_protects(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: proportional to risk."""
    w.activist_risk_change -= strength * w.vocal_pressure * (0.5 + 0.5 * w.media_visibility) * w.activist_risk


@rule(
    "ngo.risk_deters",
    "Retaliation wears activists down.",
    claims=("DOM-40", "NGO-34"),
    accounts=(T3, T4),
    phase="society",
    reads=("activist_risk", "activist_capacity"),
    writes=("activist_capacity_change",),
    parameters=(
        strength("loss of capacity a month at full risk", "DOM-40; assumption", default=0.015, high=0.04,
                 unit="per month"),
    ),
)
def risk_deters(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: proportional to capacity."""
    w.activist_capacity_change -= strength * w.activist_risk * w.activist_capacity


@rule(
    "ngo.outreach",
    "Sites, broadcasts and training in getting round censors reach people and help them organise.",
    claims=("NGO-17", "NGO-18", "NGO-31"),
    accounts=(T4,),
    phase="society",
    reads=("ngo_budget", "ngo_access", "ngo_is_active", "lever_foreign_support", "awareness",
           "activist_capacity"),
    writes=("awareness_change", "activist_capacity_change"),
    parameters=(
        strength("gain of awareness a month at full means and access",
                 "NGO-17: a third of visits came from inside; assumption: 0.1 in ten years", default=0.01, high=0.03,
                 unit="per month"),
    ),
)
def outreach(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: not with NGO-19."""
    sent = strength * w.lever_foreign_support * (w.ngo_budget * w.ngo_access * w.ngo_is_active).mean(axis=0)
    w.awareness_change += sent * (1.0 - w.awareness)
    w.activist_capacity_change += sent * (1.0 - w.activist_capacity)


@rule(
    "ngo.brand_lever",
    "Abuse tied to a known brand moves that firm, and warns the others.",
    claims=("NGO-07", "NGO-08"),
    accounts=(T3,),
    phase="society",
    reads=("ngo_evidence", "ngo_is_active", "is_overlap", "media_visibility", "corporate_codes"),
    writes=("corporate_codes_change",),
    parameters=(
        strength("gain of codes a month at full evidence and attention",
                 "NGO-07, NGO-08; assumption: 0.3 in ten years",
                 default=0.02, high=0.06, unit="per month"),
    ),
)
def brand_lever(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: saturates."""
    shown = (w.ngo_evidence * w.is_overlap[None, :, :]).max(axis=1) * w.ngo_is_active
    pressed = shown.max(axis=0) * w.media_visibility * (0.5 + w.corporate_codes)
    w.corporate_codes_change += strength * pressed * (1.0 - w.corporate_codes)


@rule(
    "ngo.families",
    "Bereaved families turn grief into documentation and petitions, with help from abroad.",
    claims=("NGO-11", "NGO-13", "NGO-24"),
    accounts=(T3, T4),
    phase="society",
    reads=("mobilisation", "media_visibility"),
    writes=("mobilisation_change",),
    calendar=("crackdown",),
    parameters=(
        strength("gain of mobilisation a month soon after the event", "NGO-11; assumption", default=0.003,
                 high=0.01,
                 unit="per month"),
        Parameter("memory", 180.0, 60.0, 360.0, "months", "time in which the impulse halves",
                  "NGO-24; assumption"),
    ),
)
def families(w: Fields, now: Moment, *, strength: Array, memory: Array) -> None:
    """Limits: needs a past crackdown."""
    since = now.months_since("crackdown")
    alive = 2.0 ** (-since / memory)
    w.mobilisation_change += strength * alive * w.media_visibility * (1.0 - w.mobilisation)


@rule(
    "ngo.welfare_critique",
    "Evidence of failures in welfare removes the excuse for political control.",
    claims=("NGO-05",),
    accounts=(T3,),
    phase="society",
    reads=("ngo_evidence", "ngo_is_active", "is_social", "is_overlap", "legitimacy"),
    writes=("legitimacy_change",),
    parameters=(
        strength("loss of legitimacy a month at full evidence", "NGO-05; assumption", default=0.008,
                 high=0.02,
                 unit="per month"),
    ),
)
def welfare_critique(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: proportional to legitimacy."""
    weight = (w.is_social + w.is_overlap)[None, :, :]
    shown = (w.ngo_evidence * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1.0)
    w.legitimacy_change -= strength * (shown * w.ngo_is_active).max(axis=0) * w.legitimacy


@rule(
    "ngo.legal_partners",
    "Colleagues from abroad who advise and shield local counsel make courts keep more of their own procedure.",
    claims=("NGO-14", "NGO-15", "NGO-16"),
    accounts=(T3,),
    phase="society",
    reads=("ngo_attention", "ngo_budget", "ngo_access", "ngo_is_active", "is_procedural", "formal_law",
           "professional_strength"),
    writes=("formal_law_change", "professional_strength_change"),
    parameters=(
        strength("gain of law a month at full partnership",
                 "NGO-15: over decades; assumption: 0.05 in twenty years",
                 default=0.001, high=0.004, unit="per month"),
    ),
)
def legal_partners(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: procedure."""
    means = (w.ngo_budget * w.ngo_access)[:, None, :] * w.ngo_is_active[:, None, :]
    partnered = (w.ngo_attention * means).max(axis=0) * w.is_procedural
    w.formal_law_change += strength * partnered * (1.0 - w.formal_law)
    w.professional_strength_change += strength * partnered.max(axis=0) * (1.0 - w.professional_strength)
