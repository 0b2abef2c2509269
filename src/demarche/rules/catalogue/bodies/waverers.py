"""What moves waverers: calls of both sides before a session, what trade and aid without conditions make of them, and
attraction relative to the leading critic.
"""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.catalogue.senders.will import HALF_POINT
from demarche.rules.contract import ALL, Fields, Moment, rule
from demarche.rules.kit.links import factor, log_odds
from demarche.rules.kit.usual import usual

YES, ABSTAIN, NO = range(3)
LEANS = ("bodies.moved", "bodies.delegations_lean", "bodies.mood_of_motions")


def wavering(utility: Array, side: int, tau: Array) -> Array:
    """Return how near a delegation is to the border between abstaining and a side `(n_states, n_runs)`, 1 on it."""
    odds = np.exp(-np.abs(utility[side] - utility[ABSTAIN]) / tau)
    near: Array = 2.0 * odds / (1.0 + odds)
    return near


@rule(
    "bodies.focal_calls_count",
    "A call with assistance by the focal state makes a wavering poor member more likely to vote its way.",
    claims=("COA-06",), accounts=ALL, phase="vote_weighing", when="session", reads=("called_on_by_focal", "aid_need"),
    writes=("vote_no_action_utility",), links=("lobby_waverers",), trigger="is_moved", after=LEANS,
)  # fmt: skip
def focal_calls_count(w: Fields, now: Moment, *, lobby_waverers: Array) -> None:
    """Limits: firm votes do not move; nor do states that need no aid or were not called on."""
    tau = now.temperature("vote_no_action")
    called = w.called_on_by_focal * w.aid_need * wavering(w.vote_no_action_utility, YES, tau)
    w.vote_no_action_utility[YES] += log_odds(tau, lobby_waverers, called)


@rule(
    "bodies.sponsors_calls_count",
    "A call with assistance by sponsors makes a wavering poor member more likely to vote their way, less perhaps where "
    "trade and aid of the focal state ask nothing about rights.",
    claims=("COA-06", "COA-25"), accounts=ALL, phase="vote_weighing", when="session",
    reads=("called_on_by_sponsors", "aid_need", "called_on_by_focal", "trade_exposure", "export_share"),
    writes=("vote_no_action_utility",), links=("lobby_waverers", "unconditional_ties"), trigger="is_moved", after=LEANS,
    parameters=(HALF_POINT,),
)  # fmt: skip
def sponsors_calls_count(
    w: Fields, now: Moment, *, lobby_waverers: Array, unconditional_ties: Array, half_point: Array
) -> None:
    """What the focal state gives is its trade and the assistance of this session's call, whichever is more.
    Limits: as for the calls of the focal state; what else critics demand of third states is not in the world.
    """
    tau = now.temperature("vote_no_action")
    called = w.called_on_by_sponsors * w.aid_need * wavering(w.vote_no_action_utility, NO, tau)
    trade, aid = w.trade_exposure + w.export_share, np.maximum(2.0 * w.called_on_by_focal - 1.0, 0.0)
    heeded = factor(unconditional_ties, np.maximum(trade / (trade + half_point), aid))
    w.vote_no_action_utility[NO] += log_odds(tau, lobby_waverers, called * heeded)


@rule(
    "bodies.attraction_counts",
    "Attraction of the focal state relative to the leading critic moves votes a step its way.",
    claims=("COA-24", "TGT-06", "TGT-10"), accounts=ALL, phase="vote_weighing", when="session",
    reads=("attraction", "is_focal", "is_critic"), writes=("vote_no_action_utility",), links=("soft_power_votes",),
    trigger="is_moved", after=("bodies.moved",),
    parameters=(usual("soft_power"),),
)  # fmt: skip
def attraction_counts(w: Fields, now: Moment, *, soft_power_votes: Array, usual_soft_power: Array) -> None:
    """A step is one from against to abstaining, or from there to for. Limits: neither the two rivals themselves."""
    others = (1.0 - w.is_focal) * (1.0 - w.is_critic)
    step = log_odds(now.temperature("vote_no_action"), soft_power_votes, (w.attraction - usual_soft_power) * others)
    w.vote_no_action_utility[ABSTAIN] += step
    w.vote_no_action_utility[YES] += 2.0 * step
