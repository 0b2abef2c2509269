"""Trade privileges on condition: bill of the legislature, condition and answer of the executive, permanent status."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import real
from demarche.rules.kit.codes import SURE, codes_of
from demarche.rules.kit.links import factor, log_odds
from demarche.rules.kit.rates import base_utility

PASS, VAGUE, EXPLICIT, ENFORCE, PERMANENT = 1, 1, 2, 1, 1
EVENT = codes_of("tariff_event")
ANSWER = codes_of("condition_event")
SANCTION = codes_of("sanction_event")
LAST = Parameter("last", 2.0, 1.0, 4.0, "months", "months before its date in which a condition presses",
                 "releases of 1990-94 came one to two months before the renewal")  # fmt: skip


def _of_critic(values: Array, is_critic: Array) -> Array:
    """Return the leading critic's entry of a state field, `(n_runs,)`."""
    part: Array = (values * is_critic).sum(axis=0)
    return part


@rule(
    "senders.legislature_presses",
    "Before a renewal the legislature of the leading critic may pass conditions, the more so under a strong clock.",
    claims=("PRS-05", "PRS-13"), accounts=ALL, phase="weighing", when="tariff_deadline-5", rows="senders",
    reads=("domestic_clock", "is_permanent"), writes=("pass_bill_utility",), rates=("tariff_bill",),
)  # fmt: skip
def legislature_presses(w: Fields, now: Moment, *, tariff_bill: Array) -> None:
    """Limits: none once privileges are permanent."""
    chance = np.clip(tariff_bill * w.domestic_clock, 0.0, 1.0)
    base = base_utility(now.temperature("pass_bill"), chance, 1.0 - chance)
    w.pass_bill_utility[PASS] += base - SURE * w.is_permanent


@rule(
    "senders.bill_passed",
    "A bill that is passed stands until the renewal.",
    claims=("PRS-13",), accounts=ALL, phase="acting", when="tariff_deadline-5", rows="senders",
    reads=("pass_bill_choice", "is_critic"), writes=("bill_pending", "tariff_event"),
)  # fmt: skip
def bill_passed(w: Fields, now: Moment) -> None:
    """Limits: the executive may still renew without conditions."""
    w.bill_pending[...] = _of_critic(w.pass_bill_choice == PASS, w.is_critic)
    w.tariff_event[w.bill_pending > 0] = EVENT["bill"]


@rule(
    "senders.executive_conditions",
    "The executive makes the renewal conditional in some years, vaguely rather than explicitly; a bill presses it.",
    claims=("PRS-19", "PRS-13"), accounts=ALL, phase="weighing", when="tariff_deadline-4", rows="senders",
    reads=("bill_pending", "is_permanent", "business_pull", "lever_tariff"), writes=("set_condition_utility",),
    rates=("tariff_condition",),
    parameters=(
        Parameter("explicit", 0.33, 0.15, 0.5, "share", "conditions that are explicit",
                  "base rates: none, vague, explicit in falling order; assumption"),
        Parameter("bill", 2.0, 1.0, 4.0, "odds ratio", "a condition under a bill, against none", "assumption"),
        Parameter("business", 2.0, 1.0, 4.0, "odds ratio", "no condition under full pull of business",
                  "TGT-23; assumption"),
    ),
)  # fmt: skip
def executive_conditions(
    w: Fields, now: Moment, *, tariff_condition: Array, explicit: Array, bill: Array, business: Array,
) -> None:
    """Limits: an arm may impose none, a vague or an explicit condition; none once privileges are permanent."""
    tau, height = now.temperature("set_condition"), w.lever_tariff
    push = log_odds(tau, bill, w.bill_pending) - log_odds(tau, business, w.business_pull) - SURE * w.is_permanent
    for place, share in ((VAGUE, 1.0 - explicit), (EXPLICIT, explicit)):
        w.set_condition_utility[place] += base_utility(tau, tariff_condition * share, 1.0 - tariff_condition) + push
        wanted = real(np.round(2.0 * height) == place)
        w.set_condition_utility[place] += np.where(np.isnan(height), 0.0, SURE * (2.0 * wanted - 1.0))


@rule(
    "senders.condition_set",
    "The condition stands until the date of renewal.",
    claims=("PRS-19",), accounts=ALL, phase="acting", when="tariff_deadline-4", rows="senders",
    reads=("set_condition_choice", "is_critic"), writes=("condition_height", "tariff_event"),
)  # fmt: skip
def condition_set(w: Fields, now: Moment) -> None:
    """Limits: one condition at a time; codes of the event are those of the options."""
    chosen = _of_critic(np.maximum(w.set_condition_choice, 0), w.is_critic)
    w.condition_height[...] = 0.5 * chosen
    w.tariff_event[...] = chosen


@rule(
    "senders.condition_presses",
    "Near its date a condition presses by the belief that it would be enforced; a bill presses as a vague one does.",
    claims=("PRS-19", "PRS-08"), accounts=ALL, phase="acting",
    reads=("condition_height", "bill_pending", "threat_credibility", "is_permanent"),
    writes=("trade_condition", "condition_explicit"), calendar=("tariff_deadline",), parameters=(LAST,),
    after=("senders.condition_set", "senders.bill_passed"),
)  # fmt: skip
def condition_presses(w: Fields, now: Moment, *, last: Array) -> None:
    """Limits: silent beyond those months, and once privileges are permanent."""
    near = (now.months_to("tariff_deadline") <= last) * (1.0 - w.is_permanent) * w.threat_credibility
    stands = np.maximum(w.condition_height > 0, w.bill_pending)
    w.trade_condition[...] = near * stands
    w.condition_explicit[...] = near * (w.condition_height > 0.5)


