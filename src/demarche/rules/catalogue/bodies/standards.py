"""What norms and scrutiny do in UN bodies: caucuses, votes on selectivity, findings, visits."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.catalogue.bodies.waverers import LEANS, YES, wavering
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import log_odds, return_to, share_a_year
from demarche.world.fields.bodies import GRADES

USUAL_TILT = Parameter(
    "usual", 0.3, 0.3, 0.3, "share", "shift of the norms at the start", "definition: votes of the model hold there",
    "constant", "bodies.selectivity_counts",
)  # fmt: skip
SCRUTINY = Parameter("usual", 0.4, 0.4, 0.4, "share", "scrutiny at the start", "definition: where base rates hold",
                     "constant", "bodies.scrutiny_counts")  # fmt: skip


@rule(
    "bodies.caucus_moves",
    "Friends bound by a caucus are sooner ready to move to take no action.",
    claims=("COA-02", "COA-12"), accounts=ALL, phase="motion_weighing", when="session", trigger="is_tabled",
    reads=("caucus", "agree_focal", "is_focal"), writes=("move_no_action_utility",), after=("bodies.tabled",),
    parameters=(Parameter("odds", 3.0, 1.0, 8.0, "odds ratio", "odds that a friend moves after a caucus",
                          "COA-02: the caucus made sure that texts never came to a vote; assumption"),),
)  # fmt: skip
def caucus_moves(w: Fields, now: Moment, *, odds: Array) -> None:
    """Limits: binds only those that agree with the state in more than half of other votes."""
    friends = (w.agree_focal > 0.5) * (1.0 - w.is_focal)
    w.move_no_action_utility[now.index("move_no_action", "move")] += log_odds(
        now.temperature("move_no_action"), odds, w.caucus * friends)


@rule(
    "bodies.selectivity_counts",
    "Where norms have shifted to sovereignty and values, wavering governments that are not free take no action sooner.",
    claims=("COA-03", "COA-26", "TGT-05"), accounts=ALL, phase="vote_weighing", when="session", trigger="is_moved",
    reads=("norm_tilt", "democracy", "is_focal"), writes=("vote_no_action_utility",), after=LEANS,
    parameters=(
        Parameter("odds", 1.5, 0.8, 3.0, "odds ratio", "odds of yes against abstaining if norms had shifted wholly",
                  "COA-03: a claim against singling out any state; assumption"),
        USUAL_TILT,
    ),
)  # fmt: skip
def selectivity_counts(w: Fields, now: Moment, *, odds: Array, usual: Array) -> None:
    """Limits: firm votes do not move."""
    tau = now.temperature("vote_no_action")
    swayed = wavering(w.vote_no_action_utility, YES, tau) * (1.0 - w.democracy) * (1.0 - w.is_focal)
    w.vote_no_action_utility[YES] += log_odds(tau, odds, (w.norm_tilt - usual) * swayed)


@rule(
    "bodies.readings_fade",
    "Readings of the norms that nobody repeats fade: the norms go back to where they stood.",
    claims=("TGT-16", "TGT-04"), accounts=ALL, phase="bookkeeping", reads=("norm_tilt",), writes=("norm_tilt_change",),
    parameters=(
        Parameter("half_life", 120.0, 60.0, 240.0, "months", "half-life of what goes beyond the start",
                  "TGT-16: put forward persistently; assumption: ten years"),
        USUAL_TILT,
    ),
)  # fmt: skip
def readings_fade(w: Fields, now: Moment, *, half_life: Array, usual: Array) -> None:
    """Limits: what a text once said fades as fast as what was said in a forum."""
    w.norm_tilt_change += return_to(w.norm_tilt, usual, half_life)


@rule(
    "bodies.scrutiny_counts",
    "A committee that is used to look hard at a state goes a step further in what it says.",
    claims=("UNB-20", "TGT-04"), accounts=ALL, phase="vote_weighing", when="treaty_review", trigger="review_due",
    reads=("institution_scrutiny", "review_due"), writes=("finding_utility",), after=("bodies.examination",),
    parameters=(
        Parameter("odds", 2.0, 1.0, 4.0, "odds ratio", "odds of one step more at full scrutiny, against none",
                  "UNB-20; assumption"),
        SCRUTINY,
    ),
)  # fmt: skip
def scrutiny_counts(w: Fields, now: Moment, *, odds: Array, usual: Array) -> None:
    """Limits: silent at the scrutiny of the start."""
    step = log_odds(now.temperature("finding"), odds, (w.institution_scrutiny - usual) * w.review_due)
    for grade, name in enumerate(GRADES, 1):
        w.finding_utility[now.index("finding", name)] += grade * step


@rule(
    "bodies.scrutiny_follows_words",
    "What is said through the United Nations brings scrutiny, which wanes when nothing is said.",
    claims=("UNB-20", "UNB-15", "UNB-14"), accounts=ALL, phase="learning",
    reads=("un_words", "institution_scrutiny"), writes=("institution_scrutiny_change",),
    parameters=(
        Parameter("rise", 0.2, 0.05, 0.5, "share a year", "rise under full words on one issue", "UNB-20; assumption"),
        Parameter("half_life", 36.0, 12.0, 72.0, "months", "half-life of scrutiny beyond that of the start",
                  "assumption: a cycle of reports"),
        SCRUTINY,
    ),
)  # fmt: skip
def scrutiny_follows_words(w: Fields, now: Moment, *, rise: Array, half_life: Array, usual: Array) -> None:
    """Limits: knows no issue."""
    said = np.minimum(w.un_words, 1.0).max(axis=0)
    w.institution_scrutiny_change += share_a_year(w.institution_scrutiny, rise, said)
    w.institution_scrutiny_change += return_to(w.institution_scrutiny, usual, half_life)


@rule(
    "bodies.norms_carry_visits",
    "Where norms bind less, monitors can ask for less.",
    claims=("UNB-29", "TGT-18", "TGT-14"), accounts=ALL, phase="weighing", when="year",
    reads=("norm_strength",), writes=("visit_request_utility",),
    parameters=(
        Parameter("odds", 4.0, 1.0, 10.0, "odds ratio", "odds that an expert asks to visit at full strength, against "
                  "none", "UNB-29: opt-outs make the monitoring impossible; assumption"),
        Parameter("usual", 0.5, 0.4, 0.6, "share", "strength of the norms at which the base rate holds",
                  "assumption: as at the start"),
    ),
)  # fmt: skip
def norms_carry_visits(w: Fields, now: Moment, *, odds: Array, usual: Array) -> None:
    """Limits: all mandates alike."""
    w.visit_request_utility[now.index("visit_request", "ask")] += log_odds(
        now.temperature("visit_request"), odds, w.norm_strength - usual)
