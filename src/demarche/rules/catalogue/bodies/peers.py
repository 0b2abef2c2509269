"""Review by peers: who speaks, what is recommended, what the focal state answers and does by mid-term."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.rings import Positions, next_rows


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
                  "assumption: a quarter of all members, hours being short"),
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
                  "farthest rival", "Terman & Byun; size: assumption"),
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
    claims=("UNB-08",), accounts=ALL, phase="acting", when="peer_review", draws=("number", "first", "second",
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
    rows = next_rows(w.recommendation_next, len(w.recommendation_state), runs), runs
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
