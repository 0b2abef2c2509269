"""Security needs and rivalries that crowd rights out, and how such memories fade."""

from __future__ import annotations

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import fade


@rule(
    "sender.crowded_agenda",
    "While security is salient, rights slip down the agenda.",
    claims=("PRS-22",),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("security_salience",),
    writes=("channel_utility",),
    parameters=(
        strength("utility of speaking lost under full salience", "PRS-22; assumption: odds fall to a quarter",
                 default=1.4, high=3.0, unit="utility"),
    ),
)
def crowded_agenda(w: Fields, now: Moment, *, strength: Array) -> None:
    """Lower the utility of speaking in either channel. Limits: silent without salience."""
    w.channel_utility[1:] -= strength * w.security_salience


@rule(
    "sender.memories_fade",
    "Affronts are forgotten with time.",
    claims=("TGT-01",),
    accounts=ALL,
    phase="bookkeeping",
    rows="senders",
    writes=("caution",),
    parameters=(
        Parameter("caution_months", 12.0, 3.0, 36.0, "months", "half-life of caution after an affront",
                  "TGT-01 (months); assumption"),
    ),
)
def memories_fade(w: Fields, now: Moment, *, caution_months: Array) -> None:
    """Limits: fades evenly."""
    fade(w.caution, caution_months)
