"""Money: what work and upkeep cost, what donors and readers give, and what happens when it runs out."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import log_of, real, share_of
from demarche.rules.kit.events import code_of
from demarche.rules.kit.rates import base_utility
from demarche.rules.kit.tactics import quarterly
from demarche.world.fields.ngos import NGO_TURNS


@rule(
    "ngos.spends",
    "Work and upkeep are paid from what a group has, readers give a little; upkeep comes before work.",
    claims=("NGO-01", "NGO-36"), accounts=ALL, phase="acting", when="quarter", after=("ngos.grants",),
    reads=("ngo_tactic_choice", "tactic_cost", "ngo_is_open", "ngo_focus", "headline", "ngo_reserve"),
    writes=("ngo_purse", "ngo_free"),
    parameters=(
        Parameter("upkeep", 0.16, 0.1, 0.25, "work-quarters", "upkeep a quarter",
                  "assumption: more than half a work-quarter a year, so that some groups close"),
        Parameter("kept", 2.0, 0.0, 4.0, "quarters", "upkeep that is not spent on work", "assumption: half a year"),
        Parameter("gifts", 0.3, 0.1, 0.6, "work-quarters", "gifts a quarter at full headlines of its issue",
                  "assumption"),
    ),
)  # fmt: skip
def spends(w: Fields, now: Moment, *, upkeep: Array, kept: Array, gifts: Array) -> None:
    """Limits: what exceeds the largest reserve is not kept."""
    cost = ((w.ngo_tactic_choice > 0) * w.tactic_cost[:, None]).sum(axis=0)
    heard = np.take_along_axis(w.headline, w.ngo_focus.astype(np.intp), axis=0)
    w.ngo_purse += w.ngo_is_open * (gifts * heard - upkeep) - cost * w.ngo_is_open
    np.minimum(w.ngo_purse, w.ngo_reserve, out=w.ngo_purse)
    w.ngo_free[...] = np.maximum(w.ngo_purse - kept * upkeep, 0.0)


@rule(
    "ngos.business_turns_away",
    "Companies that lobby for the trade turn opinion at home against rights groups, and these are given less.",
    claims=("TGT-24",), accounts=ALL, phase="acting", when="quarter", after=("ngos.spends",),
    reads=("firms_lobby", "economic_weight", "is_sender", "ngo_is_open"), writes=("ngo_purse",),
    parameters=(
        Parameter("lost", 0.1, 0.0, 0.3, "work-quarters", "gifts lost a quarter where all companies of senders lobby",
                  "TGT-24; assumption: a third of the gifts at full headlines"),
        Parameter("usual", 0.12, 0.0, 0.5, "share", "usual share of senders' economies whose companies lobby",
                  "mean of 1990-98 as it was; measured", "constant"),
    ),
)  # fmt: skip
def business_turns_away(w: Fields, now: Moment, *, lost: Array, usual: Array) -> None:
    """Limits: companies lobby in the focal state's cause whoever asked them to; every group loses alike."""
    rows = len(w.firms_lobby)
    weight = w.economic_weight[:rows] * w.is_sender[:rows]
    lobbied = (weight * w.firms_lobby).sum(axis=0) / weight.sum(axis=0)
    w.ngo_purse -= lost * (lobbied - usual) * w.ngo_is_open


@rule(
    "ngos.whom_donors_fund",
    "Each year a donor gives to independent groups, to state organs, to both, or to nobody.",
    claims=("NGO-30", "DLG-23"), accounts=ALL, phase="weighing", when="year",
    rates=("grant_independent", "grant_state_organs", "grant_both"), reads=("donor_lean",), writes=("grant_utility",),
)  # fmt: skip
def whom_donors_fund(
    w: Fields, now: Moment, *, grant_independent: Array, grant_state_organs: Array, grant_both: Array
) -> None:
    """Limits: the lean of a donor multiplies its odds of giving to groups."""
    scale = now.temperature("grant")
    nobody = np.maximum(1.0 - grant_independent - grant_state_organs - grant_both, 1.0 / (2.0 * 12.0))
    lean = scale * np.log(w.donor_lean)
    w.grant_utility[now.index("grant", "groups")] += base_utility(scale, grant_independent, nobody) + lean
    w.grant_utility[now.index("grant", "both")] += base_utility(scale, grant_both, nobody) + lean
    w.grant_utility[now.index("grant", "state_organs")] += base_utility(scale, grant_state_organs, nobody)


