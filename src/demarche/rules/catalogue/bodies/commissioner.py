"""The High Commissioner: what is on everybody's mind, stances, agreements, and words through the United Nations."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import fade, real
from demarche.rules.kit.links import log_odds, loss
from demarche.rules.kit.rates import base_utility


@rule(
    "bodies.shock",
    "After an open challenge was put down UN bodies have it in mind, half as much with each year.",
    claims=("UNB-14", "PRS-04"), accounts=ALL, phase="events", reads=("emergency", "months_since_crackdown"),
    writes=("shock_now", "shock_memory"),
    after=("focal.history_of_force",),
    parameters=(
        Parameter("half_life", 12.0, 6.0, 18.0, "months", "half-life of the memory", "assumption: a year"),
        Parameter("months", 2.0, 1.0, 3.0, "months", "time in which members can be called together", "assumption"),
    ),
)  # fmt: skip
def shock(w: Fields, now: Moment, *, half_life: Array, months: Array) -> None:
    """Limits: half an emergency or more counts as one that goes on."""
    w.shock_now[...] = w.months_since_crackdown < months
    fade(w.shock_memory, half_life)
    np.maximum(w.shock_memory, np.maximum(w.shock_now, real(w.emergency > 0.5)), out=w.shock_memory)


@rule(
    "bodies.commissioner_weighs_stance",
    "Each year the High Commissioner is quiet, criticises, agrees on projects, or both; an agreement in force mutes.",
    claims=("UNB-03", "UNB-04", "UNB-19"), accounts=ALL, phase="weighing", when="year",
    rates=("commissioner_agreement", "commissioner_criticism"), links=("cooperation_scrutiny",),
    reads=("agreement", "taken_up", "shock_memory"), writes=("stance_utility",),
    parameters=(
        Parameter("cause", 3.0, 1.0, 6.0, "odds ratio", "odds of criticism with a shock or an urging finding in mind",
                  "UNB-19, UNB-14; assumption"),
    ),
)  # fmt: skip
def commissioner_weighs_stance(
    w: Fields, now: Moment, *, cause: Array, commissioner_agreement: Array, commissioner_criticism: Array,
    cooperation_scrutiny: Array,
) -> None:  # fmt: skip
    """Limits: both together as often as chance has it."""
    scale = now.temperature("stance")
    chance = commissioner_criticism * loss(cooperation_scrutiny, w.agreement)
    criticise = base_utility(scale, chance, 1.0 - chance)
    criticise = criticise + log_odds(scale, cause, np.maximum(w.shock_memory, w.taken_up.max(axis=0)))
    agree = base_utility(scale, commissioner_agreement, 1.0 - commissioner_agreement)
    for name, term in (("criticise", criticise), ("agree_projects", agree), ("both", criticise + agree)):
        w.stance_utility[now.index("stance", name)] += term


@rule(
    "bodies.commissioner_stands",
    "Criticism is a word on what is gravest; agreed projects run for years and train officials.",
    claims=("UNB-03", "UNB-04", "UNB-05"), accounts=ALL, phase="acting", when="year",
    reads=("stance_choice", "body_is_commissioner", "evidence", "practice"),
    writes=("un_words", "agreement_months", "stance_event"),
    parameters=(Parameter("runs", 36.0, 24.0, 60.0, "months", "time that an agreement runs",
                          "UNB-03: staged agreements; assumption: three years"),),
)  # fmt: skip
def commissioner_stands(w: Fields, now: Moment, *, runs: Array) -> None:
    """Limits: one issue a year."""
    here = w.body_is_commissioner > 0.0
    criticises, agrees = (
        (((w.stance_choice == now.index("stance", name)) | (w.stance_choice == now.index("stance",
                                                                                         "both"))) & here).any(
            axis=0
        )
        for name in ("criticise", "agree_projects")
    )
    gravest = (w.evidence * (1.0 - w.practice)).argmax(axis=0)
    (spoken,) = np.nonzero(criticises)
    w.un_words[gravest[spoken], spoken] += 1.0
    np.copyto(w.agreement_months, runs, where=agrees)
    w.stance_event[...] = w.stance_choice * here


@rule(
    "bodies.agreement_runs",
    "A technical agreement is in force until its time is over, and pays for courses.",
    claims=("UNB-03", "UNB-04"), accounts=ALL, phase="bookkeeping", writes=("agreement_months", "agreement"),
)  # fmt: skip
def agreement_runs(w: Fields, now: Moment) -> None:
    """Limits: a new one starts the time anew."""
    w.agreement[...] = w.agreement_months > 0.0
    np.maximum(w.agreement_months - 1.0, 0.0, out=w.agreement_months)


@rule(
    "bodies.words_fade",
    "Words said through UN bodies fade like any; their share in public words tells how the state is named.",
    claims=("UNB-22",), accounts=ALL, phase="bookkeeping", reads=("pressure_public",),
    writes=("un_words", "share_through_un"),
    parameters=(
        Parameter("half_life", 12.0, 6.0, 24.0, "months", "half-life of words", "assumption: a year"),
        Parameter("weight", 0.3, 0.1, 1.0, "share", "weight of a word through the United Nations against full pressure",
                  "assumption"),
    ),
)  # fmt: skip
def words_fade(w: Fields, now: Moment, *, half_life: Array, weight: Array) -> None:
    """Limits: no share without any word."""
    fade(w.un_words, half_life)
    through = weight * np.minimum(w.un_words, 1.0).sum(axis=0)
    said = through + w.pressure_public.sum(axis=0)
    np.divide(through, said, out=w.share_through_un, where=said > 0.0)
