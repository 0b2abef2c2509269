"""Resistance to outside demands, which settles when nothing stirs it."""

from __future__ import annotations

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength


@rule(
    "pressure.resistance_settles",
    "Resistance to outside demands returns to its usual height when nothing stirs it.",
    claims=("TGT-31",),
    accounts=ALL,
    phase="bookkeeping",
    reads=("resistance",),
    writes=("resistance_change",),
    parameters=(
        strength("part of the distance covered in a month", "assumption: half-life of five to six years",
                 default=0.01, high=0.05, unit="share per month"),
        Parameter("usual", 0.55, 0.4, 0.7, "share", "usual resistance",
                  "TGT-31: rejection is the standing reply; assumption"),
    ),
)  # fmt: skip
def resistance_settles(w: Fields, now: Moment, *, strength: Array, usual: Array) -> None:
    """Move resistance towards its usual height. Limits: silent at the usual height."""
    w.resistance_change += strength * (usual - w.resistance)
