"""What makes a group use a tactic: its kind, what it has learnt, how much it cares, what it can pay."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.tactics import at_focus
from demarche.world.axes import TREATY_STAGES

CLAIMS = ("NGO-02", "NGO-06", "NGO-14", "NGO-18", "NGO-22", "NGO-25", "NGO-37")
RATES = (
    "tactic_document", "tactic_publicise", "tactic_brief_capital", "tactic_brief_un",
    "tactic_defend", "tactic_brand", "tactic_outreach", "tactic_train", "tactic_win_allies",
    "tactic_join",
)  # fmt: skip


@rule(
    "ngos.usual_tactics",
    "Each kind of group has its own usual tactics, and cannot use some.",
    claims=CLAIMS, accounts=ALL, phase="weighing", when="quarter", rates=RATES, reads=("ngo_fit",),
    writes=("ngo_tactic_utility",),
    parameters=(Parameter("never", 50.0, 20.0, 100.0, "utility", "weight against what a kind cannot do",
                          "a number beyond doubt", "constant"),),
)  # fmt: skip
def usual_tactics(
    w: Fields, now: Moment, *, never: Array, tactic_document: Array, tactic_publicise: Array,
    tactic_brief_capital: Array, tactic_brief_un: Array, tactic_defend: Array, tactic_brand: Array,
    tactic_outreach: Array, tactic_train: Array, tactic_win_allies: Array, tactic_join: Array,
) -> None:  # fmt: skip
    """Limits: chances a quarter with a full purse and no experience; two tactics at most thin them a little."""
    usual = np.stack(
        [
            tactic_document, tactic_publicise, tactic_brief_capital, tactic_brief_un,
            tactic_defend, tactic_brand, tactic_outreach, tactic_train, tactic_win_allies,
            tactic_join,
        ]
    )[:, None]  # fmt: skip
    scale = now.temperature("ngo_tactic")
    fit = np.where(w.ngo_fit > 0.0, np.log(np.maximum(w.ngo_fit, np.exp(-never[:1]))), -never[:1])
    w.ngo_tactic_utility += base_utility(scale, usual, 1.0 - usual) + scale * fit


@rule(
    "ngos.lessons_count",
    "A group does again what has worked for it on its issue, and does more where it cares more.",
    claims=("NGO-02", "NGO-06", "NGO-19"), accounts=ALL, phase="weighing", when="quarter",
    reads=("ngo_yield", "ngo_focus", "ngo_attention", "ngo_is_allied"), writes=("ngo_tactic_utility",),
    parameters=(
        Parameter("alone", 2.0, 0.0, 6.0, "utility", "weight against joining in outside a campaign",
                  "NGO-36; assumption"),
    ),
)  # fmt: skip
def lessons_count(w: Fields, now: Moment, *, alone: Array) -> None:
    """Limits: half of the full effect is what a group expects before it has tried."""
    scale = now.temperature("ngo_tactic")
    learnt = np.log(2.0 * at_focus(w.ngo_yield, w.ngo_focus))
    cares = at_focus(np.broadcast_to(w.ngo_attention, (*w.ngo_attention.shape[:2], now.n_runs)), w.ngo_focus) - 0.5
    w.ngo_tactic_utility += scale * (learnt + cares)
    w.ngo_tactic_utility[now.index("ngo_tactic", "join")] -= scale * alone * (1.0 - w.ngo_is_allied)


@rule(
    "ngos.review_is_near",
    "Groups report to a committee when it is about to examine issues that they stand for.",
    claims=("NGO-23", "UNB-17"), accounts=ALL, phase="weighing", when="quarter", calendar=("treaty_review",),
    reads=("treaty_stage", "body_treaty", "body_is_committee", "body_covers", "ngo_attention"),
    writes=("ngo_tactic_utility",),
    parameters=(
        Parameter("ahead", 6.0, 6.0, 6.0, "months", "time before an examination", "assumption: half a year",
                  "constant"),
        Parameter("odds", 6.0, 3.0, 12.0, "odds ratio", "odds of a report to the United Nations", "NGO-23; assumption"),
    ),
)  # fmt: skip
def review_is_near(w: Fields, now: Moment, *, ahead: Array, odds: Array) -> None:
    """Limits: treaties in force."""
    coming = sum(now.named("treaty_review", "treaty", lead) for lead in range(int(ahead[0])))
    bound = (coming > 0.0) * (w.treaty_stage == len(TREATY_STAGES) - 1)
    examined = bound[w.body_treaty[:, 0].astype(np.intp)] * w.body_is_committee
    wanted = (w.ngo_attention * (examined[:, None] * w.body_covers).max(axis=0)).max(axis=1)
    scale = now.temperature("ngo_tactic")
    w.ngo_tactic_utility[now.index("ngo_tactic", "brief_un")] += log_odds(scale, odds, wanted)


@rule(
    "ngos.means_limit",
    "What costs much of what a group has in hand is left undone.",
    claims=("NGO-01", "NGO-06", "NGO-36"), accounts=ALL, phase="weighing", when="quarter",
    reads=("ngo_free", "ngo_reserve", "tactic_cost"), writes=("ngo_tactic_utility",),
)  # fmt: skip
def means_limit(w: Fields, now: Moment) -> None:
    """Limits: nothing with a full purse; below the cost of a tactic the purse itself refuses."""
    cost, scale = w.tactic_cost[:, None], now.temperature("ngo_tactic")
    w.ngo_tactic_utility -= scale * (cost / np.maximum(w.ngo_free, cost) - cost / w.ngo_reserve)
