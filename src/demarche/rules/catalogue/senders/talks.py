"""Talks as senders see them: asking for them, taking them up, the terms they ask for, and what rounds bring."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import log_of, real
from demarche.rules.kit.codes import SURE
from demarche.rules.kit.rates import base_utility, quarterly
from demarche.rules.kit.settings import barred
from demarche.world.decisions.senders import POSITIONS

YES = 1  # position of demanding, accepting and asking in the options of their decisions
DEMANDED = 1
LEVERS = ("lever_agenda", "lever_secrecy", "lever_ngo_seat", "lever_conditions")
SEASON = Parameter("season", 5.0, 3.0, 8.0, "months",
                   "months before a session in which talks are one bargain with a motion",
                   "positions form then; assumption", "constant", "senders.motion_or_talks")  # fmt: skip
LISTED = Parameter("listed", 2.0, 1.0, 3.0, "months", "months before a session in which the list binds",
                   "the decision `sponsor`", "constant", "senders.motion_or_talks")  # fmt: skip


@rule(
    "senders.demands_talks",
    "Governments that want to raise rights ask now and then for official talks.",
    claims=("DLG-06", "DLG-22"), accounts=ALL, phase="weighing", when="quarter", rows="senders",
    reads=("sender_will", "lever_dialogue", "demand_open"), writes=("demand_talks_utility",),
    rates=("dialogue_demand",),
    parameters=(Parameter("usual", 0.4, 0.2, 0.8, "share", "will at which the base rate holds",
                          "assumption: will of a middling sponsor"),),
)  # fmt: skip
def demands_talks(w: Fields, now: Moment, *, dialogue_demand: Array, usual: Array) -> None:
    """Limits: none without will; an open demand is not repeated; an arm may have senders seek or refuse talks."""
    tau = now.temperature("demand_talks")
    chance = quarterly(dialogue_demand)
    base = base_utility(tau, chance, 1.0 - chance)
    willing = tau * log_of(w.sender_will / usual)
    w.demand_talks_utility[YES] += base + willing + SURE * (2.0 * w.lever_dialogue - 2.0 * w.demand_open)


@rule(
    "senders.demands_made",
    "A demand for talks stands until the focal state answers it.",
    claims=("DLG-06",), accounts=ALL, phase="acting", when="quarter", rows="senders",
    reads=("demand_talks_choice", "lacks_talks"),
    writes=("demand_open", "demand_event"),
)  # fmt: skip
def demands_made(w: Fields, now: Moment) -> None:
    """Limits: a demand lapses once talks run."""
    asked = (w.demand_talks_choice == YES) & (w.lacks_talks > 0)
    w.demand_event[...] = DEMANDED * asked
    w.demand_open[...] = np.maximum(w.demand_open, asked) * w.lacks_talks


@rule(
    "senders.value_of_talks",
    "A government takes up talks for results to show at home; a contract makes them sweeter.",
    claims=("DLG-22", "DLG-15", "TGT-23", "DLG-03"), accounts=ALL, phase="weighing", rows="senders",
    reads=("dialogue_offered", "results_booked", "business_pull", "lever_dialogue"), writes=("accept_talks_utility",),
    rates=("dialogue_accept",),
    parameters=(
        Parameter("need", 1.0, 0.3, 2.0, "log odds",
                  "case of a government with no results to show, against a full ledger",
                  "DLG-22: governments need to be seen acting; assumption"),
        Parameter("contract", 1.5, 0.5, 3.0, "log odds", "case of a contract under a full pull of business",
                  "COA-13; contracts of 1997; assumption"),
    ),
)  # fmt: skip
def value_of_talks(w: Fields, now: Moment, *, dialogue_accept: Array, need: Array, contract: Array) -> None:
    """Limits: an arm may have senders seek or refuse talks."""
    at = cells(w.dialogue_offered)
    tau, runs = now.temperature("accept_talks"), at[1]
    sweet = contract[runs] * (at.of(w.dialogue_offered) > 1) * at.of(w.business_pull)
    case = need[runs] * (0.5 - at.of(w.results_booked)) + sweet
    base = base_utility(tau, dialogue_accept, 1.0 - dialogue_accept)[runs]
    at.add_to(w.accept_talks_utility[YES], base + tau[runs] * case + SURE * at.of(w.lever_dialogue))


@rule(
    "senders.motion_or_talks",
    "Before a session, to take up talks is to give up the motion that one would else sponsor.",
    claims=("DLG-15", "DLG-12", "DLG-03"), accounts=ALL, phase="weighing", rows="senders",
    reads=("sponsor_case", "dialogue_offered"), writes=("accept_talks_utility",), calendar=("session",),
    parameters=(SEASON, LISTED),
)  # fmt: skip
def motion_or_talks(w: Fields, now: Moment, *, season: Array, listed: Array) -> None:
    """Limits: silent outside the months in which positions are formed."""
    wait = now.months_to("session")
    at = cells(w.dialogue_offered)
    open_now = now.temperature("accept_talks") * ((wait <= season) & (wait >= listed))
    at.add_to(w.accept_talks_utility[YES], -(open_now[at[1]] * at.of(w.sponsor_case)))


@rule(
    "senders.tracks_agreed",
    "Where senders agree on so many separate tracks, none enters into a further one.",
    claims=("DLG-08", "DLG-16"), accounts=ALL, phase="weighing", rows="senders",
    reads=("has_dialogue", "dialogue_offered", "lever_tracks"), writes=("accept_talks_utility",),
)  # fmt: skip
def tracks_agreed(w: Fields, now: Moment) -> None:
    """Tracks that run go on. Limits: several offers of one month may still pass together."""
    full = w.has_dialogue.sum(axis=0) >= w.lever_tracks
    at = cells(w.dialogue_offered * full)
    w.accept_talks_utility[YES, *at] += barred()


@rule(
    "senders.leaves_for_talks",
    "Who takes up talks while positions are formed withdraws its name.",
    claims=("DLG-03", "DLG-15"), accounts=ALL, phase="coordinating", when=POSITIONS, rows="senders",
    reads=("accept_talks_choice", "dialogue_offered", "sponsor_held"), writes=("sponsor_choice",),
)  # fmt: skip
def leaves_for_talks(w: Fields, now: Moment) -> None:
    """Limits: a seat that is held to sponsor does so."""
    accepted = (w.accept_talks_choice == YES) & (w.dialogue_offered > 0) & (w.sponsor_held < 0)
    w.sponsor_choice[accepted] = 0


@rule(
    "senders.terms_asked",
    "Some governments ask for open topics, publication, a seat for independent groups, or progress between rounds.",
    claims=("DLG-17", "DLG-28", "DLG-29"), accounts=ALL, phase="weighing", rows="senders",
    reads=(*LEVERS, "dialogue_offered"),
    writes=("ask_terms_utility",), rates=("dialogue_ask_term",),
)  # fmt: skip
def terms_asked(w: Fields, now: Moment, *, dialogue_ask_term: Array) -> None:
    """Limits: a term that an arm imposes is asked for in any case; secrecy is the term that publication is asked for
    against.
    """
    at = cells(w.dialogue_offered)
    base = base_utility(now.temperature("ask_terms"), dialogue_ask_term, 1.0 - dialogue_ask_term)
    for place, lever in enumerate((w.lever_agenda, w.lever_secrecy, w.lever_ngo_seat, w.lever_conditions)):
        at.add_to(w.ask_terms_utility[place], base[at[1]] + SURE * real(~np.isnan(at.of(lever))))


@rule(
    "senders.terms_laid",
    "What a government asks of talks that it takes up is laid before the focal state.",
    claims=("DLG-17", "DLG-07"), accounts=ALL, phase="acting", rows="senders",
    reads=("accept_talks_choice", "dialogue_offered"), writes=("terms_on_table",),
)  # fmt: skip
def terms_laid(w: Fields, now: Moment) -> None:
    """Limits: nothing is asked where talks are declined."""
    w.terms_on_table[...] = 0.0
    at = cells(w.dialogue_offered)
    at.put_into(w.terms_on_table, at.of(w.accept_talks_choice) == YES)


@rule(
    "senders.round_substance",
    "A round begins from formal statements; open terms give it substance.",
    claims=("DLG-14", "DLG-17", "DLG-21", "DLG-28"), accounts=ALL, phase="acting", rows="senders",
    reads=("round_held", "term_agenda", "term_secrecy", "term_ngo_seat"), writes=("dialogue_substance",),
    links=("open_terms_substance",),
    parameters=(Parameter("statements", 0.1, 0.0, 0.3, "share", "substance of formal statements alone",
                          "DLG-14, DLG-21; assumption"),),
)  # fmt: skip
def round_substance(w: Fields, now: Moment, *, open_terms_substance: Array, statements: Array) -> None:
    """Limits: the substance of the last round stays until the next."""
    at = cells(w.round_held)
    opened = openness(at.of(w.term_agenda), at.of(w.term_secrecy), at.of(w.term_ngo_seat))
    at.put_into(w.dialogue_substance, statements[at[1]])
    at.add_to(w.dialogue_substance, open_terms_substance[at[1]] * opened * (1.0 - statements[at[1]]))


@rule(
    "senders.results_fade",
    "Results that can be shown at home grow old.",
    claims=("DLG-22", "DLG-11"), accounts=ALL, phase="bookkeeping", rows="senders",
    reads=("resumption_booked", "round_held"), writes=("results_booked",),
    parameters=(
        Parameter("half_life", 36.0, 12.0, 60.0, "months", "half-life of a result", "as senders.yields_fade"),
        Parameter("round", 0.1, 0.0, 0.3, "share", "result that a round is taken for, whatever was said",
                  "DLG-22: talks give governments something to do; assumption"),
    ),
)  # fmt: skip
def results_fade(w: Fields, now: Moment, *, half_life: Array, round: Array) -> None:
    """Limits: a ledger between 0 and 1."""
    w.results_booked *= np.exp2(-1.0 / half_life)
    at = cells((w.resumption_booked > 0.0) | (w.round_held > 0.0))
    shown = np.minimum(at.of(w.resumption_booked) + at.of(w.round_held) * round[at[1]], 1.0)
    at.add_to(w.results_booked, shown * (1.0 - at.of(w.results_booked)))


def openness(agenda: Array, secrecy: Array, ngo_seat: Array) -> Array:
    """Return how open the terms are, the mean of three shares in [0, 1]."""
    mean: Array = np.mean((agenda, 1.0 - secrecy, ngo_seat), axis=0)
    return mean
