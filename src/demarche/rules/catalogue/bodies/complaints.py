"""Complaints: bodies admit them, hear them, and find."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.catalogue.bodies.committees import enter
from demarche.rules.contract import ALL, Fields, Moment, rule
from demarche.rules.kit.events import code_of
from demarche.rules.kit.rates import base_utility
from demarche.world.fields.bodies import COMPLAINTS, GRADES


@rule(
    "bodies.weighs_admission",
    "Bodies take up most complaints of unions, and half of the requests for an inspection.",
    claims=("UNB-23", "UNB-25"), accounts=ALL, phase="vote_weighing", trigger="complaint_pending",
    rates=("complaint_admitted", "complaint_inspection_admitted"), reads=("body_is_labour", "complaint_pending"),
    writes=("admit_complaint_utility",),
)  # fmt: skip
def weighs_admission(
    w: Fields, now: Moment, *, complaint_admitted: Array, complaint_inspection_admitted: Array
) -> None:
    """Limits: the evidence counted when it was filed."""
    chance = np.where(w.body_is_labour > 0.0, complaint_admitted, complaint_inspection_admitted)
    term = base_utility(now.temperature("admit_complaint"), chance, 1.0 - chance)
    w.admit_complaint_utility[now.index("admit_complaint", "admit")] += term * w.complaint_pending


@rule(
    "bodies.hears_complaint",
    "An admitted complaint ends within two years, more often than not with a finding.",
    claims=("UNB-23", "UNB-25", "UNB-26"), accounts=ALL, phase="un_bodies", trigger="complaint_open",
    rates=("complaint_found",), draws=("found",
                                                                                                               "when"),
    after=("bodies.finds",), reads=("admit_complaint_choice", "body_covers"),
    writes=("complaint_pending", "complaint_open", "complaint_event", "inspected", "finding_row_body",
            "finding_row_issue",
            "finding_row_grade", "finding_row_step", "finding_row_taken_step", "finding_row_next", "finding_row_event",
            "un_words"),
)  # fmt: skip
def hears_complaint(w: Fields, now: Moment, *, complaint_found: Array) -> None:
    """Limits: it ends in one of the months of two years, each as likely."""
    waiting = w.complaint_pending > 0.0
    admitted = waiting & (w.admit_complaint_choice > 0)
    w.complaint_event[waiting & ~admitted] = code_of(COMPLAINTS, "rejected")
    w.complaint_event[admitted] = code_of(COMPLAINTS, "admitted")
    w.complaint_pending[waiting] = 0.0
    ending = ~waiting & (w.complaint_open > 0.0) & (now.draw("when", "body") * w.complaint_open < 1.0)
    np.maximum(w.complaint_open - 1.0, 0.0, out=w.complaint_open)
    w.complaint_open[ending] = 0.0
    w.complaint_open[admitted] = 2.0 * 12.0
    found = ending & (now.draw("found", "body") < complaint_found)
    w.complaint_event[found] = code_of(COMPLAINTS, "found")
    np.maximum(w.inspected, found, out=w.inspected)
    body, runs = cells(found)
    order = np.argsort(runs, kind="stable")
    body, runs = body[order], runs[order]
    enter(w, now, body, w.body_covers[body, :, 0].argmax(axis=1), runs, np.full(len(runs), float(len(GRADES))))
