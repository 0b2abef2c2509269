"""Why senders take up official dialogues, and what having one does to their other tools."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength

ACCEPT, SPONSOR = 1, 1  # positions in the options of the decisions
BARRED = 900.0  # utility that no other term can outweigh


@rule(
    "dialogue.hesitation",
    "A sender new to the idea rather declines an official dialogue; one that had a dialogue takes it up again.",
    claims=("DLG-03", "DLG-11"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("dialogue_suspended",),
    writes=("accept_dialogue_utility",),
    parameters=(
        Parameter("distance", 1.2, 0.0, 3.0, "utility", "distance of taking up an offer from declining it",
                  "assumption: one offer in four is taken up without further reasons"),
        Parameter("habit", 2.0, 0.0, 4.0, "utility", "gain where the offer is to resume", "DLG-11; assumption"),
    ),
)
def hesitation(w: Fields, now: Moment, *, distance: Array, habit: Array) -> None:
    """Put declining ahead of a first dialogue. Limits: says nothing on who is offered one."""
    w.accept_dialogue_utility[ACCEPT] -= distance
    if w.dialogue_suspended.any():
        w.accept_dialogue_utility[ACCEPT] += habit * w.dialogue_suspended


@rule(
    "dialogue.after_defeats",
    "Motion after motion lost turns sponsors to talks.",
    claims=("DLG-03", "DLG-01"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("defeats",),
    writes=("accept_dialogue_utility",),
    parameters=(
        strength("utility of a dialogue gained with each motion lost",
                 "DLG-03; assumption: set by the dates of first dialogues, 1990-97", default=0.75, high=1.2,
                 unit="utility per motion"),
        Parameter("most", 8.0, 3.0, 15.0, "motions", "defeats beyond which nothing is added", "assumption"),
    ),
)
def after_defeats(w: Fields, now: Moment, *, strength: Array, most: Array) -> None:
    """Add lost motions to the case for talks. Limits: silent before the first defeat."""
    w.accept_dialogue_utility[ACCEPT] += strength * np.minimum(w.defeats, most)


@rule(
    "dialogue.partner_interest",
    "Commerce makes talks attractive; a will to be seen acting does too, a habit of public criticism does not.",
    claims=("DLG-15", "DLG-22", "TGT-23"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("business_pull", "public_stance"),
    writes=("accept_dialogue_utility",),
    parameters=(
        strength("utility of a dialogue gained from a full business pull", "DLG-22, TGT-23; assumption",
                 default=1.0, high=3.0, unit="utility"),
        Parameter("stance", 1.0, 0.0, 3.0, "multiplier", "what a wholly public stance takes, against the business pull",
                  "DLG-15; assumption"),
    ),
)
def partner_interest(w: Fields, now: Moment, *, strength: Array, stance: Array) -> None:
    """Add business ties to the case for talks and take a public stance from it.

    Limits: silent without trade and public words.
    """
    case = w.public_stance * stance
    np.subtract(w.business_pull, case, out=case)
    case *= strength
    w.accept_dialogue_utility[ACCEPT] += case


@rule(
    "dialogue.example_of_others",
    "When others of the joint bloc talk, staying out looks lonely.",
    claims=("DLG-03", "COA-11"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("has_dialogue", "in_joint_bloc"),
    writes=("accept_dialogue_utility",),
    parameters=(
        strength("utility of a dialogue when a third of the joint bloc has one",
                 "DLG-03 (one after another); assumption", default=1.0, high=3.0, unit="utility"),
    ),
)
def example_of_others(w: Fields, now: Moment, *, strength: Array) -> None:
    """Add the example of the joint bloc to the case for talks, for all senders.

    Limits: silent while no member talks.
    """
    talking = (w.has_dialogue * w.in_joint_bloc).sum(axis=0) / max(float(w.in_joint_bloc.sum()), 1.0)
    w.accept_dialogue_utility[ACCEPT] += strength * np.minimum(3.0 * talking, 1.0)


@rule(
    "dialogue.bloc_holds_out",
    "While the joint bloc stands together and none of its members talks, none wants to be the first.",
    claims=("DLG-08", "COA-10"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("has_dialogue", "in_joint_bloc", "coordination"),
    writes=("accept_dialogue_utility",),
    parameters=(
        strength("utility of a dialogue lost by a member of a fully coordinated bloc",
                 "DLG-08, COA-10; record: members of the bloc talked from 1996 on, others from 1990", default=7.0,
                 high=10.0, unit="utility"),
    ),
)
def bloc_holds_out(w: Fields, now: Moment, *, strength: Array) -> None:
    """Hold members of the joint bloc back from being the first to talk. Limits: silent once one member talks."""
    none_yet = 1.0 - (w.has_dialogue * w.in_joint_bloc).max(axis=0)
    w.accept_dialogue_utility[ACCEPT] -= strength * w.coordination * none_yet * w.in_joint_bloc


@rule(
    "dialogue.policy",
    "An arm may have senders refuse official dialogues, or seek them.",
    claims=("DLG-03", "DLG-15", "DLG-06"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    reads=("lever_dialogue",),
    writes=("accept_dialogue_utility",),
    parameters=(
        Parameter("seek", 4.0, 2.0, 8.0, "utility", "gain where an arm has senders seek dialogues",
                  "assumption: offers are nearly always taken up", role="constant"),
    ),
)
def policy(w: Fields, now: Moment, *, seek: Array) -> None:
    """Carry out the arm's policy on dialogues. Limits: silent where the lever is free."""
    if w.lever_dialogue.any():
        seeking, refusing = w.lever_dialogue > 0, w.lever_dialogue < 0
        w.accept_dialogue_utility[ACCEPT] += seek * seeking - BARRED * refusing