@rule(
    "ngos.grants",
    "Each donor splits what it gives to groups by results, visibility, need and its own taste.",
    claims=("NGO-30", "NGO-34", "DLG-23"), accounts=ALL, phase="acting", when="year",
    rates=("grant_independent", "grant_both"), draws=("taste",),
    reads=("grant_choice", "donor_pot", "ngo_results", "ngo_visibility", "ngo_reserve", "ngo_is_open", "ngo_is_allied",
           "lever_funding"),
    writes=("ngo_purse", "state_grants", "grant_event"),
    parameters=(
        Parameter("money", 20.0, 12.0, 30.0, "work-quarters", "what groups get from donors in a year at base rates",
                  "assumption"),
        Parameter("taste", 1.0, 0.0, 2.0, "utility", "scale of what donors see in a group beyond that", "assumption"),
        Parameter("shared", 0.5, 0.2, 1.0, "share", "own part of the credit in a joint campaign", "NGO-36; assumption"),
    ),
)  # fmt: skip
def grants(
    w: Fields, now: Moment, *, money: Array, taste: Array, shared: Array, grant_independent: Array, grant_both: Array
) -> None:
    """What an arm adds to or takes from the grants of a group touches no other group. Limits: paid once, in January."""
    groups, organs = (now.index("grant", name) for name in ("groups", "state_organs"))
    both = real(w.grant_choice == now.index("grant", "both"))
    to_groups = (w.grant_choice == groups) + 0.5 * both
    to_organs = (w.grant_choice == organs) + 0.5 * both
    pot = money / (grant_independent + 0.5 * grant_both)
    need = 1.0 - np.maximum(w.ngo_purse, 0.0) / w.ngo_reserve
    credit = w.ngo_results * (1.0 - (1.0 - shared) * w.ngo_is_allied)
    liked = -taste * log_of(-log_of(now.draw("taste", ("donor", "ngo"))))
    claim = np.exp(liked + credit + w.ngo_visibility + need) * w.ngo_is_open
    shares = share_of(claim, claim.sum(axis=1, keepdims=True))
    w.ngo_purse += w.lever_funding * pot * ((w.donor_pot * to_groups)[:, None] * shares).sum(axis=0)
    np.minimum(w.ngo_purse, w.ngo_reserve, out=w.ngo_purse)
    w.state_grants[...] = pot * (w.donor_pot * to_organs).sum(axis=0) * 0.5 * 0.5
    w.grant_event[...] = w.grant_choice


@rule(
    "ngos.closes",
    "A group whose means are below nothing for two quarters closes.",
    claims=("NGO-01", "NGO-36"), accounts=ALL, phase="acting", when="quarter", after=("ngos.spends", "ngos.grants"),
    reads=("ngo_purse", "ngo_is_open"), writes=("ngo_short", "ngo_has_closed", "ngo_event"),
)  # fmt: skip
def closes(w: Fields, now: Moment) -> None:
    """Limits: nobody takes over what it knew."""
    short = (w.ngo_purse < 0.0) & (w.ngo_is_open > 0.0)
    w.ngo_short[...] = np.where(short, w.ngo_short + 1.0, 0.0)
    gone = w.ngo_short >= 2.0
    w.ngo_has_closed[gone] = 1.0
    w.ngo_event[gone & (w.ngo_is_open > 0.0)] = code_of(NGO_TURNS, "closed")


@rule(
    "ngos.results_fade",
    "What a group achieved and how far it was heard counts for a year.",
    claims=("NGO-02", "NGO-36"), accounts=ALL, phase="documenting", when="quarter", writes=("ngo_results",
                                                                                            "ngo_visibility"),
    parameters=(Parameter("half_life", 12.0, 6.0, 24.0, "months", "half-life of results in memory",
                          "assumption: a year"),),
)  # fmt: skip
def results_fade(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Limits: one half-life for all."""
    kept = 1.0 - quarterly(half_life)
    w.ngo_results *= kept
    w.ngo_visibility *= kept


@rule(
    "ngos.doors",
    "Access returns to what a group's post allows, times what the focal state lets it do; a crackdown shuts doors.",
    claims=("COA-08", "NGO-16", "NGO-21", "DLG-10"), accounts=ALL, phase="society", when="quarter",
    reads=("ngo_access", "ngo_access_usual", "ngo_standing", "ngo_is_sheltered", "emergency"),
    writes=("ngo_access_change",),
    parameters=(
        Parameter("half_life", 12.0, 6.0, 36.0, "months", "half-life of the way back", "assumption: a year"),
        Parameter("shut", 0.5, 0.2, 0.8, "share", "access that a barred group loses, and an admitted one gains",
                  "COA-08; assumption"),
        Parameter("crackdown", 0.3, 0.1, 0.6, "share", "access lost a quarter under full emergency",
                  "NGO-01; assumption"),
    ),
)  # fmt: skip
def doors(w: Fields, now: Moment, *, half_life: Array, shut: Array, crackdown: Array) -> None:
    """Limits: sheltered groups lose nothing when barred."""
    lets = w.ngo_standing * (1.0 - w.ngo_is_sheltered * (w.ngo_standing < 0.0))
    goal = np.clip(w.ngo_access_usual * (1.0 + shut * lets), 0.0, 1.0)
    w.ngo_access_change += quarterly(half_life) * (goal - w.ngo_access) - crackdown * w.emergency * w.ngo_access
