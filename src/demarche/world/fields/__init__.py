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
from demarche.world.fields.persons import ASK, ASK_FIELDS, PERSON_FIELDS, REPLY
from demarche.world.fields.reform import REFORM_FIELDS
from demarche.world.fields.society import SOCIETY_FIELDS
from demarche.world.fields.states import STATE_FIELDS
from demarche.world.fields.talks import TALKS_FIELDS
from demarche.world.fields.words import WORD_FIELDS
from demarche.world.levers import LEVERS

BY_ROOM: dict[str, tuple[FieldSpec, ...]] = {
    "states": STATE_FIELDS, "motions": MOTION_FIELDS, "talks": TALKS_FIELDS, "leverage": LEVERAGE_FIELDS,
    "words": WORD_FIELDS, "asks": ASK_FIELDS, "focal": FOCAL_FIELDS, "persons": PERSON_FIELDS,
    "reform": REFORM_FIELDS, "society": SOCIETY_FIELDS, "arena": ARENA_FIELDS, "ngos": NGO_FIELDS,
    "bodies": BODY_FIELDS, "levers": tuple(spec for lever in LEVERS for spec in lever.fields),
}  # fmt: skip
"""Part of the world -> its fields, in the order in which they lie; those of decisions and rings apart."""
RINGS = (ASK, REPLY, FINDING, RECOMMENDATION)

DECLARED = Declarations.of((spec for room in BY_ROOM.values() for spec in room), DECISIONS, RINGS)
FIELDS: dict[str, FieldSpec] = DECLARED.fields


def given_as(where: Given) -> dict[str, FieldSpec]:
    """Return the fields whose values a cast gives in one place, by name; see `FieldSpec.initial`."""
    return {name: spec for name, spec in FIELDS.items() if spec.initial == where}


__all__ = ["BY_ROOM", "DECLARED", "FIELDS", "KIND_MEANINGS", "RINGS", "FieldSpec", "given_as"]