@rule(
    "dialogue.demand",
    "Senders that ask for dialogues are offered them sooner.",
    claims=("DLG-06",),
    accounts=ALL,
    phase="answer_weighing",
    rows="senders",
    reads=("lever_dialogue", "sender_will"),
    writes=("offer_dialogue_utility",),
    parameters=(
        strength("utility of an offer gained by asking, for a sender of middling will",
                 "DLG-06 (the demand was granted); assumption", default=2.5, high=5.0, unit="utility"),
    ),
)
def demand(w: Fields, now: Moment, *, strength: Array) -> None:
    """Grant the wish of senders whose arm seeks dialogues; drop offers to those who refuse.

    Limits: silent where the lever is free.
    """
    if w.lever_dialogue.any():
        w.offer_dialogue_utility[ACCEPT] += strength * w.lever_dialogue * np.minimum(2.0 * w.sender_will, 1.0)


@rule(
    "dialogue.substitutes_for_motion",
    "Having a dialogue becomes the reason for not sponsoring a motion, the more so the more motions have failed.",
    claims=("DLG-15", "DLG-03"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    when="session-1",
    reads=("has_dialogue", "dialogue_suspended", "defeats"),
    writes=("sponsor_utility",),
    parameters=(
        strength("utility of sponsoring lost by a running dialogue",
                 "prior hazard ratio 0.35, 0.1 to 0.8, from the exits of 1997-98; set so that the simulated ratio of "
                 "sponsoring with and without a dialogue falls into that band",
                 default=7.5, high=10.0, unit="utility"),
        Parameter("many", 6.0, 3.0, 12.0, "defeats", "defeats after which talks are the whole alternative",
                  "DLG-03; record: six before the exits of 1997"),
        Parameter("at_once", 0.0, 0.0, 0.5, "share", "part of the loss that needs no defeat",
                  "record: partners of 1990-94 went on sponsoring; assumption"),
    ),
)
def substitutes_for_motion(w: Fields, now: Moment, *, strength: Array, many: Array, at_once: Array) -> None:
    """Lower the utility of sponsoring while a dialogue runs.

    Limits: a suspended dialogue is no substitute; grows with the cube of defeats, as weariness does.
    """
    loss = strength * (at_once + (1.0 - at_once) * np.minimum((w.defeats / many) ** 3, 1.0))
    w.sponsor_utility[SPONSOR] -= loss * (w.has_dialogue > w.dialogue_suspended)
