"""Reform: each March each issue area is tightened, left as it is or loosened."""

from __future__ import annotations

import math

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.groups import by_group
from demarche.rules.kit.links import factor, gain, log_odds
from demarche.rules.kit.rates import base_utility

MARCH = "march"
REFORM_RATES = (
    "reform_tighten_core", "reform_tighten_procedural", "reform_tighten_social",
    "reform_loosen_core", "reform_loosen_procedural", "reform_loosen_social",
)  # fmt: skip


@rule(
    "focal.reform_rates",
    "Each March every issue area may be tightened or loosened; most stay as they are, fewer in years of a congress.",
    claims=("DOM-36",),
    accounts=ALL,
    phase="answer_weighing",
    when=MARCH,
    reads=("is_core", "is_overlap", "is_procedural", "is_social"),
    writes=("reform_utility",),
    calendar=("congress",),
    rates=REFORM_RATES,
    parameters=(
        Parameter("congress_year", 0.5, 0.0, 1.0, "log odds", "what holding still loses in the year of a congress",
                  "assumption: programmes and laws are set then"),
        Parameter("year_left", 9.0, 9.0, 9.0, "months", "months of the year that follow March", "definition",
                  "constant"),
    ),
)  # fmt: skip
def reform_rates(
    w: Fields, now: Moment, *, reform_tighten_core: Array, reform_tighten_procedural: Array,
    reform_tighten_social: Array, reform_loosen_core: Array, reform_loosen_procedural: Array,
    reform_loosen_social: Array, congress_year: Array, year_left: Array,
) -> None:
    """Lay the base rates of the year, so that everything else is a push against them.

    Limits: congresses weigh in no direction.
    """
    scale = now.temperature("reform")
    political = w.is_core + w.is_overlap
    tighten = by_group(political, w.is_procedural, w.is_social,
                       reform_tighten_core, reform_tighten_procedural, reform_tighten_social)
    loosen = by_group(political, w.is_procedural, w.is_social,
                      reform_loosen_core, reform_loosen_procedural, reform_loosen_social)
    hold = 1.0 - tighten - loosen
    w.reform_utility[now.index("reform", "tighten")] += base_utility(scale, tighten, hold)
    w.reform_utility[now.index("reform", "loosen")] += base_utility(scale, loosen, hold)
    near = now.months_to("congress") <= year_left
    w.reform_utility[now.index("reform", "hold")] -= scale * congress_year * near


@rule(
    "focal.succession_hampers",
    "While a succession is fought over a clampdown is likelier, and legislature, courts and media win less room.",
    claims=("DOM-41",),
    accounts=ALL,
    phase="answer_weighing",
    when=MARCH,
    reads=("is_social",),
    writes=("reform_utility",),
    calendar=("succession",),
    parameters=(
        Parameter("ratio", 2.0, 1.0, 4.0, "odds ratio", "odds of tightening gained, and odds of loosening lost",
                  "DOM-41: a clampdown is likelier than an opening; assumption: twice"),
        Parameter("ahead", 24.0, 12.0, 36.0, "months", "time before a succession in which it is fought over",
                  "DOM-41: written some two years ahead; assumption"),
    ),
)  # fmt: skip
def succession_hampers(w: Fields, now: Moment, *, ratio: Array, ahead: Array) -> None:
    """An opening stays possible. Limits: social issues are left alone; silent once the succession is over."""
    fought = now.strength_within("succession", ahead)
    push = log_odds(now.temperature("reform"), ratio, fought) * (1.0 - w.is_social)
    w.reform_utility[now.index("reform", "tighten")] += push
    w.reform_utility[now.index("reform", "loosen")] -= push


@rule(
    "focal.monopoly_freezes",
    "Where the ruling monopoly is at stake every push counts for less, towards loosening as towards tightening.",
    claims=("DOM-34", "TGT-14"),
    accounts=ALL,
    phase="answer_weighing_common",
    when=MARCH,
    reads=("threatens_monopoly",),
    writes=("freeze", "freeze_of_tightening"),
    links=("monopoly_freeze",),
)
def monopoly_freezes(w: Fields, now: Moment, *, monopoly_freeze: Array) -> None:
    """Set by issue what is left of a push. Limits: base rates hold the threat of the start already."""
    w.freeze[...] = factor(monopoly_freeze, w.threatens_monopoly)
    w.freeze_of_tightening[...] = w.freeze


@rule(
    "focal.tightens_what_is_frozen",
    "What may not be loosened is tightened all the same when society changes, or is left alone both ways.",
    claims=("DOM-34",),
    accounts=ALL,
    phase="answer_weighing_common",
    when=MARCH,
    writes=("freeze_of_tightening",),
    links=("freeze_tightening",),
    after=("focal.monopoly_freezes",),
)
def tightens_what_is_frozen(w: Fields, now: Moment, *, freeze_tightening: Array) -> None:
    """Give back to pushes for tightening a part of what the freeze took. Limits: nothing where nothing is frozen."""
    gain(w.freeze_of_tightening, freeze_tightening, 1.0)


@rule(
    "focal.reforms",
    "What is decided moves the standing level of practice by a step.",
    claims=("DOM-36", "DOM-09"),
    accounts=ALL,
    phase="answering",
    when=MARCH,
    reads=("reform_choice",),
    writes=("structural_practice_change", "reform_gain", "reform_event"),
    rates=("reform_step", "reform_decided_share"),
)
def reforms(w: Fields, now: Moment, *, reform_step: Array, reform_decided_share: Array) -> None:
    """Move what was decided; its part of the year's variance is the decided share, `focal.drifts` has the rest."""
    loosened = w.reform_choice == now.index("reform", "loosen")
    tightened = w.reform_choice == now.index("reform", "tighten")
    step = reform_step * np.sqrt(reform_decided_share)
    w.structural_practice_change += step * loosened - step * tightened
    w.reform_gain[...] = step * loosened
    w.reform_event[...] = tightened + 2 * loosened


@rule(
    "focal.drifts",
    "Issue areas also go their own ways, for reasons that nobody in the model commands.",
    claims=("DOM-36", "DOM-28"),
    accounts=ALL,
    phase="answering",
    when=MARCH,
    reads=("is_core", "is_overlap", "is_procedural", "is_social"),
    writes=("structural_practice_change",),
    draws=("drift",),
    rates=(*REFORM_RATES, "reform_step", "reform_decided_share"),
    after=("focal.reforms",),
)
def drifts(
    w: Fields, now: Moment, *, reform_tighten_core: Array, reform_tighten_procedural: Array,
    reform_tighten_social: Array, reform_loosen_core: Array, reform_loosen_procedural: Array,
    reform_loosen_social: Array, reform_step: Array, reform_decided_share: Array,
) -> None:
    """Add a walk with the variance that decisions leave: decided and undecided years spread histories alike.

    Limits: its luck is correlated over issues as that of decisions is.
    """
    moving = by_group(
        w.is_core + w.is_overlap, w.is_procedural, w.is_social, reform_tighten_core + reform_loosen_core,
        reform_tighten_procedural + reform_loosen_procedural, reform_tighten_social + reform_loosen_social,
    )
    spread = reform_step * np.sqrt((1.0 - reform_decided_share) * moving)
    luck = now.draw_joint("drift", "issue", 0.5) - 0.5
    w.structural_practice_change += spread * math.sqrt(12.0) * luck
