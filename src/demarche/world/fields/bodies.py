"""Fields of UN bodies and lenders: mandates, evidence given to them, findings, visits, agreements, reviews by peers."""

from __future__ import annotations

from demarche.world.field_spec import FieldSpec, event, share
from demarche.world.kinds import BODY_KINDS
from demarche.world.rings import Column, Ring

WORLD: tuple[str, ...] = ()
BODY = ("body",)
ISSUE = ("issue",)
STATE = ("state",)

GRADES = ("note", "concern", "urge")
REPORTS = ("on_time", "on_time_candid", "late", "late_candid")
STANCES = ("criticised", "agreed", "both")
COMPLAINTS = ("rejected", "admitted", "found")
ROWS_OF_RECOMMENDATIONS = 256  # three of each of the 70 states that may speak in a review of the reference case
RECOMMENDATION_KINDS = ("soft", "specific", "sensitive")
ANSWERS = tuple(f"{kind} {answer}" for kind in RECOMMENDATION_KINDS for answer in ("noted", "accepted"))
FORUM_TACTICS = ("merits", "values", "attack", "block")
INSTRUMENT_MOVES = ("join", "dilute", "opt_out", "own_text", "oppose")
LENDING = ("held", "conditioned", "resumed")

KIND_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("body_is_active", BODY, "0 or 1", 0, 1, "the body exists this year", "data", "cast"),
    *(
        FieldSpec(f"body_is_{kind}", BODY, "0 or 1", 0, 1, f"works this year, and in it decide {who}", "data", "cast")
        for kind, who in BODY_KINDS.items()
    ),
    FieldSpec("body_treaty", BODY, "position of the treaty", -1, 99, "treaty that a committee examines", "data",
              "cast"),
    share("body_covers", (*BODY, *ISSUE), "weight of an issue in what it deals with", "data", "cast"),
)

WORK_FIELDS: tuple[FieldSpec, ...] = (
    share("body_evidence", (*BODY, *ISSUE), "evidence on the issue given to the body", "memory"),
    FieldSpec("review_due", WORLD, "0 or 1", 0, 1, "a committee examines a report this month", "flow"),
    FieldSpec("finding_due", (*BODY, *ISSUE), "0 or 1", 0, 1, "the issue is on its order of business", "memory"),
    FieldSpec("finding_citable", (*BODY, *ISSUE), "0 or 1", 0, 1, "a finding that it may take up", "memory"),
    share("open_finding", ISSUE, "grade of a finding nobody has taken up yet, 1 urges", "flow"),
    FieldSpec("finding_carried", ISSUE, "0 or 1", 0, 1, "groups publish or brief on the issue this month", "flow"),
    share("newly_taken", ISSUE, "grade of a finding that is taken up this month", "flow"),
    share("taken_up", ISSUE, "grade of findings taken up, fading", "memory"),
    FieldSpec("un_words", ISSUE, "words a year", 0, 20, "words said through UN bodies, remembered", "memory"),
    event("finding_event", (*BODY, *ISSUE), "findings", GRADES),
    event("citation_event", (*BODY, *ISSUE), "findings taken up by a body", ("cited",)),
    event("pick_up_event", ISSUE, "findings taken up by others", ("groups", "senders")),
    event("circulation_event", (*BODY, *ISSUE), "findings circulated at home", ("circulated",)),
)

REPORT_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("report_due", ("treaty",), "0 or 1", 0, 1, "the state owes a report to the committee", "flow"),
    share("report_candour", ("treaty",), "candour of the last report to the committee", "memory"),
    share("reports_on_time", WORLD, "share of reports handed in on time, recent ones count more", "memory", 0.5),
    FieldSpec("has_owed_report", WORLD, "0 or 1", 0, 1, "a report to a committee has been owed", "memory"),
    event("state_report_event", ("treaty",), "reports", REPORTS),
)

PROCEDURE_FIELDS: tuple[FieldSpec, ...] = (
    share("mandate_scope", ISSUE, "scope of the expert mandate on the issue", "memory", "cast"),
    FieldSpec("mandate_idle", (*BODY, *ISSUE), "0 or 1", 0, 1, "a mandate that may ask for a visit", "memory"),
    FieldSpec("mandate_alive", (*BODY, *ISSUE), "0 or 1", 0, 1, "a mandate at work", "memory"),
    FieldSpec("mandate_renewable", (*BODY, *ISSUE), "0 or 1", 0, 1, "a mandate up for renewal", "memory"),
    FieldSpec("visit_pending", ISSUE, "0 or 1", 0, 1, "a request for a visit stands", "memory"),
    FieldSpec("visit_months", ISSUE, "months", 0, 1e4, "months that a request waits, or since the visit", "memory",
              1e3),
    share("like_minded_share", WORLD, "like-minded governments' share of seats", "memory"),
    event("visit_request_event", (*BODY, *ISSUE), "requests for visits", ("asked",)),
    event("visit_granted_event", (*BODY, *ISSUE), "visits granted", ("invited", "restricted")),
    event("visit_refused_event", (*BODY, *ISSUE), "visits refused", ("refused",)),
    event("appeal_event", (*BODY, *ISSUE), "urgent appeals", ("sent",)),
    event("mandate_event", (*BODY, *ISSUE), "mandates at renewal", ("shortened", "ended")),
)

