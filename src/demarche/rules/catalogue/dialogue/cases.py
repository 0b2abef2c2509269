"""Dialogues and individual cases: names handed over at rounds, and rounds that have to be earned."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T2, T4
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, rule, strength


@rule(
    "dialogue.raises_cases",
    "Lists of names are handed over at rounds.",
    claims=("PRS-20", "PRS-10"),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("round_held", "term_agenda", "case_fame", "case_status"),
    writes=("case_listed",),
    after=("senders.round_substance", "pressure.case_lists"),
    parameters=(
        strength("private raising of the best-known person detained, at a round on a wholly open agenda",
                 "PRS-20; assumption: a closed agenda leaves half of it", default=0.8, high=1.0, unit="share"),
    ),
)
def raises_cases(w: Fields, now: Moment, *, strength: Array) -> None:
    """Raise detained persons in private, the better known first. Limits: silent in months without a round."""
    if w.round_held.any():
        weight = (w.round_held * (0.5 + 0.5 * w.term_agenda)).max(axis=0)
        raised = strength * weight * w.case_fame * (w.case_status == 1)
        np.maximum(w.case_listed, np.minimum(raised, 1.0), out=w.case_listed)


@rule(
    "dialogue.conditions_bite",
    "The next round, made to be earned, is a reason to give something, if partners stand together.",
    claims=("DLG-29", "DLG-08"),
    accounts=(T2, T4),
    phase="answer_weighing",
    rows="senders",
    reads=("has_dialogue", "term_conditions", "economic_weight", "coordination"),
    writes=("release_utility",),
    parameters=(
        strength("utility of a release gained when all partners demand full progress and stand together",
                 "DLG-29, DLG-08; assumption: odds nearly treble", default=1.0, high=2.0, unit="utility"),
    ),
)
def conditions_bite(w: Fields, now: Moment, *, strength: Array) -> None:
    """Add conditions on rounds to the case for releases and better treatment.

    Limits: silent without dialogues or conditions.
    """
    if w.has_dialogue.any():
        weight = w.has_dialogue * np.sqrt(w.economic_weight)
        demanded = (weight * w.term_conditions).sum(axis=0) / np.maximum(weight.sum(axis=0), 1e-9)
        gain = strength * demanded * w.coordination
        w.release_utility[1:] += gain
