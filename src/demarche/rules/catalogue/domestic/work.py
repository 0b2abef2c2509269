"""Work: unions that are refused, abuses that follow, and strikes that win some room."""

from __future__ import annotations

from demarche.accounts.account import T3, T4
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength


@rule(
    "domestic.unions_refused",
    "Independent unions are resisted as a matter of life and death; room once won is taken back.",
    claims=("DOM-18", "DOM-57"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("right_to_organise",),
    writes=("right_to_organise_change",),
    parameters=(
        strength("share of the room won that is taken back in a month", "DOM-18; assumption: half within three years",
                 default=0.02, high=0.06, unit="per month"),
        Parameter("standing", 0.05, 0.0, 0.2, "share", "room left by one official union",
                  "DOM-57; assumption: as at the start"),
    ),
)
def unions_refused(w: Fields, now: Moment, *, strength: Array, standing: Array) -> None:
    """Limits: standing level."""
    w.right_to_organise_change += strength * (standing - w.right_to_organise)


@rule(
    "domestic.strikes_open_room",
    "Strikes win workers some room to bargain, whatever the statutes say.",
    claims=("DOM-39", "DOM-20"),
    accounts=(T4,),
    phase="society",
    reads=("protest", "mobilisation", "right_to_organise"),
    writes=("right_to_organise_change",),
    parameters=(
        strength("gain of room a month at full protest and mobilisation",
                 "DOM-39; assumption: room doubles in five years", default=0.008, high=0.03, unit="per month"),
    ),
)
def strikes_open_room(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: saturates."""
    w.right_to_organise_change += strength * w.protest * w.mobilisation * (1.0 - w.right_to_organise)


@rule(
    "domestic.unorganised_work",
    "Where workers may not organise, growth goes with abuses of hours, pay and safety.",
    claims=("DOM-19", "NGO-06"),
    accounts=(T3,),
    phase="society",
    reads=("right_to_organise", "growth_rate", "is_overlap", "threatens_monopoly", "structural_practice"),
    writes=("structural_practice_change",),
    parameters=(
        strength("loss a month per unit of yearly growth without any right to organise",
                 "DOM-19; assumption: under 0.01 in twenty years", default=0.001, high=0.005,
                 unit="share per month per growth"),
    ),
)
def unorganised_work(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: proportional."""
    unchecked = w.growth_rate.clip(0.0) * (1.0 - w.right_to_organise)
    work = w.is_overlap * w.threatens_monopoly**2
    w.structural_practice_change -= strength * unchecked * work * w.structural_practice
