"""Calls of sponsors on seated governments before a session."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.catalogue.focal.lobby import may_waver
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import log_of, real
from demarche.rules.kit.codes import SURE
from demarche.rules.kit.rates import base_utility, times

VISIT, ASSIST = 1, 2


@rule(
    "senders.calls_on_waverers",
    "Sponsors share out calls on seated governments that waver, some of them with assistance.",
    claims=("COA-06",), accounts=ALL, phase="weighing", when="session-1",
    reads=("has_next_seat", "is_sponsor", "is_focal", "aid_need", "stance_age", "last_stance"),
    writes=("canvass_utility",), rates=("canvass_visit",),
    parameters=(
        Parameter("most", 3.0, 1.0, 5.0, "calls", "calls that one sponsor can make",
                  "assumption: embassies and envoys"),
        Parameter("assistance", 0.3, 0.1, 0.6, "share", "calls on a poor government that carry assistance",
                  "assumption: aid is seldom offered for a vote"),
    ),
)  # fmt: skip
def calls_on_waverers(w: Fields, now: Moment, *, canvass_visit: Array, most: Array, assistance: Array) -> None:
    """Each sponsor makes up to so many calls among those who may waver; COA-06 tells of the other side's.
    Limits: sponsors call on nobody who sponsors.
    """
    tau, seated = now.temperature("canvass"), np.flatnonzero(w.has_next_seat.any(axis=1))
    open_to = (1.0 - w.is_focal[seated]) * (1.0 - w.is_sponsor[seated]) * w.has_next_seat[seated]
    waver = open_to * may_waver(w.stance_age[seated], w.last_stance[seated])
    share = np.minimum(most * canvass_visit * waver / np.maximum(waver.sum(axis=0), 1.0), 0.5)
    chance = times(1.0 - np.power(1.0 - share, w.is_sponsor.sum(axis=0)), 1.0)
    assist = assistance * w.aid_need[seated]
    called = base_utility(tau, chance, 1.0 - chance) - SURE * real(waver <= 0.0)
    for option, part in ((VISIT, 1.0 - assist), (ASSIST, assist)):
        w.canvass_utility[option, seated] += called + tau * log_of(part)


@rule(
    "senders.calls_made",
    "A call of sponsors is remembered at the session, one with assistance twice as well.",
    claims=("COA-06",), accounts=ALL, phase="acting", when="session-1", reads=("canvass_choice",),
    writes=("called_on_by_sponsors", "canvass_event"),
)  # fmt: skip
def calls_made(w: Fields, now: Moment) -> None:
    """Limits: a call of the year before is forgotten."""
    w.called_on_by_sponsors[...] = 0.5 * np.maximum(w.canvass_choice, 0)
    w.canvass_event[...] = np.maximum(w.canvass_choice, 0)
