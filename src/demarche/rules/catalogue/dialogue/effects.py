"""What dialogues do over the years: to partners, to coordination, to law, to belief."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T2, T3, T4
from demarche.arrays import Array, cells
from demarche.rules.contract import Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import clip_share


@rule(
    "dialogue.divides",
    "Tracks kept apart from one another stop partners from aligning their positions.",
    claims=("DLG-08", "DLG-16"),
    accounts=(T2, T3, T4),
    phase="learning",
    rows="senders",
    reads=("dialogue_tracks", "coordination"),
    writes=("coordination_change",),
    parameters=(
        strength("share of coordination lost per month with a dozen tracks",
                 "DLG-08, DLG-16 (3-10 years); assumption: half in six years", default=0.01, high=0.04,
                 unit="share per month"),
    ),
)
def divides(w: Fields, now: Moment, *, strength: Array) -> None:
    """Wear down coordination by the number of separate tracks. Limits: silent without running dialogues."""
    w.coordination_change -= strength * w.dialogue_tracks * w.coordination


@rule(
    "dialogue.berne",
    "When partners meet to compare their talks, the meeting is called unfriendly and coordination costs more.",
    claims=("DLG-09",),
    accounts=(T2,),
    phase="learning",
    rows="senders",
    when="year",
    reads=("dialogue_tracks", "coordination", "has_dialogue"),
    writes=("coordination_change", "caution"),
    parameters=(
        strength("share of coordination lost per year with a dozen tracks", "DLG-09; assumption", default=0.04,
                 high=0.15, unit="share per year"),
        Parameter("caution", 0.1, 0.0, 0.4, "share", "caution that partners learn from it", "DLG-09; assumption"),
    ),
)
def berne(w: Fields, now: Moment, *, strength: Array, caution: Array) -> None:
    """Make comparing notes costly once several partners talk. Limits: silent below three running dialogues."""
    meeting = w.dialogue_tracks * (w.dialogue_tracks >= 0.25)
    w.coordination_change -= strength * meeting * w.coordination
    lesson = np.minimum(np.sign(strength) * caution * meeting, 1.0) * w.has_dialogue
    w.caution += lesson * (1.0 - w.caution)
    clip_share(w.caution)


@rule(
    "dialogue.satisfies",
    "A well-managed process of talks gives governments something to do and takes the edge off their will.",
    claims=("DLG-22",),
    accounts=(T2, T3),
    phase="learning",
    rows="senders",
    reads=("has_dialogue", "dialogue_suspended", "sender_will"),
    writes=("sender_will_change",),
    parameters=(
        strength("share of will lost per month by a running dialogue",
                 "DLG-22 (3-10 years); assumption: a tenth in the long run", default=0.005, high=0.02,
                 unit="share per month"),
    ),
)
def satisfies(w: Fields, now: Moment, *, strength: Array) -> None:
    """Wear down the will of running partners. Limits: silent without a running dialogue."""
    running = w.has_dialogue > w.dialogue_suspended
    if running.any():
        w.sender_will_change -= strength * running * w.sender_will


@rule(
    "dialogue.moves_out_of_forums",
    "Talks behind closed doors take the issue out of forums where scrutiny costs something.",
    claims=("DLG-12",),
    accounts=(T2,),
    phase="learning",
    rows="senders",
    reads=("dialogue_tracks", "institution_scrutiny"),
    writes=("institution_scrutiny_change",),
    parameters=(
        strength("share of scrutiny lost per month with a dozen tracks", "DLG-12 (1-3 years); assumption",
                 default=0.004, high=0.02, unit="share per month"),
    ),
)
def moves_out_of_forums(w: Fields, now: Moment, *, strength: Array) -> None:
    """Wear down scrutiny in UN bodies by the number of tracks. Limits: silent without running dialogues."""
    w.institution_scrutiny_change -= strength * w.dialogue_tracks * w.institution_scrutiny


@rule(
    "dialogue.published_terms",
    "Where the terms of talks are public, people at home judge the bargains made about them.",
    claims=("DLG-18",),
    accounts=(T3,),
    phase="society",
    rows="senders",
    reads=("round_held", "term_secrecy", "awareness", "mobilisation"),
    writes=("mobilisation_change",),
    parameters=(
        strength("share of missing mobilisation gained by one round wholly in public, at full awareness",
                 "DLG-18 (1-3 years); assumption: small", default=0.004, high=0.02, unit="share per round"),
    ),
)
def published_terms(w: Fields, now: Moment, *, strength: Array) -> None:
    """Let public rounds move citizens. Limits: silent where rounds are secret."""
    if w.round_held.any():
        public = (w.round_held * (1.0 - w.term_secrecy)).sum(axis=0)
        gain = np.minimum(strength * public * w.awareness, 1.0)
        w.mobilisation_change += gain * (1.0 - w.mobilisation)


@rule(
    "dialogue.watched_engagement",
    "An independent watch on engagement lifts the quality of talks; one that nobody accepts is shut out.",
    claims=("DLG-19", "DLG-20", "DLG-17"),
    accounts=(T3,),
    phase="acting",
    rows="senders",
    reads=("round_held", "term_ngo_seat", "term_secrecy", "ngo_access", "ngo_is_active"),
    writes=("dialogue_substance",),
    after=("dialogue.round_opens", "dialogue.open_terms"),
    parameters=(
        strength("substance added where groups with full access sit in a public round",
                 "DLG-19, DLG-20 (asserted); assumption: 0.2", default=0.2, high=0.6, unit="share"),
    ),
)
def watched_engagement(w: Fields, now: Moment, *, strength: Array) -> None:
    """Add substance where independent groups have access to rounds.

    Limits: silent without access, in secret or without a round.
    """
    held = cells(w.round_held)
    access = (w.ngo_access * w.ngo_is_active).sum(axis=0) / np.maximum(w.ngo_is_active.sum(axis=0), 1.0)
    watched = (strength * access)[held[1]] * np.maximum(w.term_ngo_seat[held], 1.0 - w.term_secrecy[held])
    w.dialogue_substance[held] += watched * (1.0 - w.dialogue_substance[held])
