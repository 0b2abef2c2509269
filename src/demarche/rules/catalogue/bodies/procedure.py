"""Procedure of the charter body: a draft is tabled, somebody moves to take no action, else the text is voted on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array, Codes, Mask
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import fade, real
from demarche.rules.kit.codes import SURE, codes_of
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import base_utility

REJECTED, ADOPTED = 1, 2
FATE = codes_of("motion_event")
YES, NO = 0, 2
AGAINST_TEXT, FOR_TEXT = 0, 2
MOVE = 1


def count(choice: Codes, option: int, voting: Mask) -> NDArray[np.int64]:
    """Return how many voting states took an option, `(n_runs,)`; `voting` is boolean `(n_states, n_runs)`."""
    votes: NDArray[np.int64] = ((choice == option) & voting).sum(axis=0)
    return votes


@rule(
    "bodies.tabled",
    "A draft is tabled if a sponsor with a seat leads.",
    claims=("PRS-09",), accounts=ALL, phase="motion_weighing", when="session",
    reads=("is_lead", "has_seat", "is_present"), writes=("is_tabled", "votes_so_far"),
)  # fmt: skip
def tabled(w: Fields, now: Moment) -> None:
    """Limits: nothing is tabled without a lead that has a seat."""
    w.is_tabled[...] = (w.is_lead * w.has_seat * w.is_present).any(axis=0)
    w.votes_so_far += w.is_tabled


@rule(
    "bodies.movers",
    "A friend of the focal state, or that state itself, moves to take no action.",
    claims=("COA-02", "COA-12"), accounts=ALL, phase="motion_weighing", when="session",
    reads=("is_focal", "agree_focal", "target_status"), writes=("move_no_action_utility",),
    rates=("move_no_action_focal", "move_no_action_friend"), after=("bodies.tabled",),
    parameters=(Parameter("rank", 3.0, 1.0, 8.0, "odds ratio", "a friend moves for a state of full rank, against none",
                          "COA-12: a permanent seat gives the authority to marshal friends; assumption"),),
)  # fmt: skip
def movers(w: Fields, now: Moment, *, move_no_action_focal: Array, move_no_action_friend: Array, rank: Array) -> None:
    """COA-02: a caucus led by the focal state.
    Limits: states that agree with it in half of other votes or less never do.
    """
    tau = now.temperature("move_no_action")
    own = base_utility(tau, move_no_action_focal, 1.0 - move_no_action_focal)
    friend = base_utility(tau, move_no_action_friend, 1.0 - move_no_action_friend)
    friend = friend + log_odds(tau, rank, w.target_status)
    apart = SURE * real(w.agree_focal <= 0.5)
    w.move_no_action_utility[MOVE] += np.where(w.is_focal > 0, own, friend - apart)


@rule(
    "bodies.moved",
    "Where somebody moves to take no action, that is voted on first; else the text comes to the vote.",
    claims=("COA-02", "PRS-09"), accounts=ALL, phase="vote_weighing", when="session",
    reads=("move_no_action_choice", "is_tabled", "has_seat"), writes=("is_moved", "mover_event"),
)  # fmt: skip
def moved(w: Fields, now: Moment) -> None:
    """Limits: silent where nothing is tabled."""
    moving = (w.move_no_action_choice == now.index("move_no_action", "move")) & ((w.has_seat * w.is_tabled) > 0)
    w.mover_event[...] = moving
    w.is_moved[...] = moving.any(axis=0)


@rule(
    "bodies.motion",
    "The motion to take no action needs more yes than no: a tie defeats it.",
    claims=("PRS-09", "COA-02"), accounts=ALL, phase="text_weighing", when="session",
    reads=("has_seat", "is_present", "is_tabled", "is_moved", "vote_no_action_choice"),
    writes=("vote_event", "motion_event", "motion_margin", "text_open"),
)  # fmt: skip
def motion(w: Fields, now: Moment) -> None:
    """Limits: where nobody moves it the text comes to the vote, and the last margin stays."""
    choice, seated = w.vote_no_action_choice, (w.has_seat * w.is_present * w.is_moved) > 0
    margin = real(count(choice, YES, seated) - count(choice, NO, seated))
    is_moved, carried = w.is_moved > 0, margin > 0
    voted = np.where(carried, FATE["no_action_carried"], FATE["no_action_failed"])
    fate = np.where(is_moved, voted, FATE["no_action_not_moved"])
    w.vote_event[...] = (choice + 1) * seated
    w.motion_event[...] = np.where(w.is_tabled > 0, fate, FATE["not_tabled"])
    w.motion_margin[...] = np.where(is_moved, margin, w.motion_margin)
    w.text_open[...] = (w.is_tabled > 0) & ~(is_moved & carried)


@rule(
    "bodies.text_vote",
    "Where taking no action was refused, or nobody moved it, the text needs more yes than no.",
    claims=("PRS-09",), accounts=ALL, phase="un_bodies", when="session",
    reads=("has_seat", "is_present", "text_open", "vote_text_choice"), writes=("text_vote_event", "text_event"),
)  # fmt: skip
def text_vote(w: Fields, now: Moment) -> None:
    """Limits: silent where no text came to the vote."""
    voting = (w.has_seat * w.is_present * w.text_open) > 0
    choice = w.vote_text_choice
    adopted = count(choice, FOR_TEXT, voting) > count(choice, AGAINST_TEXT, voting)
    w.text_vote_event[...] = (choice + 1) * voting
    w.text_event[...] = np.where(w.text_open > 0, np.where(adopted, ADOPTED, REJECTED), 0)


@rule(
    "bodies.defeats_remembered",
    "Each sponsor remembers its own motions that were lost.",
    claims=("DLG-03",), accounts=ALL, phase="learning", when="session",
    reads=("is_sponsor", "is_tabled", "text_event"), writes=("own_defeats",),
    parameters=(Parameter("half_life", 48.0, 24.0, 96.0, "months", "half-life of the memory",
                          "assumption: about a legislature"),),
)  # fmt: skip
def defeats_remembered(w: Fields, now: Moment, *, half_life: Array) -> None:
    """DLG-03: repeated defeat. Limits: sessions lie about a year apart; an adopted text is no defeat."""
    fade(w.own_defeats, half_life / 12.0)
    w.own_defeats += w.is_sponsor * w.is_tabled * (w.text_event != ADOPTED)
