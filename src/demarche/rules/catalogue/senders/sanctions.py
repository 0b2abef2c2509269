"""Sanctions: imposed after a visible shock by one government after the other, lifted in time, followed by lenders."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import by_run, log_of, share_of
from demarche.rules.kit.codes import codes_of
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import base_utility, times

LIFT = 1
EVENT = codes_of("sanction_event")
MIX = (
    Parameter("diplomatic", 0.4, 0.2, 0.6, "share", "sanctions that touch visits and contacts alone",
              "PRS-04; assumption"),
    Parameter("loans", 0.3, 0.15, 0.5, "share", "sanctions that halt aid and loans", "PRS-03, PRS-04; assumption"),
    Parameter("arms", 0.25, 0.1, 0.4, "share", "sanctions that halt arms", "embargo of 1989; assumption"),
    Parameter("trade", 0.05, 0.01, 0.15, "share", "sanctions on trade", "assumption: hardly any in 1989"),
)  # fmt: skip


@rule(
    "senders.may_sanction",
    "Governments able to raise rights are able to impose sanctions.",
    claims=("PRS-03",), accounts=ALL, phase="events", when="year", rows="senders", reads=("is_sender",),
    writes=("may_sanction",),
)  # fmt: skip
def may_sanction(w: Fields, now: Moment) -> None:
    """Limits: the same for all kinds."""
    w.may_sanction[...] = w.is_sender


@rule(
    "senders.sanctions_after_shock",
    "Within a year of a visible crackdown governments impose sanctions, each by its own will; else hardly ever.",
    claims=("PRS-04", "PRS-03"), accounts=ALL, phase="weighing", when="quarter", rows="senders",
    reads=("sender_will", "business_pull", "months_since_crackdown"), writes=("sanction_utility",),
    rates=("sanction_impose", "sanction_ordinary"),
    parameters=(
        *MIX,
        Parameter("usual", 0.5, 0.3, 0.8, "share", "will at which the base rate holds",
                  "assumption: will of a middling sponsor"),
        Parameter("year", 12.0, 6.0, 24.0, "months", "months within which a shock moves governments",
                  "document 000 line 28: sanctions of 1989-90", "constant"),
    ),
)  # fmt: skip
def sanctions_after_shock(
    w: Fields, now: Moment, *, sanction_impose: Array, sanction_ordinary: Array, diplomatic: Array, loans: Array,
    arms: Array, trade: Array, usual: Array, year: Array,
) -> None:
    """Trade at stake halves the will at most. Limits: without will no sanction."""
    tau = now.temperature("sanction")
    rate = np.where(w.months_since_crackdown <= year, sanction_impose, sanction_ordinary)
    chance = times(rate, w.sender_will * (1.0 - 0.5 * w.business_pull) / usual)
    of_any = base_utility(tau, chance, 1.0 - chance)
    for kind, share in enumerate((diplomatic, loans, arms, trade), start=1):
        w.sanction_utility[kind] += of_any + tau * log_of(share / (diplomatic + loans + arms + trade))


@rule(
    "senders.sanctions_follow_others",
    "Governments impose sanctions where others have done so.",
    claims=("PRS-04",), accounts=ALL, phase="weighing", when="quarter", reads=("sanction_live", "may_sanction"),
    writes=("sanction_utility",),
    parameters=(Parameter("ratio", 3.0, 1.0, 6.0, "odds ratio", "odds with all others in, against none",
                          "PRS-04: a cascade within months; assumption"),),
)  # fmt: skip
def sanctions_follow_others(w: Fields, now: Moment, *, ratio: Array) -> None:
    """Limits: silent while nobody has begun."""
    share = ((w.sanction_live > 0) * w.may_sanction).sum(axis=0) / np.maximum(w.may_sanction.sum(axis=0), 1.0)
    w.sanction_utility[1:] += log_odds(now.temperature("sanction"), ratio, share)


@rule(
    "senders.sanctions_wear_off",
    "Sanctions are lifted in time, sooner by those with trade at stake or a security need.",
    claims=("PRS-22", "TGT-23", "COA-13"), accounts=ALL, phase="weighing", when="quarter", rows="senders",
    reads=("business_pull", "security_salience"), writes=("lift_sanction_utility",), rates=("sanction_lift",),
    parameters=(Parameter("ratio", 2.0, 1.0, 4.0, "odds ratio", "odds of lifting at full trade or security need",
                          "Japan and the Gulf coalition of 1990; assumption"),),
)  # fmt: skip
def sanctions_wear_off(w: Fields, now: Moment, *, sanction_lift: Array, ratio: Array) -> None:
    """Limits: without either the base rate holds."""
    tau = now.temperature("lift_sanction")
    reason = np.maximum(w.business_pull, w.security_salience)
    w.lift_sanction_utility[LIFT] += base_utility(tau, sanction_lift, 1.0 - sanction_lift)
    w.lift_sanction_utility[LIFT] += log_odds(tau, ratio, reason)


@rule(
    "senders.sanctions_in_force",
    "A sanction is in force until it is lifted; a heavier one takes its place.",
    claims=("PRS-04",), accounts=ALL, phase="acting", when="quarter",
    reads=("sanction_choice", "lift_sanction_choice"), writes=("sanction_kind", "sanction_event"),
)  # fmt: skip
def sanctions_in_force(w: Fields, now: Moment) -> None:
    """Limits: a government has one sanction at a time."""
    new = np.maximum(w.sanction_choice, 0)
    lifted = (w.lift_sanction_choice == LIFT) & (w.sanction_kind > 0) & (new == 0)
    w.sanction_event[...] = np.where(lifted, EVENT["lifted"], new * (new > w.sanction_kind))
    w.sanction_kind[...] = np.where(lifted, 0.0, np.maximum(w.sanction_kind, new))


@rule(
    "senders.sanctions_weigh",
    "Sanctions weigh by kind and by the economy behind them; what lenders hold back weighs beside them.",
    claims=("PRS-04", "PRS-08"), accounts=ALL, phase="acting", when="quarter", rows="senders",
    reads=("sanction_kind", "economic_weight", "is_sender", "lending"),
    writes=("sanction_live", "lending_halted", "sanctions_felt"), after=("senders.sanctions_in_force",),
    parameters=(
        Parameter("visits", 0.1, 0.0, 0.3, "share", "weight of a halt of visits and contacts", "assumption"),
        Parameter("money", 0.6, 0.3, 0.9, "share", "weight of a halt of aid and loans", "PRS-08; assumption"),
        Parameter("weapons", 0.3, 0.1, 0.6, "share", "weight of an arms embargo", "assumption"),
        Parameter("banks", 0.3, 0.1, 0.5, "share", "weight of lending by multilateral banks in what is felt",
                  "PRS-04: loans of the World Bank halted; assumption"),
    ),
)  # fmt: skip
def sanctions_weigh(
    w: Fields, now: Moment, *, visits: Array, money: Array, weapons: Array, banks: Array,
) -> None:
    """A majority of shares asks lenders to halt in full, and they decide.
    Limits: only economies of senders count, trade sanctions weigh 1.
    """
    at, heights = cells(w.sanction_kind), np.stack([visits, money, weapons, np.ones_like(visits)])
    kind = at.of(w.sanction_kind)
    live = heights[kind.astype(np.intp) - 1, at[1]]
    w.sanction_live[...] = 0.0
    at.put_into(w.sanction_live, live)
    share = w.economic_weight * w.is_sender
    share = share_of(share, share.sum(axis=0))[at[0], 0]
    holds = (kind == EVENT["aid_and_loans"]) | (kind == EVENT["trade"])
    w.lending_halted[...] = np.minimum(2.0 * by_run(now.n_runs, at[1], share * holds), 1.0)
    felt = by_run(now.n_runs, at[1], share * live)
    w.sanctions_felt[...] = (1.0 - banks) * felt + banks * (1.0 - w.lending)
