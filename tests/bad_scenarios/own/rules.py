"""A good rule of a scenario's own."""

from __future__ import annotations

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, rule, strength


@rule(
    "senders.heard_twice",
    "Public criticism is heard twice.",
    claims=("PRS-16",),
    accounts=ALL,
    phase="acting",
    writes=("voice",),
    parameters=(strength("part that is heard again", "assumption: a test", default=0.5, unit="share"),),
    after=("senders.pressure",),
)
def heard_twice(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: silent without public criticism."""
    w.voice *= 1.0 + strength
