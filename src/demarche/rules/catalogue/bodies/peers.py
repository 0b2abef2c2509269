"""Review by peers: who speaks, what is recommended, what the focal state answers and does by mid-term."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.events import code_of
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.rings import Positions, next_rows
from demarche.world.fields.bodies import RECOMMENDATION_KINDS


def tie(w: Fields) -> Array:
    """Return how close each state is to the focal one `(n_states, 1)`: its rank by agreement, 0 to 1."""
    others = w.is_present * (1.0 - w.is_focal)
    rank = np.argsort(np.argsort(np.where(others > 0.0, w.agree_focal, -1.0), axis=0), axis=0)
    absent = len(others) - others.sum(axis=0)
    near: Array = np.clip((rank - absent) / np.maximum(others.sum(axis=0) - 1.0, 1.0), 0.0, 1.0)
    return near


@rule(
    "bodies.peers_register",
    "Some fifty states speak at a review, members and those who care about the record sooner.",
    claims=("UNB-08",), accounts=ALL, phase="events", when="peer_review", draws=("speaks",),
    reads=("is_present", "is_focal", "has_seat", "attention"), writes=("is_speaker", "peers_meet"),
    parameters=(
        Parameter("speakers", 50.0, 30.0, 80.0, "states", "states that speak",
                  "reviews of 2008 and 2009, general knowledge"),
        Parameter("interest", 2.0, 0.0, 4.0, "multiplier", "weight of own attention to the record", "assumption"),
    ),
)  # fmt: skip
def peers_register(w: Fields, now: Moment, *, speakers: Array, interest: Array) -> None:
    """Limits: about so many, each by its own luck."""
    w.peers_meet[...] = 1.0
    weight = np.broadcast_to(1.0 + w.has_seat, w.is_speaker.shape).copy()
    weight[: len(w.attention)] += interest * w.attention.mean(axis=1)
    weight *= w.is_present * (1.0 - w.is_focal)
    w.is_speaker[...] = now.draw("speaks", "state") < speakers * weight / weight.sum(axis=0)


@rule(
    "bodies.peers_weigh",
    "Friends recommend what is soft, rivals what is sensitive.",
    claims=("UNB-08",), accounts=ALL, phase="weighing", when="peer_review",
    rates=("recommend_soft", "recommend_specific", "recommend_sensitive"),
    reads=("is_present", "is_focal", "agree_focal"), writes=("recommend_utility",),
    parameters=(
        Parameter("leaning", 3.0, 1.0, 6.0, "odds ratio",
                  "odds of soft words by the closest friend, of sensitive ones by the "
                  "farthest rival", "Terman and Byun 2022; size: assumption"),
        Parameter("nothing", 0.02, 0.001, 0.1, "share", "speakers that recommend nothing", "assumption"),
    ),
)  # fmt: skip
def peers_weigh(
    w: Fields, now: Moment, *, leaning: Array, nothing: Array, recommend_soft: Array, recommend_specific: Array,
    recommend_sensitive: Array,
) -> None:  # fmt: skip
    """Limits: each speaker has one tone."""
    scale, near = now.temperature("recommend"), 2.0 * tie(w) - 1.0
    friend, rival = log_odds(scale, leaning, np.maximum(near, 0.0)), log_odds(scale, leaning, np.maximum(-near, 0.0))
    for name, rate, term in (
        ("soft", recommend_soft, friend), ("specific", recommend_specific, 0.0), ("sensitive", recommend_sensitive,
                                                                                  rival),
    ):  # fmt: skip
        w.recommend_utility[now.index("recommend", name)] += base_utility(scale, rate, nothing) + term


@rule(
    "bodies.peers_recommend",
    "Each speaker makes one to three recommendations, on the issues to which it pays attention.",
    claims=("UNB-08", "UNB-10"), accounts=ALL, phase="acting", when="peer_review", draws=("number", "first", "second",
                                                                                          "third"),
    reads=("recommend_choice", "attention", "tractability", "is_present", "is_focal", "agree_focal"),
    writes=("recommendation_state", "recommendation_issue", "recommendation_kind", "recommendation_step",
            "recommendation_accepted", "recommendation_next", "recommendation_event", "recommendation_open",
            "recommendation_tie"),
    parameters=(Parameter("most", 3.0, 1.0, 5.0, "recommendations", "largest number", "assumption", "constant"),),
)  # fmt: skip
def peers_recommend(w: Fields, now: Moment, *, most: Array) -> None:
    """Limits: states that never act as senders choose what is movable; issues may be named twice."""
    state, runs = cells(w.recommend_choice > 0)
    number = np.ceil(most[runs] * now.draw("number", "state")[state, runs])
    concern = np.broadcast_to(w.tractability[:, 0], (len(state), len(w.tractability))).copy()
    own = state < len(w.attention)
    concern[own] = w.attention[state[own], :, runs[own]]
    mounting = concern.cumsum(axis=1)
    found = []
    for place, luck in enumerate((now.draw("first", "state"), now.draw("second", "state"), now.draw("third", "state"))):
        here = luck[state, runs] * mounting[:, -1]
        found.append(((mounting <= here[:, None]).sum(axis=1), number > place))
    issue = np.concatenate([one[kept] for one, kept in found])
    state, runs = (np.concatenate([rows[kept] for _, kept in found]) for rows in (state, runs))
    order = np.argsort(runs, kind="stable")
    enter_all(w, now, state[order], issue[order], runs[order])


def enter_all(w: Fields, now: Moment, state: Positions, issue: Positions, runs: Positions) -> None:
    """Write recommendations into the ring; runs in ascending order."""
    rows = next_rows(w.recommendation_next, runs, len(w.recommendation_state))
    kind = w.recommend_choice[state, runs]
    w.recommendation_state[rows] = state
    w.recommendation_issue[rows] = issue
    w.recommendation_kind[rows] = kind
    w.recommendation_step[rows] = now.step
    w.recommendation_accepted[rows] = 0.0
    w.recommendation_tie[rows] = tie(w)[state, 0]
    w.recommendation_event[rows] = kind
    w.recommendation_open[rows] = 1.0


@rule(
    "focal.weighs_recommendation",
    "Most recommendations are accepted, soft ones and those of friends sooner.",
    claims=("UNB-08", "UNB-09", "UNB-10"), accounts=ALL, phase="answer_weighing", when="peer_review",
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
    reads=("recommendation_answer_choice", "recommendation_open"),
    writes=("recommendation_accepted", "recommendation_answer_event"),
)  # fmt: skip
def answers_recommendation(w: Fields, now: Moment) -> None:
    """Limits: words; what is done shows by mid-term."""
    asked = w.recommendation_open > 0.0
    accepted = w.recommendation_answer_choice > 0
    w.recommendation_answer_event[...] = asked * (1 + accepted)
    np.copyto(w.recommendation_accepted, accepted * 1.0, where=asked)


@rule(
    "bodies.mid_term",
    "In the second January after a review it is asked what was done.",
    claims=("UNB-08", "DOM-12"), accounts=ALL, phase="events", when="year", calendar=("peer_review",),
    writes=("mid_term",),
    parameters=(Parameter("after", 18.0, 12.0, 24.0, "months", "shortest time from a review to its mid-term",
                          "practice of the Council: about half of the cycle, counted in Januaries", "constant"),),
)  # fmt: skip
def mid_term(w: Fields, now: Moment, *, after: Array) -> None:
    """Limits: of the last review."""
    since = now.months_since("peer_review")
    w.mid_term[...] = (since >= after) & (since < after + 12.0)


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
    writes=("commitment_change", "reform_occasion", "recommendation_action_event"),
    parameters=(
        Parameter("text", 0.02, 0.0, 0.05, "share", "part of missing commitment that a text makes up", "assumption"),
        Parameter("reopened", 0.1, 0.0, 0.2, "share", "actions that reopen the issue", "assumption"),
    ),
)  # fmt: skip
def acts_on_recommendation(w: Fields, now: Moment, *, text: Array, reopened: Array) -> None:
    """Limits: each text makes up a part of what the others left."""
    acted = (w.recommendation_action_choice > 0) & (w.recommendation_open > 0.0) & (w.mid_term > 0.0)
    w.recommendation_action_event[...] = acted * (1 + (w.recommendation_accepted > 0.0))
    rows, runs = cells(acted)
    issue = w.recommendation_issue[rows, runs].astype(np.intp)
    texts = np.zeros(w.commitment.shape)
    np.add.at(texts, (issue, runs), 1.0)
    w.commitment_change += (1.0 - np.power(1.0 - text, texts)) * (1.0 - w.commitment)
    again = now.draw("reopens", "recommendation")[rows, runs] < reopened[runs]
    w.reform_occasion[issue[again], runs[again]] = 1.0


@rule(
    "focal.reopens_issues",
    "An issue that a recommendation reopened has one occasion more to move, either way.",
    claims=("UNB-08", "DOM-12"), accounts=ALL, phase="answer_weighing", when="march", writes=("reform_utility",
                                                                                              "reform_occasion"),
)  # fmt: skip
def reopens_issues(w: Fields, now: Moment) -> None:
    """Limits: used up in the next March; two occasions are taken as twice the odds of a step."""
    again = now.temperature("reform") * np.log(2.0) * w.reform_occasion
    for option in ("tighten", "loosen"):
        w.reform_utility[now.index("reform", option)] += again
    w.reform_occasion[...] = 0.0
