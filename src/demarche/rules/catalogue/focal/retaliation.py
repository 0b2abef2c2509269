"""Answers to sponsors: punishment of those in front, rewards for those who left, and what leading costs."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import fade, real
from demarche.rules.kit.codes import SURE, codes_of
from demarche.rules.kit.links import change
from demarche.rules.kit.rates import base_utility, monthly

PUNISH, REWARD = 1, 2
YEAR = 12.0
SPONSOR_EVENT = codes_of("sponsor_event")


@rule(
    "focal.whom_to_answer",
    "Who led a motion may be punished within a year, who left the sponsors may be rewarded.",
    claims=("COA-13",), accounts=ALL, phase="answer_weighing", rows="senders",
    reads=("is_lead", "sponsor_event"), writes=("may_be_punished", "may_be_rewarded", "may_be_answered"),
    calendar=("session",),
)  # fmt: skip
def whom_to_answer(w: Fields, now: Moment) -> None:
    """The year begins with the session or the withdrawal. Limits: only the lead is singled out."""
    for months in (w.may_be_punished, w.may_be_rewarded):
        np.maximum(months - 1.0, 0.0, out=months)
    if now.is_on("session"):
        cells(w.is_lead).put_into(w.may_be_punished, YEAR)
    cells(w.sponsor_event == SPONSOR_EVENT["left"]).put_into(w.may_be_rewarded, YEAR)
    w.may_be_answered[...] = (w.may_be_punished + w.may_be_rewarded) > 0


@rule(
    "focal.punishes_or_rewards",
    "The focal state punishes a leading sponsor now and then, and rewards one that left.",
    claims=("COA-13",), accounts=ALL, phase="answer_weighing", rows="senders",
    reads=("may_be_punished", "may_be_rewarded", "may_be_answered"), writes=("retaliate_utility",),
    rates=("retaliate_punish", "retaliate_reward"), after=("focal.whom_to_answer",),
)  # fmt: skip
def punishes_or_rewards(w: Fields, now: Moment, *, retaliate_punish: Array, retaliate_reward: Array) -> None:
    """Rates are those of the year. Limits: nobody else is punished or rewarded."""
    at, tau = cells(w.may_be_answered), now.temperature("retaliate")
    punish, reward = monthly(retaliate_punish), monthly(retaliate_reward)
    hit, prize = base_utility(tau, punish, 1.0 - punish)[at[1]], base_utility(tau, reward, 1.0 - reward)[at[1]]
    at.add_to(w.retaliate_utility[PUNISH], hit - SURE * real(at.of(w.may_be_punished) == 0))
    at.add_to(w.retaliate_utility[REWARD], prize - SURE * real(at.of(w.may_be_rewarded) == 0))


@rule(
    "focal.answers_to_sponsors",
    "Senders singled out lose visits, contracts and talks for a year or two; those rewarded gain them.",
    claims=("COA-13",), accounts=ALL, phase="answering", rows="senders", reads=("retaliate_choice",),
    writes=("retaliation", "favour", "retaliation_event", "may_be_punished", "may_be_rewarded"),
    parameters=(
        Parameter("height", 0.8, 0.3, 1.0, "share", "height of a punishment or reward", "assumption"),
        Parameter("punished", 6.0, 3.0, 9.0, "months", "half-life of a punishment",
                  "Fuchs & Klann: exports lower for at most two years"),
        Parameter("rewarded", 9.0, 3.0, 24.0, "months", "half-life of a reward", "contracts of 1997; assumption"),
    ),
    after=("focal.talks_agreed",),
)  # fmt: skip
def answers_to_sponsors(w: Fields, now: Moment, *, height: Array, punished: Array, rewarded: Array) -> None:
    """Once answered, a sender is not answered again for the same. Limits: one height for all."""
    fade(w.retaliation, punished)
    fade(w.favour, rewarded)
    hit, prized = cells(w.retaliate_choice == PUNISH), cells(w.retaliate_choice == REWARD)
    w.retaliation[hit] = np.maximum(w.retaliation[hit], height[hit[1]])
    w.favour[prized] = np.maximum(w.favour[prized], height[prized[1]])
    w.may_be_punished[hit] = 0.0
    w.may_be_rewarded[prized] = 0.0
    w.retaliation_event[hit] = PUNISH
    w.retaliation_event[prized] = REWARD


@rule(
    "focal.leads_lose_exports",
    "Who leads a motion, or sponsors alone, exports less to the focal state for two years.",
    claims=(), accounts=ALL, phase="learning", rows="senders",
    reads=("is_lead", "is_tabled"), writes=("lead_mark", "exports_index"), links=("lone_sponsor_exports",),
    parameters=(Parameter("lasts", 24.0, 12.0, 36.0, "months", "months in which exports are lower",
                          "Fuchs & Klann: gone in the second or third year"),),
)  # fmt: skip
def leads_lose_exports(w: Fields, now: Moment, *, lone_sponsor_exports: Array, lasts: Array) -> None:
    """Full loss for a year, then fading. The link rests on a study of leaders who received somebody, not of motions.
    Limits: exports are an index, other trade is left as the cast has it.
    """
    at = cells((w.lead_mark > 0.0) | (w.is_lead * w.is_tabled > 0.0))
    mark = np.maximum(at.of(w.lead_mark) - 1.0 / lasts[at[1]], at.of(w.is_lead) * w.is_tabled[at[1]])
    at.put_into(w.lead_mark, mark)
    at.put_into(w.exports_index, change(lone_sponsor_exports[at[1]], np.minimum(2.0 * mark, 1.0)))
