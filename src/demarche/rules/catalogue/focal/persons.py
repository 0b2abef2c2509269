"""The lives of persons: what was decided takes effect, terms end, and slots are filled anew."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, Mask, Spots, cells
from demarche.rules.catalogue.focal.arrests import KNOWN
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import by_run, real
from demarche.rules.kit.asks import YEARS
from demarche.rules.kit.codes import status, turn
from demarche.rules.kit.links import share_a_year
from demarche.rules.kit.rates import monthly


@rule(
    "focal.roll_call",
    "Persons are counted every second month: whose slot falls to somebody new, and who that is.",
    claims=("TGT-03", "DOM-15"),
    accounts=ALL,
    phase="events",
    reads=("fame_quantiles", "organising_quantiles", "arrest_share"),
    writes=("person_status", "person_since", "person_asked", "person_named", "person_contact", "person_contact_of",
            "person_presence", "person_is_detained", "person_is_free", "person_count", "person_detentions",
            "person_issue", "person_fame", "person_organising", "asked_until"),
    draws=("issue", "fame", "organising", "since"),
    parameters=(
        KNOWN,
        Parameter("exile", 12.0, 6.0, 36.0, "months", "months abroad after which a person is no longer followed",
                  "assumption: a year"),
        Parameter("spare", 0.0625, 0.03, 0.125, "share", "slots that are left empty for whom nobody knows yet",
                  "assumption: eight of 128, more than are detained in two months", "constant"),
    ),
)  # fmt: skip
def roll_call(w: Fields, now: Moment, *, known: Array, exile: Array, spare: Array) -> None:
    """The k-th person of a slot is the same in every arm; where slots are short, whoever is longest at liberty leaves.

    Limits: the forgotten are never met again.
    """
    if now.step == 0:
        held = w.person_status == status("detained")
        w.person_since[...] = -known * now.draw_lasting("since", "person") * (w.person_status == status("at_liberty"))
        w.person_is_detained[...] = held
        w.person_is_free[...] = ~held
    if now.step % 2:
        return
    at_liberty = w.person_status == status("at_liberty")
    gone = at_liberty & (now.step - w.person_since >= known)
    gone |= (w.person_status == status("exiled")) & (now.step - w.person_since >= exile)
    empty = (w.person_status == status("unknown")) | gone
    gone |= longest(at_liberty & ~gone, w.person_since, spare * len(gone) - real(empty.sum(axis=0)))
    slots = cells(gone)
    lately = slots.where(now.step - slots.of(w.person_since) < 12.0 * YEARS)
    for until in w.asked_until:  # who asked for the one does not ask for the other
        lately.put_into(until, -1.0)
    move(w, now, slots, "unknown")
    for memory in (w.person_asked, w.person_named, w.person_contact, w.person_presence, w.person_contact_of):
        slots.put_into(memory, -1.0)
    slots.put_into(w.person_detentions, 0.0)
    slots.add_to(w.person_count, 1.0)
    count = slots.of(w.person_count).astype(np.int64)
    steps = np.linspace(0.0, 1.0, len(w.fame_quantiles))
    for trait, quantiles, label in (
        (w.person_fame, w.fame_quantiles, "fame"),
        (w.person_organising, w.organising_quantiles, "organising"),
    ):
        slots.put_into(trait, np.interp(now.draw_cells(label, "person", slots, count), steps, quantiles[:, 0]))
    luck = now.draw_cells("issue", "person", slots, count)
    slots.put_into(w.person_issue, np.searchsorted(w.arrest_share[:, 0], luck, side="right"))


def longest(at_liberty: Mask, since: Array, wanted: Array) -> Mask:
    """Return who is longest at liberty `(n_persons, n_runs)`, as many in each run as are wanted `(n_runs,)`."""
    found, runs = np.zeros_like(at_liberty), np.flatnonzero(wanted > 0)
    began = np.where(at_liberty[:, runs], since[:, runs], np.inf)
    rank = began.argsort(axis=0, kind="stable").argsort(axis=0)
    found[:, runs] = (rank < wanted[runs]) & at_liberty[:, runs]
    return found


def move(w: Fields, now: Moment, who: Spots, to: str) -> None:
    """Give some persons another status, from this month on."""
    who.put_into(w.person_status, status(to))
    who.put_into(w.person_since, now.step)
    who.put_into(w.person_is_detained, to in ("detained", "treated_better"))
    who.put_into(w.person_is_free, to in ("unknown", "at_liberty"))


@rule(
    "focal.answers_take_effect",
    "What was decided for detained persons takes effect.",
    claims=("PRS-16", "TGT-02", "PRS-36"),
    accounts=ALL,
    phase="answering",
    reads=("answer_choice",),
    writes=("person_status", "person_since", "person_is_detained", "person_is_free", "person_event"),
)
def answers_take_effect(w: Fields, now: Moment) -> None:
    """Limits: to be told changes nothing for the person."""
    answered = cells(w.answer_choice > 0)
    chosen = answered.of(w.answer_choice)
    for option, label, after in (
        ("treat_better", "treated_better", "treated_better"), ("release", "released", "at_liberty"),
        ("exile", "exiled", "exiled"), ("tell", "told", ""),
    ):  # fmt: skip
        who = answered.where(chosen == now.index("answer", option))
        who.put_into(w.person_event, turn(label))
        if after:
            move(w, now, who, after)


@rule(
    "focal.terms_end",
    "Terms end: persons come home without anybody having conceded anything.",
    claims=("TGT-03",),
    accounts=ALL,
    phase="answering",
    writes=("person_status", "person_since", "person_is_detained", "person_is_free", "person_event"),
    draws=("end",),
    after=("focal.answers_take_effect",),
    rates=("answer_end_of_term",),
)
def terms_end(w: Fields, now: Moment, *, answer_end_of_term: Array) -> None:
    """Limits: terms are alike; whoever was answered for this month waits for the next."""
    ends = (now.draw("end", "person") < monthly(answer_end_of_term)) & (w.person_is_detained > 0.0)
    who = cells(ends & (w.person_event == 0))
    who.put_into(w.person_event, turn("term_ended"))
    move(w, now, who, "at_liberty")


@rule(
    "focal.arrests_take_effect",
    "Who is to be detained is; a visitor whose contact is taken grows cautious.",
    claims=("TGT-01", "DOM-15"),
    accounts=ALL,
    phase="answering",
    rows="senders",
    reads=("detain_choice", "person_contact", "person_contact_of"),
    writes=("person_status", "person_since", "person_is_detained", "person_is_free", "person_event",
            "person_detentions", "caution", "affront_event"),
    after=("focal.terms_end",),
    parameters=(
        Parameter("shaken", 0.5, 0.1, 1.0, "share", "part of the way to full caution of whoever met the person last",
                  "TGT-01: later visitors are cautious; assumption"),
    ),
)  # fmt: skip
def arrests_take_effect(w: Fields, now: Moment, *, shaken: Array) -> None:
    """Limits: only the last visitor is shaken, and only within half a year of the meeting."""
    who = cells(w.detain_choice > 0)
    again = who.of(w.person_detentions) > 0.0
    who.put_into(w.person_event, np.where(again, turn("detained_again"), turn("detained")))
    who.add_to(w.person_detentions, 1.0)
    move(w, now, who, "detained")
    met = who.where((who.of(w.person_contact) >= now.step) & (who.of(w.person_contact_of) >= 0.0))
    senders, where = met.of(w.person_contact_of).astype(np.intp), met[1]
    w.caution[senders, where] += shaken[where] * (1.0 - w.caution[senders, where])
    w.affront_event[senders, where] = 1


@rule(
    "focal.movement_loses_leaders",
    "Each leader who is sent abroad weakens the movement at home.",
    claims=("TGT-02",),
    accounts=ALL,
    phase="society",
    reads=("person_event", "person_organising", "activist_capacity"),
    writes=("activist_capacity_change",),
    parameters=(
        Parameter("leader", 0.5, 0.3, 0.8, "share", "organising capacity from which a person is a leader",
                  "assumption: one in five"),
    ),
    links=("exile_movement",),
)  # fmt: skip
def movement_loses_leaders(w: Fields, now: Moment, *, leader: Array, exile_movement: Array) -> None:
    """Limits: silent when no leader is exiled."""
    exiled = cells(w.person_event == turn("exiled"))
    leaders = by_run(now.n_runs, exiled[1], exiled.of(w.person_organising) >= leader[exiled[1]])
    w.activist_capacity_change -= exile_movement * leaders * w.activist_capacity


@rule(
    "focal.word_heartens",
    "A public word from abroad heartens those who work for rights at home, or marks them.",
    claims=("PRS-34", "PRS-37"),
    accounts=ALL,
    phase="society",
    reads=("pressure_public", "activist_capacity"),
    writes=("activist_capacity_change",),
    links=("word_activists",),
)
def word_heartens(w: Fields, now: Moment, *, word_activists: Array) -> None:
    """Limits: silent without public words."""
    loudest = w.pressure_public.max(axis=0)
    w.activist_capacity_change += share_a_year(w.activist_capacity, word_activists, loudest)
