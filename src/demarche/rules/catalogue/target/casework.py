"""What the public raising of a case does: it protects, it hardens, and it works best beside a private word."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T1, T2, T3, T4
from demarche.arrays import Array
from demarche.rules.contract import Fields, Moment, Parameter, rule, strength


@rule(
    "target.spotlight_protects",
    "A person whose case is known and raised is treated better and freed sooner.",
    claims=("PRS-18", "PRS-36"),
    accounts=(T3, T4),
    phase="answer_weighing",
    reads=("person_named", "person_listed", "pressure_effect"),
    writes=("release_utility",),
    parameters=(
        strength("utility of freeing a person who is much named", "PRS-18; hazard ratio 1-4 (Myrick & Weinstein)",
                 default=0.8, high=2.0, unit="utility"),
        Parameter("treatment", 2.5, 0.5, 5.0, "utility", "utility of treating a raised person better, by either route",
                  "PRS-36; Dui Hua 1999-2024: 0.13 of names asked were treated better"),
    ),
)  # fmt: skip
def spotlight_protects(w: Fields, now: Moment, *, strength: Array, treatment: Array) -> None:
    """Raise the utility of release with naming, and of better treatment with naming or listing.

    Limits: silent for persons nobody raises.
    """
    effect = np.minimum(w.pressure_effect, 1.5)
    raised = np.maximum(w.person_named, w.person_listed)
    w.release_utility[now.index("release", "release")] += strength * effect * w.person_named
    w.release_utility[now.index("release", "exile")] += strength * effect * w.person_named
    relief = np.minimum(strength, 1.0) * treatment * effect * raised
    w.release_utility[now.index("release", "treat_better")] += relief


@rule(
    "target.affront_hardens",
    "A name called out in public is an affront, and its bearer is held.",
    claims=("TGT-01", "PRS-07"),
    accounts=(T1, T2),
    phase="answer_weighing",
    reads=("person_named",),
    writes=("release_utility",),
    parameters=(strength("loss of utility of yielding on a person who is much named",
                         "TGT-01 against PRS-36; odds of backlash 0.6-1.6", default=1.2, high=3.0, unit="utility"),),
)  # fmt: skip
def affront_hardens(w: Fields, now: Moment, *, strength: Array) -> None:
    """Lower the utility of every act of yielding on named persons. Limits: silent for the unnamed."""
    w.release_utility[now.index("release", "treat_better") :] -= strength * w.person_named


@rule(
    "target.public_and_private",
    "A case raised both in public and in private moves most.",
    claims=("PRS-36", "PRS-29"),
    accounts=(T3, T4),
    phase="answer_weighing",
    reads=("person_named", "person_listed", "pressure_effect"),
    writes=("release_utility",),
    parameters=(
        strength("utility of freeing a person who is much raised by both routes",
                 "hazard ratio 2, 1-4, of both against private only (Myrick & Weinstein)", default=2.0, high=5.0,
                 unit="utility"),
    ),
)  # fmt: skip
def public_and_private(w: Fields, now: Moment, *, strength: Array) -> None:
    """Raise the utility of yielding with the geometric mean of naming and listing.

    Limits: silent if one of the two is missing.
    """
    both = strength * np.sqrt(w.person_named * w.person_listed) * np.minimum(w.pressure_effect, 1.5)
    w.release_utility[now.index("release", "treat_better") :] += both
