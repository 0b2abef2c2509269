"""Lobbying before sessions, and the slow earning of goodwill."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T2, T3
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength

LOBBIED = 1
IMPOSSIBLE = 900.0


@rule(
    "target.lobby_choice",
    "Delegations with assistance go to seat-holding governments that waver and need help.",
    claims=("COA-06",),
    accounts=ALL,
    phase="answer_weighing",
    when="session-4",
    reads=("has_next_seat", "is_focal", "is_western", "aid_need", "agree_focal", "vote_no_action_choice",
           "sponsor_count", "skill"),
    writes=("lobby_utility",),
    parameters=(
        Parameter("standing", -4.5, -7.0, -2.0, "utility", "visit without a reason", "assumption"),
        Parameter("need", 3.0, 1.0, 5.0, "utility", "pull of a poor government", "COA-06; assumption"),
        Parameter("waverer", 1.5, 0.0, 3.0, "utility", "pull of a government that abstained last",
                  "COA-06; assumption"),
        Parameter("skill", 1.5, 0.0, 3.0, "utility", "more visits with full skill", "assumption"),
        Parameter("western", 3.0, 1.0, 6.0, "utility", "hopelessness of Western governments", "record of votes"),
    ),
)  # fmt: skip
def lobby_choice(
    w: Fields, now: Moment, *, standing: Array, need: Array, waverer: Array, skill: Array, western: Array,
) -> None:
    """Set the utility of visiting each holder of a seat in the coming session.

    Limits: other states are not visited; without sponsors few visits are made.
    """
    wavers = w.vote_no_action_choice == now.index("vote_no_action", "abstain")
    threatened = (w.sponsor_count > 0.0) * 1.0
    utility = standing + skill * w.skill + threatened + waverer * wavers
    utility = utility + need * w.aid_need * w.agree_focal - western * w.is_western
    utility -= IMPOSSIBLE * (1.0 - w.has_next_seat * (1.0 - w.is_focal))
    w.lobby_utility[now.index("lobby", "lobby")] += utility


@rule(
    "target.lobby_visits",
    "A visit with assistance is remembered at the session and leaves some goodwill.",
    claims=("COA-06", "COA-24"),
    accounts=ALL,
    phase="answering",
    when="session-4",
    reads=("lobby_choice", "aid_need"),
    writes=("lobbied", "goodwill", "lobby_event"),
    parameters=(
        strength("scale of what a visit leaves", "COA-06; assumption"),
        Parameter("goodwill", 0.1, 0.0, 0.3, "share", "goodwill left by one visit", "COA-24; assumption"),
    ),
)  # fmt: skip
def lobby_visits(w: Fields, now: Moment, *, strength: Array, goodwill: Array) -> None:
    """Record the visits, which weigh more with poor governments.

    Limits: silent towards governments that are left alone.
    """
    visited = (w.lobby_choice == now.index("lobby", "lobby")) & (strength > 0.0)
    weight = np.minimum(strength * (0.4 + 0.6 * w.aid_need), 1.0) * visited
    np.maximum(w.lobbied, weight, out=w.lobbied)
    w.goodwill += goodwill * weight * (1.0 - w.goodwill)
    w.lobby_event[visited] = LOBBIED


@rule(
    "target.goodwill",
    "Constant travel, partnerships and great summits earn goodwill among states that others neglect.",
    claims=("COA-24",),
    accounts=(T2, T3),
    phase="answering",
    when="year",
    reads=("aid_need", "economic_weight", "soft_power", "is_western", "is_focal", "is_present"),
    writes=("goodwill",),
    parameters=(strength("yearly part of the way to full goodwill of a poor and small state at full attraction",
                         "COA-24; assumption", default=0.15, high=0.5, unit="share per year"),),
)  # fmt: skip
def goodwill(w: Fields, now: Moment, *, strength: Array) -> None:
    """Raise goodwill once a year, by attraction, poverty and smallness.

    Limits: silent towards Western states and without attraction.
    """
    others = w.is_present * (1.0 - w.is_focal) * (1.0 - w.is_western)
    neglected = others * w.aid_need * (1.0 - np.sqrt(w.economic_weight))
    w.goodwill += np.minimum(strength, 1.0) * w.soft_power * neglected * (1.0 - w.goodwill)
