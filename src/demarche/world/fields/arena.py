"""Fields of the arena: pressure, norms, UN bodies, NGOs."""

from __future__ import annotations

from demarche.world.field_spec import FieldSpec, event, share

WORLD: tuple[str, ...] = ()
BODY = ("body",)
NGO = ("ngo",)
ISSUE = ("issue",)

PRESSURE_FIELDS: tuple[FieldSpec, ...] = (
    share("quiet_pressure", WORLD, "private representations of the month, weighted by senders' weight", "flow"),
    share("vocal_pressure", WORLD, "public criticism of the month, weighted by senders' weight", "flow"),
    share("rival_pressure", WORLD, "part of the public criticism that comes from the leading critic", "flow"),
    share("un_pressure", WORLD, "pressure through UN bodies this month", "memory"),
    share("trade_pressure", WORLD, "pull of an approaching trade deadline", "flow"),
    share("pressure_memory", WORLD, "fading memory of public and UN pressure", "memory"),
    FieldSpec("pressure_effect", WORLD, "multiplier", 0, 3, "effect of a unit of pressure this month", "memory", 1.0),
    share("message_credibility", WORLD, "credit of the message that rights are universal", initial="start"),
    share("media_visibility", WORLD, "reach of reporting into publics abroad", initial="start"),
    share("norm_strength", WORLD, "strength of the international norms", initial="start"),
    share("norm_tilt", WORLD, "weight of sovereignty and development readings in the norms", initial=0.3),
    share("institution_strength", WORLD, "strength of the UN rights institutions", initial="start"),
    share("institution_scrutiny", WORLD, "scrutiny that the focal state meets in UN bodies", initial=0.4),
    event("review_event", WORLD, "reviews of the focal state by UN bodies", ("treaty_review", "peer_review")),
)

BODY_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("body_is_active", BODY, "0 or 1", 0, 1, "the body exists this year", "data", "cast"),
    share("body_strength", BODY, "strength of the body's means", initial="cast"),
    share("body_scrutiny", BODY, "scrutiny of the focal state by the body", initial="cast"),
)

NGO_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("ngo_is_active", NGO, "0 or 1", 0, 1, "the organisation works this year", "data", "cast"),
    share("ngo_attention", (*NGO, *ISSUE), "weight an NGO gives to an issue area", "data", "cast"),
    share("ngo_budget", NGO, "means of the organisation, 1 is ample", initial="cast"),
    share("ngo_access", NGO, "access to places, people and forums", initial="cast"),
    share("ngo_network", NGO, "ties to other groups", initial="cast"),
    share("ngo_evidence", (*NGO, *ISSUE), "evidence in hand", "memory"),
)

ARENA_FIELDS = PRESSURE_FIELDS + BODY_FIELDS + NGO_FIELDS
