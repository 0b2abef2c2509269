"""Talks against motions as the focal state bargains: whom it offers talks, on what terms, and when they begin."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array, cells
from demarche.rules.catalogue.senders.talks import LISTED, SEASON
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import by_run, log_of, real
from demarche.rules.kit.codes import SURE, codes_of
from demarche.rules.kit.rates import base_utility, monthly
from demarche.rules.kit.settings import imposed

TALKS, CONTRACT = 1, 2
EVENT = codes_of("dialogue_event")
TERMS = ("term_agenda", "term_secrecy", "term_ngo_seat", "term_conditions")
LEVERS = ("lever_agenda", "lever_secrecy", "lever_ngo_seat", "lever_conditions")
Rows = NDArray[np.intp]
PRICE = 0.5  # of talks and terms as concessions, in that of a person's release


@rule(
    "focal.considers_offers",
    "The focal state considers talks once a quarter, at once where somebody asked, and each month before a close vote.",
    claims=("DLG-06", "DLG-11", "DLG-12"), accounts=ALL, phase="answer_weighing", when="quarter", rows="senders",
    reads=("lacks_talks",), writes=("may_be_offered",),
    parameters=(Parameter("quarter", 3.0, 3.0, 3.0, "months", "months of a quarter", "calendar", "constant"),),
)  # fmt: skip
def considers_offers(w: Fields, now: Moment, *, quarter: Array) -> None:
    """A quarter holds three months of its rate. Limits: nobody with running talks."""
    w.may_be_offered[...] = quarter * w.lacks_talks


@rule(
    "focal.offers_now_and_then",
    "The focal state seldom offers talks unasked; what it broke off it offers again after a while.",
    claims=("DLG-06", "DLG-11", "DLG-05"), accounts=ALL, phase="answer_weighing", rows="senders",
    reads=("has_dialogue", "months_suspended", "has_pledge", "dialogue_offered", "business_pull", "may_be_offered"),
    writes=("offer_talks_utility",), rates=("dialogue_offer", "dialogue_resume"),
    after=("focal.considers_offers", "focal.offers_against_motions", "focal.grants_demands"),
    parameters=(
        Parameter("least", 6.0, 3.0, 12.0, "months", "months for which talks stay broken off at least",
                  "FIDH: broken off in April, resumed in December 1997; assumption"),
        Parameter("contract", 0.25, 0.05, 0.5, "share", "offers that come with a contract, at full pull of business",
                  "COA-13; contracts of 1997; assumption"),
        LISTED,
    ),
    calendar=("session",),
)  # fmt: skip
def offers_now_and_then(
    w: Fields, now: Moment, *, dialogue_offer: Array, dialogue_resume: Array, least: Array, contract: Array,
    listed: Array,
) -> None:
    """Limits: none between the list and the session, none while one stands, none to whom has pledged already."""
    at, wait = cells(w.may_be_offered), now.months_to("session")
    tau, runs, known = now.temperature("offer_talks")[at[1]], at[1], at.of(w.has_dialogue) > 0
    chance = at.of(w.may_be_offered) * np.where(known, monthly(dialogue_resume)[runs], monthly(dialogue_offer)[runs])
    barred = ((wait > 0) & (wait <= listed))[runs]
    barred |= known & (at.of(w.months_suspended) < least[runs])
    barred |= (at.of(w.has_pledge) > 0) | (at.of(w.dialogue_offered) > 0)
    share = np.clip(contract[runs] * at.of(w.business_pull), 0.0, 1.0)
    base = base_utility(tau, chance, 1.0 - chance) - SURE * real(barred)
    at.add_to(w.offer_talks_utility[TALKS], base + tau * log_of(1.0 - share))
    at.add_to(w.offer_talks_utility[CONTRACT], base + tau * log_of(share))


@rule(
    "focal.offers_against_motions",
    "Before a close session talks are offered to those who may sponsor, against staying out.",
    claims=("DLG-12", "DLG-06", "COA-13"), accounts=ALL, phase="answer_weighing", when="session-5..3", rows="senders",
    reads=("sponsor_case", "motion_margin", "seat_shift", "votes_so_far", "lacks_talks"),
    writes=("offer_talks_utility", "may_be_offered"), after=("focal.considers_offers",),
    parameters=(
        Parameter("ratio", 4.0, 2.0, 8.0, "odds ratio", "offers to a likely sponsor before a close vote",
                  "assumption: four times"),
        Parameter("close", 4.0, 2.0, 8.0, "votes", "expected margin that is close", "as senders.hopes.later"),
    ),
)  # fmt: skip
def offers_against_motions(w: Fields, now: Moment, *, ratio: Array, close: Array) -> None:
    """Limits: silent towards unlikely sponsors, and where the vote looks safe."""
    expected = np.abs(w.motion_margin - w.seat_shift) * (w.votes_so_far > 0)
    pressing = (expected < close) & (w.sponsor_case > 0.0) & (w.lacks_talks > 0)
    w.may_be_offered[pressing] = 1.0
    w.offer_talks_utility[TALKS:] += now.temperature("offer_talks") * np.log(ratio) * pressing


@rule(
    "focal.grants_demands",
    "A demand for talks is granted as a concession, sooner where it quotes the own pledges of the focal state.",
    claims=("DLG-06", "DLG-05", "DLG-30"), accounts=ALL, phase="answer_weighing", rows="senders",
    reads=("demand_open", "concession_push", "share_by_law"), writes=("offer_talks_utility", "may_be_offered"),
    after=("focal.considers_offers",),
    parameters=(
        Parameter("ratio", 10.0, 4.0, 25.0, "odds ratio", "offers to a government that asked, against one that did not",
                  "DLG-06: it yielded to the demand for about eleven tracks; assumption"),
        Parameter("pledged", 1.5, 1.0, 3.0, "odds ratio", "where all public words quote its own pledges and law",
                  "DLG-30; assumption"),
    ),
)  # fmt: skip
def grants_demands(w: Fields, now: Moment, *, ratio: Array, pledged: Array) -> None:
    """Whatever pushes concessions pushes this one at half the price. Limits: silent where nobody asked."""
    at = cells(w.demand_open)
    framed = np.log(ratio) + np.log(pledged) * w.share_by_law
    asked = now.temperature("offer_talks") * (framed + w.concession_push / PRICE)
    at.add_to(w.offer_talks_utility[TALKS], asked[at[1]])
    at.add_to(w.offer_talks_utility[CONTRACT], asked[at[1]])
    at.put_into(w.may_be_offered, 1.0)


@rule(
    "focal.grants_terms",
    "Open terms are seldom granted: agendas stay technical, talks secret, groups outside.",
    claims=("DLG-07", "DLG-10", "DLG-16"), accounts=ALL, phase="answer_weighing", rows="senders",
    reads=("concession_push", "terms_on_table"), writes=("grant_terms_utility",), rates=("dialogue_grant_term",),
)  # fmt: skip
def grants_terms(w: Fields, now: Moment, *, dialogue_grant_term: Array) -> None:
    """Whatever pushes concessions pushes this one at half the price. Limits: terms alike."""
    at, tau = cells(w.terms_on_table), now.temperature("grant_terms")
    push = base_utility(tau, dialogue_grant_term, 1.0 - dialogue_grant_term) + tau * w.concession_push / PRICE
    w.grant_terms_utility[:, *at] += push[at[1]]


@rule(
    "focal.talks_agreed",
    "An offer that is taken up starts talks; while positions on a motion are open it is a pledge to stay out instead.",
    claims=("DLG-03", "DLG-06", "DLG-11", "DLG-15"), accounts=ALL, phase="answering", rows="senders",
    reads=("accept_talks_choice",),
    writes=("dialogue_offered", "has_pledge", "has_dialogue", "dialogue_suspended", "dialogue_event", "favour",
            "resumption_booked", "demand_open"),
    calendar=("session",), links=("resumption_credit",),
    parameters=(SEASON, LISTED, Parameter("contract", 0.8, 0.3, 1.0, "share", "reward that a contract is",
                                          "as focal.answers_to_sponsors; assumption")),
)  # fmt: skip
def talks_agreed(
    w: Fields, now: Moment, *, resumption_credit: Array, season: Array, listed: Array, contract: Array,
) -> None:
    """Resumption has a price: a pledge for the next session. Limits: an offer stands for one month."""
    states, runs = cells(w.dialogue_offered)
    accepted, known = w.accept_talks_choice[states, runs] == 1, w.has_dialogue[states, runs] > 0
    wait = now.months_to("session")
    pledges = accepted & ((wait <= season) & (wait >= listed))[runs]
    begins = accepted & ~pledges
    event = np.where(accepted, np.where(known, EVENT["resumed"], EVENT["started"]), EVENT["declined"])
    w.dialogue_event[states, runs] = np.where(pledges, EVENT["pledged"], event)
    w.has_pledge[states, runs] = np.maximum(w.has_pledge[states, runs], pledges | (begins & known))
    sweet = contract[runs] * accepted * (w.dialogue_offered[states, runs] > TALKS)
    w.favour[states, runs] = np.maximum(w.favour[states, runs], sweet)
    _begin(w, states[begins], runs[begins], resumption_credit)
    w.dialogue_offered[states, runs] = 0.0


@rule(
    "focal.pledges_settled",
    "At the session a pledge that was kept starts or resumes talks; one that was broken does not.",
    claims=("DLG-03", "DLG-11", "DLG-15"), accounts=ALL, phase="answering", when="session", rows="senders",
    reads=("is_sponsor",),
    writes=("has_pledge", "has_dialogue", "dialogue_suspended", "dialogue_event", "resumption_booked", "demand_open"),
    links=("resumption_credit",), after=("focal.talks_agreed", "focal.talks_suspended"),
)  # fmt: skip
def pledges_settled(w: Fields, now: Moment, *, resumption_credit: Array) -> None:
    """Limits: talks that run already go on."""
    states, runs = cells(w.has_pledge)
    sponsors, known = w.is_sponsor[states, runs] > 0, w.has_dialogue[states, runs] > 0
    waits = ~sponsors & (~known | (w.dialogue_suspended[states, runs] > 0))
    began = np.where(known, EVENT["resumed"], EVENT["started"])
    w.dialogue_event[states, runs] = np.where(waits, began, EVENT["pledge_kept"])
    w.dialogue_event[states[sponsors], runs[sponsors]] = EVENT["pledge_broken"]
    _begin(w, states[waits], runs[waits], resumption_credit)
    w.has_pledge[...] = 0.0


def _begin(w: Fields, states: Rows, runs: Rows, credit: Array) -> None:
    """Start or resume talks; a resumption is booked by the sender as a share of a real concession."""
    w.resumption_booked[states, runs] = credit[runs] * w.has_dialogue[states, runs]
    w.has_dialogue[states, runs] = 1.0
    w.dialogue_suspended[states, runs] = 0.0
    w.demand_open[states, runs] = 0.0


@rule(
    "focal.terms_settled",
    "Talks run on the terms that were asked for and granted.",
    claims=("DLG-07", "DLG-10", "DLG-17", "DLG-28"), accounts=ALL, phase="answering", rows="senders",
    reads=("grant_terms_choice", "ask_terms_choice", "terms_on_table"), writes=(*TERMS, "terms_granted"),
)  # fmt: skip
def terms_settled(w: Fields, now: Moment) -> None:
    """Limits: terms stay as they were until they are bargained anew."""
    at = cells(w.terms_on_table)
    granted = ((w.ask_terms_choice > 0) & (w.grant_terms_choice > 0))[:, *at]
    w.terms_granted += by_run(now.n_runs, at[1], granted.sum(axis=0))
    topics, published, seat, progress = granted
    at.put_into(w.term_agenda, topics)
    at.put_into(w.term_secrecy, ~published)
    at.put_into(w.term_ngo_seat, seat)
    at.put_into(w.term_conditions, progress)


@rule(
    "focal.terms_imposed",
    "Terms that an arm insists on are the terms of its senders' talks.",
    claims=("DLG-17", "DLG-28", "DLG-29"), accounts=ALL, phase="answering", rows="senders",
    reads=("has_dialogue", *LEVERS), writes=TERMS, after=("focal.terms_settled", "focal.pledges_settled"),
)  # fmt: skip
def terms_imposed(w: Fields, now: Moment) -> None:
    """Limits: silent where the levers are free; the price is paid in rounds that do not take place."""
    w.term_agenda[...] = _imposed(w.term_agenda, w.has_dialogue, w.lever_agenda)
    w.term_secrecy[...] = _imposed(w.term_secrecy, w.has_dialogue, w.lever_secrecy)
    w.term_ngo_seat[...] = _imposed(w.term_ngo_seat, w.has_dialogue, w.lever_ngo_seat)
    w.term_conditions[...] = _imposed(w.term_conditions, w.has_dialogue, w.lever_conditions)


def _imposed(term: Array, running: Array, lever: Array) -> Array:
    """Return a term with what arms impose on running talks."""
    held = imposed(lever)
    settled: Array = np.where(held & (running > 0), lever, term) if held.any() else term
    return settled


@rule(
    "focal.offers_laid",
    "What the focal state offers this month, a government may take up in the next.",
    claims=("DLG-06",), accounts=ALL, phase="answering", rows="senders", reads=("offer_talks_choice",),
    writes=("dialogue_offered", "demand_open", "offer_event", "may_be_offered"), after=("focal.talks_agreed",
    "focal.pledges_settled"),
)  # fmt: skip
def offers_laid(w: Fields, now: Moment) -> None:
    """Limits: an offer answers the demand, whether it is taken up or not."""
    at = cells(w.may_be_offered)
    offers = at.of(w.offer_talks_choice)
    at.put_into(w.offer_event, offers)
    at.put_into(w.dialogue_offered, offers)
    at.put_into(w.demand_open, at.of(w.demand_open) * (offers == 0))
    at.put_into(w.may_be_offered, 0.0)


@rule(
    "focal.arms_that_refuse",
    "An arm that refuses talks ends those that run.",
    claims=("DLG-03", "DLG-15"), accounts=ALL, phase="answering", rows="senders", reads=("lever_dialogue",),
    writes=("has_dialogue", "dialogue_suspended", "has_pledge"), after=("focal.pledges_settled",),
)  # fmt: skip
def arms_that_refuse(w: Fields, now: Moment) -> None:
    """Limits: silent where the lever is free or seeks talks."""
    ends = cells(w.lever_dialogue < 0)
    for what in (w.has_dialogue, w.dialogue_suspended, w.has_pledge):
        ends.put_into(what, 0.0)
