"""Deeds of visitors: to go to a trial or a home, to meet activists, to address the people."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import log_of
from demarche.rules.kit.codes import status
from demarche.rules.kit.rates import times
from demarche.rules.kit.sampling import one_of
from demarche.rules.kit.settings import barred
from demarche.rules.kit.words import raise_words, summed


@rule(
    "senders.deed_rates",
    "On a visit of its own a government now and then does more than speak.",
    claims=("NGO-29", "PRS-34", "SND-16", "PRS-12"),
    accounts=ALL,
    phase="weighing",
    rows="senders",
    trigger="meets",
    reads=("meets", "sender_will", "lever_quiet", "lever_vocal"),
    writes=("deed_utility",),
    parameters=(
        Parameter("usual", 0.25, 0.15, 0.4, "share", "will for which the base rate holds", "as senders.will_speaks"),
    ),
    rates=("deed_any",),
)  # fmt: skip
def deed_rates(w: Fields, now: Moment, *, usual: Array, deed_any: Array) -> None:
    """Visit, contact and address are alike in frequency. An address is a public word, so
    that an arm without any bars it. Limits: silent for a government without will.
    """
    who = cells(w.meets)
    deed = times(deed_any[who[1]], who.of(w.sender_will) / usual[who[1]])
    odds = now.temperature("deed")[who[1]] * log_of(deed / (1.0 - deed) / (len(w.deed_utility) - 1))
    for option in w.deed_utility[1:]:
        who.add_to(option, odds)
    quiet, vocal = who.of(w.lever_quiet), who.of(w.lever_vocal)
    mute = (vocal == 0.0) | ((quiet == 1.0) & np.isnan(vocal))
    who.where(mute).put_into(w.deed_utility[now.index("deed", "address")], barred())


@rule(
    "senders.deeds",
    "A visitor stands at a trial or a home, meets an activist, or addresses the people over the heads of officials.",
    claims=("NGO-29", "PRS-30", "PRS-12", "PRS-34", "SND-16", "TGT-01"),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("deed_choice", "meets", "escalate_choice", "out_of_patience", "person_status", "person_is_detained",
           "person_since", "person_fame", "is_core", "word_weight", "is_friend"),
    writes=("person_presence", "person_contact", "person_contact_of", "word_public", "said_public", "said_by_friends",
            "deed_event"),
    draws=("visited", "met"),
    after=("senders.says",),
    parameters=(
        Parameter("trial", 12.0, 3.0, 24.0, "months", "months in detention in which there is a trial to attend",
                  "assumption: within a year"),
        Parameter("unknown", 0.1, 0.02, 0.3, "share", "weight of an unknown person beside a famous one",
                  "assumption: visitors know the famous"),
    ),
)  # fmt: skip
def deeds(w: Fields, now: Moment, *, trial: Array, unknown: Array) -> None:
    """Upgraded contacts are a meeting too; an address counts as a public word on the core of rights.

    Limits: acts on one person a visitor; silent where nobody is to be visited or met.
    """
    if not (w.meets.any() or w.out_of_patience.any()):
        return
    done = w.deed_choice * (w.meets > 0.0)
    upgraded = (w.escalate_choice == now.index("escalate", "upgrade_contact")) & (w.out_of_patience > 0.0)
    visits, meetings = done == now.index("deed", "visit"), (done == now.index("deed", "contact")) | upgraded
    addresses = done == now.index("deed", "address")
    w.deed_event[...] = np.where(upgraded, now.index("deed", "contact"), done)
    for cell, label in ((cells(visits), "visited"), (cells(meetings), "met")):
        senders, runs = cell
        if not runs.size:
            continue
        there = w.person_status[:, runs] == status("at_liberty")
        if label == "visited":
            there |= (w.person_is_detained[:, runs] > 0.0) & (now.step - w.person_since[:, runs] <= trial[runs])
        weights = (unknown[runs] + w.person_fame[:, runs]) * there
        people = one_of(weights, now.draw_cells(label, "sender", cell))
        people, senders, runs = (part[there.any(axis=0)] for part in (people, senders, runs))
        if label == "visited":
            w.person_presence[people, runs] = now.step + 12 // 2
        else:
            w.person_contact[people, runs] = now.step + 12 // 2
            w.person_contact_of[people, runs] = senders
    senders, runs = cells(addresses)
    for issue in np.flatnonzero(w.is_core[:, 0]) if runs.size else ():
        issues = np.full_like(runs, issue)
        heard = w.word_weight[senders, runs] * raise_words(w.word_public, senders, issues, runs, 1.0)
        w.said_public += summed(heard, issues, runs, w.said_public.shape)
        w.said_by_friends += summed(heard * w.is_friend[senders, runs], issues, runs, w.said_public.shape)
