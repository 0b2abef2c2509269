"""Visits and meetings of heads of government: on the dates that a case gives, else drawn for each sender."""

from __future__ import annotations

import numpy as np

from demarche.arrays import BELOW_ONE, Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import log_of, share_of

LATEST = Parameter("latest", 1e4, 1e4, 1e4, "step", "step after which nothing is drawn", "range of the field",
                   "constant", "senders.visits_begin")


@rule(
    "senders.visits_begin",
    "Where the dates of a case end, the first visit of each sender is drawn, the sooner the larger its economy.",
    claims=("PRS-10",),
    accounts=ALL,
    phase="events",
    rows="senders",
    when="start",
    reads=("is_focal", "economic_weight"),
    writes=("next_visit", "visit_chance"),
    draws=("wait",),
    parameters=(
        Parameter("a_year", 1.2, 0.7, 2.0, "meetings", "visits and meetings a year with all senders together",
                  "calendar of the reference case: 11 in the nine years 1990-1998; range of a count of 11"),
        LATEST,
    ),
)  # fmt: skip
def visits_begin(w: Fields, now: Moment, *, a_year: Array, latest: Array) -> None:
    """Shares of meetings are shares of senders' output at the start. Limits: acts once; output does not count later."""
    weight = w.economic_weight * (1.0 - w.is_focal)
    share = share_of(weight, weight.sum(axis=0))
    w.visit_chance[...] = np.minimum(a_year / 12.0 * share, 0.5)
    w.next_visit[...] = np.minimum(w.next_visit + _months(now.draw("wait", "state"), w.visit_chance), latest)


@rule(
    "senders.visits",
    "A government meets the leaders of the focal state; meetings without a given date wait after a crackdown.",
    claims=("PRS-10", "PRS-12"),
    accounts=ALL,
    phase="events",
    rows="senders",
    reads=("is_sender", "in_joint_bloc", "visit_chance", "months_since_crackdown"),
    writes=("next_visit", "meets", "meeting_event"),
    draws=("wait",),
    calendar=("summit",),
    after=("senders.visits_begin",),
    parameters=(
        Parameter("put_off", 12.0, 6.0, 24.0, "months", "months after a crackdown in which nobody meets",
                  "PRS-12: meetings had to be restored; assumption: a year"),
        LATEST,
    ),
)  # fmt: skip
def visits(w: Fields, now: Moment, *, put_off: Array, latest: Array) -> None:
    """A dated meeting with no state named is the joint bloc's. Limits: what is put off is not lost, only later."""
    late = cells(w.next_visit < now.step)
    if len(late[1]):
        wait = _months(now.draw_cells("wait", "sender", late), late.of(w.visit_chance))
        late.put_into(w.next_visit, np.minimum(now.step + wait, latest[late[1]]))
    due = cells(w.next_visit == now.step)
    shunned = (w.months_since_crackdown < put_off)[due[1]]
    due.where(shunned).put_into(w.next_visit, now.step + 1.0)
    met = due.where(~shunned)
    met.put_into(w.meets, np.broadcast_to(w.is_sender, w.meets.shape)[met])
    if now.is_on("summit"):
        who = now.actors("summit")
        w.meets[...] = np.maximum(w.meets, who if who.any() else w.in_joint_bloc)
    w.meeting_event[...] = w.meets > 0.0


def _months(luck: Array, chance: Array) -> Array:
    """Return whole months until something that happens with a chance a month, 0 if in the first."""
    months: Array = np.floor(log_of(luck) / np.log1p(-np.maximum(chance, 1.0 - BELOW_ONE)))
    return months
