"""Every array of the world, declared once: axes, unit, range, meaning, kind."""

from __future__ import annotations

from demarche.world.decisions import DECISIONS
from demarche.world.field_spec import KIND_MEANINGS, FieldSpec, change_of
from demarche.world.fields.arena import ARENA_FIELDS
from demarche.world.fields.focal import FOCAL_FIELDS
from demarche.world.fields.states import STATE_FIELDS

_DECLARED = STATE_FIELDS + FOCAL_FIELDS + ARENA_FIELDS
_CHANGES = tuple(change_of(spec) for spec in _DECLARED if spec.kind == "stock")
_CHOICES = tuple(spec for decision in DECISIONS for spec in decision.fields)

FIELDS: dict[str, FieldSpec] = {spec.name: spec for spec in (*_DECLARED, *_CHANGES, *_CHOICES)}

__all__ = ["FIELDS", "KIND_MEANINGS", "FieldSpec"]
