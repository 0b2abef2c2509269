"""Offers of official dialogues: when the focal state extends them, and to whom."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T1, T2, T3, T4
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength

OFFER = 1  # position in the options of the decision `offer_dialogue`
BARRED = 900.0  # utility that no other term can outweigh


@rule(
    "dialogue.no_offer",
    "Without a reason the focal state offers no talks, and none to itself, to absent states or to running partners.",
    claims=("DLG-06",),
    accounts=ALL,
    phase="answer_weighing",
    rows="senders",
    reads=("is_focal", "is_present", "has_dialogue", "dialogue_suspended"),
    writes=("offer_dialogue_utility",),
    parameters=(
        Parameter("distance", 10.0, 8.5, 12.0, "utility", "distance of an offer from withholding one",
                  "assumption: never without a reason; with them, 1 to 3 dialogues before 1996"),
    ),
)
def no_offer(w: Fields, now: Moment, *, distance: Array) -> None:
    """Put withholding well ahead of offering. Limits: a suspended dialogue may be offered again."""
    running = w.has_dialogue > w.dialogue_suspended
    barred = np.maximum(running, np.maximum(w.is_focal, 1.0 - w.is_present))
    w.offer_dialogue_utility[OFFER] -= distance + BARRED * barred


@rule(
    "dialogue.offers_to_critics",
    "Talks are offered to those who want to raise rights, above all after motions.",
    claims=("DLG-06", "DLG-12"),
    accounts=ALL,
    phase="answer_weighing",
    rows="senders",
    reads=("sender_will", "un_pressure", "vocal_pressure", "skill"),
    writes=("offer_dialogue_utility",),
    parameters=(
        strength("scale of the counter-move", "DLG-06; assumption: 1"),
        Parameter("will", 3.5, 1.0, 6.0, "utility", "gain per unit of the sender's will", "DLG-06; assumption"),
        Parameter("un_pressure", 2.0, 0.0, 5.0, "utility", "gain per unit of pressure through UN bodies",
                  "DLG-12; record of 1996-97; assumption"),
        Parameter("vocal_pressure", 1.0, 0.0, 3.0, "utility", "gain per unit of public criticism",
                  "DLG-12; assumption"),
        Parameter("skill", 7.0, 3.0, 10.0, "utility", "gain per unit of skill in counter-moves",
                  "DLG-06, TGT-12; assumption: set by the dates of first dialogues, 1990-97"),
    ),
)
def offers_to_critics(
    w: Fields, now: Moment, *, strength: Array, will: Array, un_pressure: Array, vocal_pressure: Array, skill: Array,
) -> None:
    """Make offers a counter-move to criticism. Limits: states without will are offered nothing on this account."""
    common = un_pressure * w.un_pressure + vocal_pressure * w.vocal_pressure + skill * w.skill
    standing = np.minimum(2.0 * w.sender_will, 1.0)
    standing *= strength * (common + will * w.sender_will)
    w.offer_dialogue_utility[OFFER] += standing


@rule(
    "dialogue.first_success",
    "Once a member of the joint bloc talks, the others are offered the same; with many tracks the wish is met.",
    claims=("DLG-06", "DLG-16"),
    accounts=ALL,
    phase="answer_weighing",
    rows="senders",
    reads=("has_dialogue", "in_joint_bloc", "dialogue_tracks", "sender_will"),
    writes=("offer_dialogue_utility",),
    parameters=(
        strength("scale of the change after a first success", "DLG-06; assumption: 1"),
        Parameter("opening", 3.5, 0.0, 6.0, "utility", "gain once a joint sponsor has a dialogue",
                  "DLG-06; start of tracks 1996-98: 3 to about 10 in three years"),
        Parameter("crowding", 5.0, 0.0, 8.0, "utility", "loss at a full dozen of tracks",
                  "DLG-06: about eleven tracks; assumption"),
    ),
)
def first_success(w: Fields, now: Moment, *, strength: Array, opening: Array, crowding: Array) -> None:
    """Open the way for others after a first joint partner, and close it as tracks fill up.

    Limits: silent before the first dialogue.
    """
    opened = (w.has_dialogue * w.in_joint_bloc).max(axis=0)
    gain = strength * (opening * opened - crowding * w.dialogue_tracks)
    w.offer_dialogue_utility[OFFER] += gain * (w.sender_will > 0.1)


@rule(
    "dialogue.offers_of_resumption",
    "A broken-off dialogue is offered again after a while, when a motion has passed.",
    claims=("DLG-11",),
    accounts=ALL,
    phase="answer_weighing",
    rows="senders",
    reads=("dialogue_suspended", "un_pressure"),
    writes=("offer_dialogue_utility",),
    parameters=(
        strength("utility of offering resumption in calm", "DLG-11; record: resumed after one to three years",
                 default=2.5, high=5.0, unit="utility"),
    ),
)
def offers_of_resumption(w: Fields, now: Moment, *, strength: Array) -> None:
    """Favour offers to suspended partners as UN pressure recedes. Limits: silent without a suspended dialogue."""
    if w.dialogue_suspended.any():
        w.offer_dialogue_utility[OFFER] += strength * (1.0 - w.un_pressure) * w.dialogue_suspended


@rule(
    "dialogue.calm_setting",
    "A state that needs recognition and a calm setting settles disputes by talking.",
    claims=("DLG-05",),
    accounts=(T1,),
    phase="answer_weighing",
    rows="senders",
    reads=("target_needs", "sender_will"),
    writes=("offer_dialogue_utility",),
    parameters=(
        strength("utility of an offer gained from full needs, for a critic", "DLG-05; assumption: odds rise by a half",
                 default=0.5, high=2.0, unit="utility"),
    ),
)
def calm_setting(w: Fields, now: Moment, *, strength: Array) -> None:
    """Add the need for a calm setting to offers. Limits: silent without needs and for states without will."""
    w.offer_dialogue_utility[OFFER] += strength * w.target_needs * (w.sender_will > 0.1)


@rule(
    "dialogue.pledges_and_cooperation",
    "Demands framed by the focal state's own pledges, together with cooperation, draw it into talks.",
    claims=("DLG-30",),
    accounts=(T4,),
    phase="answer_weighing",
    rows="senders",
    reads=("commitment", "is_core", "sender_will", "public_stance"),
    writes=("offer_dialogue_utility",),
    parameters=(
        strength("utility of an offer gained from full pledges, for a critic that speaks in private",
                 "DLG-30 (1-3 years); assumption", default=1.0, high=3.0, unit="utility"),
    ),
)
def pledges_and_cooperation(w: Fields, now: Moment, *, strength: Array) -> None:
    """Add pledges to offers, less for senders that speak in public only. Limits: silent without pledges."""
    pledged = (w.commitment * w.is_core).sum(axis=0) / max(float(w.is_core.sum()), 1.0)
    w.offer_dialogue_utility[OFFER] += strength * pledged * w.sender_will * (1.0 - w.public_stance)


@rule(
    "dialogue.openness_feared",
    "A sender known to insist on openness and independent groups is offered talks less readily.",
    claims=("DLG-10", "DLG-28"),
    accounts=(T2, T3, T4),
    phase="answer_weighing",
    rows="senders",
    reads=("lever_agenda", "lever_secrecy", "lever_ngo_seat"),
    writes=("offer_dialogue_utility",),
    parameters=(
        strength("utility of an offer lost by a sender that insists on wholly open terms",
                 "DLG-10; assumption: odds fall to less than half", default=1.0, high=3.0, unit="utility"),
    ),
)
def openness_feared(w: Fields, now: Moment, *, strength: Array) -> None:
    """Lower offers to senders whose arm insists on open terms. Limits: silent where no terms are imposed."""
    asked = [w.lever_agenda, 1.0 - w.lever_secrecy, w.lever_ngo_seat]
    openness = sum(np.where(np.isnan(term), 0.0, term) for term in asked) / len(asked)
    if np.any(openness):
        w.offer_dialogue_utility[OFFER] -= strength * openness
