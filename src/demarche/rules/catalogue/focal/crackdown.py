"""Unrest and the leadership: it sits it out, gives way, or uses force; what force leaves behind."""

from __future__ import annotations

import numpy as np

from demarche.arrays import REAL, Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import clip_share, fade, real
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import base_utility, monthly
from demarche.rules.kit.usual import usual

CRACKED_DOWN = 2


@rule(
    "focal.weighs_unrest",
    "In most months unrest is sat out; seldom the leadership gives way, more seldom it uses force.",
    claims=("DOM-15", "DOM-21", "DOM-38"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("emergency",),
    writes=("crackdown_utility",),
    rates=("crackdown_nationwide", "crackdown_concede"),
    parameters=(
        Parameter("spent", 6.0, 3.0, 12.0, "log odds", "what either loses under full emergency rule",
                  "assumption: force and concessions are not repeated at once"),
    ),
)  # fmt: skip
def weighs_unrest(
    w: Fields, now: Moment, *, crackdown_nationwide: Array, crackdown_concede: Array, spent: Array
) -> None:
    """Lay the base rates of a month."""
    scale, force, way = now.temperature("crackdown"), monthly(crackdown_nationwide), monthly(crackdown_concede)
    used = scale * spent * w.emergency
    w.crackdown_utility[now.index("crackdown", "crack_down")] += base_utility(scale, force, 1.0 - force - way) - used
    w.crackdown_utility[now.index("crackdown", "concede")] += base_utility(scale, way, 1.0 - force - way) - used


@rule(
    "focal.fears_collapse",
    "Leaders act as though an unanswered challenge could end in collapse: the larger protest, the likelier force.",
    claims=("DOM-15", "DOM-32", "DOM-38"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("protest",),
    writes=("crackdown_utility",),
    links=("protest_repression",),
    parameters=(usual("protest"),),
)
def fears_collapse(w: Fields, now: Moment, *, protest_repression: Array, usual_protest: Array) -> None:
    """Weigh protest on the loudest issue against its usual level."""
    push = log_odds(now.temperature("crackdown"), protest_repression, w.protest - usual_protest)
    w.crackdown_utility[now.index("crackdown", "crack_down")] += push


@rule(
    "focal.dread_reaches_for_force",
    "Rulers who dread disorder reach for force sooner.",
    claims=("DOM-15", "DOM-29", "DOM-38"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("fear_of_instability",),
    writes=("crackdown_utility",),
    parameters=(
        usual("fear_of_instability"),
        Parameter("ratio", 4.0, 1.5, 10.0, "odds ratio", "odds of force in full dread of disorder, against none",
                  "DOM-15; assumption"),
    ),
)  # fmt: skip
def dread_reaches_for_force(w: Fields, now: Moment, *, usual_fear_of_instability: Array, ratio: Array) -> None:
    """Weigh dread against its usual level."""
    push = log_odds(now.temperature("crackdown"), ratio, w.fear_of_instability - usual_fear_of_instability)
    w.crackdown_utility[now.index("crackdown", "crack_down")] += push


@rule(
    "focal.history_of_force",
    "Force of which history knows happens whatever is decided.",
    claims=("DOM-15",),
    accounts=ALL,
    phase="events",
    when="crackdown",
    writes=("crackdown_event", "months_since_crackdown"),
)
def history_of_force(w: Fields, now: Moment) -> None:
    """Lay what the calendar says. Limits: in every run alike."""
    w.crackdown_event[...] = CRACKED_DOWN
    w.months_since_crackdown[...] = 0.0


@rule(
    "focal.force_is_seen",
    "The world hears of force within a month.",
    claims=("DOM-15", "PRS-04"),
    accounts=ALL,
    phase="events",
    reads=("months_since_crackdown",),
    writes=("crackdown_seen",),
    after=("focal.history_of_force",),
)
def force_is_seen(w: Fields, now: Moment) -> None:
    """Mark the month in which others learn of it: that of history, or the one after a decision."""
    w.crackdown_seen[...] = w.months_since_crackdown == 0.0


@rule(
    "focal.answers_unrest",
    "What the leadership decides on unrest happens.",
    claims=("DOM-15", "DOM-21"),
    accounts=ALL,
    phase="answering",
    reads=("crackdown_choice", "protest_met", "grievance", "legitimacy"),
    writes=("crackdown_event", "grievance_change", "legitimacy_change", "issue_protest", "months_since_crackdown"),
    parameters=(
        Parameter("settled", 0.2, 0.05, 0.4, "share", "part of grievances settled where it gives way", "assumption"),
        Parameter("credit", 0.05, 0.0, 0.1, "share", "part of missing legitimacy that this wins",
                  "DOM-21; assumption"),
    ),
    after=("society.protest_bought_off", "society.protest_put_down"),
)  # fmt: skip
def answers_unrest(w: Fields, now: Moment, *, settled: Array, credit: Array) -> None:
    """Note the answer, and settle what is given way on. Limits: what is given is not standing practice."""
    history = w.crackdown_event == CRACKED_DOWN
    w.crackdown_event[...] = np.where(history, CRACKED_DOWN, w.crackdown_choice[0])
    gave_way = real(w.crackdown_event == 1)
    w.grievance_change -= settled * gave_way * w.protest_met * w.grievance
    w.issue_protest *= 1.0 - 0.5 * gave_way * w.protest_met
    w.legitimacy_change += credit * gave_way * (1.0 - w.legitimacy)
    w.months_since_crackdown += 1.0
    w.months_since_crackdown *= history | (w.crackdown_event != CRACKED_DOWN)


@rule(
    "focal.uses_force",
    "An open challenge is put down: practice falls most where the ruling monopoly is at stake, and all take fright.",
    claims=("DOM-15", "DOM-38"),
    accounts=ALL,
    phase="answering",
    reads=("crackdown_event", "threatens_monopoly"),
    writes=(
        "practice_change", "emergency", "issue_protest", "fear_of_instability_change", "activist_capacity_change",
        "activist_risk_change", "mobilisation_change", "security_effort_change", "legitimacy_change",
    ),
    parameters=(
        Parameter("fall", 0.173, 0.05, 0.35, "share", "fall of practice where the monopoly is wholly at stake",
                  "Fariss 4.02: rescaled score 0.35 in 1988, 0.21 in 1989"),
        Parameter("rule", 0.85, 0.4, 1.0, "share", "emergency rule that follows", "assumption"),
        Parameter("alarm", 0.1, 0.03, 0.25, "share", "rise of fear, risk and outlays on order",
                  "DOM-15; assumption: of the size of the fall"),
        Parameter("hush", 0.07, 0.02, 0.2, "share", "loss of capacity, mobilisation and legitimacy", "assumption"),
    ),
    after=("focal.answers_unrest",),
)  # fmt: skip
def uses_force(w: Fields, now: Moment, *, fall: Array, rule: Array, alarm: Array, hush: Array) -> None:
    """Let force tell on practice and society. Limits: who is detained is another decision."""
    struck = (w.crackdown_event == CRACKED_DOWN).astype(REAL)
    w.practice_change -= fall * struck * w.threatens_monopoly**2
    w.emergency += rule * struck
    clip_share(w.emergency)
    w.issue_protest *= 1.0 - struck
    for feared in (w.fear_of_instability_change, w.activist_risk_change, w.security_effort_change):
        feared += alarm * struck
    for hushed in (w.activist_capacity_change, w.mobilisation_change, w.legitimacy_change):
        hushed -= hush * struck


@rule(
    "focal.emergency_ends",
    "Emergency rule is wound up.",
    claims=(),
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
