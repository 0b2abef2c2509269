"""Being visible: what open words cost, and what silence is taken for."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T4
from demarche.arrays import Array
from demarche.rules.contract import Fields, Moment, Parameter, rule, strength


@rule(
    "pressure.visible_price",
    "Open words after silence put a price on repression that shields activists.",
    claims=("PRS-29", "PRS-27"),
    accounts=(T4,),
    phase="society",
    reads=("vocal_pressure", "activist_risk", "pressure_effect"),
    writes=("activist_risk_change",),
    parameters=(strength("monthly fall of activists' risk at full public pressure, as a part of it",
                         "PRS-29; assumption", default=0.02, high=0.06, unit="share per month"),),
)  # fmt: skip
def visible_price(w: Fields, now: Moment, *, strength: Array) -> None:
    """Lower the risk of activists with public pressure.

    Limits: silent without public pressure; practice moves only through activists.
    """
    w.activist_risk_change -= strength * w.vocal_pressure * w.pressure_effect * w.activist_risk


@rule(
    "pressure.backing_at_visits",
    "A clear public word at a state visit strengthens citizens.",
    claims=("PRS-34",),
    accounts=(T4,),
    phase="society",
    when="summit",
    reads=("vocal_pressure", "activist_capacity"),
    writes=("activist_capacity_change",),
    calendar=("summit",),
    parameters=(strength("part of the missing capacity gained at full public pressure", "PRS-34; assumption",
                         default=0.04, high=0.12, unit="share"),),
)  # fmt: skip
def backing_at_visits(w: Fields, now: Moment, *, strength: Array) -> None:
    """Raise activists' capacity at summits that come with public words.

    Limits: silent at visits without public criticism.
    """
    gain = strength * now.strength("summit") * w.vocal_pressure
    w.activist_capacity_change += gain * (1.0 - w.activist_capacity)


@rule(
    "pressure.silence_speaks",
    "A visit without a public word on rights looks like a bargain struck.",
    claims=("PRS-35",),
    accounts=(T4,),
    phase="society",
    when="summit",
    reads=("vocal_pressure", "sender_will", "message_credibility"),
    writes=("message_credibility_change",),
    calendar=("summit",),
    parameters=(
        strength("part of the message's credit lost at a fully silent summit", "PRS-35; assumption",
                 default=0.02, high=0.08, unit="share"),
        Parameter("audible", 0.15, 0.05, 0.3, "share", "public pressure that is enough to be heard", "assumption"),
    ),
)  # fmt: skip
def silence_speaks(w: Fields, now: Moment, *, strength: Array, audible: Array) -> None:
    """Lower the credit of the message at summits that pass in silence, by what the partner had stood for.

    Limits: silent where the partner never raised rights or is heard.
    """
    silence = np.maximum(1.0 - w.vocal_pressure / audible, 0.0)
    partner = (now.actors("summit") * w.sender_will).max(axis=0)
    w.message_credibility_change -= strength * now.strength("summit") * partner * silence * w.message_credibility
