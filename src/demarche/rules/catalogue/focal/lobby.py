"""Calls of the focal state on seated governments before a session."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import log_of
from demarche.rules.kit.codes import SURE
from demarche.rules.kit.rates import base_utility, times

VISIT, ASSIST = 1, 2


def may_waver(stance_age: Array, last_stance: Array) -> Array:
    """Return how likely a delegation wavers: 1 if it abstained last, 0.5 if it never voted, else 0."""
    waver: Array = np.where(stance_age < 0.0, 0.5, 1.0 - np.abs(last_stance))
    return waver


@rule(
    "focal.calls_on_waverers",
    "Before a session delegations with assistance call on seated governments that waver.",
    claims=("COA-06",), accounts=ALL, phase="answer_weighing", when="session-4",
    reads=("has_next_seat", "is_focal", "aid_need", "stance_age", "last_stance"), writes=("lobby_utility",),
    rates=("lobby_visit",),
    parameters=(Parameter("firm", 0.2, 0.05, 0.5, "multiplier", "calls on firm governments, against waverers",
                          "HRW 1997: tours took in friends as well; assumption"),),
)  # fmt: skip
def calls_on_waverers(w: Fields, now: Moment, *, lobby_visit: Array, firm: Array) -> None:
    """Assistance goes with the need for it.
    Limits: the focal state does not call on itself, nor on states without a seat.
    """
    tau, seated = now.temperature("lobby"), np.flatnonzero(w.has_next_seat.any(axis=1))
    waver = may_waver(w.stance_age[seated], w.last_stance[seated])
    chance = times(lobby_visit, firm + (1.0 - firm) * waver)
    assist = times(w.aid_need[seated], 1.0)
    barred = 1.0 - w.has_next_seat[seated] * (1.0 - w.is_focal[seated])
    called = base_utility(tau, chance, 1.0 - chance) - SURE * barred
    for option, part in ((VISIT, 1.0 - assist), (ASSIST, assist)):
        w.lobby_utility[option, seated] += called + tau * log_of(part)


@rule(
    "focal.calls_made",
    "A call is remembered at the session, one with assistance twice as well.",
    claims=("COA-06",), accounts=ALL, phase="answering", when="session-4", reads=("lobby_choice",),
    writes=("called_on_by_focal", "lobby_event"),
)  # fmt: skip
def calls_made(w: Fields, now: Moment) -> None:
    """Limits: a call of the year before is forgotten."""
    w.called_on_by_focal[...] = 0.5 * np.maximum(w.lobby_choice, 0)
    w.lobby_event[...] = np.maximum(w.lobby_choice, 0)
