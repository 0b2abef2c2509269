"""Fields of the states: facts of the cast, the moving parts of senders, and their votes."""

from __future__ import annotations

from demarche.world.field_spec import FieldSpec, event, share

STATE = ("state",)

FACTS: tuple[FieldSpec, ...] = (
    FieldSpec("is_present", STATE, "0 or 1", 0, 1, "the state exists this year", "data", "cast"),
    FieldSpec("is_focal", STATE, "0 or 1", 0, 1, "the state whose record is at issue", "data", "cast"),
    FieldSpec(
        "is_sender",
        STATE,
        "0 or 1",
        0,
        1,
        "exists and is able to raise rights with the focal state: democratic enough "
        "and close enough to the order led by its critic",
        "data",
        "cast",
    ),
    FieldSpec("is_critic", STATE, "0 or 1", 0, 1, "the leading critic of the focal state", "data", "cast"),
    FieldSpec("is_western", STATE, "0 or 1", 0, 1, "member of the Western group in elections", "data", "cast"),
    FieldSpec("region", STATE, "position in REGIONS", 0, 4, "regional group in elections", "data", "cast"),
    FieldSpec("in_joint_bloc", STATE, "0 or 1", 0, 1, "member of the bloc that sponsors jointly", "data", "cast"),
    FieldSpec("has_seat", STATE, "0 or 1", 0, 1, "seat in the charter body of this year", "data", "cast"),
    FieldSpec("has_next_seat", STATE, "0 or 1", 0, 1, "seat in the charter body of the coming session", "data", "cast"),
    FieldSpec(
        "ideal_point",
        STATE,
        "ideal-point units",
        -5,
        5,
        "General Assembly ideal point; higher is nearer the US-led order",
        "data",
        "years",
    ),
    share("agree_focal", STATE, "agreement with the focal state in the General Assembly", "data", "pairs"),
    share("agree_critic", STATE, "agreement with the leading critic in the General Assembly", "data", "pairs"),
    share("democracy", STATE, "electoral democracy index", "data", "years"),
    share("own_rights", STATE, "own record of physical integrity, rescaled", "data", "years"),
    FieldSpec("trade_exposure", STATE, "share of GDP", 0, 2, "two-way trade with the focal state", "data", "pairs"),
    share("export_share", STATE, "exports to the focal state in all exports", "data", "pairs"),
    share("economic_weight", STATE, "share of world GDP", "data", "years"),
    share("aid_need", STATE, "need for assistance from outside", "data", "years"),
)

SENDERS: tuple[FieldSpec, ...] = (
    share("compartment", STATE, "how far rights are kept apart from other files", "memory", 0.8),
    share("caution", STATE, "reluctance to speak after an affront", "memory"),
)

EVENTS: tuple[FieldSpec, ...] = (
    event("representation_event", STATE, "representations of the month", ("private", "public", "both")),
    event("affront_event", STATE, "a contact was detained after a meeting", ("contact_detained",)),
    event("deed_event", STATE, "deeds of visitors", ("visit", "contact", "address")),
)

STATE_FIELDS = FACTS + SENDERS + EVENTS
