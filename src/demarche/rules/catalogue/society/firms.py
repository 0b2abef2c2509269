"""Companies: whom campaigns hold answerable, who adopts a code, who lobbies at home, and where workers may organise."""

from __future__ import annotations

import numpy as np

from demarche.arrays import REAL, Array
from demarche.rules.catalogue.ngos.work import LISTENED
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import base_utility


@rule(
    "society.firms_answer",
    "Most companies go on as they are; some lobby their own government, few bind themselves to a code.",
    claims=("NGO-06", "TGT-23"),
    accounts=ALL,
    phase="weighing",
    when="year",
    reads=("firm_adopted",),
    writes=("firm_utility",),
    rates=("firm_lobby", "firm_adopt"),
    parameters=(
        Parameter("bound", 30.0, 30.0, 30.0, "log odds", "what a code in force takes from adopting one", "definition",
                  "constant"),
    ),
)  # fmt: skip
def firms_answer(w: Fields, now: Moment, *, firm_lobby: Array, firm_adopt: Array, bound: Array) -> None:
    """Lay the base rates of a year; who has a code does not adopt it anew."""
    scale, ignore = now.temperature("firm"), 1.0 - firm_lobby - firm_adopt
    w.firm_utility[now.index("firm", "lobby")] += base_utility(scale, firm_lobby, ignore)
    w.firm_utility[now.index("firm", "adopt")] += base_utility(scale, firm_adopt, ignore)
    w.firm_utility[now.index("firm", "adopt")] -= scale * bound * w.firm_adopted


@rule(
    "society.brands_give_way",
    "A brand that is held answerable adopts a code, and others of its trade take the hint.",
    claims=("NGO-07", "NGO-08"),
    accounts=ALL,
    phase="weighing",
    when="year",
    reads=("firm_attacked", "firm_sector", "lever_exposure"),
    writes=("firm_utility",),
    parameters=(
        Parameter("own", 6.0, 2.0, 12.0, "odds ratio", "odds of a code in the year after a campaign against it",
                  "NGO-07; assumption: six times"),
        Parameter("sector", 2.0, 1.0, 4.0, "odds ratio", "odds of a code in the two years after one in its sector",
                  "NGO-08; assumption: twice"),
    ),
)  # fmt: skip
def brands_give_way(w: Fields, now: Moment, *, own: Array, sector: Array) -> None:
    """Weigh campaigns against the company and its sector, as far as it is exposed to them."""
    scale, hit = now.temperature("firm"), (w.firm_attacked > 12.0).astype(REAL)
    same = (w.firm_sector == w.firm_sector[:, 0]) & ~np.eye(len(hit), dtype=bool)
    near = same.astype(REAL) @ (w.firm_attacked > 0.0) > 0.0
    push = log_odds(scale, own, hit) + log_odds(scale, sector, near * (1.0 - hit))
    w.firm_utility[now.index("firm", "adopt")] += w.lever_exposure * push


@rule(
    "society.threatened_firms_lobby",
    "Companies whose trade is threatened by tariffs or sanctions lobby their government.",
    claims=("TGT-23",),
    accounts=ALL,
    phase="weighing",
    when="year",
    rows="senders",
    reads=("firm_of", "is_critic", "trade_condition", "sanction_live"),
    writes=("firm_utility",),
    parameters=(
        Parameter("ratio", 3.0, 1.5, 6.0, "odds ratio", "odds of lobbying under full threat, against none",
                  "TGT-23; assumption: three times"),
    ),
)  # fmt: skip
def threatened_firms_lobby(w: Fields, now: Moment, *, ratio: Array) -> None:
    """Weigh the conditions and sanctions of the company's own government."""
    threat = np.maximum(w.sanction_live, w.is_critic * w.trade_condition)
    at_home = w.firm_of[:, :, 0] @ threat
    w.firm_utility[now.index("firm", "lobby")] += log_odds(now.temperature("firm"), ratio, at_home)


