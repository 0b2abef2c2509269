"""Talks against motions as the focal state bargains: whom it offers talks, on what terms, and when they begin."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, Mask
from demarche.rules.catalogue.senders.talks import LISTED, SEASON
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.rates import base_utility, monthly
from demarche.rules.kit.settings import imposed

TALKS, CONTRACT = 1, 2
GRANT = 1
STARTED, RESUMED, DECLINED, PLEDGED, KEPT, BROKEN = 1, 4, 5, 6, 7, 8  # codes of `dialogue_event`
TERMS = ("term_agenda", "term_secrecy", "term_ngo_seat", "term_conditions")
LEVERS = ("lever_agenda", "lever_secrecy", "lever_ngo_seat", "lever_conditions")
SURE = 200.0  # utility beyond any doubt
PRICE = 0.5  # of talks and terms as concessions, in that of a person's release


@rule(
    "focal.offers_now_and_then",
    "The focal state seldom offers talks unasked; what it broke off it offers again after a while.",
    claims=("DLG-06", "DLG-11", "DLG-05"), accounts=ALL, phase="answer_weighing", rows="senders",
    reads=("has_dialogue", "months_suspended", "has_pledge", "dialogue_offered", "is_sender", "business_pull"),
    writes=("offer_talks_utility",), rates=("dialogue_offer", "dialogue_resume"),
    parameters=(
        Parameter("least", 6.0, 3.0, 12.0, "months", "months for which talks stay broken off at least",
                  "FIDH: broken off in April, resumed in December 1997; assumption"),
        Parameter("contract", 0.25, 0.05, 0.5, "share", "offers that come with a contract, at full pull of business",
                  "COA-13; contracts of 1997; assumption"),
    ),
)  # fmt: skip
def offers_now_and_then(
    w: Fields, now: Moment, *, dialogue_offer: Array, dialogue_resume: Array, least: Array, contract: Array,
) -> None:
    """Limits: no second offer while one stands, none to whom has pledged already."""
    tau = now.temperature("offer_talks")
    chance = monthly(np.where(w.has_dialogue > 0, dialogue_resume, dialogue_offer))
    barred = (w.months_suspended < least) * w.has_dialogue + w.has_pledge + (w.dialogue_offered > 0) + (w.is_sender == 0)
    base = base_utility(tau, chance, 1.0 - chance) - SURE * (barred > 0)
    dear = np.clip(contract * w.business_pull, np.exp(-SURE), 1.0)
    w.offer_talks_utility[TALKS] += base + tau * np.log(1.0 - contract * w.business_pull)
    w.offer_talks_utility[CONTRACT] += base + tau * np.log(dear)


@rule(
    "focal.offers_against_motions",
    "Before a close session talks are offered to those who may sponsor, against staying out.",
    claims=("DLG-12", "DLG-06", "COA-13"), accounts=ALL, phase="answer_weighing", rows="senders",
    reads=("sponsor_case", "motion_margin", "seat_shift", "votes_so_far"), writes=("offer_talks_utility",),
    calendar=("session",),
    parameters=(
        Parameter("ratio", 4.0, 2.0, 8.0, "odds ratio", "offers to a likely sponsor before a close vote", "S8; assumption"),
        Parameter("close", 4.0, 2.0, 8.0, "votes", "expected margin that is close", "S8; assumption"),
        SEASON, LISTED,
    ),
)  # fmt: skip
def offers_against_motions(
    w: Fields, now: Moment, *, ratio: Array, close: Array, season: Array, listed: Array,
) -> None:
    """Limits: silent outside the season, towards unlikely sponsors, and where the vote looks safe."""
    wait = now.months_to("session")
    expected = np.abs(w.motion_margin - w.seat_shift) * (w.votes_so_far > 0)
    pressing = (wait <= season) & (wait > listed) & (expected < close) & (w.sponsor_case > 0.0)
    w.offer_talks_utility[TALKS:] += now.temperature("offer_talks") * np.log(ratio) * pressing


@rule(
    "focal.grants_demands",
    "A demand for talks is granted as a concession.",
    claims=("DLG-06", "DLG-05"), accounts=ALL, phase="answer_weighing", rows="senders",
    reads=("demand_open", "concession_push"), writes=("offer_talks_utility",),
    parameters=(Parameter("ratio", 10.0, 4.0, 25.0, "odds ratio", "offers to a government that asked, against one that did not",
                          "DLG-06: it yielded to the demand for about eleven tracks; assumption"),),
)  # fmt: skip
def grants_demands(w: Fields, now: Moment, *, ratio: Array) -> None:
    """Whatever pushes concessions pushes this one at half the price. Limits: silent where nobody asked."""
    asked = np.log(ratio) + w.concession_push / PRICE
    w.offer_talks_utility[TALKS:] += now.temperature("offer_talks") * asked * w.demand_open


@rule(
    "focal.grants_terms",
    "Open terms are seldom granted: agendas stay technical, talks secret, groups outside.",
    claims=("DLG-07", "DLG-10", "DLG-16"), accounts=ALL, phase="answer_weighing", rows="senders",
    reads=("concession_push",), writes=("grant_term_utility",), rates=("dialogue_grant_term",),
)  # fmt: skip
def grants_terms(w: Fields, now: Moment, *, dialogue_grant_term: Array) -> None:
    """Whatever pushes concessions pushes this one at half the price. Limits: terms alike."""
    tau = now.temperature("grant_term")
    w.grant_term_utility[GRANT] += base_utility(tau, dialogue_grant_term, 1.0 - dialogue_grant_term)
    w.grant_term_utility[GRANT] += tau * w.concession_push / PRICE


@rule(
    "focal.talks_agreed",
    "An offer that is taken up starts talks; while positions on a motion are open it is a pledge to stay out instead.",
    claims=("DLG-03", "DLG-06", "DLG-11", "DLG-15"), accounts=ALL, phase="answering", rows="senders",
    reads=("accept_talks_choice",),
    writes=("dialogue_offered", "has_pledge", "has_dialogue", "dialogue_suspended", "dialogue_event", "favour",
            "resumption_booked", "demand_open"),
    calendar=("session",), links=("resumption_credit",),
    parameters=(SEASON, LISTED, Parameter("contract", 0.8, 0.3, 1.0, "share", "reward that a contract is",
                                          "as focal.rewards")),
)  # fmt: skip
def talks_agreed(
    w: Fields, now: Moment, *, resumption_credit: Array, season: Array, listed: Array, contract: Array,
) -> None:
    """Resumption has a price: a pledge for the next session. Limits: an offer stands for one month."""
    offered, accepts = w.dialogue_offered > 0, w.accept_talks_choice == 1
    accepted, known = offered & accepts, w.has_dialogue > 0
    wait = now.months_to("session")
    pledges = accepted & (wait <= season) & (wait >= listed)
    begins = accepted & ~pledges
    w.dialogue_event[offered] = DECLINED
    w.dialogue_event[begins] = np.where(known, RESUMED, STARTED)[begins]
    w.dialogue_event[pledges] = PLEDGED
    w.has_pledge[...] = np.maximum(w.has_pledge, pledges | (begins & known))
    np.maximum(w.favour, contract * accepted * (w.dialogue_offered > TALKS), out=w.favour)
    _begin(w, begins, resumption_credit)
    w.dialogue_offered[...] = 0.0


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
    pledged, sponsors = w.has_pledge > 0, w.is_sponsor > 0
    kept = pledged & ~sponsors
    waits = kept & ((w.has_dialogue == 0) | (w.dialogue_suspended > 0))
    w.dialogue_event[pledged & sponsors] = BROKEN
    w.dialogue_event[kept] = KEPT
    w.dialogue_event[waits] = np.where(w.has_dialogue > 0, RESUMED, STARTED)[waits]
    _begin(w, waits, resumption_credit)
    w.has_pledge[...] = 0.0


def _begin(w: Fields, where: Array, credit: Array) -> None:
    """Start or resume talks; a resumption is booked by the sender as a share of a real concession."""
    w.resumption_booked[...] = np.maximum(w.resumption_booked, credit * where * (w.has_dialogue > 0))
    w.has_dialogue[where] = 1.0
    w.dialogue_suspended[where] = 0.0
    w.demand_open[where] = 0.0


@rule(
    "focal.terms_settled",
    "Talks run on the terms that were asked and granted; terms that an arm insists on are imposed.",
    claims=("DLG-07", "DLG-10", "DLG-17", "DLG-28"), accounts=ALL, phase="answering", rows="senders",
    reads=("grant_term_choice", "term_asked", "has_dialogue", *LEVERS), writes=(*TERMS, "terms_granted"),
)  # fmt: skip
def terms_settled(w: Fields, now: Moment) -> None:
    """Limits: terms stay as they were until they are bargained anew."""
    asked, running = w.term_asked > 0, w.has_dialogue > 0
    granted = asked & (w.grant_term_choice == GRANT)
    bargained = asked.any(axis=1)
    w.terms_granted[...] = granted.sum(axis=(0, 1))
    w.term_agenda[...] = _settled(w.term_agenda, bargained, granted[:, 0], running, w.lever_agenda)
    w.term_secrecy[...] = _settled(w.term_secrecy, bargained, ~granted[:, 1], running, w.lever_secrecy)
    w.term_ngo_seat[...] = _settled(w.term_ngo_seat, bargained, granted[:, 2], running, w.lever_ngo_seat)
    w.term_conditions[...] = _settled(w.term_conditions, bargained, granted[:, 3], running, w.lever_conditions)


def _settled(term: Array, bargained: Mask, value: Mask, running: Mask, lever: Array) -> Array:
    """Return a term as it was bargained, or as an arm imposes it on running talks."""
    agreed = np.where(bargained, value, term)
    held = imposed(lever)
    settled: Array = np.where(held & running, lever, agreed) if held.any() else agreed
    return settled


@rule(
    "focal.offers_laid",
    "What the focal state offers this month, a government may take up in the next.",
    claims=("DLG-06",), accounts=ALL, phase="answering", rows="senders", reads=("offer_talks_choice",),
    writes=("dialogue_offered", "demand_open", "offer_event"), after=("focal.talks_agreed", "focal.pledges_settled"),
)  # fmt: skip
def offers_laid(w: Fields, now: Moment) -> None:
    """Limits: an offer answers the demand, whether it is taken up or not."""
    offers = np.maximum(w.offer_talks_choice, 0)
    w.offer_event[...] = offers
    w.dialogue_offered[...] = offers
    w.demand_open *= offers == 0


@rule(
    "focal.arms_that_refuse",
    "An arm that refuses talks ends those that run.",
    claims=("DLG-03", "DLG-15"), accounts=ALL, phase="answering", rows="senders", reads=("lever_dialogue",),
    writes=("has_dialogue", "dialogue_suspended", "has_pledge"), after=("focal.pledges_settled",),
)  # fmt: skip
def arms_that_refuse(w: Fields, now: Moment) -> None:
    """Limits: silent where the lever is free or seeks talks."""
    stays = w.lever_dialogue >= 0
    w.has_dialogue *= stays
    w.dialogue_suspended *= stays
    w.has_pledge *= stays
