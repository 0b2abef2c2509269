"""Firms and institutes in sender countries that speak against letting rights disturb ties."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength


@rule(
    "target.business_voice",
    "Growing commerce gives a voice to firms and institutes that argue against raising rights.",
    claims=("TGT-23",),
    accounts=ALL,
    phase="events",
    rows="senders",
    when="year",
    reads=("trade_exposure", "export_share", "is_focal", "sender_will"),
    writes=("business_pull", "business_pull_change", "sender_will_change"),
    after=("sender.standing_will",),
    parameters=(
        strength("scale of the voice and of what it takes from will", "TGT-23; assumption: 1", high=2.0),
        Parameter("half_point", 0.04, 0.02, 0.1, "share", "trade over GDP plus export share at which the pull is half",
                  "assumption: large exporters of the 1990s stand at 0.03 to 0.08 (cast, columns of trade)"),
        Parameter("push", 0.1, 0.0, 0.4, "share per year", "will taken per year by a full pull",
                  "TGT-23; assumption: small against the yearly return, weighty over decades"),
    ),
)
def business_voice(w: Fields, now: Moment, *, strength: Array, half_point: Array, push: Array) -> None:
    """Let trade set the pull of business, and the pull wear down will.

    Limits: the weight of a sector at home is not known.
    """
    ties = (w.trade_exposure + w.export_share) * (1.0 - w.is_focal)
    pull = np.minimum(strength * ties / (ties + half_point), 1.0)
    if now.step == 0:
        w.business_pull[...] = np.where(strength > 0, pull, w.business_pull)
    else:
        w.business_pull_change += np.minimum(strength, 1.0) * 0.5 * (pull - w.business_pull)
        w.sender_will_change -= strength * push * w.business_pull * w.sender_will
