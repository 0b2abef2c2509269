"""The answer takes effect for individuals: relief, release, exile, and what others see of it."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import approach, clip_share, fade

AT_LIBERTY, DETAINED, RELEASED, EXILED = 0.0, 1.0, 2.0, 3.0
TREATED_BETTER_EVENT, RELEASED_EVENT, EXILED_EVENT = 3, 4, 5
USUAL_TREATMENT = 0.3
TURNS = np.array([0, TREATED_BETTER_EVENT, RELEASED_EVENT, EXILED_EVENT], dtype=np.int8)  # by option of the decision
STATUS_AFTER = np.array([DETAINED, DETAINED, RELEASED, EXILED])


@rule(
    "target.free_people",
    "What was decided for detained persons takes effect.",
    claims=("PRS-16", "TGT-02"),
    accounts=ALL,
    phase="answering",
    reads=("release_choice", "person_fame"),
    writes=("person_status", "person_months", "person_event", "person_treatment", "released_now", "concession_credit",
            "recent_concessions"),
    parameters=(
        Parameter("relief", 0.4, 0.2, 0.8, "share", "part of the way to good treatment that one act of relief goes",
                  "PRS-36; assumption"),
        Parameter("memory_months", 6.0, 3.0, 18.0, "months", "half-life of the memory of concessions", "assumption"),
        Parameter("worth", 0.05, 0.02, 0.2, "share", "memory left by the release of an unknown person", "assumption"),
        Parameter("famous", 0.25, 0.1, 0.6, "share", "further memory left by the release of a famous person",
                  "assumption"),
    ),
)  # fmt: skip
def free_people(w: Fields, now: Moment, *, relief: Array, memory_months: Array, worth: Array, famous: Array) -> None:
    """Apply the choices; time in the present status runs on for all others. Limits: acts on detained persons only."""
    who = cells((w.release_choice > now.index("release", "hold")) & (w.person_status == DETAINED))
    choice = w.release_choice[who]
    w.person_event[who] = TURNS[choice]
    w.person_status[who] = STATUS_AFTER[choice]
    w.person_months += 1.0
    approach(w.person_treatment, USUAL_TREATMENT, 0.03)
    better = tuple(axis[choice == now.index("release", "treat_better")] for axis in who)
    w.person_treatment[better] += relief[better[1]] * (1.0 - w.person_treatment[better])
    left = tuple(axis[choice > now.index("release", "treat_better")] for axis in who)
    w.person_months[left] = 0.0
    gone = np.bincount(left[1], minlength=now.n_runs)
    fame = np.bincount(left[1], w.person_fame[left], minlength=now.n_runs)
    w.released_now += gone
    w.concession_credit += gone
    fade(w.recent_concessions, memory_months)
    w.recent_concessions += worth * gone + famous * fame
    clip_share(w.recent_concessions)


@rule(
    "target.movement_loses_leaders",
    "Each able organiser who leaves the country weakens the movement.",
    claims=("TGT-02",),
    accounts=ALL,
    phase="society",
    reads=("person_event", "person_organising", "activist_capacity"),
    writes=("activist_capacity_change",),
    parameters=(strength("part of activists' capacity lost with one full organiser", "TGT-02; assumption",
                         default=0.01, high=0.04, unit="share"),),
)  # fmt: skip
def movement_loses_leaders(w: Fields, now: Moment, *, strength: Array) -> None:
    """Lower activists' capacity with the organising capacity that went into exile this month.

    Limits: silent when nobody is exiled.
    """
    lost = ((w.person_event == EXILED_EVENT) * w.person_organising).sum(axis=0)
    w.activist_capacity_change -= strength * lost * w.activist_capacity
