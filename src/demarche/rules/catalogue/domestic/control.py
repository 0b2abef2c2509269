"""Control: policing, the frozen monopoly, punished petitioners, nationalism."""

from __future__ import annotations

from demarche.accounts.account import T4
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength


@rule(
    "domestic.stability_spending",
    "Rulers who fear their own people most pay for order, in step with protest.",
    claims=("DOM-38",),
    accounts=(T4,),
    phase="society",
    reads=("fear_of_instability", "protest", "security_effort"),
    writes=("security_effort_change",),
    parameters=(
        strength("rise of policing a month at full fear and protest",
                 "DOM-38: outlays near those for defence; assumption",
                 default=0.02, high=0.06, unit="per month"),
    ),
)
def stability_spending(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: saturates."""
    w.security_effort_change += strength * w.fear_of_instability * w.protest * (1.0 - w.security_effort)


@rule(
    "domestic.retaliation",
    "Bolder citizens meet harsher officials.",
    claims=("DOM-40",),
    accounts=(T4,),
    phase="society",
    reads=("mobilisation", "security_effort", "activist_risk"),
    writes=("activist_risk_change",),
    parameters=(
        strength("rise of risk a month at full mobilisation and policing", "DOM-40; assumption", default=0.03,
                 high=0.08,
                 unit="per month"),
    ),
)
def retaliation(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: saturates."""
    w.activist_risk_change += strength * w.mobilisation * w.security_effort * (1.0 - w.activist_risk)


@rule(
    "domestic.tempers_cool",
    "Fear, policing and legitimacy drift back to a standing level where nothing feeds them.",
    claims=("DOM-29", "DOM-36"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("fear_of_instability", "security_effort", "legitimacy"),
    writes=(
        "fear_of_instability_change", "security_effort_change",
        "legitimacy_change",
    ),
    parameters=(
        strength("share of the distance made up in a month", "assumption: half-life near three years",
                 default=0.02,
                 high=0.06, unit="per month"),
        Parameter("fear", 0.55, 0.3, 0.8, "share", "standing fear of disorder", "DOM-29; assumption"),
        Parameter("policing", 0.5, 0.3, 0.7, "share", "standing effort of the apparatus",
                  "DOM-38; assumption"),
        Parameter("legitimacy", 0.5, 0.3, 0.7, "share", "standing legitimacy", "TGT-30; assumption"),
    ),
)
def tempers_cool(
    w: Fields, now: Moment, *, strength: Array, fear: Array, policing: Array, legitimacy: Array,
) -> None:
    """Limits: levels do not move."""
    w.fear_of_instability_change += strength * (fear - w.fear_of_instability)
    w.security_effort_change += strength * (policing - w.security_effort)
    w.legitimacy_change += strength * (legitimacy - w.legitimacy)
