"""Fields of official rights dialogues: offers and pledges, terms, rounds, suspension, and coordination of partners."""

from __future__ import annotations

from demarche.world.field_spec import FieldSpec, event, share

WORLD: tuple[str, ...] = ()
STATE = ("state",)

TALKS_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("lacks_talks", STATE, "0 or 1", 0, 1, "a sender without running talks", "memory"),
    FieldSpec("may_be_offered", STATE, "months", 0, 3, "months for which the focal state considers an offer", "memory"),
    FieldSpec("demand_open", STATE, "0 or 1", 0, 1, "has asked for talks and has no answer yet", "memory"),
    FieldSpec("dialogue_offered", STATE, "0, 1 or 2", 0, 2, "talks offered, 2 with a contract", "memory"),
    FieldSpec("has_pledge", STATE, "0 or 1", 0, 1, "has pledged to stay out of the coming motion", "memory"),
    FieldSpec("has_dialogue", STATE, "0 or 1", 0, 1, "an official rights dialogue exists", "memory"),
    FieldSpec("dialogue_suspended", STATE, "0 or 1", 0, 1, "the dialogue is broken off", "memory"),
    FieldSpec("suspension_cause", STATE, "0, 1 or 2", 0, 2,
              "reason to break off: 1 another dispute, 2 a motion or a broken pledge", "memory"),
    FieldSpec("months_suspended", STATE, "months", 0, 1e4, "months since the dialogue was broken off", "memory"),
    FieldSpec("dialogue_months", STATE, "months", 0, 1e4, "months in which the dialogue has run", "memory"),
    FieldSpec("terms_on_table", STATE, "0 or 1", 0, 1, "takes up talks and asks for terms this month", "memory"),
    share("term_agenda", STATE, "openness of the topics of talks to current violations", "memory"),
    share("term_secrecy", STATE, "secrecy of the dialogue", "memory", 1.0),
    share("term_ngo_seat", STATE, "part that independent groups have in the dialogue", "memory"),
    share("term_conditions", STATE, "progress demanded before the next round", "memory"),
    FieldSpec("round_due", STATE, "0 or 1", 0, 1, "a round of talks is due this month", "memory"),
    FieldSpec("round_held", STATE, "0 or 1", 0, 1, "a dialogue round was held this month", "flow"),
    share("dialogue_substance", STATE, "substance of the last round", "memory"),
    share("results_booked", STATE, "results that a sender can show at home: talks resumed, rounds held", "memory"),
    share("resumption_booked", STATE, "resumption booked as a concession this month, share of a real one", "flow"),
    share("dialogue_tracks", WORLD, "running dialogues, as a share of twelve", "memory"),
    share("coordination", WORLD, "how far senders align their positions", initial="start"),
    FieldSpec("terms_granted", WORLD, "terms", 0, 1e4, "terms of talks granted this month", "flow"),
    event("demand_event", STATE, "demands for talks", ("demanded",)),
    event("offer_event", STATE, "offers of talks", ("talks", "talks_and_contract")),
    event("dialogue_event", STATE, "life of dialogues",
          ("started", "round", "suspended", "resumed", "declined", "pledged", "pledge_kept", "pledge_broken",
           "cancelled")),
)  # fmt: skip
