"""Fields of the arena: pressure, norms, motions."""

from __future__ import annotations

from demarche.world.field_spec import FieldSpec, share

WORLD: tuple[str, ...] = ()

PRESSURE_FIELDS: tuple[FieldSpec, ...] = (
    share("un_pressure", WORLD, "pressure through UN bodies this month", "memory"),
    FieldSpec("pressure_effect", WORLD, "multiplier", 0, 3, "effect of a unit of pressure this month", "memory", 1.0),
    share("message_credibility", WORLD, "credit of the message that rights are universal", initial="start"),
    share("media_visibility", WORLD, "reach of reporting into publics abroad", initial="start"),
    share("norm_strength", WORLD, "strength of the international norms", initial="start"),
    share("norm_tilt", WORLD, "weight of sovereignty and development readings in the norms", initial=0.3),
    share("institution_strength", WORLD, "strength of the UN rights institutions", initial="start"),
    share("institution_scrutiny", WORLD, "scrutiny that the focal state meets in UN bodies", initial=0.4),
)

ARENA_FIELDS = PRESSURE_FIELDS
