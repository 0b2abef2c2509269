"""What a run leaves behind of what groups and UN bodies did: series, events and outcomes."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.engine.measured import EventKind, Month, OutcomeSpec, Reader, SeriesSpec, events
from demarche.world.fields import FIELDS
from demarche.world.fields.bodies import ANSWERS, FORUM_TACTICS

CONCERN = 2.0


def _events(field: str, *labels: str) -> Reader:
    return events(field, *(labels or FIELDS[field].labels))


def _mean(field: str) -> Reader:
    def read(month: Month) -> Array:
        values = month[field]
        return np.asarray(values if values.ndim == 1 else values.mean(axis=tuple(range(values.ndim - 1))))

    return read


def _sum(field: str) -> Reader:
    return lambda month: np.asarray(month[field].sum(axis=0))


def _share_taken_up(month: Month) -> Array:
    heavy = month["finding_row_grade"] >= CONCERN
    taken = heavy & (month["finding_row_taken_step"] >= 0.0)
    share: Array = taken.sum(axis=0) / np.maximum(heavy.sum(axis=0), 1)
    return share


def _acted(month: Month) -> Array:
    acted: Array = ((month["recommendation_action_event"] > 0) * month["recommendation_acted"]).sum(axis=0)
    return acted


def _months_to_take_up(month: Month) -> Array:
    taken = month["finding_row_taken_step"] >= 0.0
    waited = np.where(taken, month["finding_row_taken_step"] - month["finding_row_step"], 0.0)
    months: Array = waited.sum(axis=0) / np.maximum(taken.sum(axis=0), 1)
    return months


_SERIES: tuple[tuple[str, str, str, Reader, bool], ...] = (
    ("groups_open", "groups", "groups at work", _sum("ngo_is_open"), False),
    ("groups_closed", "groups", "groups that closed", _events("ngo_event", "closed"), True),
    ("groups_barred", "groups", "groups to which doors were shut", _events("ngo_event", "barred"), True),
    ("reports_published", "reports", "reports of groups", _events("report_event"), True),
    ("evidence", "share", "mean evidence over issue areas", _mean("evidence"), False),
    ("backing", "share", "work of groups that reaches activists inside", _mean("backing"), False),
    ("circumvention", "share", "support for getting round censorship", _mean("circumvention"), False),
    ("official_training", "share", "training of officials paid from outside", _mean("official_training"), False),
    ("findings_noted", "findings", "findings that note", _events("finding_event", "note"), True),
    ("findings_of_concern", "findings", "findings of concern", _events("finding_event", "concern"), True),
    ("findings_urging", "findings", "findings that urge", _events("finding_event", "urge"), True),
    ("findings_cited", "findings", "findings that the High Commissioner took up", _events("citation_event"), True),
    ("findings_taken_up", "share", "findings of concern or more that somebody took up", _share_taken_up, False),
    ("months_to_take_up", "months", "mean months until a finding was taken up", _months_to_take_up, False),
    ("state_reports", "reports", "reports of the state to committees", _events("state_report_event"), True),
    ("reports_on_time", "share", "reports handed in on time", _mean("reports_on_time"), False),
    ("visits_asked", "requests", "visits that experts asked for", _events("visit_request_event"), True),
    ("visits_granted", "visits", "visits granted, with limits or without", _events("visit_granted_event"), True),
    ("visits_refused", "requests", "visits refused", _events("visit_refused_event"), True),
    ("urgent_appeals", "appeals", "urgent appeals of experts", _events("appeal_event"), True),
    ("mandate_scope", "share", "mean scope of expert mandates", _mean("mandate_scope"), False),
    ("mandates_cut", "mandates", "mandates shortened or ended", _events("mandate_event"), True),
    ("like_minded_share", "share", "like-minded governments' share of seats", _mean("like_minded_share"), False),
    ("agreements", "agreements", "agreements of the High Commissioner", _events("stance_event", "agreed", "both"),
     True),
    ("complaints_filed", "complaints", "complaints that groups filed", _events("filing_event"), True),
    ("complaints_found", "complaints", "complaints found justified", _events("complaint_event", "found"), True),
    ("lending", "share", "lending of multilateral banks, 1 is full", _mean("lending"), False),
    ("expert_texts", "texts", "texts of experts on the focal state", _events("ballot_event", "adopted"), True),
    ("special_sessions", "sessions", "special sessions", _events("special_session_event", "called"), True),
    ("election_total", "votes", "votes for the focal state at the last election", _mean("election_total"), False),
    ("recommendations", "recommendations", "recommendations of peers", _events("recommendation_event"), True),
    ("recommendations_sensitive", "recommendations", "sensitive recommendations of peers",
     _events("recommendation_event", "sensitive"), True),
    ("recommendations_accepted", "recommendations", "recommendations accepted",
     _events("recommendation_answer_event", *ANSWERS[1::2]), True),
    ("recommendations_acted_on", "recommendations", "recommendations acted on by mid-term",
     _acted, True),
    *(
        (f"forum_{tactic}", "forums", f"forums in which the focal state chose: {tactic}",
         _events("forum_event", tactic), True)
        for tactic in FORUM_TACTICS
    ),
    ("texts_held_back", "texts", "norm texts that the focal state diluted or opted out of",
     _events("instrument_event", "dilute", "opt_out"), True),
    ("texts_of_its_own", "texts", "norm texts that the focal state tabled", _events("instrument_event", "own_text"),
     True),
)  # fmt: skip
"""Name, unit, meaning, reader, whether it counts events."""

_EVENTS: tuple[tuple[str, str, str], ...] = (
    ("group", "ngo_event", ""),
    ("report", "report_event", ""),
    ("grant", "grant_event", ""),
    ("finding", "finding_event", ""),
    ("citation", "citation_event", ""),
    ("pick_up", "pick_up_event", ""),
    ("circulation", "circulation_event", ""),
    ("state_report", "state_report_event", ""),
    ("visit_request", "visit_request_event", ""),
    ("visit_granted", "visit_granted_event", ""),
    ("visit_refused", "visit_refused_event", ""),
    ("urgent_appeal", "appeal_event", ""),
    ("mandate", "mandate_event", ""),
    ("stance", "stance_event", ""),
    ("filing", "filing_event", ""),
    ("complaint", "complaint_event", ""),
    ("lending", "lending_event", ""),
    ("expert_ballot", "ballot_event", ""),
    ("special_session", "special_session_event", ""),
    ("election", "election_event", "election_total"),
    ("recommendation_tie", "recommendation_answer_event", "recommendation_tie"),
    ("recommendation", "recommendation_action_event", "recommendation_acted"),
    ("forum", "forum_event", ""),
    ("instrument", "instrument_event", ""),
)
"""Kind, event field, field of the value."""

_OUTCOMES: tuple[tuple[str, str], ...] = (
    ("groups_closed", "total"), ("groups_barred", "total"), ("reports_published", "total"), ("groups_open", "last"),
    ("evidence", "mean"), ("backing", "mean"), ("circumvention", "mean"), ("official_training", "mean"),
    ("findings_noted", "total"), ("findings_of_concern", "total"), ("findings_urging", "total"),
    ("findings_cited", "total"), ("findings_taken_up", "last"), ("months_to_take_up", "last"),
    ("state_reports", "total"), ("reports_on_time", "mean"), ("visits_asked", "total"), ("visits_granted", "total"),
    ("visits_refused", "total"), ("urgent_appeals", "total"), ("mandate_scope", "last"), ("mandates_cut", "total"),
    ("agreements", "total"), ("complaints_filed", "total"), ("complaints_found", "total"), ("lending", "mean"),
    ("expert_texts", "total"),
    ("special_sessions", "total"), ("election_total", "last"), ("recommendations", "total"),
    ("recommendations_sensitive", "total"),
    ("recommendations_accepted", "total"), ("recommendations_acted_on", "total"),
    *((f"forum_{tactic}", "total") for tactic in FORUM_TACTICS), ("texts_held_back", "total"),
    ("texts_of_its_own", "total"),
)  # fmt: skip
"""Series and how it is reduced; the outcome has the name of the series."""

SPANS = {"total": "", "mean": ", mean over all months", "last": ", mean of the last five years"}

ACTIVITY_SERIES = tuple(SeriesSpec(*row) for row in _SERIES)
_ROWS = (
    EventKind(
        "recommendation_made", "recommendation_event",
        sides=(("recommendation_state", "state"), ("recommendation_issue", "issue")),
    ),
    EventKind(
        "finding_file", "finding_row_event",
        sides=(("finding_row_body", "body"), ("finding_row_issue", "issue")),
    ),
)  # fmt: skip
"""Of rings: what rows say about themselves."""

ACTIVITY_EVENTS = (*(EventKind(*row) for row in _EVENTS), *_ROWS)
_SAID = {spec.name: spec for spec in ACTIVITY_SERIES}
ACTIVITY_OUTCOMES = tuple(
    OutcomeSpec(name, _SAID[name].unit, _SAID[name].meaning + SPANS[how], name, how) for name, how in _OUTCOMES
)
