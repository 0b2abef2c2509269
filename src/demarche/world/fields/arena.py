"""Fields of the arena: pressure, norms, motions."""

from __future__ import annotations

from demarche.world.field_spec import FieldSpec, event, share

WORLD: tuple[str, ...] = ()

PRESSURE_FIELDS: tuple[FieldSpec, ...] = (
    share("vocal_pressure", WORLD, "public criticism of the month, weighted by senders' weight", "flow"),
    share("un_pressure", WORLD, "pressure through UN bodies this month", "memory"),
    share("trade_pressure", WORLD, "pull of an approaching trade deadline", "flow"),
    FieldSpec("sanction_live", ("sender",), "share", 0, 1, "weight of the sanctions of a sender in force", "memory"),
    share("trade_condition", WORLD, "credible trade condition, two months before its date", "memory"),
    share("condition_explicit", WORLD, "the condition is explicit, not vague", "memory"),
    share("security_rivalry", WORLD, "security rivalry with the leading critic", "memory"),
    share("chance_of_motion", WORLD, "chance of a motion times its expected closeness, before a session", "memory"),
    share("occasion", WORLD, "pull of an approaching summit, bid or games", "flow"),
    FieldSpec("pressure_effect", WORLD, "multiplier", 0, 3, "effect of a unit of pressure this month", "memory", 1.0),
    share("coordination", WORLD, "how far senders align their positions", initial="start"),
    share("message_credibility", WORLD, "credit of the message that rights are universal", initial="start"),
    share("media_visibility", WORLD, "reach of reporting into publics abroad", initial="start"),
    share("norm_strength", WORLD, "strength of the international norms", initial="start"),
    share("norm_tilt", WORLD, "weight of sovereignty and development readings in the norms", initial=0.3),
    share("institution_strength", WORLD, "strength of the UN rights institutions", initial="start"),
    share("institution_scrutiny", WORLD, "scrutiny that the focal state meets in UN bodies", initial=0.4),
    share("dialogue_tracks", WORLD, "running dialogues, as a share of twelve", "memory"),
    FieldSpec("sponsor_count", WORLD, "states", 0, 250, "sponsors of the last motion", "memory"),
    FieldSpec("sponsors_lost", WORLD, "states", 0, 250, "sponsors lost at the last decision", "memory"),
    FieldSpec("defeats", WORLD, "motions", 0, 100, "motions lost so far", "memory"),
    share("bloc_withdrawal", WORLD, "standing decision of the joint bloc not to sponsor", "memory"),
    FieldSpec("is_tabled", WORLD, "0 or 1", 0, 1, "a motion is tabled this month", "flow"),
    FieldSpec("motion_margin", WORLD, "votes", -250, 250, "yes minus no on no-action, last vote", "memory"),
    event("motion_event", WORLD, "fate of the motion", ("not_tabled", "no_action_carried", "no_action_failed")),
    event("text_event", WORLD, "fate of the text", ("rejected", "adopted")),
    event("condition_event", WORLD, "trade conditions at a deadline", ("met", "waived", "enforced")),
)

ARENA_FIELDS = PRESSURE_FIELDS
