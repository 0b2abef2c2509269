"""Attraction abroad: what is spent on it, what it wins, what one's own record and the rival's troubles make of it."""

from __future__ import annotations

import numpy as np

from demarche.arrays import REAL, Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.links import log_odds, loss, return_to
from demarche.rules.kit.rates import base_utility

TOOLS = ("charm_institutes", "charm_loans", "charm_ceremony", "charm_media", "charm_courses")


@rule(
    "focal.purse_for_attraction",
    "What may be spent on attraction grows with the economy.",
    claims=("TGT-06", "TGT-07"),
    accounts=ALL,
    phase="answer_weighing",
    when="year",
    reads=("growth_rate",),
    writes=("charm_purse",),
    parameters=(
        Parameter("usual", 2.5, 1.0, 5.0, "year's institutes", "purse for a region at ten per cent of growth",
                  "assumption: loans and one thing more"),
        Parameter("full", 0.1, 0.1, 0.1, "per year", "growth that counts as 1", "definition", "constant"),
    ),
)  # fmt: skip
def purse_for_attraction(w: Fields, now: Moment, *, usual: Array, full: Array) -> None:
    """Lay the purse of the year, alike for all regions."""
    w.charm_purse[...] = usual * (w.growth_rate / full).clip(0.0, 2.0)


@rule(
    "focal.chooses_charm",
    "Institutes, loans, ceremony, media and courses are chosen year by year and region by region; loans where need is.",
    claims=("TGT-06", "TGT-07", "TGT-08", "TGT-09", "TGT-34"),
    accounts=ALL,
    phase="answer_weighing",
    when="year",
    reads=("region", "aid_need"),
    writes=("charm_utility",),
    rates=TOOLS,
    parameters=(
        Parameter("need", 6.0, 2.0, 20.0, "odds ratio", "odds of loans where need is full, against none",
                  "TGT-07; assumption"),
    ),
)  # fmt: skip
def chooses_charm(
    w: Fields, now: Moment, *, charm_institutes: Array, charm_loans: Array, charm_ceremony: Array, charm_media: Array,
    charm_courses: Array, need: Array,
) -> None:
    """Lay the base rates of a year, and the need of a region on loans."""
    scale = now.temperature("charm")
    for option, rate in enumerate((charm_institutes, charm_loans, charm_ceremony, charm_media, charm_courses)):
        w.charm_utility[option] += base_utility(scale, rate, 1.0 - rate)
    loans = w.charm_utility[now.index("charm", "loans")]
    loans += log_odds(scale, need, _by_region(w.aid_need, w.region, len(loans)) - 0.5)


def _by_region(values: Array, region: Array, n_regions: int) -> Array:
    """Return the mean of values of states `(n_states, 1)` over each region `(n_regions, 1)`."""
    member = (region[:, 0] == np.arange(n_regions)[:, None]).astype(REAL)
    means: Array = member @ values / np.maximum(member.sum(axis=1), 1.0)[:, None]
    return means


@rule(
    "focal.wins_appeal",
    "Institutes, finance, ceremony, media and courses win appeal in a region; it fades when nothing feeds it.",
    claims=("TGT-06", "TGT-07", "TGT-08", "TGT-09", "TGT-34"),
    accounts=ALL,
    phase="learning",
    when="year",
    reads=("charm_choice", "region_appeal", "propaganda_abroad"),
    writes=("region_appeal_change",),
    parameters=(
        Parameter("institutes", 0.03, 0.0, 0.08, "share", "won by a year's institutes, of what is missing",
                  "TGT-06; assumption"),
        Parameter("loans", 0.04, 0.0, 0.1, "share", "won by a year's loans and aid", "TGT-07; assumption"),
        Parameter("ceremony", 0.015, 0.0, 0.04, "share", "won by a year's visitors", "TGT-08; assumption"),
        Parameter("media", 0.02, 0.0, 0.06, "share", "won by a year's media", "TGT-34; assumption"),
        Parameter("courses", 0.015, 0.0, 0.04, "share", "won by a year's courses", "TGT-09; assumption"),
        Parameter("campaigns", 0.02, 0.0, 0.06, "share", "won by full campaigns abroad", "TGT-34; assumption"),
    ),
)  # fmt: skip
def wins_appeal(
    w: Fields, now: Moment, *, institutes: Array, loans: Array, ceremony: Array, media: Array, courses: Array,
    campaigns: Array,
) -> None:
    """Add what each tool wins in each region."""
    won = campaigns * w.propaganda_abroad
    for option, worth in enumerate((institutes, loans, ceremony, media, courses)):
        won = won + worth * (w.charm_choice[option] > 0)
    w.region_appeal_change += won * (1.0 - w.region_appeal)


@rule(
    "focal.appeal_fades",
    "Appeal that nothing feeds goes back to where it began.",
    claims=(),
    accounts=ALL,
    phase="bookkeeping",
    reads=("region_appeal", "soft_power_at_start"),
    writes=("region_appeal_change",),
    parameters=(
        Parameter("half_life", 60.0, 30.0, 120.0, "months", "half-life of appeal won", "assumption: five years"),
    ),
)  # fmt: skip
def appeal_fades(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Let appeal return to its start."""
    w.region_appeal_change += return_to(w.region_appeal, w.soft_power_at_start, half_life)


@rule(
    "focal.attraction_is_relative",
    "Attraction is relative: the rival's wars and crises make one's own model shine, and abuse at home caps it.",
    claims=("TGT-10", "TGT-11"),
    accounts=ALL,
    phase="learning",
    when="quarter",
    reads=("region_appeal", "region", "rival_trouble", "practice", "is_core", "is_focal"),
    writes=("attraction", "soft_power"),
    links=("record_soft_power",),
    parameters=(
        Parameter("rival", 0.5, 0.3, 0.8, "share", "appeal of the leading critic in good times", "TGT-10; assumption"),
        Parameter("spoiled", 0.5, 0.2, 0.8, "share", "part of it that wars and crises take", "TGT-10; assumption"),
    ),
    after=("focal.wins_appeal",),
)  # fmt: skip
def attraction_is_relative(w: Fields, now: Moment, *, record_soft_power: Array, rival: Array, spoiled: Array) -> None:
    """Set attraction by state and its mean over others. Limits: alike within a region."""
    core = (w.practice * w.is_core).sum(axis=0) / np.maximum(w.is_core.sum(axis=0), 1.0)
    relative = w.region_appeal / (w.region_appeal + rival * loss(spoiled, w.rival_trouble))
    capped = (loss(record_soft_power, 1.0 - core) * relative).clip(0.0, 1.0)
    w.attraction[...] = capped[w.region[:, 0].astype(np.intp)] * (1.0 - w.is_focal)
    states = w.attraction.sum(axis=0) / np.maximum((1.0 - w.is_focal).sum(axis=0), 1.0)
    w.soft_power[...] = states
