"""Credit: an answer belongs to those who asked for it, and what they remember of it moves where they speak next."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, Spots, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import real
from demarche.rules.kit.codes import answer, ask_state, codes_by_turn
from demarche.rules.kit.rings import at_rows
from demarche.world.fields.persons import ASK_ANSWERS, CONCESSIONS

YEARS = 2  # in which an ask is credited, or else lapses
ANSWERS = (("told", "told"), ("treated_better", "better"), ("released", "freed"), ("exiled", "freed"))
GIVEN = tuple((turn, turn) for turn in CONCESSIONS)


@rule(
    "senders.credit_for_persons",
    "What is done for a person is credited to those who asked for that person in the last two years, in equal parts.",
    claims=("PRS-16", "PRS-20", "PRS-29", "PRS-36"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("person_event", "ask_person", "ask_sender", "ask_month"),
    writes=("ask_state", "ask_answer", "yield_persons", "concession_event"),
    parameters=(
        Parameter("memory", 0.3, 0.1, 1.0, "share", "part of the way to full yield that one release all its own goes",
                  "assumption: three or four releases convince"),
        Parameter("better", 0.5, 0.1, 1.0, "share", "better treatment beside a release", "assumption: half"),
    ),
)  # fmt: skip
def credit_for_persons(w: Fields, now: Moment, *, memory: Array, better: Array) -> None:
    """Being told is an answer without yield; an ask has one answer, and may be granted after it was told.

    Limits: silent where nobody asked; a lapsed ask gets nothing.
    """
    turned, heard = cells(w.person_event), np.zeros_like(w.person_event)
    turned.put_into(heard, codes_by_turn(ANSWERS, ASK_ANSWERS)[turned.of(w.person_event)])
    said = at_rows(heard, w.ask_person)
    asks = cells(said)
    asks = asks.where((asks.of(w.ask_person) >= 0.0) & (asks.of(w.ask_state) < ask_state("granted")))
    wait = np.where(asks.of(said) == answer("told"), 12, YEARS * 12)
    asks = asks.where(now.step - asks.of(w.ask_month) <= wait)
    said, runs = asks.of(said), asks[1]
    told = said == answer("told")
    who, senders = (Spots.at(asks.of(whom).astype(np.intp) * now.n_runs + runs, now.n_runs)
                    for whom in (w.ask_person, w.ask_sender))  # fmt: skip
    worth = np.where(said == answer("freed"), 1.0, np.where(told, 0.0, better[runs]))
    part = worth / real(np.bincount(who.flat, minlength=1)[who.flat])
    asks.put_into(w.ask_answer, np.where(asks.of(w.ask_state) == ask_state("open"), said, 0))
    asks.put_into(w.ask_state, np.where(told, ask_state("answered"), ask_state("granted")))
    who.put_into(w.concession_event, codes_by_turn(GIVEN, CONCESSIONS)[who.of(w.person_event)])
    np.add.at(w.yield_persons, senders, memory[runs] * part)
    senders.put_into(w.yield_persons, np.minimum(senders.of(w.yield_persons), 1.0))


@rule(
    "senders.credit_for_issues",
    "A document, plan, invitation or signature on an issue is credited to those who asked on it, in equal parts.",
    claims=("PRS-16", "PRS-29", "DLG-12"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("issue_granted", "ask_issue", "ask_kind", "ask_sender", "ask_month"),
    writes=("ask_state", "ask_answer", "yield_issue"),
    trigger="issue_granted",
    parameters=(
        Parameter("memory", 0.3, 0.1, 1.0, "share", "part of the way to full yield that one concession goes",
                  "assumption: as for persons"),
    ),
)  # fmt: skip
def credit_for_issues(w: Fields, now: Moment, *, memory: Array) -> None:
    """Limits: silent in months without a concession on an issue; asks for persons get nothing."""
    runs = np.flatnonzero(w.issue_granted.any(axis=0))
    rows, which = cells((w.ask_kind[:, runs] > 0.0) & (w.ask_state[:, runs] < ask_state("granted")))
    at = runs[which]
    given = (w.issue_granted[w.ask_issue[rows, at].astype(np.intp), at] > 0.0) & (
        now.step - w.ask_month[rows, at] <= YEARS * 12
    )
    rows, at = rows[given], at[given]
    issue = w.ask_issue[rows, at].astype(np.intp)
    key = issue * now.n_runs + at
    part = w.issue_granted[issue, at] / real(np.bincount(key, minlength=1)[key])
    senders = w.ask_sender[rows, at].astype(np.intp)
    w.ask_state[rows, at] = ask_state("granted")
    w.ask_answer[rows, at] = answer("granted")
    np.add.at(w.yield_issue, (senders, issue, at), memory[at] * part)
    w.yield_issue[senders, issue, at] = np.minimum(w.yield_issue[senders, issue, at], 1.0)


@rule(
    "senders.asks_lapse",
    "An ask that has had no answer for two years is let go.",
    claims=("PRS-29",),
    accounts=ALL,
    phase="bookkeeping",
    reads=("ask_month",),
    writes=("ask_state", "ask_answer"),
    after=("senders.credit_for_persons", "senders.credit_for_issues"),
)
def asks_lapse(w: Fields, now: Moment) -> None:
    """Limits: a row that was overwritten is forgotten without a word."""
    rows, runs = cells(w.ask_month == now.step - YEARS * 12)
    still = w.ask_state[rows, runs] == ask_state("open")
    rows, runs = rows[still], runs[still]
    w.ask_state[rows, runs] = ask_state("lapsed")
    w.ask_answer[rows, runs] = answer("lapsed")


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
