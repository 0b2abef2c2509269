"""The economy: growth around its trend, and the success in welfare that is claimed of it."""

from __future__ import annotations

import math

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import approach, clip_share


@rule(
    "world.grows",
    "The economy grows around its trend, with luck that lasts for some years.",
    claims=("DOM-31",),
    accounts=ALL,
    phase="events",
    writes=("growth_rate",),
    draws=("luck",),
    parameters=(
        Parameter("pace", 0.04, 0.02, 0.1, "share", "part of the way to the trend that a month makes up",
                  "assumption: swings of about three years"),
        Parameter("trend", 0.095, 0.06, 0.12, "per year", "trend of growth",
                  "assumption: mean growth of 1989-1998, 9.6 per cent a year (World Bank GDP, rounded), goes on"),
        Parameter("swing", 0.034, 0.02, 0.045, "per year", "standard deviation of growth around it",
                  "assumption: that of 1989-1998, 3.4 points (World Bank GDP, rounded), goes on"),
        Parameter("slump", -0.2, -0.2, -0.2, "per year", "growth below which nothing is imagined", "range of the field",
                  "constant"),
        Parameter("boom", 0.3, 0.3, 0.3, "per year", "growth above which nothing is imagined", "range of the field",
                  "constant"),
    ),
)  # fmt: skip
def grows(w: Fields, now: Moment, *, pace: Array, trend: Array, swing: Array, slump: Array, boom: Array) -> None:
    """Move growth. Limits: sanctions and trade do not feed back on it."""
    luck = math.sqrt(12.0) * (now.draw("luck") - 0.5)
    w.growth_rate += pace * (trend - w.growth_rate) + np.sqrt(2.0 * pace) * swing * luck
    np.clip(w.growth_rate, slump, boom, out=w.growth_rate)


@rule(
    "world.success_is_claimed",
    "Growth, and what it lifts, is claimed as success in welfare, the louder the more campaigns tell of it.",
    claims=("TGT-30", "DOM-31", "DOM-59"),
    accounts=ALL,
    phase="society",
    reads=("growth_rate", "structural_practice", "is_social", "propaganda_home"),
    writes=("welfare_claim",),
    parameters=(
        Parameter("full", 0.1, 0.1, 0.1, "per year", "growth that counts as 1", "definition", "constant"),
        Parameter("plain", 0.6, 0.3, 0.9, "share", "part that is claimed without any campaign", "assumption"),
        Parameter("half_life", 12.0, 6.0, 24.0, "months", "half-life in which claims follow", "assumption: a year"),
    ),
)  # fmt: skip
def success_is_claimed(w: Fields, now: Moment, *, full: Array, plain: Array, half_life: Array) -> None:
    """Let the claim follow welfare and growth. Limits: the claim need not be true."""
    welfare = (w.structural_practice * w.is_social).sum(axis=0) / np.maximum(w.is_social.sum(axis=0), 1.0)
    told = plain + (1.0 - plain) * w.propaganda_home
    claim = welfare * (w.growth_rate / full).clip(0.0, 2.0) * told
    approach(w.welfare_claim, claim, 1.0 - np.exp2(-1.0 / half_life))
    clip_share(w.welfare_claim)
