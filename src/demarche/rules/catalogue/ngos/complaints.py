"""Complaints: only unions file with the labour organisation, only campaigners ask for inspections."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.rates import base_utility


@rule(
    "ngos.weighs_complaint",
    "Only unions can file with the labour organisation and only campaigners ask for an inspection, both with evidence.",
    claims=("UNB-23", "UNB-25", "UNB-15"), accounts=ALL, phase="weighing", when="year",
    rates=("complaint_labour", "complaint_inspection"),
    reads=("ngo_is_union", "ngo_is_campaigner", "ngo_is_open", "ngo_evidence", "body_is_labour", "body_is_lender",
           "body_covers"),
    writes=("complaint_utility",),
    parameters=(
        Parameter("evidence", 4.0, 2.0, 8.0, "odds ratio", "odds at full evidence, against none",
                  "UNB-25; assumption"),
        Parameter("usual", 0.2, 0.1, 0.3, "share", "evidence at which the rate holds", "assumption: of groups at work"),
        Parameter("never", 50.0, 20.0, 100.0, "utility", "weight against who has no standing", "a number beyond doubt",
                  "constant"),
    ),
)  # fmt: skip
def weighs_complaint(
    w: Fields, now: Moment, *, evidence: Array, usual: Array, never: Array, complaint_labour: Array,
    complaint_inspection: Array
) -> None:
    """Limits: the rate is that of all who have standing together."""
    scale = now.temperature("complaint")
    for name, rate, standing, body in (
        ("file_labour", complaint_labour, w.ngo_is_union, w.body_is_labour),
        ("ask_inspection", complaint_inspection, w.ngo_is_campaigner, w.body_is_lender),
    ):
        entitled = standing * w.ngo_is_open * body.max()
        each = rate / np.maximum(entitled.sum(axis=0), 1.0)
        known = (w.ngo_evidence * (body[:, None] * w.body_covers).max(axis=0)).max(axis=1)
        term = base_utility(scale, each, 1.0 - each) + scale * np.log(evidence) * (known - usual)
        w.complaint_utility[now.index("complaint", name)] += term - scale * never * (entitled == 0.0)


@rule(
    "ngos.files_complaint",
    "A complaint goes to the body that has to hear it, with what the group knows.",
    claims=("UNB-23", "UNB-25"), accounts=ALL, phase="acting", when="year",
    reads=("complaint_choice", "body_is_labour", "body_is_lender", "ngo_evidence", "body_covers"),
    writes=("complaint_pending", "complaint_open", "filing_event", "body_evidence"),
)  # fmt: skip
def files_complaint(w: Fields, now: Moment) -> None:
    """Limits: one complaint a body at a time."""
    w.filing_event[...] = w.complaint_choice
    for name, body in (("file_labour", w.body_is_labour), ("ask_inspection", w.body_is_lender)):
        filing = w.complaint_choice == now.index("complaint", name)
        known = (w.ngo_evidence * filing[:, None]).max(axis=0)
        np.maximum(w.body_evidence, known * body[:, None] * w.body_covers, out=w.body_evidence)
        filed = filing.any(axis=0) & (body > 0.0) & (w.complaint_pending == 0.0)
        w.complaint_pending[filed] = 1.0
        w.complaint_open[filed] = 1.0
