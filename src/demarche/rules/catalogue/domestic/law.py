"""Law: what texts, treaties and professions add to statutes, and what statutes add to practice."""

from __future__ import annotations

from demarche.accounts.account import T4
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, rule, strength


@rule(
    "domestic.professions_grow",
    "A growing and specialising economy needs lawyers, auditors and reporters.",
    claims=("DOM-24", "DOM-42"),
    accounts=ALL,
    phase="society",
    reads=("growth_rate", "professional_strength"),
    writes=("professional_strength_change",),
    parameters=(
        strength("gain a month per unit of yearly growth", "DOM-24; assumption: 0.2 in twenty years",
                 default=0.012,
                 high=0.03, unit="share per month per growth"),
    ),
)
def professions_grow(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: saturates."""
    w.professional_strength_change += strength * w.growth_rate * (1.0 - w.professional_strength)


@rule(
    "domestic.craft_needs_freedom",
    "Journalists, lawyers and scientists claim freedoms because good work is impossible without them.",
    claims=("DOM-23",),
    accounts=(T4,),
    phase="society",
    reads=("professional_strength", "activist_risk", "activist_capacity"),
    writes=("activist_capacity_change",),
    parameters=(
        strength("gain of capacity a month at full strength of the professions", "DOM-23; assumption",
                 default=0.008,
                 high=0.02, unit="per month"),
    ),
)
def craft_needs_freedom(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: risk deters."""
    nerve = 1.0 - 0.5 * w.activist_risk
    w.activist_capacity_change += strength * w.professional_strength * nerve * (1.0 - w.activist_capacity)
