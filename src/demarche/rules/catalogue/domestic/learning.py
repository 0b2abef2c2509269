"""Learning: how participation becomes conviction, and conviction practice, over decades."""

from __future__ import annotations

from demarche.accounts.account import T3
from demarche.arrays import Array
from demarche.rules.contract import Fields, Moment, rule, strength


@rule(
    "domestic.returned_students",
    "Students who return, news and culture carry ideas of rights home, whatever nationalism does.",
    claims=("DOM-26", "NGO-28"),
    accounts=(T3,),
    phase="society",
    reads=("awareness", "growth_rate"),
    writes=("awareness_change",),
    parameters=(
        strength("gain of awareness a month per unit of yearly growth",
                 "DOM-26; assumption: 0.1 in twenty years",
                 default=0.015, high=0.04, unit="share per month per growth"),
    ),
)
def returned_students(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: growth stands for contact."""
    w.awareness_change += strength * w.growth_rate * (1.0 - w.awareness)
