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
        "or close enough to the leading critic",
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
    share("sender_will", STATE, "will to raise rights with the focal state", initial="cast"),
    share("credibility", STATE, "credit that a sender's word on rights carries", initial="cast"),
    share("compartment", STATE, "how far rights are kept apart from other files", "memory", 0.8),
    share("business_pull", STATE, "pull of firms and institutes at home against raising rights", initial="cast"),
    share("security_salience", STATE, "security need or rivalry that crowds out rights", "memory"),
    share("public_stance", STATE, "recent weight of public criticism in a sender's conduct", "memory"),
    share("caution", STATE, "reluctance to speak after an affront", "memory"),
    share("retaliation", STATE, "punishment by the focal state now in force", "memory"),
    share("favour", STATE, "reward by the focal state now in force", "memory"),
    share("lobbied", STATE, "visits and assistance received before a session", "memory"),
    share("goodwill", STATE, "standing goodwill towards the focal state earned by attention", "memory"),
)

DIALOGUE: tuple[FieldSpec, ...] = (
    FieldSpec("has_dialogue", STATE, "0 or 1", 0, 1, "an official rights dialogue exists", "memory"),
    FieldSpec("dialogue_suspended", STATE, "0 or 1", 0, 1, "the dialogue is broken off", "memory"),
    FieldSpec("dialogue_offered", STATE, "0 or 1", 0, 1, "an offer stands", "memory"),
    FieldSpec("dialogue_months", STATE, "months", 0, 1e4, "months since the dialogue began", "memory"),
    share("term_agenda", STATE, "openness of the dialogue's agenda to current violations", "memory"),
    share("term_secrecy", STATE, "secrecy of the dialogue", "memory", 1.0),
    share("term_ngo_seat", STATE, "part that independent groups have in the dialogue", "memory"),
    share("term_conditions", STATE, "progress demanded before the next round", "memory"),
    share("dialogue_substance", STATE, "substance of the last round", "memory"),
    FieldSpec("round_held", STATE, "0 or 1", 0, 1, "a dialogue round was held this month", "flow"),
    share("credited_concession", STATE, "concession a sender books this month", "flow"),
)

VOTING: tuple[FieldSpec, ...] = (
    FieldSpec(
        "delegation_lean",
        STATE,
        "utility",
        -6,
        6,
        "lasting lean of a state on the focal state beyond what its attributes say",
        "memory",
    ),
    FieldSpec("is_sponsor", STATE, "0 or 1", 0, 1, "sponsors this session's motion", "memory"),
    FieldSpec("was_sponsor", STATE, "0 or 1", 0, 1, "has sponsored before and no longer does", "memory"),
    FieldSpec("is_lead", STATE, "0 or 1", 0, 1, "leads the sponsors", "memory"),
    FieldSpec("sponsored_last", STATE, "0 or 1", 0, 1, "sponsored at the previous decision", "memory"),
)

EVENTS: tuple[FieldSpec, ...] = (
    event("representation_event", STATE, "representations of the month", ("private", "public", "both")),
    event("affront_event", STATE, "a contact was detained after a meeting", ("contact_detained",)),
    event("deed_event", STATE, "deeds of visitors", ("visit", "contact", "address")),
    event("vote_event", STATE, "votes on the no-action motion", ("yes", "abstain", "no", "absent")),
    event("text_vote_event", STATE, "votes on the text", ("no", "abstain", "yes", "absent")),
    event("sponsor_event", STATE, "sponsorship of a motion", ("lead", "sponsor", "left")),
    event("dialogue_event", STATE, "life of dialogues", ("started", "round", "suspended", "resumed", "declined")),
    event("retaliation_event", STATE, "answers to senders", ("punished", "rewarded")),
    event("lobby_event", STATE, "visits before a session", ("lobbied",)),
)

STATE_FIELDS = FACTS + SENDERS + DIALOGUE + VOTING + EVENTS
