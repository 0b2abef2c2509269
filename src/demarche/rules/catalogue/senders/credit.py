"""Credit: an answer belongs to those who asked for it, and what they remember of it moves where they speak next."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array, Spots, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import by_run, real
from demarche.rules.kit.asks import equal_parts, pairs
from demarche.rules.kit.codes import codes_by_turn, codes_of
from demarche.rules.kit.rings import new_rows, order_of
from demarche.world.fields.persons import CONCESSIONS, REPLIES

Positions = NDArray[np.intp]

LATELY = 12  # months in which whoever asked is told
NOBODY = -1
REPLY = codes_of("reply_event")
ANSWERS = (("told", "told"), ("treated_better", "better"), ("released", "freed"), ("exiled", "freed"))
GIVEN = tuple((turn, turn) for turn in CONCESSIONS)


@rule(
    "senders.credit_for_persons",
    "What is done for a person is credited to those who asked for that person in the last two years, in equal parts.",
    claims=("PRS-16", "PRS-20", "PRS-29", "PRS-36"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("person_event", "lists_until"),
    writes=("asked_until", "unheard", "lists_unheard", "yield_persons", "concession_event", "asks_answered",
            "reply_next", "reply_sender", "reply_person", "reply_asks", "reply_event"),
    parameters=(
        Parameter("memory", 0.3, 0.1, 1.0, "share", "part of the way to full yield that one release all its own goes",
                  "assumption: three or four releases convince"),
        Parameter("better", 0.5, 0.1, 1.0, "share", "better treatment beside a release", "assumption: half"),
    ),
)  # fmt: skip
def credit_for_persons(w: Fields, now: Moment, *, memory: Array, better: Array) -> None:
    """Being told answers whoever asked in the last year, without yield; what was asked may yet be granted.

    An answer is one to all asks for the person since the last answer, and to the lists on which the name stood.
    Limits: silent where nobody asked; who asked often gets no more than who asked once; of several names that are
    answered in a month the one that was asked for most often tells how many lists had an answer.
    """
    turned = cells(w.person_event)
    said = codes_by_turn(ANSWERS, REPLIES)[turned.of(w.person_event)]
    turned, said = turned.where(said > 0), said[said > 0]
    told = said == REPLY["told"]
    least = now.step + np.where(told, LATELY, 0)  # up to which an ask must count
    senders, which = cells(w.lists_until.take(turned[1], axis=1) >= now.step)  # who asked for anybody
    asked = pairs(senders, turned[0][which], len(w.person_event), turned[1][which], now.n_runs)
    counts = asked.of(w.asked_until) >= least[which]
    asked, senders, which = asked.where(counts), senders[counts], which[counts]
    persons, runs = turned[0][which], turned[1][which]
    worth = np.where(said == REPLY["freed"], 1.0, np.where(told, 0.0, better[turned[1]]))
    own = Spots.of_rows(senders, runs, now.n_runs).flat
    gained = np.bincount(own, memory[runs] * equal_parts(worth, which), w.yield_persons.size)
    w.yield_persons[...] = np.minimum(w.yield_persons + real(gained).reshape(w.yield_persons.shape), 1.0)
    asks = asked.of(w.unheard)
    _reply(w, asks, said[which], senders, persons, runs)
    asked.put_into(w.unheard, 0.0)
    heard = np.zeros_like(w.lists_unheard)
    np.maximum.at(heard.reshape(-1), own, asks)  # lists on which an answered name stood
    w.lists_unheard[...] = np.maximum(w.lists_unheard - heard, 0.0)
    settled = asked.where(~told[which])
    settled.put_into(w.asked_until, -1.0)
    granted = Spots.of_rows(persons, runs, now.n_runs)
    granted.put_into(w.concession_event, codes_by_turn(GIVEN, CONCESSIONS)[granted.of(w.person_event)])


@rule(
    "senders.credit_for_issues",
    "A document, plan, invitation or signature on an issue is credited to those who asked on it, in equal parts.",
    claims=("PRS-16", "PRS-29", "DLG-12"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("issue_granted",),
    writes=("issue_asked_until", "issue_unheard", "yield_issue", "asks_answered", "reply_next", "reply_sender",
            "reply_person", "reply_asks", "reply_event"),
    trigger="issue_granted",
    parameters=(
        Parameter("memory", 0.3, 0.1, 1.0, "share", "part of the way to full yield that one concession goes",
                  "assumption: as for persons"),
    ),
)  # fmt: skip
def credit_for_issues(w: Fields, now: Moment, *, memory: Array) -> None:
    """Limits: silent in months without a concession on an issue; asks for persons get nothing."""
    given = cells(w.issue_granted)
    senders, which = cells(given.of_each(w.issue_asked_until) >= now.step)
    issues, runs = given[0][which], given[1][which]
    asked = pairs(senders, issues, len(w.issue_granted), runs, now.n_runs)
    gained = memory[runs] * equal_parts(given.of(w.issue_granted), which)
    asked.put_into(w.yield_issue, np.minimum(asked.of(w.yield_issue) + gained, 1.0))
    nobody, granted = np.full_like(runs, NOBODY), np.full_like(runs, REPLY["granted"])
    _reply(w, asked.of(w.issue_unheard), granted, senders, nobody, runs)
    asked.put_into(w.issue_unheard, 0.0)
    asked.put_into(w.issue_asked_until, -1.0)


def _reply(
    w: Fields, asks: Array, codes: NDArray[np.integer[Any]], senders: Positions, persons: Positions, runs: Positions
) -> None:
    """Record how many asks were answered how, `(n,)` each; where all had been answered before nothing is recorded."""
    w.asks_answered += by_run(len(w.reply_next), runs, asks)
    order = order_of(runs, len(w.reply_next))
    order = order[asks[order] > 0.0]
    new = new_rows(w.reply_next, len(w.reply_event), runs[order])
    new.put_into(w.reply_sender, senders[order])
    new.put_into(w.reply_person, persons[order])
    new.put_into(w.reply_asks, asks[order])
    new.put_into(w.reply_event, codes[order])


@rule(
    "senders.yields_fade",
    "What own words brought is forgotten by half in three years.",
    claims=("PRS-20", "PRS-29"),
    accounts=ALL,
    phase="bookkeeping",
    when="year",
    writes=("yield_issue", "yield_persons"),
    parameters=(
        Parameter("half_life", 3.0, 1.0, 6.0, "years", "half-life of the memory of yields", "assumption: three years"),
    ),
)
def yields_fade(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Limits: acts once a year, for all of it."""
    kept = np.exp2(-1.0 / half_life)
    w.yield_issue *= kept
    w.yield_persons *= kept
