"""Whom the focal state lets work: groups are tolerated, admitted, or barred."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.events import code_of
from demarche.rules.kit.rates import base_utility
from demarche.world.fields.ngos import NGO_TURNS


@rule(
    "focal.weighs_admission",
    "Critical groups are barred as often as not, those that work with consent hardly ever; the louder, the sooner.",
    claims=("COA-08", "DLG-10", "DLG-13", "NGO-16"), accounts=ALL, phase="answer_weighing", when="year",
    rates=("admit_barred", "admit_barred_cooperative", "admit_admitted"), reads=("ngo_is_cooperative",
                                                                                 "ngo_visibility"),
    writes=("admission_utility",),
    parameters=(Parameter("loud", 2.0, 1.0, 4.0, "odds ratio", "odds that full visibility multiplies",
                          "COA-08: key groups are barred; assumption"),),
)  # fmt: skip
def weighs_admission(
    w: Fields, now: Moment, *, loud: Array, admit_barred: Array, admit_barred_cooperative: Array, admit_admitted: Array
) -> None:
    """Limits: a group that nobody hears of is barred at the base rate."""
    scale, with_consent = now.temperature("admission"), w.ngo_is_cooperative > 0.0
    barred = np.where(with_consent, admit_barred_cooperative, admit_barred)
    admitted = np.where(with_consent, 1.0 - np.sqrt(admit_barred_cooperative), admit_admitted)
    tolerated = np.maximum(1.0 - barred - admitted, admit_barred_cooperative)
    heard = scale * np.log(loud) * w.ngo_visibility
    w.admission_utility[now.index("admission", "bar")] += base_utility(scale, barred, tolerated) + heard
    w.admission_utility[now.index("admission", "admit")] += base_utility(scale, admitted, tolerated)


@rule(
    "focal.admits_groups",
    "What the focal state decides on a group holds for the year.",
    claims=("COA-08", "NGO-16"), accounts=ALL, phase="answering", when="year", reads=("admission_choice",),
    writes=("ngo_standing", "ngo_event"),
)  # fmt: skip
def admits_groups(w: Fields, now: Moment) -> None:
    """Limits: events where the standing changes."""
    admitted, barred = (w.admission_choice == now.index("admission", name) for name in ("admit", "bar"))
    w.ngo_event[admitted & (w.ngo_standing <= 0.0)] = code_of(NGO_TURNS, "admitted")
    w.ngo_event[barred & (w.ngo_standing >= 0.0)] = code_of(NGO_TURNS, "barred")
    w.ngo_standing[...] = admitted * 1.0 - barred
