"""Punishment without courts: an institution that may be kept, renamed or abolished."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.catalogue.focal.law.acts import CONGRESS
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.rates import base_utility


@rule(
    "focal.custody_rates",
    "Security organs that live by custody without courts keep it; seldom it is renamed or abolished.",
    claims=("DOM-46", "DOM-47", "DOM-52"),
    accounts=ALL,
    phase="answer_weighing",
    when=CONGRESS,
    reads=("is_custody", "extralegal_stands"),
    writes=("custody_utility", "custody_open"),
    rates=("custody_rename", "custody_abolish"),
)
def custody_rates(w: Fields, now: Moment, *, custody_rename: Array, custody_abolish: Array) -> None:
    """Lay the base rates where the institution stands. Limits: one institution."""
    w.custody_open[...] = w.is_custody * (w.extralegal_stands > 0.0)
    scale, keep = now.temperature("custody"), 1.0 - custody_rename - custody_abolish
    w.custody_utility[now.index("custody", "rename")] += base_utility(scale, custody_rename, keep)
    w.custody_utility[now.index("custody", "abolish")] += base_utility(scale, custody_abolish, keep)


@rule(
    "focal.settles_custody",
    "Abolition ends the path around the courts; a new name leaves half of it.",
    claims=("DOM-46", "DOM-47"),
    accounts=ALL,
    phase="answering",
    when=CONGRESS,
    reads=("custody_choice", "custody_open"),
    writes=("extralegal_stands", "custody_event"),
    parameters=(
        Parameter("kept", 0.5, 0.2, 0.9, "share", "part of the institution that lives on under another name",
                  "DOM-46, DOM-47: methods and revenue outlive the label; assumption"),
    ),
)  # fmt: skip
def settles_custody(w: Fields, now: Moment, *, kept: Array) -> None:
    """Let the choice take effect."""
    renamed = (w.custody_choice == now.index("custody", "rename")).any(axis=0)
    abolished = (w.custody_choice == now.index("custody", "abolish")).any(axis=0)
    w.extralegal_stands *= np.where(renamed, kept, 1.0) * ~abolished
    w.custody_event[...] = w.custody_choice * (w.custody_open > 0.0)
