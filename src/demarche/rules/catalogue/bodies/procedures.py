"""Special procedures: experts who ask to visit, appeal and report, and the members who renew their mandates."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import real
from demarche.rules.kit.links import log_odds, loss
from demarche.rules.kit.rates import base_utility


@rule(
    "bodies.mandates_at_work",
    "Experts work within their mandates; they do not ask anew while a request waits or soon after a visit.",
    claims=("UNB-13", "COA-05"), accounts=ALL, phase="events", when="quarter",
    reads=("body_is_procedures", "body_covers", "mandate_scope", "visit_pending"),
    writes=("mandate_alive", "mandate_idle", "visit_months"),
    parameters=(Parameter("pause", 36.0, 12.0, 60.0, "months", "time between two visits on an issue", "assumption"),),
)  # fmt: skip
def mandates_at_work(w: Fields, now: Moment, *, pause: Array) -> None:
    """Limits: a mandate that was ended stays so until it is restored."""
    w.visit_months += 12.0 / (2.0 * 2.0)
    alive = (w.body_is_procedures[:, None] * w.body_covers > 0.0) & (w.mandate_scope > 0.0)
    w.mandate_alive[...] = alive
    w.mandate_idle[...] = alive & (w.visit_pending == 0.0) & (w.visit_months > pause)


@rule(
    "bodies.experts_weigh_visits",
    "Experts ask to visit as far as their mandate reaches; an agreement spares the state some requests.",
    claims=("UNB-13", "UNB-04"), accounts=ALL, phase="weighing", when="year", rates=("visit_request",),
    links=("cooperation_scrutiny",), reads=("mandate_scope", "agreement"),
    writes=("visit_request_utility",),
    parameters=(Parameter("least", 0.01, 0.001, 0.05, "share", "part of scrutiny that no agreement takes away",
                          "assumption"),),
)  # fmt: skip
def experts_weigh_visits(
    w: Fields, now: Moment, *, least: Array, visit_request: Array, cooperation_scrutiny: Array
) -> None:
    """Limits: chance in proportion to the scope of the mandate."""
    scale = now.temperature("visit_request")
    chance = visit_request * np.maximum(w.mandate_scope * loss(cooperation_scrutiny, w.agreement), least)
    w.visit_request_utility[now.index("visit_request", "ask")] += base_utility(scale, chance, 1.0 - chance)


@rule(
    "bodies.experts_ask",
    "A request for a visit waits for an answer.",
    claims=("UNB-13",), accounts=ALL, phase="acting", when="year", reads=("visit_request_choice", "mandate_idle"),
    writes=("visit_pending", "visit_months", "visit_request_event"),
)  # fmt: skip
def experts_ask(w: Fields, now: Moment) -> None:
    """Limits: one request an issue at a time."""
    asked = (w.visit_request_choice > 0) & (w.mandate_idle > 0.0)
    w.visit_request_event[...] = asked
    new = asked.any(axis=0)
    w.visit_pending[new] = 1.0
    w.visit_months[new] = 0.0


@rule(
    "bodies.experts_weigh_appeals",
    "Experts appeal for persons at risk, more often where many are taken.",
    claims=("UNB-14",), accounts=ALL, phase="weighing", when="quarter", rates=("urgent_appeal_sent",),
    reads=("mandate_scope", "emergency"), writes=("urgent_appeal_utility",),
    parameters=(
        Parameter("crisis", 4.0, 1.0, 8.0, "odds ratio", "odds under full emergency", "UNB-14; assumption"),
        Parameter("least", 0.01, 0.001, 0.05, "share", "scope below which a mandate counts for this", "assumption"),
    ),
)  # fmt: skip
def experts_weigh_appeals(w: Fields, now: Moment, *, crisis: Array, least: Array, urgent_appeal_sent: Array) -> None:
    """Limits: chance in proportion to the scope of the mandate."""
    scale = now.temperature("urgent_appeal")
    chance = urgent_appeal_sent * np.maximum(w.mandate_scope, least)
    utility = base_utility(scale, chance, 1.0 - chance) + log_odds(scale, crisis, w.emergency)
    w.urgent_appeal_utility[now.index("urgent_appeal", "appeal")] += utility


@rule(
    "bodies.experts_appeal",
    "An urgent appeal is a word through the United Nations, and goes into the file of the issue.",
    claims=("UNB-20",), accounts=ALL, phase="acting", when="quarter", reads=("urgent_appeal_choice",
                                                                                      "mandate_alive"),
    writes=("un_words", "appeal_event", "body_evidence"),
    parameters=(Parameter("filed", 0.05, 0.0, 0.2, "share", "part of the missing evidence that an appeal adds",
                          "assumption"),),
)  # fmt: skip
def experts_appeal(w: Fields, now: Moment, *, filed: Array) -> None:
    """Limits: half a word, since the public learns of it later."""
    sent = (w.urgent_appeal_choice > 0) & (w.mandate_alive > 0.0)
    w.appeal_event[...] = sent
    w.un_words += 0.5 * real(sent).max(axis=0)
    at = cells(sent.reshape(-1, now.n_runs))
    at.add_to(w.body_evidence, filed[at[1]] * (1.0 - at.of(w.body_evidence)))


@rule(
    "bodies.like_minded_seats",
    "Governments nearer to the focal state than to its leading critic, and no democracies, are its like-minded.",
    claims=("COA-04", "COA-05", "COA-02"), accounts=ALL, phase="events", when="year",
    reads=("has_seat", "agree_focal", "agree_critic", "democracy", "is_focal"), writes=("like_minded_share",),
)  # fmt: skip
def like_minded_seats(w: Fields, now: Moment) -> None:
    """Limits: by votes in the General Assembly and by regime, not by membership of a group."""
    like_minded = (w.agree_focal > w.agree_critic) & (w.democracy < 0.5) & (w.is_focal == 0.0)
    seats = np.maximum(w.has_seat.sum(axis=0), 1.0)
    w.like_minded_share[...] = (w.has_seat * like_minded).sum(axis=0) / seats


@rule(
    "bodies.members_weigh_mandates",
    "Like-minded members cut mandates at renewal, the more the more seats they hold; a leading critic at work resists.",
    claims=("COA-04", "COA-05", "TGT-15", "UNB-07", "UNB-30"), accounts=ALL, phase="vote_weighing", when="session",
    links=("bloc_mandates",), rates=("mandate_shortened", "mandate_ended"),
    reads=("like_minded_share", "body_is_charter", "mandate_scope", "has_seat", "is_critic", "pressure_rival"),
    writes=("mandate_renewal_utility", "mandate_renewable"),
    parameters=(
        Parameter("resisted", 1.5, 1.0, 3.0, "odds ratio", "odds that a seated critic in full voice divides",
                  "UNB-30; assumption"),
        Parameter("quarter", 0.25, 0.25, 0.25, "share", "share of seats that counts as none",
                  "definition of the link", "constant"),
    ),
)  # fmt: skip
def members_weigh_mandates(
    w: Fields, now: Moment, *, resisted: Array, quarter: Array, bloc_mandates: Array, mandate_shortened: Array,
    mandate_ended: Array,
) -> None:  # fmt: skip
    """Limits: a quarter of the seats is the reference, half of them full strength."""
    w.mandate_renewable[...] = w.body_is_charter[:, None] * (w.mandate_scope > 0.0)
    scale = now.temperature("mandate_renewal")
    strong = np.clip((w.like_minded_share - quarter) / quarter, 0.0, 1.0)
    at_work = (w.has_seat * w.is_critic).sum(axis=0) * w.pressure_rival.max(axis=0)
    push = log_odds(scale, bloc_mandates, strong) - log_odds(scale, resisted, at_work)
    renewed = 1.0 - mandate_shortened - mandate_ended
    for name, chance in (("shorten", mandate_shortened), ("end", mandate_ended)):
        w.mandate_renewal_utility[now.index("mandate_renewal", name)] += base_utility(scale, chance, renewed) + push


@rule(
    "bodies.members_renew",
    "A shortened mandate is narrower for years, an ended one asks and appeals no more; both may be restored.",
    claims=("COA-05", "UNB-07"), accounts=ALL, phase="un_bodies", when="session",
    reads=("mandate_renewal_choice", "mandate_renewable", "body_is_procedures", "body_covers"),
    writes=("mandate_scope", "mandate_event"),
    parameters=(
        Parameter("cut", 0.5, 0.2, 0.8, "share", "scope that a shortened mandate loses", "COA-05; assumption"),
        Parameter("restored", 0.1, 0.0, 0.3, "share", "part of the lost scope restored at a session",
                  "assumption"),
    ),
)  # fmt: skip
def members_renew(w: Fields, now: Moment, *, cut: Array, restored: Array) -> None:
    """Limits: only mandates of experts on issues."""
    full = (w.body_is_procedures[:, None] * w.body_covers).max(axis=0)
    at_vote = w.mandate_renewable > 0.0
    shortened, ended = (
        (w.mandate_renewal_choice == now.index("mandate_renewal", name)) & at_vote for name in ("shorten", "end")
    )
    w.mandate_scope += restored * np.maximum(full - w.mandate_scope, 0.0)
    w.mandate_scope *= (1.0 - cut * shortened.any(axis=0)) * (1.0 - real(ended.any(axis=0)))
    w.mandate_event[...] = shortened + 2 * ended