@rule(
    "society.firms_act",
    "What companies decide binds them: lobbying for a year, a code for good.",
    claims=("NGO-07", "TGT-23"),
    accounts=ALL,
    phase="acting",
    when="year",
    reads=("firm_choice", "firm_of", "firm_exposure"),
    writes=("firm_adopted", "firms_lobby", "firm_event"),
)
def firms_act(w: Fields, now: Moment) -> None:
    """Lay who has adopted, and in each sender the share of own companies that lobby, by exposure."""
    lobbies = (w.firm_choice == now.index("firm", "lobby")).astype(REAL)
    adopts = w.firm_choice == now.index("firm", "adopt")
    np.maximum(w.firm_adopted, adopts, out=w.firm_adopted)
    own = w.firm_of[:, :, 0].T
    total = own @ w.firm_exposure
    w.firms_lobby[...] = own @ (w.firm_exposure * lobbies) / np.where(total > 0.0, total, 1.0)
    w.firm_event[...] = lobbies + 2 * adopts


@rule(
    "society.codes_are_kept",
    "A code is put into effect over some years and wears off unless it is kept up.",
    claims=("NGO-08", "NGO-09"),
    accounts=ALL,
    phase="society",
    when="quarter",
    reads=("firm_adopted", "firm_exposure"),
    writes=("firm_code", "corporate_codes"),
    parameters=(
        Parameter("built", 0.3, 0.1, 0.6, "share a year", "of what is missing, by who has adopted one", "assumption"),
        Parameter("worn", 0.1, 0.03, 0.3, "share a year", "of what is there", "assumption"),
        Parameter("quarter", 3.0, 3.0, 3.0, "months", "months of a quarter", "definition", "constant"),
    ),
)  # fmt: skip
def codes_are_kept(w: Fields, now: Moment, *, built: Array, worn: Array, quarter: Array) -> None:
    """Move codes, and their mean by exposure. Limits: what they change at work is another rule."""
    w.firm_code += (built * w.firm_adopted * (1.0 - w.firm_code) - worn * w.firm_code) * quarter / 12.0
    total = w.firm_exposure.sum(axis=0)
    w.corporate_codes[...] = (w.firm_exposure * w.firm_code).sum(axis=0) / np.where(total > 0.0, total, 1.0)


@rule(
    "society.campaign_picks_a_brand",
    "A campaign on labour holds the best known brand answerable that was not lately attacked.",
    claims=("NGO-06", "NGO-07"),
    accounts=ALL,
    phase="society",
    when="quarter",
    reads=("brand_campaign", "firm_brand", "lever_exposure"),
    writes=("firm_attacked", "campaign_event"),
    parameters=(
        LISTENED,
        Parameter("tells", 24.0, 24.0, 24.0, "months", "how long a campaign tells", "definition of the base rates",
                  "constant"),
        Parameter("quarter", 3.0, 3.0, 3.0, "months", "months of a quarter", "definition", "constant"),
    ),
)  # fmt: skip
def campaign_picks_a_brand(w: Fields, now: Moment, *, least: Array, tells: Array, quarter: Array) -> None:
    """Pick one company. Limits: one campaign a quarter is heard; silent in a case without companies."""
    if not len(w.firm_brand):
        return
    w.firm_attacked -= np.minimum(w.firm_attacked, quarter)
    worth = w.firm_brand * w.brand_campaign * (w.firm_attacked == 0.0)
    picked = (np.arange(len(worth))[:, None] == worth.argmax(axis=0)) * (worth > 0.0)
    picked = picked * (w.brand_campaign * w.lever_exposure > least)
    w.firm_attacked += tells * picked
    w.campaign_event[...] = picked


@rule(
    "society.room_to_organise",
    "Independent unions are resisted as a matter of life and death: room moves only with reform at work.",
    claims=("DOM-18", "DOM-19", "DOM-57", "NGO-09"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("reform_event", "is_work", "right_to_organise", "lever_right_to_organise"),
    writes=("right_to_organise_change",),
    parameters=(
        Parameter("step", 0.02, 0.0, 0.06, "share", "room that one reform at work wins or takes",
                  "DOM-18: no opening is let through; assumption"),
    ),
)  # fmt: skip
def room_to_organise(w: Fields, now: Moment, *, step: Array) -> None:
    """Move room with a reform at work, or lay what the arm of a scenario says."""
    loosened, tightened = (w.reform_event == 2) * w.is_work, (w.reform_event == 1) * w.is_work
    won = step * (loosened.sum(axis=0) - tightened.sum(axis=0))
    lever = w.lever_right_to_organise
    w.right_to_organise_change += np.where(np.isnan(lever), won, lever - w.right_to_organise)
