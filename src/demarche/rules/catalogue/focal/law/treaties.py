"""Treaties: signed, then ratified, with or without reservations."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import real
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import base_utility, monthly

SIGNED, RATIFIED = 1.0, 2.0
IMPOSSIBLE = 900.0
ACTS = ("sign", "ratify", "ratify_with_reservations")


@rule(
    "focal.treaty_rates",
    "Social treaties are signed sooner than civil ones; ratification waits, and seldom comes without reservations.",
    claims=("TGT-13", "TGT-20", "UNB-32", "DOM-03", "DOM-05"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("treaty_stage", "treaty_is_social"),
    writes=("treaty_utility", "treaty_open"),
    rates=("treaty_sign_social", "treaty_sign_civil", "treaty_ratify"),
    parameters=(
        Parameter("reserving", 0.6, 0.3, 0.9, "share", "ratifications with reservations",
                  "TGT-20: nearly every clause on courts is excluded; assumption"),
    ),
)  # fmt: skip
def treaty_rates(
    w: Fields, now: Moment, *, treaty_sign_social: Array, treaty_sign_civil: Array, treaty_ratify: Array,
    reserving: Array,
) -> None:
    """Lay the base rates of a month; a step that does not come next is out of the question."""
    w.treaty_open[...] = w.treaty_stage < RATIFIED
    scale = now.temperature("treaty")
    yearly = np.where(w.treaty_is_social > 0.0, treaty_sign_social, treaty_sign_civil)
    sign, ratify = monthly(yearly), monthly(treaty_ratify)
    closed, unsigned = IMPOSSIBLE * real(w.treaty_stage >= SIGNED), IMPOSSIBLE * real(w.treaty_stage < SIGNED)
    plain = base_utility(scale, ratify * (1.0 - reserving), 1.0 - ratify)
    reserved = base_utility(scale, ratify * reserving, 1.0 - ratify)
    w.treaty_utility[now.index("treaty", "sign")] += base_utility(scale, sign, 1.0 - sign) - closed
    w.treaty_utility[now.index("treaty", "ratify")] += plain - unsigned
    w.treaty_utility[now.index("treaty", "ratify_with_reservations")] += reserved - unsigned


@rule(
    "focal.pressure_asks_for_signatures",
    "Pressure is answered with signatures.",
    claims=("PRS-16", "PRS-38", "TGT-13"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("pressure_public", "pressure_yield", "treaty_covers"),
    writes=("treaty_utility",),
    links=("pressure_declaratory",),
)
def pressure_asks_for_signatures(w: Fields, now: Moment, *, pressure_declaratory: Array) -> None:
    """Weigh public words on what a treaty covers, of its issues the one that hears most."""
    heard = (w.treaty_covers * (w.pressure_public * w.pressure_yield)).max(axis=1)
    w.treaty_utility[now.index("treaty", "sign")] += log_odds(now.temperature("treaty"), pressure_declaratory, heard)


@rule(
    "focal.concedes_signatures",
    "What makes concessions likely makes signatures likely, though they cost more than a prisoner freed.",
    claims=("PRS-16", "TGT-13", "UNB-32"),
    accounts=ALL,
    phase="answer_weighing",
    reads=("concession_push",),
    writes=("treaty_utility",),
    parameters=(
        Parameter("price", 1.5, 1.5, 1.5, "multiplier", "price of a signature, against a person freed",
                  "definition of concessions: treaties are dear", "constant"),
    ),
)  # fmt: skip
def concedes_signatures(w: Fields, now: Moment, *, price: Array) -> None:
    """Weigh the month's push for concessions, whether anybody asked or not."""
    w.treaty_utility[now.index("treaty", "sign")] += now.temperature("treaty") * w.concession_push / price


@rule(
    "focal.joins_treaties",
    "Signatures and ratifications raise what is professed on the matters that a treaty covers; practice lags.",
    claims=("TGT-13", "TGT-20", "UNB-31", "DOM-05"),
    accounts=ALL,
    phase="answering",
    reads=("treaty_choice", "treaty_covers", "commitment"),
    writes=("treaty_stage", "treaty_months", "treaty_reserved", "treaty_event", "commitment_change",
            "issue_granted"),
    parameters=(
        Parameter("gain", 0.12, 0.04, 0.3, "share", "part of the missing commitment that one act brings",
                  "TGT-13; assumption"),
    ),
)  # fmt: skip
def joins_treaties(w: Fields, now: Moment, *, gain: Array) -> None:
    """Take the next step of the treaties chosen. Limits: two steps, no withdrawal."""
    acts = w.treaty_choice > 0
    reserved = w.treaty_choice == now.index("treaty", "ratify_with_reservations")
    w.treaty_stage += acts
    w.treaty_months += 1.0
    w.treaty_months *= ~acts
    np.maximum(w.treaty_reserved, reserved, out=w.treaty_reserved)
    w.treaty_event[...] = w.treaty_choice
    touched = (w.treaty_covers * acts[:, None]).max(axis=0)
    w.commitment_change += gain * touched * (1.0 - w.commitment)
    w.issue_granted += touched
