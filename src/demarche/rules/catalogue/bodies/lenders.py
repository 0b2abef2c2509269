"""Lenders: who holds, who lends on conditions, and what a censure costs."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import fade, real
from demarche.rules.kit.events import code_of
from demarche.rules.kit.links import change, log_odds
from demarche.rules.kit.rates import base_utility
from demarche.world.fields.bodies import LENDING


@rule(
    "bodies.lenders_weigh",
    "After a shock, and as far as shareholders hold back, lenders hold; a fault found brings conditions.",
    claims=("PRS-04", "UNB-25", "UNB-26"), accounts=ALL, phase="vote_weighing", when="quarter",
    rates=("lend_condition", "lend_hold", "sanction_impose", "sanction_lift"),
    reads=("shock_memory", "lending_halted", "lending_held", "inspected"), writes=("lend_utility",),
    parameters=(
        Parameter("fault", 6.0, 2.0, 12.0, "odds ratio", "odds of conditions after an inspection that found fault",
                  "UNB-25; assumption"),
    ),
)  # fmt: skip
def lenders_weigh(
    w: Fields, now: Moment, *, fault: Array, lend_condition: Array, lend_hold: Array, sanction_impose: Array,
    sanction_lift: Array,
) -> None:  # fmt: skip
    """Limits: what is held is lifted at the rate of sanctions."""
    scale = now.temperature("lend")
    cause = np.maximum(w.shock_memory, w.lending_halted)
    begin = lend_hold + (sanction_impose - lend_hold) * cause
    hold = np.where(w.lending_held > 0.0, 1.0 - sanction_lift, begin)
    lends = np.maximum(1.0 - hold - lend_condition, lend_condition)
    w.lend_utility[now.index("lend", "hold")] += base_utility(scale, hold, lends)
    faulty = log_odds(scale, fault, w.inspected.max(axis=0))
    w.lend_utility[now.index("lend", "condition")] += base_utility(scale, lend_condition, lends) + faulty


@rule(
    "bodies.lending",
    "What multilateral banks lend falls when they hold, and after a charter body has adopted a text.",
    claims=("PRS-04", "UNB-25"), accounts=ALL, phase="society", links=("censure_lending",),
    reads=("lend_choice", "body_is_lender", "text_event"),
    writes=("lending", "lending_held", "lending_condition", "lending_event", "censured", "inspected"),
    parameters=(
        Parameter("year", 12.0, 6.0, 24.0, "months", "half-life of a censure and of an inspection with lenders",
                  "assumption"),
        Parameter("conditioned", 0.8, 0.5, 1.0, "share", "lending on conditions, against free lending",
                  "UNB-26; assumption"),
    ),
)  # fmt: skip
def lending(w: Fields, now: Moment, *, year: Array, conditioned: Array, censure_lending: Array) -> None:
    """Of what a censure costs no claim speaks: that link rests on the literature. Limits: lenders weigh alike;
    full lending is the most, also where a censure is taken to raise it.
    """
    fade(w.censured, year)
    fade(w.inspected, year)
    w.censured[w.text_event == 2] = 1.0
    lender = w.body_is_lender > 0.0
    n_lenders = max(float(w.body_is_lender.sum()), 1.0)
    holds, conditions = ((w.lend_choice == now.index("lend", name)) & lender for name in ("hold", "condition"))
    held, limited = (real(one.sum(axis=0)) / n_lenders for one in (holds, conditions))
    w.lending_event[holds & (w.lending_held == 0.0)] = code_of(LENDING, "held")
    w.lending_event[conditions & (w.lending_condition == 0.0)] = code_of(LENDING, "conditioned")
    w.lending_event[lender & ~holds & (w.lending_held > 0.0)] = code_of(LENDING, "resumed")
    w.lending_held[...] = held
    w.lending_condition[...] = limited
    free = 1.0 - held - (1.0 - conditioned) * limited
    w.lending[...] = np.minimum(free * change(censure_lending, w.censured), 1.0)
