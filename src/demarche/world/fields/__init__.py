"""Every array of the world, declared once: axes, unit, range, meaning, kind."""

from __future__ import annotations

from demarche.world.decisions import DECISIONS
from demarche.world.declarations import Declarations
from demarche.world.field_spec import KIND_MEANINGS, FieldSpec, Given
from demarche.world.fields.arena import ARENA_FIELDS
from demarche.world.fields.bodies import BODY_FIELDS, FINDING, RECOMMENDATION
from demarche.world.fields.focal import FOCAL_FIELDS
from demarche.world.fields.leverage import LEVERAGE_FIELDS
from demarche.world.fields.motions import MOTION_FIELDS
from demarche.world.fields.ngos import NGO_FIELDS
from demarche.world.fields.persons import ASK, ASK_FIELDS, PERSON_FIELDS
from demarche.world.fields.reform import REFORM_FIELDS
from demarche.world.fields.society import SOCIETY_FIELDS
from demarche.world.fields.states import STATE_FIELDS
from demarche.world.fields.talks import TALKS_FIELDS
from demarche.world.fields.words import WORD_FIELDS
from demarche.world.levers import LEVERS

_LEVERS = tuple(spec for lever in LEVERS for spec in lever.fields)

_ALL = (
    *STATE_FIELDS, *MOTION_FIELDS, *TALKS_FIELDS, *LEVERAGE_FIELDS, *WORD_FIELDS, *ASK_FIELDS, *FOCAL_FIELDS,
    *PERSON_FIELDS, *REFORM_FIELDS, *SOCIETY_FIELDS, *ARENA_FIELDS, *NGO_FIELDS, *BODY_FIELDS, *_LEVERS,
)  # fmt: skip

DECLARED = Declarations.of(_ALL, DECISIONS, (ASK, FINDING, RECOMMENDATION))
FIELDS: dict[str, FieldSpec] = DECLARED.fields


def given_as(where: Given) -> dict[str, FieldSpec]:
    """Return the fields whose values a cast gives in one place, by name; see `FieldSpec.initial`."""
    return {name: spec for name, spec in FIELDS.items() if spec.initial == where}


__all__ = ["DECLARED", "FIELDS", "KIND_MEANINGS", "FieldSpec", "given_as"]
