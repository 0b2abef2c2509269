"""Committees of treaties: who is examined, what they find, and how the state reports to them."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import loss
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.rings import Positions, next_rows
from demarche.world.axes import TREATY_STAGES
from demarche.world.fields.bodies import GRADES

IN_FORCE = TREATY_STAGES.index("ratified")


@rule(
    "bodies.examination",
    "A committee examines only states bound by its treaty; an agreement takes items off its order of business.",
    claims=("UNB-16", "UNB-18", "UNB-31", "UNB-33", "UNB-03", "UNB-04"), accounts=ALL, phase="vote_weighing",
    when="treaty_review", links=("cooperation_scrutiny",), draws=("spared",), calendar=("treaty_review",),
    reads=("treaty_stage", "body_treaty", "body_is_committee", "body_covers", "agreement"),
    writes=("finding_due", "review_due"),
)  # fmt: skip
def examination(w: Fields, now: Moment, *, cooperation_scrutiny: Array) -> None:
    """Limits: an agreement can spare, not add, items."""
    bound = now.named("treaty_review", "treaty") * (w.treaty_stage == IN_FORCE)
    examined = bound[w.body_treaty[:, 0].astype(np.intp)] * w.body_is_committee
    kept = now.draw("spared", ("body", "issue")) < loss(cooperation_scrutiny, w.agreement)
    w.finding_due[...] = examined[:, None] * (w.body_covers > 0.0) * kept
    w.review_due[...] = (w.finding_due > 0.0).any(axis=(0, 1))


@rule(
    "bodies.weighs_finding",
    "What a committee says rests on the evidence that groups gave it, on a candid report, and on the time it has.",
    claims=("UNB-17", "UNB-18", "UNB-20", "NGO-23"), accounts=ALL, phase="vote_weighing", when="treaty_review",
    trigger="review_due", after=("bodies.examination",), rates=("finding_step",),
    reads=("body_evidence", "body_treaty", "finding_due", "report_candour", "review_due"), writes=("finding_utility",),
    parameters=(
        Parameter("evidence", 4.0, 2.0, 8.0, "odds ratio", "odds of one step more at full evidence",
                  "UNB-17; assumption"),
        Parameter("candour", 2.0, 1.0, 4.0, "odds ratio", "odds of one step more after a candid report",
                  "UNB-10; assumption"),
        Parameter("workload", 2.0, 1.0, 4.0, "odds ratio", "odds of one step less if every issue area is examined",
                  "UNB-17: experts short of time; assumption"),
        Parameter("least", 0.3, 0.1, 0.5, "share", "evidence without which no committee urges", "UNB-17; assumption"),
        Parameter("never", 50.0, 20.0, 100.0, "utility", "weight against what cannot be", "a number beyond doubt",
                  "constant"),
    ),
)  # fmt: skip
def weighs_finding(
    w: Fields, now: Moment, *, evidence: Array, candour: Array, workload: Array, least: Array, never: Array,
    finding_step: Array,
) -> None:  # fmt: skip
    """Limits: one step up the scale has the same odds everywhere on it."""
    scale = now.temperature("finding")
    candid = w.report_candour[w.body_treaty[:, 0].astype(np.intp)][:, None]
    load = w.finding_due.mean(axis=1, keepdims=True)
    step = base_utility(scale, finding_step, 1.0 - finding_step) + scale * (
        np.log(evidence) * w.body_evidence + np.log(candour) * candid - np.log(workload) * load
    )
    step = step * w.review_due
    for grade, name in enumerate(GRADES, 1):
        w.finding_utility[now.index("finding", name)] += grade * step
    w.finding_utility[now.index("finding", "urge")] -= never * scale * (w.body_evidence <= least)


@rule(
    "bodies.finds",
    "A finding is entered in the file of the issue: noted, of concern, or urging.",
    claims=("UNB-19", "UNB-20"), accounts=ALL, phase="un_bodies", when="treaty_review", trigger="review_due",
    reads=("finding_choice", "finding_due"),
    writes=("finding_event", "finding_row_body", "finding_row_issue", "finding_row_grade", "finding_row_step",
            "finding_row_taken_step", "finding_row_next", "finding_row_event", "un_words"),
)  # fmt: skip
def finds(w: Fields, now: Moment) -> None:
    """Limits: until somebody takes it up it changes nothing else."""
    said = w.finding_choice * (w.finding_due > 0.0)
    w.finding_event[...] = said
    body, issue, runs = np.nonzero(said)
    order = np.argsort(runs, kind="stable")
    enter(w, now, body[order], issue[order], runs[order], said[body, issue, runs][order].astype(float))


def enter(w: Fields, now: Moment, body: Positions, issue: Positions, runs: Positions, grade: Array) -> None:
    """Write findings into the ring; runs in ascending order."""
    rows = next_rows(w.finding_row_next, len(w.finding_row_body), runs), runs
    w.finding_row_body[rows] = body
    w.finding_row_issue[rows] = issue
    w.finding_row_grade[rows] = grade
    w.finding_row_step[rows] = now.step
    w.finding_row_taken_step[rows] = -1.0
    w.finding_row_event[rows] = 1
    np.add.at(w.un_words, (issue, runs), grade / len(GRADES))
