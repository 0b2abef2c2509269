"""Control: policing, the frozen monopoly, punished petitioners, nationalism."""

from __future__ import annotations

from demarche.accounts.account import T1, T2, T3, T4
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
    "domestic.overlap_repressed",
    "Who uses political rights for social claims is treated as a political opponent.",
    claims=("DOM-35",),
    accounts=ALL,
    phase="society",
    reads=("protest", "is_overlap", "practice", "structural_practice"),
    writes=("practice_change", "structural_practice_change"),
    parameters=(
        strength("fall of practice a month at full protest",
                 "DOM-35; assumption: 0.01 below its level in quiet years",
                 default=0.02, high=0.05, unit="per month"),
        Parameter("lasting", 0.02, 0.0, 0.06, "share", "part of the fall that lasts",
                  "DOM-35, areas that worsened by 2001; assumption: under 0.002 a year"),
    ),
)
def overlap_repressed(w: Fields, now: Moment, *, strength: Array, lasting: Array) -> None:
    """Limits: overlap issues only."""
    blow = strength * w.protest * w.is_overlap
    w.practice_change -= blow * w.practice
    w.structural_practice_change -= lasting * blow * w.structural_practice


@rule(
    "domestic.monopoly_frozen",
    "Where the ruling monopoly is at stake nothing loosens for good, whoever pushes.",
    claims=("DOM-34", "PRS-17", "DOM-53"),
    accounts=(T2, T3),
    phase="bookkeeping",
    reads=("threatens_monopoly", "is_core"),
    writes=("structural_practice_change",),
    parameters=(
        strength("share of any lasting push on the core that is cancelled at full threat",
                 "DOM-34; assumption: nearly all",
                 default=1.1, high=1.4),
    ),
)
def monopoly_frozen(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: core issues."""
    w.structural_practice_change *= 1.0 - (strength * w.threatens_monopoly * w.is_core).clip(0.0, 1.0)


@rule(
    "domestic.nationalism",
    "Criticism by the rival, reported at home as containment, stokes nationalism; that of others does little.",
    claims=("DOM-30", "TGT-27"),
    accounts=(T1, T2, T3),
    phase="society",
    reads=("rival_pressure", "vocal_pressure", "nationalism"),
    writes=("nationalism_change",),
    parameters=(
        strength("rise a month at full criticism by the rival",
                 "TGT-27; Gruffydd-Jones; assumption: 0.1 within a year",
                 default=0.03, high=0.08, unit="per month"),
        Parameter("others", 0.2, 0.0, 0.6, "share", "effect of other critics, per unit of the rival's",
                  "Gruffydd-Jones: ties decide; assumption"),
    ),
)
def nationalism(w: Fields, now: Moment, *, strength: Array, others: Array) -> None:
    """Limits: UN channel counts nothing."""
    rest = (w.vocal_pressure - w.rival_pressure).clip(0.0)
    w.nationalism_change += strength * (w.rival_pressure + others * rest) * (1.0 - w.nationalism)


@rule(
    "domestic.nationalism_brakes",
    "Hostility to foreigners is a second brake on demands for rights.",
    claims=("DOM-30",),
    accounts=(T2, T3),
    phase="society",
    reads=("nationalism", "mobilisation"),
    writes=("mobilisation_change",),
    parameters=(
        strength("loss of mobilisation a month at full nationalism", "DOM-30; assumption", default=0.005,
                 high=0.02,
                 unit="per month"),
    ),
)
def nationalism_brakes(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: proportional to what is there."""
    w.mobilisation_change -= strength * w.nationalism * w.mobilisation


@rule(
    "domestic.nationalism_stiffens",
    "A nationalist public makes rulers less ready to be seen giving way.",
    claims=("TGT-27", "DOM-30"),
    accounts=(T1, T2, T3),
    phase="learning",
    reads=("nationalism", "resistance"),
    writes=("resistance_change",),
    parameters=(
        strength("rise of resistance a month per unit of nationalism", "TGT-27; assumption", default=0.002,
                 high=0.015,
                 unit="per month"),
    ),
)
def nationalism_stiffens(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: saturates."""
    w.resistance_change += strength * w.nationalism * (1.0 - w.resistance)


@rule(
    "domestic.tempers_cool",
    "Fear, nationalism, policing and legitimacy drift back to a standing level where nothing feeds them.",
    claims=("DOM-29", "DOM-36"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("fear_of_instability", "nationalism", "security_effort", "legitimacy"),
    writes=(
        "fear_of_instability_change", "nationalism_change", "security_effort_change",
        "legitimacy_change",
    ),
    parameters=(
        strength("share of the distance made up in a month", "assumption: half-life near three years",
                 default=0.02,
                 high=0.06, unit="per month"),
        Parameter("fear", 0.55, 0.3, 0.8, "share", "standing fear of disorder", "DOM-29; assumption"),
        Parameter("nationalism", 0.35, 0.2, 0.6, "share", "standing nationalism",
                  "DOM-30; assumption: as at the start"),
        Parameter("policing", 0.5, 0.3, 0.7, "share", "standing effort of the apparatus",
                  "DOM-38; assumption"),
        Parameter("legitimacy", 0.5, 0.3, 0.7, "share", "standing legitimacy", "TGT-30; assumption"),
    ),
)
def tempers_cool(
    w: Fields, now: Moment, *, strength: Array, fear: Array, nationalism: Array, policing: Array, legitimacy: Array,
) -> None:
    """Limits: levels do not move."""
    w.fear_of_instability_change += strength * (fear - w.fear_of_instability)
    w.nationalism_change += strength * (nationalism - w.nationalism)
    w.security_effort_change += strength * (policing - w.security_effort)
    w.legitimacy_change += strength * (legitimacy - w.legitimacy)
