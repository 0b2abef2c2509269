"""Every array of the world, declared once: axes, unit, range, meaning, kind."""

from __future__ import annotations

from demarche.world.decisions import DECISIONS
from demarche.world.declarations import Declarations
from demarche.world.field_spec import KIND_MEANINGS, FieldSpec, Given
from demarche.world.fields.arena import ARENA_FIELDS
from demarche.world.fields.focal import FOCAL_FIELDS
from demarche.world.fields.leverage import LEVERAGE_FIELDS
from demarche.world.fields.motions import MOTION_FIELDS
from demarche.world.fields.reform import REFORM_FIELDS
from demarche.world.fields.states import STATE_FIELDS
from demarche.world.fields.talks import TALKS_FIELDS
from demarche.world.fields.words import WORD_FIELDS
from demarche.world.levers import LEVERS

_LEVERS = tuple(spec for lever in LEVERS for spec in lever.fields)

_PLAIN = (
    STATE_FIELDS, MOTION_FIELDS, TALKS_FIELDS, LEVERAGE_FIELDS, WORD_FIELDS, FOCAL_FIELDS, REFORM_FIELDS,
    ARENA_FIELDS, _LEVERS,
)  # fmt: skip

DECLARED = Declarations.of((spec for group in _PLAIN for spec in group), DECISIONS)
FIELDS: dict[str, FieldSpec] = DECLARED.fields


def given_as(where: Given) -> dict[str, FieldSpec]:
    """Return the fields whose values a cast gives in one place, by name; see `FieldSpec.initial`."""
    return {name: spec for name, spec in FIELDS.items() if spec.initial == where}


__all__ = ["DECLARED", "FIELDS", "KIND_MEANINGS", "FieldSpec", "given_as"]
