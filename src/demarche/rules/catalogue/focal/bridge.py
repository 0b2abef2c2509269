"""Bridges from fields of version 1 to those of reform and back, until the actors behind them decide; delete then.

`focal.crackdown`, `focal.emergency_ends`, `focal.local_answers`: practice, fear, risk, policing until officials and
citizens decide. `focal.protest_on_issues`: protest by issue until citizens have thresholds.
`focal.acts_are_remembered`: `un_pressure`, `concession_credit`, `recent_concessions` for rules of version 1.
"""

from __future__ import annotations

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import clip_share, fade


@rule(
    "focal.crackdown",
    "An open challenge is met with force: practice falls most where the ruling monopoly is at stake.",
    claims=("DOM-15", "DOM-38"),
    accounts=ALL,
    phase="events",
    when="crackdown",
    reads=("threatens_monopoly",),
    writes=(
        "practice_change", "emergency", "fear_of_instability_change", "activist_capacity_change",
        "activist_risk_change", "mobilisation_change", "security_effort_change", "legitimacy_change",
    ),
    calendar=("crackdown",),
    parameters=(
        Parameter("fall", 0.173, 0.05, 0.35, "share", "fall of practice where the monopoly is wholly at stake",
                  "Fariss 4.02: rescaled score 0.35 in 1988, 0.21 in 1989"),
        Parameter("rule", 5.0, 2.0, 8.0, "multiplier", "emergency rule per unit of that fall", "assumption"),
        Parameter("alarm", 0.6, 0.2, 1.5, "multiplier", "rise of fear, risk and policing per unit of that fall",
                  "DOM-15; assumption: alarm is of the size of the fall"),
        Parameter("hush", 0.7, 0.3, 1.0, "multiplier", "loss of capacity, mobilisation, legitimacy per unit of alarm",
                  "assumption"),
    ),
)  # fmt: skip
def crackdown(w: Fields, now: Moment, *, fall: Array, rule: Array, alarm: Array, hush: Array) -> None:
    """Let practice fall and society take fright. Limits: persons are detained elsewhere."""
    force = fall * now.strength("crackdown")
    w.practice_change -= force * w.threatens_monopoly**2
    w.emergency += rule * force
    clip_share(w.emergency)
    for feared in (w.fear_of_instability_change, w.activist_risk_change, w.security_effort_change):
        feared += alarm * force
    for hushed in (w.activist_capacity_change, w.mobilisation_change, w.legitimacy_change):
        hushed -= hush * alarm * force


@rule(
    "focal.emergency_ends",
    "Emergency rule is wound up.",
    claims=("DOM-15", "DOM-36"),
    accounts=ALL,
    phase="bookkeeping",
    writes=("emergency",),
    parameters=(
        Parameter("half_life", 6.0, 4.0, 12.0, "months", "half-life of emergency rule", "as that of practice"),
    ),
)  # fmt: skip
def emergency_ends(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Let emergency rule fade with the half-life of a deviation of practice."""
    fade(w.emergency, half_life)


@rule(
    "focal.local_answers",
    "Who uses political rights for social claims is treated by officials as a political opponent.",
    claims=("DOM-35",),
    accounts=ALL,
    phase="society",
    reads=("issue_protest", "is_overlap", "practice"),
    writes=("practice_change",),
    parameters=(
        Parameter("fall", 0.02, 0.0, 0.05, "share a month", "fall of practice at full protest",
                  "DOM-35; assumption: 0.01 below its level in quiet years"),
    ),
)  # fmt: skip
def local_answers(w: Fields, now: Moment, *, fall: Array) -> None:
    """Lower practice where protest is met. Limits: standing levels are the reform decision's."""
    w.practice_change -= fall * w.issue_protest * w.is_overlap * w.practice


@rule(
    "focal.protest_on_issues",
    "Protest of the month stands for protest on every issue.",
    claims=("DOM-32",),
    accounts=ALL,
    phase="society",
    reads=("protest",),
    writes=("issue_protest",),
)
def protest_on_issues(w: Fields, now: Moment) -> None:
    """Lay protest by issue. Limits: alike on all issues."""
    w.issue_protest[...] = w.protest


@rule(
    "focal.acts_are_remembered",
    "A treaty act counts as a concession and eases pressure in UN bodies.",
    claims=("PRS-16", "PRS-38"),
    accounts=ALL,
    phase="answering",
    reads=("treaty_event",),
    writes=("un_pressure", "concession_credit", "recent_concessions"),
    parameters=(
        Parameter("relief", 0.15, 0.0, 0.4, "share", "part of UN pressure that one act takes away",
                  "PRS-38; assumption"),
        Parameter("worth", 0.25, 0.1, 0.5, "share", "memory of a concession left by one act", "PRS-16; assumption"),
    ),
    after=("focal.joins_treaties", "target.free_people"),
)  # fmt: skip
def acts_are_remembered(w: Fields, now: Moment, *, relief: Array, worth: Array) -> None:
    """Pass treaty acts on to what rules of version 1 read."""
    acts = (w.treaty_event > 0).sum(axis=0)
    w.un_pressure *= (1.0 - relief) ** acts
    w.concession_credit += acts
    w.recent_concessions += worth * acts
    clip_share(w.recent_concessions)
