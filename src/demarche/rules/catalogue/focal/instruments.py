"""Instruments: what the focal state does about a norm text while it is negotiated, and what becomes of the norms."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.catalogue.focal.reform.words import FULL_SKILL, learned
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.codes import options_of
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.usual import usual

OPTIONS = options_of("instrument")


def taken(w: Fields, *options: str) -> Array:
    """Return where one of some options was taken on the text that is now concluded `(n_runs,)`, 1 or 0."""
    places = [OPTIONS[name] for name in options]
    here: Array = (np.isin(w.instrument_choice, places) * w.body_is_charter).max(axis=0)
    return here


@rule(
    "focal.weighs_instrument",
    "While a norm text is negotiated the state joins early, dilutes it, opts out of its bite, tables its own, opposes.",
    claims=("TGT-14", "TGT-17", "TGT-18", "TGT-19", "TGT-21", "UNB-29"), accounts=ALL, phase="answer_weighing",
    when="norm_conference-6", writes=("instrument_utility",),
    rates=("instrument_join", "instrument_dilute", "instrument_own_text", "instrument_oppose"),
)  # fmt: skip
def weighs_instrument(
    w: Fields, now: Moment, *, instrument_join: Array, instrument_dilute: Array, instrument_own_text: Array,
    instrument_oppose: Array,
) -> None:  # fmt: skip
    """To dilute and to opt out share one base rate evenly. Limits: texts are alike."""
    scale, half = now.temperature("instrument"), 0.5 * instrument_dilute
    for option, chance in (
        ("dilute", half), ("opt_out", half), ("own_text", instrument_own_text), ("oppose", instrument_oppose),
    ):  # fmt: skip
        w.instrument_utility[now.index("instrument", option)] += base_utility(scale, chance, instrument_join)


@rule(
    "focal.skill_contains_norms",
    "A state that has learned does not leave a regime, it caps its growth and shades its norms.",
    claims=("TGT-14", "TGT-15", "TGT-18", "COA-07", "COA-27"), accounts=ALL, phase="answer_weighing",
    when="norm_conference-6",
    reads=("skill", "skill_at_start"), writes=("instrument_utility",), links=("skill_containment",),
    parameters=(FULL_SKILL,),
)  # fmt: skip
def skill_contains_norms(w: Fields, now: Moment, *, full: Array, skill_containment: Array) -> None:
    """COA-07: well-prepared delegates are part of skill. Limits: silent before anything is learned."""
    push = log_odds(now.temperature("instrument"), skill_containment, learned(w, full))
    for option in ("dilute", "opt_out"):
        w.instrument_utility[now.index("instrument", option)] += push


@rule(
    "focal.skill_authors_norms",
    "As its skill grows the learner becomes a co-author of rules.",
    claims=("TGT-22", "TGT-16", "TGT-17"), accounts=ALL, phase="answer_weighing", when="norm_conference-6",
    reads=("skill", "skill_at_start"), writes=("instrument_utility",), links=("skill_authorship",),
    parameters=(FULL_SKILL,),
)  # fmt: skip
def skill_authors_norms(w: Fields, now: Moment, *, full: Array, skill_authorship: Array) -> None:
    """Limits: silent before anything is learned."""
    w.instrument_utility[now.index("instrument", "own_text")] += log_odds(
        now.temperature("instrument"), skill_authorship, learned(w, full))


@rule(
    "focal.conviction_joins",
    "A state that holds the norms as its own joins early and opposes less.",
    claims=("TGT-19", "DOM-05", "DOM-07"), accounts=ALL, phase="answer_weighing", when="norm_conference-6",
    reads=("internalisation",), writes=("instrument_utility",),
    parameters=(
        Parameter("odds", 3.0, 1.0, 8.0, "odds ratio", "odds of joining against opposing at full conviction",
                  "DOM-07, TGT-19; assumption"),
        usual("internalisation"),
    ),
)  # fmt: skip
def conviction_joins(w: Fields, now: Moment, *, odds: Array, usual_internalisation: Array) -> None:
    """Limits: silent at the usual conviction."""
    w.instrument_utility[now.index("instrument", "oppose")] -= log_odds(
        now.temperature("instrument"), odds, w.internalisation - usual_internalisation)


@rule(
    "focal.shapes_instrument",
    "A text diluted or opted out of weakens the norms, any other adds to them; diluted and own texts shift them.",
    claims=("TGT-14", "TGT-16", "TGT-17", "TGT-18", "TGT-19", "COA-27", "UNB-29", "TGT-22"), accounts=ALL,
    phase="un_bodies", when="norm_conference", calendar=("norm_conference",),
    reads=("instrument_choice", "body_is_charter", "norm_strength", "norm_tilt"),
    writes=("norm_strength_change", "norm_tilt_change", "instrument_event"),
    parameters=(
        Parameter("grows", 0.05, 0.0, 0.15, "share", "part of missing strength that a text adds if nobody holds back",
                  "UNB-27; assumption"),
        Parameter("weakens", 0.1, 0.0, 0.3, "share", "part of the strength lost with a text diluted or opted out of",
                  "COA-27, UNB-29: opt-outs would gut it; assumption"),
        Parameter("tilts", 0.1, 0.0, 0.3, "share", "part of the way to its reading that a text goes",
                  "TGT-17: its phrases in texts for the first time; COA-27; assumption"),
    ),
)  # fmt: skip
def shapes_instrument(w: Fields, now: Moment, *, grows: Array, weakens: Array, tilts: Array) -> None:
    """Limits: other states' positions are not modelled; a text that it opposes stands as others wrote it."""
    weight = now.strength("norm_conference")
    w.instrument_event[...] = (w.instrument_choice + 1) * (w.body_is_charter > 0.0)
    held_back, shifted = taken(w, "dilute", "opt_out"), taken(w, "dilute", "own_text")
    w.norm_strength_change += weight * grows * (1.0 - held_back) * (1.0 - w.norm_strength)
    w.norm_strength_change -= weight * weakens * held_back * w.norm_strength
    w.norm_tilt_change += weight * tilts * shifted * (1.0 - w.norm_tilt)
