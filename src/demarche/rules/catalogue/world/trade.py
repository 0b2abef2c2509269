"""Entry into the trade organisation: when it happens, and what it does at home."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import real
from demarche.rules.kit.rates import monthly


@rule(
    "world.enters_trade_organisation",
    "While talks on entry into the trade organisation are open, they succeed in some month, or on a given date.",
    claims=("PRS-21", "DOM-42"),
    accounts=ALL,
    phase="events",
    reads=("trade_talks_open",),
    writes=("trade_entry", "in_trade_organisation", "trade_entry_event"),
    rates=("trade_accession",),
    draws=("entry",),
    calendar=("trade_accession",),
)
def enters_trade_organisation(w: Fields, now: Moment, *, trade_accession: Array) -> None:
    """No document names a condition of entry, so that nothing in a run hastens or delays it. Limits: nobody leaves."""
    entered = now.draw("entry") < monthly(trade_accession) * w.trade_talks_open
    w.trade_entry[...] = np.maximum(real(entered), now.strength("trade_accession")) * (1.0 - w.in_trade_organisation)
    w.in_trade_organisation[...] = np.maximum(w.in_trade_organisation, w.trade_entry > 0.0)
    w.trade_entry_event[...] = w.trade_entry > 0.0


@rule(
    "world.entry_into_trade_hurts",
    "Entry into world trade hurts livelihoods at once; since leaving costs more, the anger turns against foreigners.",
    claims=("DOM-42", "DOM-43"),
    accounts=ALL,
    phase="society",
    trigger="trade_entry",
    reads=("trade_entry", "grievance", "nationalism"),
    writes=("grievance_change", "nationalism_change"),
    parameters=(
        Parameter("pain", 0.05, 0.0, 0.15, "share", "rise of grievance, of what is missing", "DOM-42; assumption"),
        Parameter("anger", 0.05, 0.0, 0.15, "share", "rise of nationalism, of what is missing", "DOM-43; assumption"),
    ),
)  # fmt: skip
def entry_into_trade_hurts(w: Fields, now: Moment, *, pain: Array, anger: Array) -> None:
    """Move both once. Limits: what entry does for professions is theirs."""
    w.grievance_change += pain * w.trade_entry * (1.0 - w.grievance)
    w.nationalism_change += anger * w.trade_entry * (1.0 - w.nationalism)
