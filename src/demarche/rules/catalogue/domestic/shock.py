"""Shock and return: an open challenge is put down, and practice finds back to its level."""

from __future__ import annotations

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, rule, strength


@rule(
    "domestic.emergency_grips",
    "While emergency rule lasts, activists run a higher risk and reporters reach fewer places.",
    claims=("DOM-15", "NGO-01"),
    accounts=ALL,
    phase="society",
    reads=("emergency", "activist_risk", "media_visibility"),
    writes=("activist_risk_change", "media_visibility_change"),
    parameters=(
        strength("pull of full emergency rule", "DOM-15; assumption: a tenth of the remaining room a month",
                 default=0.05, high=0.15, unit="per month"),
    ),
)
def emergency_grips(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: ends with it."""
    pull = strength * w.emergency
    w.activist_risk_change += pull * (1.0 - w.activist_risk)
    w.media_visibility_change -= 0.5 * pull * w.media_visibility