@rule(
    "senders.condition_falls_due",
    "An explicit condition that was not met at its date, by what its own asks brought, asks for an answer.",
    claims=("PRS-13",), accounts=ALL, phase="weighing", when="tariff_deadline", rows="senders",
    reads=("condition_height", "yield_persons", "yield_issue", "is_critic", "is_permanent"),
    writes=("answers_condition",),
    parameters=(Parameter("enough", 0.8, 0.4, 1.0, "share", "remembered yield of own asks that meets it",
                          "assumption: four fifths"),),
)  # fmt: skip
def condition_falls_due(w: Fields, now: Moment, *, enough: Array) -> None:
    """Limits: vague conditions fall due for nobody."""
    given = np.maximum(w.yield_persons, w.yield_issue.max(axis=1))
    unmet = (w.condition_height > 0.5) & (given < enough) & (w.is_permanent == 0)
    w.answers_condition[...] = w.is_critic * unmet


@rule(
    "senders.executive_enforces",
    "An unmet condition is enforced seldom, more often under a bill, less where business is at stake.",
    claims=("PRS-13", "TGT-23"), accounts=ALL, phase="weighing", when="tariff_deadline", rows="senders",
    reads=("bill_pending", "business_pull"), writes=("answer_condition_utility",), rates=("tariff_enforce",),
    parameters=(
        Parameter("bill", 2.0, 1.0, 4.0, "odds ratio", "enforcing under a bill, against none", "assumption"),
        Parameter("business", 2.0, 1.0, 4.0, "odds ratio", "waiving under full pull of business", "TGT-23; assumption"),
    ),
)  # fmt: skip
def executive_enforces(w: Fields, now: Moment, *, tariff_enforce: Array, bill: Array, business: Array) -> None:
    """Limits: nobody but the leading critic has such a condition."""
    tau = now.temperature("answer_condition")
    w.answer_condition_utility[ENFORCE] += base_utility(tau, tariff_enforce, 1.0 - tariff_enforce)
    w.answer_condition_utility[ENFORCE] += log_odds(tau, bill, w.bill_pending)
    w.answer_condition_utility[ENFORCE] -= log_odds(tau, business, w.business_pull)


@rule(
    "senders.condition_answered",
    "A waiver of an unmet condition spends the threat; enforcing it renews the belief and costs trade.",
    claims=("PRS-13",), accounts=ALL, phase="learning", when="tariff_deadline", rows="senders",
    reads=("answer_condition_choice", "answers_condition", "condition_height", "threat_credibility"),
    writes=("threat_credibility_change", "condition_event", "sanction_kind"), links=("waiver_credibility",),
)  # fmt: skip
def condition_answered(w: Fields, now: Moment, *, waiver_credibility: Array) -> None:
    """Limits: silent for vague conditions."""
    due = w.answers_condition.any(axis=0)
    enforces = (w.answer_condition_choice == ENFORCE) * w.answers_condition
    enforced = enforces.any(axis=0)
    waived = due & ~enforced
    spent = w.threat_credibility * (factor(waiver_credibility, waived) - 1.0)
    w.threat_credibility_change += np.where(enforced, 1.0 - w.threat_credibility, spent)
    w.sanction_kind[...] = np.maximum(w.sanction_kind, SANCTION["trade"] * enforces)
    w.condition_event[...] = np.where(w.condition_height > 0.5, ANSWER["met"], 0)
    w.condition_event[waived] = ANSWER["waived"]
    w.condition_event[enforced] = ANSWER["enforced"]


@rule(
    "senders.status_made_permanent",
    "The legislature may make privileges permanent, as a rule with entry into the trade organisation.",
    claims=("PRS-14", "PRS-15"), accounts=ALL, phase="weighing", when="year", rows="senders",
    reads=("in_trade_organisation",), writes=("make_permanent_utility",), rates=("tariff_permanent",),
    parameters=(Parameter("accession", 50.0, 10.0, 200.0, "odds ratio", "after accession, against before",
                          "PRS-14: part of the agreement; assumption"),),
)  # fmt: skip
def status_made_permanent(w: Fields, now: Moment, *, tariff_permanent: Array, accession: Array) -> None:
    """Limits: before accession hardly ever."""
    tau = now.temperature("make_permanent")
    w.make_permanent_utility[PERMANENT] += base_utility(tau, tariff_permanent, 1.0 - tariff_permanent)
    w.make_permanent_utility[PERMANENT] += log_odds(tau, accession, w.in_trade_organisation)


@rule(
    "senders.permanent_status",
    "Permanent status ends the yearly leverage; reports do not replace it.",
    claims=("PRS-14", "PRS-15", "PRS-21"), accounts=ALL, phase="acting", when="year", rows="senders",
    reads=("make_permanent_choice", "is_critic"), writes=("is_permanent", "tariff_event"),
)  # fmt: skip
def permanent_status(w: Fields, now: Moment) -> None:
    """Limits: it cannot be taken back."""
    given = _of_critic(w.make_permanent_choice == PERMANENT, w.is_critic)
    w.tariff_event[given > w.is_permanent] = EVENT["permanent"]
    w.is_permanent[...] = np.maximum(w.is_permanent, given)
