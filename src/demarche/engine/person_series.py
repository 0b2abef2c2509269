"""What a run leaves behind of words, asks and persons: series, events and outcomes."""

from __future__ import annotations

from demarche.arrays import Array
from demarche.engine.measured import EventKind, Month, OutcomeSpec, SeriesSpec, count, events, issue_mean, level
from demarche.world.axes import PERSON_STATUS

AT_LIBERTY = float(PERSON_STATUS.index("at_liberty"))
ASKED = (("ask_sender", "sender"), ("ask_person", "person"))
REPLIED = (("reply_sender", "sender"), ("reply_person", "person"))


def in_detention(month: Month) -> Array:
    """Return how many persons are detained."""
    held: Array = month["person_is_detained"].sum(axis=0)
    return held


def _asks(month: Month) -> Array:
    asks: Array = month["asks_for_persons"] + month["asks_on_issues"]
    return asks


PERSON_SERIES: tuple[SeriesSpec, ...] = (
    SeriesSpec(
        "treated_better", "persons", "detained persons treated better", events("person_event", "treated_better"), True
    ),
    SeriesSpec(
        "releases", "persons", "persons released, exile included", events("person_event", "released", "exiled"), True
    ),
    SeriesSpec("exiles", "persons", "persons released into exile", events("person_event", "exiled"), True),
    SeriesSpec("terms_ended", "persons", "persons whose term ended", events("person_event", "term_ended"), True),
    SeriesSpec(
        "first_detentions", "persons", "persons detained for the first time", events("person_event", "detained"), True
    ),
    SeriesSpec(
        "renewed_detentions", "persons", "known persons detained again", events("person_event", "detained_again"), True
    ),
    SeriesSpec("detained", "persons", "followed persons in detention at the month's end", in_detention),
    SeriesSpec("person_months_detained", "person-months", "months in detention of this month", in_detention, True),
    SeriesSpec("at_liberty", "persons", "known persons at liberty", count("person_status", AT_LIBERTY)),
    SeriesSpec(
        "persons_raised", "persons", "persons raised", events("person_raised", "private", "public", "both"), True
    ),
    SeriesSpec("asks", "asks", "asks on issues and for persons", _asks, True),
    level("asks_for_persons", counts=True),
    SeriesSpec(
        "answered_asks", "asks", "asks that were answered: told, treated better, freed, or granted on an issue",
        lambda month: month["asks_answered"], True,
    ),
    SeriesSpec(
        "concessions_persons", "persons", "persons asked for who were treated better, released or exiled",
        events("concession_event", "treated_better", "released", "exiled"), True,
    ),
    SeriesSpec(
        "private_words", "words", "representations in private alone", events("representation_event", "private"), True
    ),
    SeriesSpec(
        "public_words", "words", "representations in public, or in public too",
        events("representation_event", "public", "both"), True,
    ),
    SeriesSpec(
        "public_pressure", "share", "mean public pressure on the core of rights",
        issue_mean("pressure_public", "is_core"),
    ),
    SeriesSpec(
        "private_pressure", "share", "mean private pressure on the core of rights",
        issue_mean("pressure_private", "is_core"),
    ),
    level("voice"),
)

PERSON_EVENTS: tuple[EventKind, ...] = (
    EventKind("person", "person_event", "person_fame"),
    EventKind("representation", "representation_event", bulk=True),
    EventKind("meeting", "meeting_event"),
    EventKind("deed", "deed_event"),
    EventKind("affront", "affront_event"),
    EventKind("concession", "concession_event", "person_fame"),
    EventKind("ask", "ask_event", "ask_channel", bulk=True, sides=ASKED),
    EventKind("answer", "reply_event", "reply_asks", bulk=True, sides=REPLIED),
    EventKind("person_raised", "person_raised", "person_fame", bulk=True),
)

PERSON_OUTCOMES: tuple[OutcomeSpec, ...] = (
    OutcomeSpec("releases", "persons", "persons released, exile included", "releases", "total"),
    OutcomeSpec("exiles", "persons", "persons released into exile", "exiles", "total"),
    OutcomeSpec("treated_better", "persons", "detained persons treated better", "treated_better", "total"),
    OutcomeSpec("person_months_detained", "person-months", "months that persons spent in detention, summed up",
                "person_months_detained", "total"),
    OutcomeSpec("first_detentions", "persons", "persons detained for the first time", "first_detentions", "total"),
    OutcomeSpec("renewed_detentions", "persons", "known persons detained again", "renewed_detentions", "total"),
    OutcomeSpec("terms_ended", "persons", "persons whose term ended", "terms_ended", "total"),
    OutcomeSpec("asks", "asks", "asks on issues and for persons", "asks", "total"),
    OutcomeSpec("answered_asks", "asks", "asks that were answered", "answered_asks", "total"),
    OutcomeSpec("concessions_persons", "persons", "persons asked for who were treated better, released or exiled",
                "concessions_persons", "total"),
    OutcomeSpec("public_pressure", "share", "public pressure on the core of rights, mean of all months",
                "public_pressure", "mean"),
)
