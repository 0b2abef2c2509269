"""Subjects: on which issue, or for whom, a sender speaks; and whether its patience on that subject is at an end."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, Spots, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import log_of
from demarche.rules.kit.asks import pairs, waiting
from demarche.rules.kit.rates import times
from demarche.rules.kit.sampling import one_of
from demarche.rules.kit.settings import barred, imposed

PRIVATE = 1  # position in the options of the decision `representation`


@rule(
    "senders.subject",
    "A word has one subject: named persons, or one issue, drawn by what issues weigh with whoever speaks.",
    claims=("PRS-10", "PRS-20", "SND-18", "NGO-01"),
    accounts=ALL,
    phase="subjects",
    rows="senders",
    reads=("representation_choice", "interest_in_persons", "yield_persons", "attention", "yield_issue",
           "foreign_interest"),
    writes=("speaks", "subject_persons", "subject_issue"),
    draws=("kind", "issue"),
    rates=("representation_of_person",),
)
def subject(w: Fields, now: Moment, *, representation_of_person: Array) -> None:
    """Weights of issues are attention times interest times one more than the own remembered yield.

    Limits: for those who speak.
    """
    who = cells(w.representation_choice > 0)
    interest = who.of(w.interest_in_persons) * (1.0 + who.of(w.yield_persons))
    persons = now.draw_cells("kind", "sender", who) < times(representation_of_person[who[1]], interest)
    weights = who.across(w.attention) * (1.0 + who.across(w.yield_issue)) * w.foreign_interest
    who.put_into(w.speaks, 1.0)
    who.put_into(w.subject_persons, persons)
    who.put_into(w.subject_issue, one_of(weights, now.draw_cells("issue", "sender", who)))


@rule(
    "senders.out_of_patience",
    "Who has asked in private too often without an answer, on this very subject, considers going public.",
    claims=("PRS-29", "PRS-30"),
    accounts=ALL,
    phase="subjects",
    rows="senders",
    reads=("representation_choice", "representation_utility", "subject_persons", "subject_issue", "patience",
           "lever_escalate_after", "lists_until", "lists_unheard", "issue_asked_until", "issue_unheard"),
    writes=("out_of_patience", "escalate_utility"),
    after=("senders.subject",),
    parameters=(
        Parameter("odds", 4.0, 1.0, 10.0, "odds ratio", "odds of a public word against a private one after that",
                  "PRS-29; assumption: ln 4 on the public options"),
        Parameter("upgrade", 0.1, 0.0, 0.5, "share", "part of those who escalate that meet whom the focal state shuns",
                  "PRS-30; assumption: one in ten"),
    ),
)  # fmt: skip
def out_of_patience(w: Fields, now: Moment, *, odds: Array, upgrade: Array) -> None:
    """Set the chance to go public so that, over both choices, the odds of public words are `odds` times as high.

    With a weight W of the public options and S of all that speak, the chance is (odds - 1) W / (S + (odds - 1) W).
    Limits: where an arm imposes escalation, its number of asks decides alone.
    """
    who = cells(w.representation_choice == PRIVATE)
    asked = _unheard(w, now, who)
    held = who.of(np.broadcast_to(imposed(w.lever_escalate_after), w.patience.shape))
    fed_up = asked >= np.where(held, who.of(w.lever_escalate_after), who.of(w.patience))
    who, held = who.where(fed_up), held[fed_up]
    runs = who[1]
    speaking = who.of_each(w.representation_utility[PRIVATE:])
    weights = np.exp((speaking - speaking.max(axis=0)) / now.temperature("representation")[runs])
    share = weights[1:].sum(axis=0) / weights.sum(axis=0)
    scale = now.temperature("escalate")[runs]
    going = np.where(held, -barred(), scale * log_of((odds[runs] - 1.0) * share))
    who.put_into(w.out_of_patience, 1.0)
    for option, part in (("go_public", 1.0 - upgrade), ("upgrade_contact", upgrade)):
        who.add_to(w.escalate_utility[now.index("escalate", option)], going + scale * log_of(part)[runs])


def _unheard(w: Fields, now: Moment, who: Spots) -> Array:
    """Return how often some asked in vain on the subject of this month `(n,)`: lists without an answer, or words."""
    lists = waiting(w.lists_until, w.lists_unheard, who, now.step)
    issues = who.of(w.subject_issue).astype(np.intp)
    on_issue = pairs(who[0], issues, w.issue_unheard.shape[1], who[1], now.n_runs)
    words = waiting(w.issue_asked_until, w.issue_unheard, on_issue, now.step)
    return np.where(who.of(w.subject_persons) > 0.0, lists, words)


@rule(
    "senders.route_of_names",
    "For named persons an arm may say whether words go in private or in public.",
    claims=("PRS-18", "PRS-20", "PRS-36"),
    accounts=ALL,
    phase="subjects",
    rows="senders",
    reads=("lever_names_route", "subject_persons", "representation_held"),
    writes=("representation_choice", "out_of_patience"),
    draws=("route",),
    after=("senders.out_of_patience",),
)
def route_of_names(w: Fields, now: Moment) -> None:
    """Who is held to a route has no patience to lose. Limits: silent where the lever is free; words on issues and
    bound choices stay as they are.
    """
    if imposed(w.lever_names_route).any():
        held = (w.subject_persons > 0.0) & ~np.isnan(w.lever_names_route) & (w.representation_held < 0)
        public = now.draw("route", "state") < w.lever_names_route
        w.representation_choice[...] = np.where(held, PRIVATE + public, w.representation_choice)
        w.out_of_patience[held] = 0.0


@rule(
    "senders.frames",
    "Most words are moral; some quote pledges and law, some interests, few give credit; neighbours may speak as such.",
    claims=("SND-07", "SND-09", "SND-11", "SND-12", "SND-13", "COA-17", "SND-19"),
    accounts=ALL,
    phase="subjects",
    rows="senders",
    reads=("speaks", "is_neighbour", "lever_acknowledge"),
    writes=("frame_utility",),
    after=("senders.subject",),
    parameters=(
        Parameter("interest", 0.1, 0.03, 0.2, "chance", "frame of interest", "SND-07; assumption"),
        Parameter("credit", 0.05, 0.01, 0.15, "chance", "credit for gains first, where an arm asks for none",
                  "SND-11; assumption"),
        Parameter("regional", 0.3, 0.1, 0.6, "chance", "regional voice of a neighbour", "COA-17; assumption"),
    ),
    rates=("frame_law_share",),
)  # fmt: skip
def frames(
    w: Fields, now: Moment, *, interest: Array, credit: Array, regional: Array, frame_law_share: Array
) -> None:
    """An arm that acknowledges gains raises credit first to its share. Limits: no learning of what works."""
    who, scale = cells(w.speaks), now.temperature("frame")
    first = times(credit + w.lever_acknowledge, 1.0)
    moral = 1.0 - interest - frame_law_share - credit
    chances = {
        "interest": interest, "law": frame_law_share, "credit_first": first * (1.0 - credit) / (1.0 - first),
    }  # fmt: skip
    for name, chance in chances.items():
        who.add_to(w.frame_utility[now.index("frame", name)], (scale * log_of(chance / moral))[who[1]])
    near = log_of((regional / moral)[who[1]] * w.is_neighbour[who[0], 0])
    who.add_to(w.frame_utility[now.index("frame", "regional")], scale[who[1]] * near)
