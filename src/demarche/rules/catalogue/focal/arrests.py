"""Arrests: whom the focal state detains, for the first time or again. No arrest follows from a release."""

from __future__ import annotations

import numpy as np

from demarche.arrays import REAL, Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import either, log_of, share_of
from demarche.rules.kit.codes import status
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import monthly, times
from demarche.rules.kit.rings import at_rows
from demarche.rules.kit.usual import usual

DETAIN = 1  # position in the options of the decision `detain`
KNOWN = Parameter("known", 60.0, 24.0, 120.0, "months", "months at liberty after which a person is no longer followed",
                  "assumption: five years", shared_as="focal.roll_call")  # fmt: skip


@rule(
    "focal.arrests",
    "New persons are detained at a pace that keeps the number of prisoners; those let out may be taken again.",
    claims=("DOM-15", "TGT-03"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("person_status", "emergency"),
    writes=("detain_utility",),
    parameters=(
        KNOWN,
        Parameter("emergency", 3.0, 1.0, 6.0, "odds ratio", "odds of arrest under full emergency rule",
                  "DOM-15; assumption"),
    ),
    rates=("detain_stock", "detain_renewed", "answer_end_of_term", "answer_release"),
)  # fmt: skip
def arrests(
    w: Fields, now: Moment, *, known: Array, emergency: Array, detain_stock: Array, detain_renewed: Array,
    answer_end_of_term: Array, answer_release: Array,
) -> None:
    """First arrests replace at base rates what ends and does not come back, spread over the empty slots.

    Whether anybody is released in a run moves no arrest. Limits: no arrest without an empty slot.
    """
    empty = w.person_status == status("unknown")
    ended = detain_stock * (answer_end_of_term + answer_release) / 12.0
    arrivals = ended * np.power(1.0 - detain_renewed, known / 12.0)  # the others are those taken again
    first = times(share_of(arrivals, np.asarray(empty.sum(axis=0), dtype=REAL)), 1.0)
    again = monthly(detain_renewed)
    scale = now.temperature("detain")
    alarm = log_odds(scale, emergency, w.emergency)
    new, known_ones = scale * log_of(first / (1.0 - first)) + alarm, scale * log_of(again / (1.0 - again)) + alarm
    w.detain_utility[DETAIN] += either(empty, new, known_ones)


@rule(
    "focal.arrests_for_protest",
    "Protest on an issue is answered with arrests of those who stand for it, the more where silence costs nothing.",
    claims=("DOM-15", "DOM-32", "DOM-35", "PRS-28", "PRS-35"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("issue_protest", "belief_costless", "person_issue"),
    writes=("detain_utility",),
    parameters=(usual("issue_protest"), usual("belief_costless")),
    links=("protest_repression", "silence_licence"),
)  # fmt: skip
def arrests_for_protest(
    w: Fields, now: Moment, *, usual_issue_protest: Array, usual_belief_costless: Array, protest_repression: Array,
    silence_licence: Array,
) -> None:
    """Limits: silent at the usual protest and belief."""
    scale = now.temperature("detain")
    by_issue = log_odds(scale, protest_repression, w.issue_protest - usual_issue_protest)
    by_issue = by_issue + log_odds(scale, silence_licence, w.belief_costless - usual_belief_costless)
    w.detain_utility[DETAIN] += at_rows(by_issue, w.person_issue)


@rule(
    "focal.goods",
    "When few tradable names are left and an occasion is ahead, the famous are taken as goods to trade.",
    claims=("TGT-03",),
    accounts=ALL,
    phase="answer_weighing",
    reads=("person_is_detained", "person_fame", "next_visit", "is_permanent"),
    writes=("detain_utility",),
    calendar=("tariff_deadline", "summit", "bid_decision"),
    parameters=(
        Parameter("famous", 0.25, 0.1, 0.5, "share", "fame from which a person is worth trading",
                  "assumption: as for exile; half of all would never be short"),
        Parameter("enough", 10.0, 5.0, 20.0, "persons", "tradable persons detained that are enough", "assumption: ten"),
    ),
    links=("prisoners_as_goods",),
)  # fmt: skip
def goods(w: Fields, now: Moment, *, famous: Array, enough: Array, prisoners_as_goods: Array) -> None:
    """Renewal of tariffs is an occasion until they are permanent.

    Limits: silent with enough names in stock, and with no occasion within half a year.
    """
    half_a_year = 0.5 * 12.0
    dated = min(now.months_to("summit"), now.months_to("bid_decision")) <= half_a_year
    renewal = (now.months_to("tariff_deadline") <= half_a_year) * (w.is_permanent == 0.0)
    ahead = dated | renewal | (w.next_visit <= now.step + half_a_year).any(axis=0)
    if ahead.any():
        tradable = w.person_fame >= famous
        short = np.maximum(1.0 - (tradable * w.person_is_detained).sum(axis=0) / enough, 0.0) * ahead
        w.detain_utility[DETAIN] += log_odds(now.temperature("detain"), prisoners_as_goods, short) * tradable


@rule(
    "focal.contacts",
    "Who was met or named abroad is taken again as an answer to an affront, or is shielded by who came to see.",
    claims=("TGT-01", "NGO-29", "PRS-36"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("person_status", "person_contact", "person_named", "person_presence"),
    writes=("detain_utility",),
    links=("affront_detention", "presence_risk"),
)
def contacts(w: Fields, now: Moment, *, affront_detention: Array, presence_risk: Array) -> None:
    """Named counts for half a year, as a meeting does. Limits: acts on known persons at liberty."""
    scale = now.temperature("detain")
    met, named = w.person_contact >= now.step, w.person_named > now.step + 0.5 * 12.0
    for link, stirred in ((affront_detention, met | named), (presence_risk, w.person_presence >= now.step)):
        who = cells(stirred & (w.person_status == status("at_liberty")))
        who.add_to(w.detain_utility[DETAIN], log_odds(scale, link, 1.0)[who[1]])