OFFICE_FIELDS: tuple[FieldSpec, ...] = (
    share("agreement", WORLD, "a technical agreement is in force", "memory"),
    FieldSpec("agreement_months", WORLD, "months", 0, 1e4, "months that it still runs", "memory"),
    share("lending", WORLD, "lending of multilateral banks, 1 is full", "memory", 1.0),
    share("lending_held", WORLD, "part of lenders that hold", "memory"),
    share("lending_condition", WORLD, "part of lenders that lend on conditions", "memory"),
    share("censured", WORLD, "a text was adopted by a charter body, fading", "memory"),
    share("inspected", BODY, "a complaint was found justified, fading", "memory"),
    FieldSpec("complaint_pending", BODY, "0 or 1", 0, 1, "a complaint waits for admission", "memory"),
    FieldSpec("complaint_open", BODY, "months", 0, 1e4,
              "months that a complaint may still take, 1 or more while it waits", "memory"),
    FieldSpec("shock_now", WORLD, "0 or 1", 0, 1, "an open challenge was put down within two months", "flow"),
    share("shock_memory", WORLD, "a shock of the past year, fading", "memory"),
    event("stance_event", BODY, "stances of the High Commissioner", STANCES),
    event("complaint_event", BODY, "complaints", COMPLAINTS),
    event("lending_event", BODY, "lending", LENDING),
    event("ballot_event", BODY, "texts of experts", ("rejected", "adopted")),
    event("special_session_event", BODY, "special sessions", ("called", "blocked")),
)

PEER_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("is_speaker", STATE, "0 or 1", 0, 1, "speaks at the review by peers", "memory"),
    FieldSpec("peers_meet", WORLD, "0 or 1", 0, 1, "peers review the focal state this month", "flow"),
    FieldSpec("mid_term", WORLD, "0 or 1", 0, 1, "mid-term of a review by peers", "flow"),
    FieldSpec("recommendation_open", ("recommendation",), "0 or 1", 0, 1, "to be answered or acted on now", "flow"),
    share("recommendation_tie", ("recommendation",), "closeness of the recommending state to the focal state",
          "memory"),
    FieldSpec("election_total", WORLD, "votes", 0, 250, "votes for the focal state at the last election", "memory"),
    event("election_event", WORLD, "elections of the focal state", ("elected", "defeated")),
    share("reform_occasion", ISSUE, "one occasion more to reform the issue, until it is used", "memory"),
    share("accepted_share", ISSUE, "recommendations of the last review on the issue that were accepted, until mid-term",
          "memory"),
    share("recommendation_acted", ("recommendation",), "the focal state has acted on it by mid-term", "memory"),
    event("recommendation_answer_event", ("recommendation",), "recommendations and answers to them", ANSWERS),
    event("recommendation_action_event", ("recommendation",), "recommendations at mid-term", ("noted", "accepted")),
)

STANDING_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("in_forum", BODY, "0 or 1", 0, 1, "meets this month, and the focal state speaks in it", "flow"),
    FieldSpec("caucus", WORLD, "0 or 1", 0, 1, "the like-minded agreed this month to block", "flow"),
    event("forum_event", BODY, "how the focal state spoke in a body", FORUM_TACTICS),
    event("instrument_event", BODY, "what the focal state did about a norm text", INSTRUMENT_MOVES),
)

BODY_FIELDS = (
    *STANDING_FIELDS, *KIND_FIELDS, *WORK_FIELDS, *REPORT_FIELDS, *PROCEDURE_FIELDS, *OFFICE_FIELDS, *PEER_FIELDS,
)  # fmt: skip

RECOMMENDATION = Ring(
    "recommendation",
    ROWS_OF_RECOMMENDATIONS,
    (
        Column("state", "position", 0, 999, "state that recommends"),
        Column("issue", "position", 0, 99, "issue area"),
        Column("kind", "kind", 0, 3, "1 soft, 2 specific, 3 sensitive"),
        Column("step", "step", 0, 1e4, "when"),
        Column("accepted", "0 or 1", 0, 1, "the focal state accepted it"),
    ),
    RECOMMENDATION_KINDS,
    "a recommendation of a peer",
)

FINDING = Ring(
    "finding_row",
    64,
    (
        Column("body", "position", 0, 99, "body that found"),
        Column("issue", "position", 0, 99, "issue area"),
        Column("grade", "grade", 0, 3, "1 notes, 2 is concerned, 3 urges"),
        Column("step", "step", 0, 1e4, "when"),
        Column("taken_step", "step", 0, 1e4, "when it was taken up; -1 if nobody has"),
    ),
    ("found", "taken_up"),
    "a finding",
)
