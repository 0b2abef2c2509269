"""Bridges for readers that are not rebuilt yet; to be deleted with them.

They serve: `un_pressure` (releases, treaties, norms, reviews, law), `trade_pressure` (releases).
"""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import fade


@rule(
    "senders.bridge_motion_pressure",
    "Pressure through UN bodies is what a likely or a tabled motion amounts to, and fades.",
    claims=("PRS-09", "PRS-16"), accounts=ALL, phase="un_bodies", reads=("chance_of_motion", "is_tabled"),
    writes=("un_pressure",),
    parameters=(Parameter("half_life", 6.0, 2.0, 24.0, "months", "half-life of the pressure", "assumption"),),
)  # fmt: skip
def bridge_motion_pressure(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Limits: a bridge."""
    fade(w.un_pressure, half_life)
    np.maximum(w.un_pressure, 0.5 * np.maximum(w.chance_of_motion, w.is_tabled), out=w.un_pressure)


@rule(
    "senders.bridge_trade_pressure",
    "The pull of a trade deadline is the credible condition.",
    claims=("PRS-19",), accounts=ALL, phase="acting", reads=("trade_condition",), writes=("trade_pressure",),
    after=("senders.condition_presses",),
)  # fmt: skip
def bridge_trade_pressure(w: Fields, now: Moment) -> None:
    """Limits: a bridge."""
    w.trade_pressure[...] = w.trade_condition
