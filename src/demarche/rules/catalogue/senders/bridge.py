"""Old fields that rules of other rooms still read, filled from the new ones; deleted with their last reader.

`recent_concessions` counts persons let go; `un_pressure` is what a likely or a tabled motion amounts to.
"""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import clip_share, fade
from demarche.rules.kit.codes import turn


@rule(
    "focal.old_concessions",
    "Persons let go are remembered as concessions by the rules that weigh votes, rounds and conditions.",
    claims=("PRS-16",),
    accounts=ALL,
    phase="answering",
    reads=("person_event", "person_fame"),
    writes=("recent_concessions",),
    after=("focal.answers_take_effect",),
    parameters=(
        Parameter("months", 6.0, 3.0, 18.0, "months", "half-life of the memory of concessions", "assumption"),
        Parameter("worth", 0.05, 0.02, 0.2, "share", "memory left by the release of an unknown person", "assumption"),
        Parameter("famous", 0.25, 0.1, 0.6, "share", "further memory left by the release of a famous person",
                  "assumption"),
    ),
)  # fmt: skip
def old_concessions(w: Fields, now: Moment, *, months: Array, worth: Array, famous: Array) -> None:
    """Limits: terms that end are none."""
    freed = (w.person_event == turn("released")) | (w.person_event == turn("exiled"))
    fade(w.recent_concessions, months)
    w.recent_concessions += (freed * (worth + famous * w.person_fame)).sum(axis=0)
    clip_share(w.recent_concessions)


@rule(
    "senders.bridge_motion_pressure",
    "Pressure through UN bodies is what a likely or a tabled motion amounts to, and fades.",
    claims=("PRS-09", "PRS-16"), accounts=ALL, phase="un_bodies", reads=("chance_of_motion", "is_tabled"),
    writes=("un_pressure",),
    parameters=(Parameter("half_life", 6.0, 2.0, 24.0, "months", "half-life of the pressure", "assumption"),),
)  # fmt: skip
def bridge_motion_pressure(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Limits: a bridge."""
    fade(w.un_pressure, half_life)
    np.maximum(w.un_pressure, 0.5 * np.maximum(w.chance_of_motion, w.is_tabled), out=w.un_pressure)
