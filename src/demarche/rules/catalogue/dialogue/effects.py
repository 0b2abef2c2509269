"""What dialogues do over the years: to partners, to coordination, to law, to belief."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T1, T3, T4
from demarche.arrays import Array
from demarche.rules.contract import Fields, Moment, rule, strength


@rule(
    "dialogue.learning",
    "Rounds of respectful talk slowly turn tactics into belief.",
    claims=("DLG-01", "DLG-02"),
    accounts=(T1,),
    phase="learning",
    rows="senders",
    reads=("round_held", "dialogue_substance", "vocal_pressure", "internalisation"),
    writes=("internalisation_change",),
    parameters=(
        strength("share of missing internalisation gained by one round of full substance",
                 "DLG-01 (3-10 years); assumption: a point or two of the scale a year with ten partners",
                 default=0.003, high=0.01, unit="share per round"),
    ),
)
def learning(w: Fields, now: Moment, *, strength: Array) -> None:
    """Turn the substance of rounds into belief, less in months of public confrontation.

    Limits: silent in months without a round.
    """
    if w.round_held.any():
        talk = np.einsum("sr,sr->r", w.round_held, w.dialogue_substance)
        calm = 1.0 - w.vocal_pressure
        w.internalisation_change += np.minimum(strength * talk * calm, 1.0) * (1.0 - w.internalisation)


@rule(
    "dialogue.training",
    "Training of judges, lawyers and legislators betters the formal law and leaves detention outside it as it is.",
    claims=("DLG-23", "DLG-24", "DLG-13"),
    accounts=(T1, T3),
    phase="learning",
    rows="senders",
    reads=("dialogue_tracks", "is_procedural", "formal_law"),
    writes=("formal_law_change",),
    parameters=(
        strength("share of missing law gained per month on procedure with a dozen tracks",
                 "DLG-23; prior on dialogue and legal reform +0.005 a year, 0 to 0.015", default=0.0007, high=0.002,
                 unit="share per month"),
    ),
)
def training(w: Fields, now: Moment, *, strength: Array) -> None:
    """Raise formal law on procedure; practice is not touched. Limits: silent without running dialogues."""
    w.formal_law_change += strength * w.dialogue_tracks * w.is_procedural * (1.0 - w.formal_law)


@rule(
    "dialogue.aimed_aid",
    "Legal aid and expert talks matter where they are aimed at the practices that produce abuse.",
    claims=("DLG-25",),
    accounts=(T4,),
    phase="learning",
    rows="senders",
    reads=("dialogue_tracks", "has_dialogue", "dialogue_suspended", "dialogue_substance", "is_procedural",
           "threatens_monopoly", "structural_practice"),
    writes=("structural_practice_change",),
    parameters=(
        strength("share of missing practice gained per month on procedure with a dozen tracks of full substance",
                 "DLG-25 (3-10 years); prior on dialogue alone within 0.005 a year", default=0.0003, high=0.001,
                 unit="share per month"),
    ),
)
def aimed_aid(w: Fields, now: Moment, *, strength: Array) -> None:
    """Raise practice on procedure where talks have substance and the monopoly is not at stake.

    Limits: silent without running dialogues.
    """
    running = w.has_dialogue > w.dialogue_suspended
    if running.any():
        substance = (running * w.dialogue_substance).sum(axis=0) / np.maximum(running.sum(axis=0), 1)
        aim = strength * w.dialogue_tracks * substance
        room = w.is_procedural * (1.0 - w.threatens_monopoly) * (1.0 - w.structural_practice)
        w.structural_practice_change += aim * room
