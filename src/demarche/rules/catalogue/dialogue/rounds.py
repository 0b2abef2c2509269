"""Rounds of dialogue: when they are held, when they fall through, and what is in them."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T1, T2, T3, T4
from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength

ROUND = 2  # code of `dialogue_event`
OPENNESS = ("term_agenda", "term_secrecy", "term_ngo_seat")


def openness(agenda: Array, secrecy: Array, ngo_seat: Array) -> Array:
    """Return how open the terms are, the mean of three shares in [0, 1]."""
    mean: Array = (agenda + (1.0 - secrecy) + ngo_seat) / 3.0
    return mean


@rule(
    "dialogue.rounds_due",
    "A running dialogue is due for a round once or twice a year.",
    claims=("DLG-04", "DLG-06"),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("has_dialogue", "dialogue_suspended", "dialogue_months"),
    writes=("round_held",),
    parameters=(
        Parameter("interval", 8.0, 5.0, 12.0, "months", "months from round to round",
                  "record: one partner twice a year, others about once; rounded mean"),
    ),
)
def rounds_due(w: Fields, now: Moment, *, interval: Array) -> None:
    """Mark dialogues whose round is due, the first in the third month.

    Limits: a round that falls through is not made up for.
    """
    states, runs = cells(w.has_dialogue > w.dialogue_suspended)
    age = w.dialogue_months[states, runs] - 2.0
    w.round_held[states, runs] = np.mod(age, np.round(interval)[runs]) == 0


@rule(
    "dialogue.walkout",
    "Open terms and independent groups at the table make the focal state cancel rounds.",
    claims=("DLG-10",),
    accounts=(T2, T3, T4),
    phase="acting",
    rows="senders",
    reads=OPENNESS,
    writes=("round_held",),
    draws=("walkout",),
    after=("dialogue.rounds_due",),
    parameters=(
        strength("chance that a round on wholly open terms is cancelled", "DLG-10; assumption: 0.6", default=0.6,
                 high=1.0, unit="chance"),
    ),
)
def walkout(w: Fields, now: Moment, *, strength: Array) -> None:
    """Cancel due rounds by chance, the more open their terms.

    Limits: silent where terms are closed; one mood a month for all partners.
    """
    due = cells(w.round_held)
    if due[0].size:
        chance = strength[due[1]] * openness(w.term_agenda[due], w.term_secrecy[due], w.term_ngo_seat[due])
        w.round_held[due] = now.draw("walkout")[due[1]] >= chance


@rule(
    "dialogue.earned_rounds",
    "A sender that demands progress first does without a round that has not been earned.",
    claims=("DLG-29",),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("term_conditions", "recent_concessions"),
    writes=("round_held",),
    draws=("patience",),
    after=("dialogue.rounds_due", "dialogue.walkout"),
    parameters=(
        strength("chance that a round is called off under full conditions without any progress",
                 "DLG-29; assumption: 0.9", default=0.9, high=1.0, unit="chance"),
    ),
)
def earned_rounds(w: Fields, now: Moment, *, strength: Array) -> None:
    """Call off due rounds where conditions exceed progress.

    Limits: silent without conditions; one mood a month for all partners.
    """
    due = cells(w.round_held)
    if w.term_conditions[due].any():
        chance = strength[due[1]] * w.term_conditions[due] * (1.0 - w.recent_concessions[due[1]])
        w.round_held[due] = now.draw("patience")[due[1]] >= chance


@rule(
    "dialogue.round_opens",
    "A round that is held begins from formal statements.",
    claims=("DLG-21", "DLG-14"),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("round_held",),
    writes=("dialogue_substance", "dialogue_event"),
    after=("dialogue.rounds_due", "dialogue.walkout", "dialogue.earned_rounds"),
    parameters=(
        Parameter("statements", 0.1, 0.0, 0.3, "share", "substance of formal statements alone",
                  "DLG-14, DLG-21; assumption"),
    ),
)
def round_opens(w: Fields, now: Moment, *, statements: Array) -> None:
    """Record rounds and set their substance to that of statements. Limits: silent in months without a round."""
    held = cells(w.round_held)
    w.dialogue_event[held] = ROUND
    w.dialogue_substance[held] = statements[held[1]]


AFTER_OPENING = ("dialogue.round_opens",)


@rule(
    "dialogue.open_terms",
    "Open agendas, publication and independent groups give a round substance.",
    claims=("DLG-17", "DLG-28", "DLG-07", "PRS-31"),
    accounts=(T2, T3, T4),
    phase="acting",
    rows="senders",
    reads=("round_held", *OPENNESS),
    writes=("dialogue_substance",),
    after=AFTER_OPENING,
    parameters=(
        strength("substance that wholly open terms add", "DLG-17, DLG-28; assumption: 0.6", default=0.6, high=0.9,
                 unit="share"),
    ),
)
def open_terms(w: Fields, now: Moment, *, strength: Array) -> None:
    """Add substance by the openness of terms. Limits: silent in months without a round."""
    held = cells(w.round_held)
    gain = strength[held[1]] * openness(w.term_agenda[held], w.term_secrecy[held], w.term_ngo_seat[held])
    w.dialogue_substance[held] += gain * (1.0 - w.dialogue_substance[held])


@rule(
    "dialogue.equal_respect",
    "Talks between equals who respect each other have substance; public criticism takes it from them.",
    claims=("DLG-02",),
    accounts=(T1,),
    phase="acting",
    rows="senders",
    reads=("round_held", "public_stance"),
    writes=("dialogue_substance",),
    after=AFTER_OPENING,
    parameters=(
        strength("substance that full respect adds", "DLG-02; assumption: 0.6", default=0.6, high=0.9, unit="share"),
    ),
)
def equal_respect(w: Fields, now: Moment, *, strength: Array) -> None:
    """Add substance where the partner has kept from public criticism. Limits: silent in months without a round."""
    held = cells(w.round_held)
    respect = strength[held[1]] * (1.0 - w.public_stance[held])
    w.dialogue_substance[held] += respect * (1.0 - w.dialogue_substance[held])


@rule(
    "dialogue.mutual_account",
    "Rounds that hold both sides to their commitments, and answer criticism of the sender, go beyond differing.",
    claims=("DLG-26", "DLG-27"),
    accounts=(T4,),
    phase="acting",
    rows="senders",
    reads=("round_held", "commitment", "is_core", "credibility"),
    writes=("dialogue_substance",),
    after=(*AFTER_OPENING, "dialogue.open_terms"),
    parameters=(
        strength("substance that full commitments and full credit add", "DLG-26, DLG-27; assumption: 0.3",
                 default=0.3, high=0.7, unit="share"),
    ),
)
def mutual_account(w: Fields, now: Moment, *, strength: Array) -> None:
    """Add substance by the commitments of the one and the credit of the other.

    Limits: silent in months without a round.
    """
    held = cells(w.round_held)
    promised = (w.commitment * w.is_core).sum(axis=0) / max(float(w.is_core.sum()), 1.0)
    gain = (strength * promised)[held[1]] * w.credibility[held]
    w.dialogue_substance[held] += gain * (1.0 - w.dialogue_substance[held])
