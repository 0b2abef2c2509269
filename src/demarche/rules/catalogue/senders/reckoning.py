"""What each capital reckons before a session: seats that changed, the hope of winning, and who has spoken for it."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.catalogue.senders.bloc import ALONE, deciding_case
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import logistic, normal
from demarche.rules.kit.codes import SURE
from demarche.rules.kit.settings import unless_imposed
from demarche.world.axes import REGIONS
from demarche.world.decisions.senders import POSITIONS


@rule(
    "senders.count_seats",
    "Capitals count the seats that changed and take newcomers to vote as their group did.",
    claims=("PRS-09", "COA-01"), accounts=ALL, phase="perceiving", when="session-5",
    reads=("has_next_seat", "region", "last_stance", "voted_last"), writes=("seat_shift", "seats_changed"),
)  # fmt: skip
def count_seats(w: Fields, now: Moment) -> None:
    """Limits: before a first vote on record nothing is known of any group, and nothing shifts."""
    cast = w.last_stance * w.voted_last
    lean = np.zeros_like(cast)
    for group in range(len(REGIONS)):
        member = w.region[:, 0] == group
        lean[member] = cast[member].sum(axis=0) / np.maximum(w.voted_last[member].sum(axis=0), 1.0)
    change = w.has_next_seat - w.voted_last
    known = w.voted_last.any(axis=0)
    w.seat_shift[...] = known * (np.where(change > 0, lean, cast) * change).sum(axis=0)
    w.seats_changed[...] = known * np.maximum(change, 0.0).sum(axis=0)


@rule(
    "senders.hopes",
    "Each capital forms its own belief in winning from the last margin, the seats that changed and who has spoken.",
    claims=("DLG-03", "PRS-09"), accounts=ALL, phase="perceiving", when=POSITIONS, rows="senders",
    reads=("motion_margin", "seat_shift", "seats_changed", "votes_so_far", "is_announced"),
    writes=("hope_of_winning", "winning_chance"), draws=("bias",), after=("senders.count_seats",),
    parameters=(
        Parameter("ten", 10.0, 5.0, 20.0, "states", "announced sponsors that are taken for granted", "assumption"),
        Parameter("each", 0.5, 0.2, 1.0, "votes", "votes that a further announced sponsor is taken to bring",
                  "assumption"),
        Parameter("bias", 2.0, 0.5, 4.0, "votes", "spread of capitals' lasting bias", "assumption"),
        Parameter("first", 5.0, 3.0, 8.0, "votes", "doubt before a first vote", "assumption"),
        Parameter("later", 4.0, 2.0, 6.0, "votes", "doubt after a vote",
                  "roll calls 1990-1997: margins moved by 4 from vote to vote"),
        Parameter("reshuffled", 6.0, 4.0, 9.0, "votes", "doubt where many seats changed", "assumption"),
        Parameter("many", 10.0, 5.0, 20.0, "seats", "changed seats that are many", "assumption: a fifth of the body"),
    ),
)  # fmt: skip
def hopes(
    w: Fields, now: Moment, *, ten: Array, each: Array, bias: Array, first: Array, later: Array, reshuffled: Array,
    many: Array,
) -> None:
    """Limits: a capital that expects to win by m votes doubts by some; nothing is read of what others privately
    think.
    """
    from scipy.special import ndtr

    spoken = each * np.maximum(w.is_announced.sum(axis=0) - ten, 0.0)
    lead = (w.votes_so_far > 0) * (w.seat_shift - w.motion_margin) + spoken
    doubt = np.where(w.votes_so_far > 0, np.where(w.seats_changed > many, reshuffled, later), first)
    own = normal(now.draw_lasting("bias", "state"))
    w.hope_of_winning[...] = ndtr((lead + bias * own) / doubt)
    w.winning_chance[...] = ndtr(lead / doubt)


@rule(
    "senders.positions_known",
    "Capitals let their position be known month by month, and others see who is in.",
    claims=("COA-11", "COA-13"), accounts=ALL, phase="coordinating", when=POSITIONS, rows="senders",
    reads=("sponsor_utility", "sponsor_choice", "is_sender"), writes=("sponsor_case", "is_announced"),
    after=("senders.leaves_for_talks",),
)  # fmt: skip
def positions_known(w: Fields, now: Moment) -> None:
    """The case is in log odds against staying out. Limits: the position of the last month before the list binds."""
    tau = now.temperature("sponsor")
    case = np.logaddexp(w.sponsor_utility[1] / tau, w.sponsor_utility[2] / tau)
    w.sponsor_case[...] = np.clip(case, -SURE, SURE)
    w.is_announced[...] = (w.sponsor_choice > 0) * w.is_sender


@rule(
    "senders.expected_motion",
    "Before a session the focal state and others reckon with a motion by who may table one, and how close it would be.",
    claims=("PRS-09", "PRS-16"), accounts=ALL, phase="acting", when="session-5..0", rows="senders",
    reads=("sponsor_case", "in_joint_bloc", "has_next_seat", "domestic_clock", "winning_chance", "is_lead",
           "lever_unanimity", "is_sender", "lever_alone"),
    writes=("chance_of_motion",), calendar=("session",),
    parameters=(
        Parameter("listed", 2.0, 1.0, 3.0, "months", "months before a session from which the list is known",
                  "the decision `sponsor` binds two months before", "constant"),
        ALONE,
    ),
)  # fmt: skip
def expected_motion(w: Fields, now: Moment, *, listed: Array, alone: Array) -> None:
    """From five months before. Limits: once the list is out, 0 or 1 times the closeness."""
    wait, member = now.months_to("session"), (w.in_joint_bloc * w.is_sender) > 0
    case = deciding_case(w.sponsor_case[member[:, 0]], w.lever_unanimity >= 0.5)
    jointly = (member * w.has_next_seat).any(axis=0) * logistic(case)
    able = unless_imposed(w.lever_alone, w.domestic_clock > alone) * w.has_next_seat * ~member * w.is_sender
    lone = able * logistic(w.sponsor_case)
    guess = 1.0 - (1.0 - jointly) * (1.0 - lone).prod(axis=0)
    tabling = np.where(wait <= listed, (w.is_lead > 0).any(axis=0), guess)
    w.chance_of_motion[...] = tabling * (1.0 - np.abs(2.0 * w.winning_chance - 1.0))


@rule(
    "senders.session_over",
    "After a session nobody reckons with a motion for some months.",
    claims=("PRS-09",), accounts=ALL, phase="bookkeeping", when="session",
    writes=("chance_of_motion",),
)  # fmt: skip
def session_over(w: Fields, now: Moment) -> None:
    """PRS-09: each attempt had to be made anew. Limits: acts at the end of the month of the session."""
    w.chance_of_motion[...] = 0.0
