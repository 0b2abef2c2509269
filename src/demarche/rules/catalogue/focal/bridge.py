"""Bridges from fields of version 1 to those of reform and back, until the actors behind them decide; delete then.

`focal.acts_are_remembered`: `un_pressure`, `recent_concessions` for rules of version 1.
"""

from __future__ import annotations

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import clip_share


@rule(
    "focal.acts_are_remembered",
    "A treaty act counts as a concession and eases pressure in UN bodies.",
    claims=("PRS-16", "PRS-38"),
    accounts=ALL,
    phase="answering",
    reads=("treaty_event",),
    writes=("un_pressure", "recent_concessions"),
    parameters=(
        Parameter("relief", 0.15, 0.0, 0.4, "share", "part of UN pressure that one act takes away",
                  "PRS-38; assumption"),
        Parameter("worth", 0.25, 0.1, 0.5, "share", "memory of a concession left by one act", "PRS-16; assumption"),
    ),
    after=("focal.joins_treaties", "focal.answers_take_effect"),
)  # fmt: skip
def acts_are_remembered(w: Fields, now: Moment, *, relief: Array, worth: Array) -> None:
    """Pass treaty acts on to what rules of version 1 read."""
    acts = (w.treaty_event > 0).sum(axis=0)
    w.un_pressure *= (1.0 - relief) ** acts
    w.recent_concessions += worth * acts
    clip_share(w.recent_concessions)
