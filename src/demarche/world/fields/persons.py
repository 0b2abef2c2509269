"""Fields of persons: who is followed, detained, treated better, at liberty or abroad, and who asks for whom."""

from __future__ import annotations

from demarche.world.field_spec import FieldSpec, event, share
from demarche.world.rings import Column, Ring

PERSON = ("person",)
QUANTILE = ("quantile",)
SENDER_PERSON, SENDER_ISSUE = ("sender", "person"), ("sender", "issue")
ASK_KINDS = ("person", "issue")
PERSON_TURNS = ("detained", "detained_again", "told", "treated_better", "released", "exiled", "term_ended")
CONCESSIONS = ("treated_better", "released", "exiled")
REPLIES = ("told", "better", "freed", "granted")
ASKS_OF_A_MONTH = 512  # rows of the record of events; lists of 60 names, as long as an arm may set, fill 380
REPLIES_OF_A_MONTH = 256

PERSON_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("person_status", PERSON, "position in PERSON_STATUS", 0, 4, "life of the person; unknown: an empty slot",
              "memory", "cast"),
    FieldSpec("person_issue", PERSON, "position of the issue", 0, 99, "issue area of the person", "memory", "cast"),
    share("person_fame", PERSON, "how well known the person is abroad", "memory", "cast"),
    share("person_organising", PERSON, "capacity to organise others", "memory", "cast"),
    FieldSpec("person_since", PERSON, "step", -1e4, 1e4, "step in which the present status began", "memory"),
    FieldSpec("person_detentions", PERSON, "times", 0, 1e3, "detentions so far", "memory"),
    FieldSpec("person_count", PERSON, "persons", 0, 1e4, "persons who have left the slot", "memory"),
    FieldSpec("person_asked", PERSON, "step", -1, 1e4, "last step in which a private ask counts", "memory", -1.0),
    FieldSpec("person_named", PERSON, "step", -1, 1e4, "last step in which a public word counts", "memory", -1.0),
    FieldSpec("person_contact", PERSON, "step", -1, 1e4, "last step in which a meeting counts", "memory", -1.0),
    FieldSpec("person_contact_of", PERSON, "position of a sender", -1, 999, "who met the person last", "memory", -1.0),
    FieldSpec("person_presence", PERSON, "step", -1, 1e4, "last step in which a visit to trial or home counts",
              "memory", -1.0),
    FieldSpec("person_is_detained", PERSON, "0 or 1", 0, 1, "detained", "memory"),
    FieldSpec("person_is_free", PERSON, "0 or 1", 0, 1, "not known yet, or at liberty", "memory"),
    event("person_event", PERSON, "turns of persons",
          PERSON_TURNS),
    event("concession_event", PERSON, "what was done for persons somebody had asked for", CONCESSIONS),
    event("person_raised", PERSON, "persons raised this month", ("private", "public", "both")),
    FieldSpec("fame_quantiles", QUANTILE, "share", 0, 1, "distribution of fame among the arrested", "data", "cast"),
    FieldSpec("organising_quantiles", QUANTILE, "share", 0, 1, "distribution of organising capacity", "data", "cast"),
    share("arrest_share", ("issue",), "share of the arrested whose person is of the issue, summed up", "data", "cast"),
)  # fmt: skip

ASK_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("asked_until", SENDER_PERSON, "step", -1, 1e4, "last step in which asks for a person count", "memory",
              -1.0),
    FieldSpec("unheard", SENDER_PERSON, "asks", 0, 1e4, "asks for a person since the last answer",
              "memory"),
    FieldSpec("issue_asked_until", SENDER_ISSUE, "step", -1, 1e4, "last step in which asks on an issue count",
              "memory", -1.0),
    FieldSpec("issue_unheard", SENDER_ISSUE, "asks", 0, 1e4, "asks on an issue since the last answer",
              "memory"),
    FieldSpec("asks_for_persons", (), "asks", 0, 1e5, "asks for persons, one a name", "flow"),
    FieldSpec("asks_on_issues", (), "asks", 0, 1e5, "asks on issues this month", "flow"),
    FieldSpec("asks_answered", (), "asks", 0, 1e5, "asks that were answered this month", "flow"),
    FieldSpec("lists_until", ("sender",), "step", -1, 1e4, "last step in which lists of names count", "memory", -1.0),
    FieldSpec("lists_unheard", ("sender",), "lists", 0, 1e4, "lists of which no name was answered",
              "memory"),
)  # fmt: skip

ASK = Ring(
    "ask",
    ASKS_OF_A_MONTH,
    (
        Column("sender", "position of the sender", 0, 999, "who asked"),
        Column("channel", "0 private, 1 public, 2 both", 0, 2, "by which channel"),
        Column("person", "position of the person", 0, 9999, "for whom; -1 if it is about an issue"),
    ),
    ASK_KINDS,
    "what a sender asked the focal state for",
)

REPLY = Ring(
    "reply",
    REPLIES_OF_A_MONTH,
    (
        Column("sender", "position of the sender", 0, 999, "who had asked"),
        Column("person", "position of the person", 0, 9999, "for whom; -1 if it was on an issue"),
        Column("asks", "asks", 0, 1e4, "how many asks it answers"),
    ),
    REPLIES,
    "what became of asks",
)
