"""Rounds of talks: when they are due, whether they take place, when talks are broken off, and who is left without."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.catalogue.senders.talks import openness
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.codes import codes_of
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.talks import talks_on

HOLD, SUSPEND = 1, 1
EVENT = codes_of("dialogue_event")
DISPUTE, MOTION = 1, 2  # values of `suspension_cause`
DOZEN = 12.0


@rule(
    "focal.rounds_due",
    "Running talks are due for a round every half year.",
    claims=("DLG-04", "DLG-06"), accounts=ALL, phase="weighing", rows="senders",
    reads=("has_dialogue", "dialogue_suspended", "dialogue_months"), writes=("round_due",),
    parameters=(Parameter("interval", 6.0, 4.0, 12.0, "months", "months from round to round",
                          "record: one partner twice a year, others about once"),),
)  # fmt: skip
def rounds_due(w: Fields, now: Moment, *, interval: Array) -> None:
    """The first lies half an interval after the start. Limits: a round that falls through is not made up for."""
    at, every = cells(w.has_dialogue), np.round(interval)
    months, every = at.of(w.dialogue_months) + np.round(0.5 * interval)[at[1]], every[at[1]]
    turns = months == np.floor(months / every) * every  # in a fifth of the time of a remainder
    w.round_due[...] = 0.0
    at.put_into(w.round_due, turns & (talks_on(at.of(w.has_dialogue), at.of(w.dialogue_suspended)) > 0.0))


@rule(
    "focal.holds_rounds",
    "The focal state lets a due round take place, more seldom where terms are open and groups sit at the table.",
    claims=("DLG-10", "DLG-07", "DLG-04"), accounts=ALL, phase="weighing", rows="senders",
    reads=("term_agenda", "term_secrecy", "term_ngo_seat", "round_due"), writes=("hold_round_utility",),
    links=("open_terms_round",), rates=("dialogue_round",), after=("focal.rounds_due",),
)  # fmt: skip
def holds_rounds(w: Fields, now: Moment, *, open_terms_round: Array, dialogue_round: Array) -> None:
    """Limits: the wish to please partners is in the base rate."""
    at, tau = cells(w.round_due), now.temperature("hold_round")
    opened = openness(at.of(w.term_agenda), at.of(w.term_secrecy), at.of(w.term_ngo_seat))
    at.add_to(w.hold_round_utility[HOLD], base_utility(tau, dialogue_round, 1.0 - dialogue_round)[at[1]])
    at.add_to(w.hold_round_utility[HOLD], log_odds(tau, open_terms_round, 1.0)[at[1]] * opened)


@rule(
    "focal.rounds_held",
    "A round takes place if the focal state lets it and the sender thinks that it was earned.",
    claims=("DLG-29",), accounts=ALL, phase="coordinating", rows="senders",
    reads=("hold_round_choice", "round_due", "term_conditions", "yield_persons", "yield_issue", "results_booked"),
    writes=("round_held", "dialogue_event"), draws=("earned",),
)  # fmt: skip
def rounds_held(w: Fields, now: Moment) -> None:
    """Under conditions a sender does without a round in proportion to what it got of its own.
    Limits: silent without conditions.
    """
    at = cells(w.round_due)
    yields = np.maximum(at.of(w.yield_persons), at.across(w.yield_issue).max(axis=0))
    missing = 1.0 - np.maximum(yields, at.of(w.results_booked))
    earned = now.draw_cells("earned", "state", at) >= at.of(w.term_conditions) * missing
    held = (at.of(w.hold_round_choice) == HOLD) & earned
    at.put_into(w.round_held, held)
    at.put_into(w.dialogue_event, np.where(held, EVENT["round"], EVENT["cancelled"]))


@rule(
    "focal.causes_to_break_off",
    "Sponsoring a motion, a broken pledge, or a dispute over something else is a cause to break off talks.",
    claims=("DLG-11",), accounts=ALL, phase="answer_weighing", rows="senders",
    reads=("has_dialogue", "dialogue_suspended", "is_sponsor"), writes=("suspension_cause",),
    calendar=("session", "security_shock"),
)  # fmt: skip
def causes_to_break_off(w: Fields, now: Moment) -> None:
    """Limits: only talks that run can be broken off."""
    w.suspension_cause[...] = 0.0
    if now.is_on("session") or now.is_on("security_shock"):
        running = talks_on(w.has_dialogue, w.dialogue_suspended)
        motion = MOTION * now.is_on("session") * w.is_sponsor
        w.suspension_cause[...] = running * np.maximum(motion, DISPUTE * now.actors("security_shock"))


@rule(
    "focal.breaks_off",
    "With cause the focal state often breaks talks off; those of many years are spared, or used all the same.",
    claims=("DLG-11", "DLG-04"), accounts=ALL, phase="answer_weighing", rows="senders",
    reads=("suspension_cause", "dialogue_months"), writes=("suspend_talks_utility",),
    rates=("dialogue_suspend", "dialogue_suspend_dispute"), links=("talks_endure",),
    parameters=(
        Parameter("established", 60.0, 24.0, 120.0, "months", "months of talks after which they are established",
                  "DLG-04: regular consultations; assumption: ten rounds"),
    ),
    after=("focal.causes_to_break_off",),
)  # fmt: skip
def breaks_off(
    w: Fields, now: Moment, *, dialogue_suspend: Array, dialogue_suspend_dispute: Array, talks_endure: Array,
    established: Array,
) -> None:
    """Base rates are those of talks in their first years. Limits: never without cause."""
    at = cells(w.suspension_cause)
    motion = at.of(w.suspension_cause) == MOTION
    chance = np.where(motion, dialogue_suspend[at[1]], dialogue_suspend_dispute[at[1]])
    tau = now.temperature("suspend_talks")[at[1]]
    years = np.minimum(at.of(w.dialogue_months) / established[at[1]], 1.0)
    push = base_utility(tau, chance, 1.0 - chance) + log_odds(tau, talks_endure[at[1]], years)
    at.add_to(w.suspend_talks_utility[SUSPEND], push)


@rule(
    "focal.talks_suspended",
    "Talks that are broken off stay so until they are offered and taken up again.",
    claims=("DLG-11",), accounts=ALL, phase="answering", rows="senders",
    reads=("suspend_talks_choice", "suspension_cause"),
    writes=("dialogue_suspended", "dialogue_event", "months_suspended", "has_pledge"),
    after=("focal.talks_agreed",),
)  # fmt: skip
def talks_suspended(w: Fields, now: Moment) -> None:
    """Over another dispute a pledge lapses as well. Limits: the months of talks count only while they run."""
    at = cells(w.suspend_talks_choice == SUSPEND)
    at = at.where(at.of(w.suspension_cause) > 0)
    at.put_into(w.dialogue_suspended, 1.0)
    at.put_into(w.dialogue_event, EVENT["suspended"])
    at.where(at.of(w.suspension_cause) == DISPUTE).put_into(w.has_pledge, 0.0)
    w.months_suspended[...] = (w.months_suspended + 1.0) * (w.dialogue_suspended > 0)


@rule(
    "focal.tracks_counted",
    "Running talks are counted and grow older; whoever has none may be offered some.",
    claims=("DLG-06",), accounts=ALL, phase="bookkeeping", rows="senders",
    reads=("has_dialogue", "dialogue_suspended", "is_sender"),
    writes=("dialogue_tracks", "dialogue_months", "lacks_talks"),
)  # fmt: skip
def tracks_counted(w: Fields, now: Moment) -> None:
    """Limits: every partner counts the same; a dozen is 1."""
    running = talks_on(w.has_dialogue, w.dialogue_suspended)
    w.dialogue_tracks[...] = np.minimum(running.sum(axis=0) / DOZEN, 1.0)
    w.dialogue_months += running
    w.lacks_talks[...] = w.is_sender * (1.0 - running)
