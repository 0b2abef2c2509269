"""Reports to committees: when they fall due, how late and how candid they are."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import real
from demarche.rules.kit.rates import base_utility
from demarche.world.axes import TREATY_STAGES
from demarche.world.fields.bodies import REPORTS

IN_FORCE = TREATY_STAGES.index("ratified")


@rule(
    "focal.report_falls_due",
    "Who is bound by a treaty owes its committee a report before each examination.",
    claims=("UNB-16", "UNB-18", "UNB-31"), accounts=ALL, phase="answer_weighing", when="treaty_review-6",
    reads=("treaty_stage",), writes=("report_due",), calendar=("treaty_review",),
    parameters=(Parameter("lead", 6.0, 6.0, 6.0, "months", "time before an examination at which the report is written",
                          "assumption: half a year", "constant"),),
)  # fmt: skip
def report_falls_due(w: Fields, now: Moment, *, lead: Array) -> None:
    """Limits: treaties in force only."""
    w.report_due[...] = now.named("treaty_review", "treaty", int(lead[0])) * (w.treaty_stage == IN_FORCE)


@rule(
    "focal.weighs_report",
    "Reports are late about as often as not and mostly list statutes; few admit shortcomings.",
    claims=("UNB-10", "UNB-16", "UNB-18"), accounts=ALL, phase="answer_weighing", when="treaty_review-6",
    rates=("report_late", "report_candid"), reads=("internalisation",), writes=("state_report_utility",),
    parameters=(
        Parameter("conviction", 3.0, 1.0, 6.0, "odds ratio", "odds of candour that norms held as one's own multiply",
                  "UNB-10, DOM-07; assumption"),
        Parameter("usual", 0.1, 0.05, 0.2, "share", "internalisation at which candour is at its base rate",
                  "assumption: level of the 1990s"),
    ),
)  # fmt: skip
def weighs_report(
    w: Fields, now: Moment, *, conviction: Array, usual: Array, report_late: Array, report_candid: Array
) -> None:
    """Limits: lateness and candour are independent of each other."""
    scale = now.temperature("state_report")
    late = base_utility(scale, report_late, 1.0 - report_late)
    candid = base_utility(scale, report_candid, 1.0 - report_candid)
    candid = candid + scale * np.log(conviction) * (w.internalisation - usual)
    for name in REPORTS[1:]:
        term = (late if name != "on_time_candid" else 0.0) + (candid if name != "late" else 0.0)
        w.state_report_utility[now.index("state_report", name)] += term


@rule(
    "focal.reports",
    "What the state reports, and when, goes to the committee.",
    claims=("UNB-10", "UNB-16"), accounts=ALL, phase="answering", when="treaty_review-6",
    reads=("report_due", "state_report_choice"), writes=("report_candour", "reports_on_time", "has_owed_report",
                                                          "state_report_event"),
    parameters=(Parameter("weight", 0.3, 0.1, 0.6, "share", "weight of the last report in the share on time",
                          "assumption"),),
)  # fmt: skip
def reports(w: Fields, now: Moment, *, weight: Array) -> None:
    """Limits: the committee examines a late report on the day that was set."""
    owed, choice = w.report_due > 0.0, w.state_report_choice
    candid = sum(real(choice == now.index("state_report", name)) for name in ("on_time_candid", "late_candid"))
    late = sum(real(choice == now.index("state_report", name)) for name in ("late", "late_candid"))
    np.copyto(w.report_candour, candid, where=owed)
    share = (owed * (1.0 - late)).sum(axis=0) / np.maximum(real(owed.sum(axis=0)), 1.0)
    w.reports_on_time += owed.any(axis=0) * weight * (share - w.reports_on_time)
    w.has_owed_report[owed.any(axis=0)] = 1.0
    w.state_report_event[owed] = choice[owed] + 1
