"""Visits of experts: what the focal state answers to their requests, and what they report."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.catalogue.bodies.committees import enter
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.events import code_of
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import base_utility, quarterly
from demarche.world.fields.bodies import GRADES


@rule(
    "focal.weighs_visit",
    "Most requests are left pending; a few visits are granted, more often with limits than without.",
    claims=("UNB-13", "DLG-01", "PRS-27"), accounts=ALL, phase="answer_weighing", when="quarter",
    rates=("visit_accepted", "visit_restricted", "visit_refused"), links=("private_issue",),
    reads=("pressure_private", "concession_push"), writes=("visit_answer_utility",),
    parameters=(Parameter("price", 0.5, 0.25, 1.0, "price", "price of an invitation as a concession",
                          "assumption: half",
                          "constant"),),
)  # fmt: skip
def weighs_visit(
    w: Fields, now: Moment, *, price: Array, visit_accepted: Array, visit_restricted: Array, visit_refused: Array,
    private_issue: Array,
) -> None:  # fmt: skip
    """Limits: a chance a year, taken quarter by quarter."""
    scale = now.temperature("visit_answer")
    quarter = quarterly(visit_accepted)
    refused = quarterly(visit_refused)
    pending = 1.0 - quarter - refused
    pull = scale * w.concession_push / price + log_odds(scale, private_issue, w.pressure_private)
    for name, share in (("restrict", visit_restricted), ("invite", 1.0 - visit_restricted)):
        utility = w.visit_answer_utility[now.index("visit_answer", name)]
        utility += base_utility(scale, quarter * share, pending) + pull
    w.visit_answer_utility[now.index("visit_answer", "refuse")] += base_utility(scale, refused, pending)


@rule(
    "focal.answers_visit",
    "An expert who is let in reports what was seen: evidence for every body that deals with the issue, and a finding.",
    claims=("UNB-13", "UNB-20"), accounts=ALL, phase="answering", when="quarter",
    reads=("visit_answer_choice", "body_is_procedures", "body_is_active", "body_covers", "practice"),
    writes=("visit_pending", "visit_months", "visit_granted_event", "visit_refused_event", "body_evidence",
            "finding_row_body", "finding_row_issue", "finding_row_grade", "finding_row_step", "finding_row_taken_step",
            "finding_row_next", "finding_row_event", "un_words", "issue_granted"),
    parameters=(
        Parameter("seen", 0.6, 0.3, 0.9, "share", "part of the missing evidence that a free visit brings",
                  "UNB-13; assumption"),
        Parameter("limited", 0.5, 0.2, 0.8, "share", "part of it that a restricted visit brings", "UNB-13; assumption"),
    ),
)  # fmt: skip
def answers_visit(w: Fields, now: Moment, *, seen: Array, limited: Array) -> None:
    """Limits: the report finds concern, whatever the rule of the visit."""
    answers = {name: w.visit_answer_choice == now.index("visit_answer", name) for name in ("invite", "restrict",
                                                                                           "refuse")}
    free, restricted, refused = ((one & (w.visit_pending > 0.0)) for one in answers.values())
    visited = free | restricted
    experts = (w.body_is_procedures[:, None] * w.body_covers) > 0.0
    w.visit_granted_event[...] = experts * (visited + 1 * restricted)
    w.visit_refused_event[...] = experts & refused
    w.issue_granted += visited
    w.visit_pending[visited | refused] = 0.0
    w.visit_months[visited | refused] = 0.0
    issue, runs = cells(visited)
    brought = seen[runs] * np.where(restricted[issue, runs], limited[runs], 1.0) * (1.0 - w.practice[issue, runs])
    told = w.body_is_active * w.body_covers[:, issue, 0]
    w.body_evidence[:, issue, runs] += brought * told * (1.0 - w.body_evidence[:, issue, runs])
    order = np.argsort(runs, kind="stable")
    host = w.body_is_procedures[:, 0].argmax() + 0 * runs
    enter(w, now, host, issue[order], runs[order], np.full(len(runs), float(code_of(GRADES, "concern"))))
