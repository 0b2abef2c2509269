"""Work: unions that are refused, abuses that follow, and strikes that win some room."""

from __future__ import annotations

from demarche.accounts.account import T4
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
