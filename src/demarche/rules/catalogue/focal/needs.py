"""What the focal state needs from abroad: its own needs, which growth and accession meet, and what sanctions add."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.codes import codes_of
from demarche.rules.kit.links import gain

TEXT = codes_of("text_event")


@rule(
    "focal.needs_begin",
    "At the start the need is that of the cast.",
    claims=("PRS-08",), accounts=ALL, phase="events", when="start", reads=("target_needs",), writes=("standing_needs",),
)  # fmt: skip
def needs_begin(w: Fields, now: Moment) -> None:
    """Limits: acts once."""
    w.standing_needs[...] = w.target_needs


@rule(
    "focal.needs_met",
    "Growth lifts the rank of the focal state and meets its needs; entry into the trade organisation meets more.",
    claims=("TGT-33", "PRS-08", "PRS-21", "PRS-33"), accounts=ALL, phase="learning",
    reads=("growth_rate", "target_status", "standing_needs", "trade_entry"),
    writes=("target_status_change", "standing_needs_change"),
    parameters=(
        Parameter("rank", 0.025, 0.0, 0.08, "share a month", "way to full rank made in a month per unit of growth",
                  "TGT-33; assumption: rank doubles in 20 years of 9 % growth"),
        Parameter("needs", 0.0125, 0.005, 0.04, "share a month", "needs met in a month per unit of growth",
                  "PRS-21; assumption: half the pace of rank"),
        Parameter("accession", 0.2, 0.05, 0.4, "share", "needs that accession meets", "PRS-21; assumption"),
    ),
)  # fmt: skip
def needs_met(w: Fields, now: Moment, *, rank: Array, needs: Array, accession: Array) -> None:
    """Limits: a shrinking economy changes neither."""
    growth = np.maximum(w.growth_rate, 0.0)
    w.target_status_change += rank * growth * (1.0 - w.target_status)
    w.standing_needs_change -= (needs * growth + accession * w.trade_entry) * w.standing_needs


@rule(
    "focal.sanctions_felt_as_need",
    "Live sanctions by leading economies and lenders add to what the focal state needs.",
    claims=("PRS-04", "PRS-08"), accounts=ALL, phase="perceiving", reads=("standing_needs", "sanctions_felt"),
    writes=("target_needs",), links=("sanction_need",),
)  # fmt: skip
def sanctions_felt_as_need(w: Fields, now: Moment, *, sanction_need: Array) -> None:
    """Limits: needs fall back at once where sanctions are lifted."""
    w.target_needs[...] = w.standing_needs
    gain(w.target_needs, sanction_need, w.sanctions_felt)


@rule(
    "focal.censure_costs_rank",
    "An adopted text costs the focal state standing.",
    claims=("UNB-05", "PRS-09"), accounts=ALL, phase="learning", when="session", reads=("text_event", "target_status"),
    writes=("target_status_change",),
    parameters=(Parameter("status", 0.1, 0.0, 0.3, "share", "part of standing lost", "assumption"),),
)  # fmt: skip
def censure_costs_rank(w: Fields, now: Moment, *, status: Array) -> None:
    """Limits: silent unless a text was adopted."""
    w.target_status_change -= status * (w.text_event == TEXT["adopted"]) * w.target_status
