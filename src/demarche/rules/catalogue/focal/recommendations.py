"""Recommendations of peers: what the focal state accepts, and what it does about them by mid-term."""

from __future__ import annotations

import math

import numpy as np

from demarche.arrays import Array, Mask, cells
from demarche.rules.catalogue.focal.reform.words import loosen
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.events import code_of
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.words import summed
from demarche.world.fields.bodies import RECOMMENDATION_KINDS


def by_issue(w: Fields, those: Mask) -> Array:
    """Return how many of some recommendations are on each issue `(n_issues, n_runs)`."""
    rows, runs = cells(those)
    issues = w.recommendation_issue[rows, runs].astype(np.intp)
    return summed(np.ones(len(runs)), issues, runs, w.accepted_share.shape)


@rule(
    "focal.weighs_recommendation",
    "Most recommendations are accepted, soft ones and those of friends sooner.",
    claims=("UNB-08", "UNB-09"), accounts=ALL, phase="answer_weighing", when="peer_review",
    links=("specific_recommendation", "tie_acceptance"), rates=("recommendation_accepted",),
    reads=("recommendation_kind", "recommendation_tie", "recommendation_open", "concession_push"),
    writes=("recommendation_answer_utility",),
    parameters=(Parameter("price", 0.5, 0.25, 1.0, "price", "price of acceptance as a concession", "assumption: half",
                          "constant"),),
)  # fmt: skip
def weighs_recommendation(
    w: Fields, now: Moment, *, price: Array, specific_recommendation: Array, tie_acceptance: Array,
    recommendation_accepted: Array,
) -> None:  # fmt: skip
    """Limits: a state of middling closeness is the reference."""
    scale = now.temperature("recommendation_answer")
    concrete = np.where(w.recommendation_kind > code_of(RECOMMENDATION_KINDS, "soft"), 1.0, 0.0)
    term = base_utility(scale, recommendation_accepted,
                        1.0 - recommendation_accepted) + scale * w.concession_push / price
    term = term + log_odds(scale, specific_recommendation, concrete)
    term += log_odds(scale, tie_acceptance, w.recommendation_tie - 0.5)
    w.recommendation_answer_utility[now.index("recommendation_answer", "accept")] += term * w.recommendation_open


@rule(
    "focal.answers_recommendation",
    "What is accepted is entered as accepted, the rest is noted.",
    claims=("UNB-08", "UNB-09"), accounts=ALL, phase="answering", when="peer_review",
    reads=("recommendation_answer_choice", "recommendation_open", "recommendation_kind", "recommendation_issue"),
    writes=("recommendation_accepted", "recommendation_answer_event", "accepted_share"),
)  # fmt: skip
def answers_recommendation(w: Fields, now: Moment) -> None:
    """Limits: words; what is done shows by mid-term."""
    asked = w.recommendation_open > 0.0
    accepted = w.recommendation_answer_choice > 0
    w.recommendation_answer_event[...] = asked * (2 * w.recommendation_kind - 1 + accepted)
    np.copyto(w.recommendation_accepted, accepted * 1.0, where=asked)
    w.accepted_share[...] = by_issue(w, accepted & asked) / np.maximum(by_issue(w, asked), 1.0)


@rule(
    "focal.weighs_action",
    "By mid-term more is done about what was accepted than about what was noted.",
    claims=("UNB-08", "DOM-12"), accounts=ALL, phase="answer_weighing", when="year", trigger="mid_term",
    rates=("recommendation_acted_accepted", "recommendation_acted_noted"), calendar=("peer_review",),
    reads=("recommendation_step", "recommendation_accepted", "mid_term"),
    writes=("recommendation_open", "recommendation_action_utility"),
)  # fmt: skip
def weighs_action(
    w: Fields, now: Moment, *, recommendation_acted_accepted: Array, recommendation_acted_noted: Array
) -> None:
    """Limits: each recommendation by itself."""
    w.recommendation_open[...] = w.mid_term * (w.recommendation_step == now.step - now.months_since("peer_review"))
    chance = np.where(w.recommendation_accepted > 0.0, recommendation_acted_accepted, recommendation_acted_noted)
    term = base_utility(now.temperature("recommendation_action"), chance, 1.0 - chance)
    w.recommendation_action_utility[now.index("recommendation_action", "act")] += term * w.mid_term


@rule(
    "focal.acts_on_recommendation",
    "Action is mostly a text; now and then it opens the issue for one more reform.",
    claims=("UNB-08", "DOM-12"), accounts=ALL, phase="answering", trigger="mid_term", draws=("reopens",),
    reads=("mid_term", "recommendation_open", "recommendation_action_choice", "recommendation_issue",
           "recommendation_accepted", "commitment"),
    writes=("commitment_change", "reform_occasion", "recommendation_acted", "recommendation_action_event",
            "accepted_share"),
    parameters=(
        Parameter("text", 0.02, 0.0, 0.05, "share", "part of missing commitment that a text makes up", "assumption"),
        Parameter("reopened", 0.1, 0.0, 0.2, "share", "actions that reopen the issue", "assumption"),
    ),
)  # fmt: skip
def acts_on_recommendation(w: Fields, now: Moment, *, text: Array, reopened: Array) -> None:
    """Limits: each text makes up a part of what the others left."""
    acted = (w.recommendation_action_choice > 0) & (w.recommendation_open > 0.0) & (w.mid_term > 0.0)
    live = w.recommendation_open * w.mid_term
    w.recommendation_action_event[...] = live * (1.0 + w.recommendation_accepted)
    np.copyto(w.recommendation_acted, acted, where=live > 0.0)
    w.commitment_change += (1.0 - np.power(1.0 - text, by_issue(w, acted))) * (1.0 - w.commitment)
    w.accepted_share *= 1.0 - w.mid_term
    rows, runs = cells(acted)
    issue = w.recommendation_issue[rows, runs].astype(np.intp)
    again = now.draw("reopens", "recommendation")[rows, runs] < reopened[runs]
    w.reform_occasion[issue[again], runs[again]] = 1.0


@rule(
    "focal.reopens_issues",
    "An issue that a recommendation reopened has one occasion more to move; what was accepted may open it, or not.",
    claims=("UNB-08", "UNB-09", "UNB-10", "DOM-12"), accounts=ALL, phase="answer_weighing", when="march",
    links=("accepted_reform",), reads=("accepted_share", "freeze"), writes=("reform_utility", "reform_occasion"),
)  # fmt: skip
def reopens_issues(w: Fields, now: Moment, *, accepted_reform: Array) -> None:
    """Limits: an occasion is used up in the next March, moves either way by itself, and is taken as twice the odds of
    a step; which way it leans is the link's, as it is while accepted recommendations wait for their mid-term.
    """
    loosen(w, now, accepted_reform, np.maximum(w.accepted_share, w.reform_occasion))
    again = now.temperature("reform") * math.log(2.0) * w.reform_occasion
    for option in ("tighten", "loosen"):
        w.reform_utility[now.index("reform", option)] += again
    w.reform_occasion[...] = 0.0
