"""How far senders align their positions: what talks and disputes take from it, and to what it returns."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import return_to, share_a_year


@rule(
    "senders.tracks_divide",
    "Separate tracks stop partners from aligning their positions.",
    claims=("DLG-08", "DLG-16"), accounts=ALL, phase="learning", rows="senders",
    reads=("dialogue_tracks", "coordination", "has_dialogue", "lever_notes"),
    writes=("coordination_change",), links=("tracks_coordination",),
)  # fmt: skip
def tracks_divide(w: Fields, now: Moment, *, tracks_coordination: Array) -> None:
    """A dozen tracks are full treatment; those whose partners compare notes do not count.

    Limits: silent without talks; what it costs to be seen comparing is not told.
    """
    told = (w.has_dialogue * w.lever_notes).sum(axis=0) / np.maximum(w.has_dialogue.sum(axis=0), 1.0)
    w.coordination_change += share_a_year(w.coordination, -tracks_coordination, w.dialogue_tracks * (1.0 - told))


@rule(
    "senders.disputes_divide",
    "A dispute among senders over something else makes it harder for them to act together on rights.",
    claims=("COA-21",), accounts=ALL, phase="learning", reads=("coordination",), writes=("coordination_change",),
    calendar=("sender_dispute",),
    parameters=(
        Parameter("lost", 0.3, 0.1, 0.6, "share", "alignment lost in the month of a dispute at full strength",
                  "COA-21; assumption: a third"),
    ),
)  # fmt: skip
def disputes_divide(w: Fields, now: Moment, *, lost: Array) -> None:
    """What is lost comes back as senders.coordination_returns says. Limits: who quarrels with whom is not told."""
    w.coordination_change -= lost * now.strength("sender_dispute") * w.coordination


@rule(
    "senders.coordination_returns",
    "Left alone, senders align as far as common interests go; an arm may have them agree on more or less.",
    claims=("COA-22",), accounts=ALL, phase="bookkeeping", reads=("coordination", "lever_coordination"),
    writes=("coordination_change",),
    parameters=(
        Parameter("usual", 0.6, 0.4, 0.8, "share", "usual coordination",
                  "its level at the start: initial values of the cast"),
        Parameter("half_life", 36.0, 18.0, 72.0, "months", "half-life of what moved it", "assumption"),
    ),
)  # fmt: skip
def coordination_returns(w: Fields, now: Moment, *, usual: Array, half_life: Array) -> None:
    """Limits: a lever holds the level."""
    free = w.coordination_change + return_to(w.coordination, usual, half_life)
    held = w.lever_coordination - w.coordination
    w.coordination_change[...] = np.where(np.isnan(w.lever_coordination), free, held)
