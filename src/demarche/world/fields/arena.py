"""Fields of the arena: pressure, norms, motions."""

from __future__ import annotations

from demarche.world.field_spec import FieldSpec, share

WORLD: tuple[str, ...] = ()

PRESSURE_FIELDS: tuple[FieldSpec, ...] = (
    share("media_visibility", WORLD, "reach of reporting into publics abroad", initial="start"),
    share("norm_strength", WORLD, "strength of the international norms", initial="start"),
    share("norm_tilt", WORLD, "weight of sovereignty and development readings in the norms", initial=0.3),
    share("institution_scrutiny", WORLD, "scrutiny that the focal state meets in UN bodies", initial=0.4),
)

ARENA_FIELDS = PRESSURE_FIELDS
