"""Trade as a lever: the conditional renewal, the spent threat, the end of the yearly vote."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import clip_share

MET, WAIVED, ENFORCED = 1, 2, 3


@rule(
    "pressure.tariff_deadline",
    "The approach of a conditional tariff renewal pulls on the focal state, unless the bar is set in public too high.",
    claims=("PRS-19", "PRS-08"),
    accounts=ALL,
    phase="acting",
    reads=("threat_credibility", "lever_tariff"),
    writes=("trade_pressure",),
    calendar=("tariff_deadline",),
    parameters=(
        strength("pull of a fully believed condition in its month", "PRS-19; assumption", default=1.5, high=3.0),
        Parameter("lead", 2.0, 1.0, 4.0, "months", "months before the deadline in which it pulls",
                  "releases of 1990-94 came 1-2 months before the renewal"),
        Parameter("defiance", 0.6, 0.0, 0.8, "share", "loss of pull at a fully explicit public bar",
                  "Drury & Li: odds ratio 0.5 of an explicit bar against a vague threat, 0.2-1.1"),
    ),
)  # fmt: skip
def tariff_deadline(w: Fields, now: Moment, *, strength: Array, lead: Array, defiance: Array) -> None:
    """Add the pull of the coming deadline: belief in the threat times the height of the bar, hump-shaped.

    Limits: silent beyond `lead` months and where no deadline comes.
    """
    wait = now.months_to("tariff_deadline")
    near = np.clip((lead + 1.0 - wait) / 2.0, 0.0, 1.0)
    bar = np.where(np.isnan(w.lever_tariff), now.next_strength("tariff_deadline"), w.lever_tariff)
    w.trade_pressure += strength * near * w.threat_credibility * bar * (1.0 - defiance * bar**2)
    clip_share(w.trade_pressure)


@rule(
    "pressure.spent_threat",
    "A condition that is waived although unmet spends the threat.",
    claims=("PRS-13",),
    accounts=ALL,
    phase="learning",
    when="tariff_deadline",
    reads=("threat_credibility", "recent_concessions", "lever_tariff", "is_critic", "business_pull"),
    writes=("threat_credibility_change", "condition_event", "resistance_change"),
    draws=("enforced",),
    calendar=("tariff_deadline",),
    parameters=(
        strength("part of the belief that one waiver takes", "PRS-13: halved, 0.3-0.8 kept", default=0.5, high=1.0),
        Parameter("explicit_from", 0.9, 0.7, 1.0, "share", "bar from which a condition is explicit",
                  "assumption: only a condition written into an order"),
        Parameter("enough", 0.8, 0.4, 1.0, "share", "recent concessions that meet an explicit condition", "assumption"),
        Parameter("will_to_enforce", 0.1, 0.0, 0.5, "share", "chance of enforcing an unmet condition at full belief",
                  "assumption: never once in the record"),
    ),
)  # fmt: skip
def spent_threat(
    w: Fields, now: Moment, *, strength: Array, explicit_from: Array, enough: Array, will_to_enforce: Array,
) -> None:
    """Settle an explicit condition in its month: met, waived (belief falls) or enforced (belief and resistance rise).

    Limits: silent for vague conditions.
    """
    bar = np.where(np.isnan(w.lever_tariff), now.strength("tariff_deadline"), w.lever_tariff)
    explicit = (bar >= explicit_from) & (strength > 0.0)
    met = explicit & (w.recent_concessions >= enough * bar)
    business = (w.is_critic * w.business_pull).sum(axis=0)
    enforced = now.draw("enforced") < will_to_enforce * w.threat_credibility * (1.0 - business)
    enforced &= explicit & ~met
    waived = explicit & ~met & ~enforced
    w.condition_event += (MET * met + WAIVED * waived + ENFORCED * enforced).astype(np.int8)
    moved = enforced * (1.0 - w.threat_credibility) - waived * w.threat_credibility
    w.threat_credibility_change += strength * moved
    w.resistance_change += 0.2 * strength * enforced


@rule(
    "pressure.trade_accession",
    "Permanent status and entry into the trade organisation end the yearly leverage; reports do not replace it.",
    claims=("PRS-14", "PRS-21", "PRS-15"),
    accounts=ALL,
    phase="learning",
    when="trade_accession",
    reads=("threat_credibility", "target_needs"),
    writes=("threat_credibility_change", "target_needs_change"),
    parameters=(
        strength("part of the belief in trade threats that ends", "PRS-14: the vote is abolished; assumption",
                 default=0.8, high=1.0),
        Parameter("needs_met", 0.2, 0.05, 0.4, "share", "part of the needs that accession meets", "PRS-21; assumption"),
    ),
)  # fmt: skip
def trade_accession(w: Fields, now: Moment, *, strength: Array, needs_met: Array) -> None:
    """Lower the belief in trade threats and the needs of the focal state once.

    Limits: silent outside the month of accession.
    """
    w.threat_credibility_change -= strength * w.threat_credibility
    w.target_needs_change -= strength * needs_met * w.target_needs
