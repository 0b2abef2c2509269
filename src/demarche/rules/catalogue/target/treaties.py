"""Treaties: when and why the focal state signs and ratifies."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import clip_share

SIGNED, RATIFIED = 1.0, 2.0
IMPOSSIBLE = 900.0


@rule(
    "target.treaty_cost",
    "Acts that cost sovereignty wait; social treaties come before civil ones, signature before ratification.",
    claims=("TGT-13", "UNB-32"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("treaty_stage", "treaty_is_social", "treaty_cost", "treaty_months"),
    writes=("treaty_utility",),
    parameters=(
        Parameter("standing", -3.1, -5.0, -2.0, "utility", "act without a reason and without a cost",
                  "assumption: an act every four to five years among six treaties (record of 1980-2001)"),
        Parameter("cost", 5.0, 2.0, 8.0, "utility", "weight of the cost to sovereignty", "TGT-13; assumption"),
        Parameter("binding", 0.6, 0.2, 1.5, "share", "further cost of ratification",
                  "UNB-32: signed, not ratified; assumption"),
        Parameter("order", 1.5, 0.0, 4.0, "utility", "delay of civil treaties while social ones are open",
                  "TGT-13: selective; assumption"),
        Parameter("pause", 12.0, 0.0, 36.0, "months", "shortest time between two steps of one treaty", "assumption"),
    ),
)  # fmt: skip
def treaty_cost(
    w: Fields, now: Moment, *, standing: Array, cost: Array, binding: Array, order: Array, pause: Array,
) -> None:
    """Set the standing terms of acting on each treaty; finished treaties and fresh steps wait.

    Limits: a ratified treaty never acts again.
    """
    unsigned = w.treaty_is_social * (w.treaty_stage < SIGNED)
    still_open = unsigned.sum(axis=0) / np.maximum(w.treaty_is_social.sum(axis=0), 1.0)
    utility = standing - cost * w.treaty_cost * (1.0 + binding * w.treaty_stage)
    utility -= order * still_open * (1.0 - w.treaty_is_social)
    utility -= IMPOSSIBLE * ((w.treaty_stage >= RATIFIED) | (w.treaty_months < pause))
    w.treaty_utility[now.index("treaty", "act")] += utility


@rule(
    "target.treaty_interest",
    "A damaged name and pressure in UN bodies make cooperative gestures worth something.",
    claims=("PRS-38", "PRS-16", "TGT-13"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("un_pressure", "pressure_memory", "target_needs"),
    writes=("treaty_utility",),
    parameters=(strength("utility of an act at full pressure and full need", "PRS-38; assumption",
                         default=2.5, high=5.0, unit="utility"),),
)  # fmt: skip
def treaty_interest(w: Fields, now: Moment, *, strength: Array) -> None:
    """Raise the utility of acts with UN pressure and remembered pressure, as far as recognition is needed.

    Limits: silent without pressure.
    """
    pressure = np.maximum(w.un_pressure, w.pressure_memory)
    w.treaty_utility[now.index("treaty", "act")] += strength * pressure * w.target_needs


@rule(
    "target.treaty_timing",
    "Treaty acts fall in the weeks before sessions and summits.",
    claims=("UNB-32", "PRS-16"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("occasion",),
    writes=("treaty_utility",),
    calendar=("session",),
    parameters=(
        strength("utility of an act just before a session or at the height of an occasion",
                 "acts of 1992, 1997 and 1998 lie days or weeks from votes and visits", default=1.5, high=4.0,
                 unit="utility"),
        Parameter("lead", 2.0, 1.0, 3.0, "months", "months before a session that count", "record of treaty acts"),
    ),
)  # fmt: skip
def treaty_timing(w: Fields, now: Moment, *, strength: Array, lead: Array) -> None:
    """Raise the utility of acts near a session or with the pull of an occasion. Limits: silent in other months."""
    near = (now.months_to("session") <= lead) * 1.0
    w.treaty_utility[now.index("treaty", "act")] += strength * np.maximum(near, w.occasion)


@rule(
    "target.signs",
    "Signatures and ratifications raise commitment and ease pressure; practice lags.",
    claims=("TGT-13", "PRS-16"),
    accounts=ALL,
    phase="answering",
    reads=("treaty_choice", "treaty_is_social", "is_social", "is_overlap", "is_core", "is_procedural", "commitment"),
    writes=("treaty_stage", "treaty_months", "treaty_event", "commitment_change", "un_pressure", "concession_credit",
            "recent_concessions"),
    parameters=(
        Parameter("gain", 0.12, 0.04, 0.3, "share", "part of the missing commitment that one act brings",
                  "TGT-13; assumption"),
        Parameter("relief", 0.15, 0.0, 0.4, "share", "part of UN pressure that one act takes away",
                  "PRS-38; assumption"),
        Parameter("worth", 0.25, 0.1, 0.5, "share", "memory of a concession left by one act", "PRS-16; assumption"),
    ),
    after=("target.free_people",),
)  # fmt: skip
def signs(w: Fields, now: Moment, *, gain: Array, relief: Array, worth: Array) -> None:
    """Take the next step of the treaties chosen. Limits: two steps, practice untouched."""
    acts = (w.treaty_choice == now.index("treaty", "act")) & (w.treaty_stage < RATIFIED)
    w.treaty_stage += acts
    w.treaty_months += 1.0
    w.treaty_months *= ~acts
    w.treaty_event[...] = acts * w.treaty_stage
    social = (acts * w.treaty_is_social).sum(axis=0)
    n_acts = acts.sum(axis=0)
    touched = (w.is_social + w.is_overlap) * social + (w.is_core + w.is_procedural) * (n_acts - social)
    w.commitment_change += gain * touched * (1.0 - w.commitment)
    w.un_pressure *= (1.0 - relief) ** n_acts
    w.concession_credit += n_acts
    w.recent_concessions += worth * n_acts
    clip_share(w.recent_concessions)
