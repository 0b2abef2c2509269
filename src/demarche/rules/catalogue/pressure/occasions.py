"""Occasions and shocks: summits, bids, games, the crackdown, security disputes."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T2, T3
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import clip_share


def _near(wait: float, lead: Array) -> Array:
    """Return how near an event is: 1 in its month and the one before, 0 beyond `lead` months."""
    near: Array = np.clip((lead + 1.0 - wait) / 2.0, 0.0, 1.0)
    return near


@rule(
    "pressure.summits",
    "A summit with a sender that cares is worth a gift.",
    claims=("PRS-12", "PRS-10"),
    accounts=ALL,
    phase="acting",
    rows="senders",
    reads=("sender_will",),
    writes=("occasion",),
    calendar=("summit",),
    parameters=(
        strength("pull of the strongest summit with a sender of full will", "PRS-12; assumption"),
        Parameter("lead", 2.0, 1.0, 4.0, "months", "months before a summit in which it pulls",
                  "releases of 1993-98 lie within two months of visits"),
    ),
)  # fmt: skip
def summits(w: Fields, now: Moment, *, strength: Array, lead: Array) -> None:
    """Add the pull of the next summit by its weight and by the will of the most willing partner.

    Limits: silent beyond `lead` months and with partners that do not raise rights.
    """
    wait = now.months_to("summit")
    if wait > lead.max():
        return
    will = (now.actors("summit", int(wait)) * w.sender_will).max(axis=0)
    pull = strength * _near(wait, lead) * now.next_strength("summit") * will
    w.occasion += (1.0 - w.occasion) * np.minimum(pull, 1.0)


@rule(
    "pressure.bids",
    "A bid for games, and the games themselves, make a good name worth something.",
    claims=("PRS-26",),
    accounts=ALL,
    phase="acting",
    writes=("occasion",),
    calendar=("bid_decision", "games"),
    parameters=(
        strength("pull of a bid decision", "PRS-26; release nine days before the vote of 1993; assumption",
                 default=0.6),
        Parameter("lead", 3.0, 1.0, 6.0, "months", "months before the decision in which it pulls", "assumption"),
        Parameter("games", 0.4, 0.0, 1.0, "share", "pull of the games beside that of a bid",
                  "assumption: a seat once won is hardly lost"),
    ),
)  # fmt: skip
def bids(w: Fields, now: Moment, *, strength: Array, lead: Array, games: Array) -> None:
    """Add the pull of a coming bid decision or of coming games. Limits: silent beyond `lead` months."""
    bid = _near(now.months_to("bid_decision"), lead) * now.next_strength("bid_decision")
    played = games * _near(now.months_to("games"), lead) * now.next_strength("games")
    w.occasion += (1.0 - w.occasion) * np.minimum(strength * np.maximum(bid, played), 1.0)


@rule(
    "pressure.games_window",
    "Hosting games opens years in which abuses are looked at from abroad.",
    claims=("PRS-26",),
    accounts=(T3,),
    phase="events",
    reads=("media_visibility",),
    writes=("media_visibility_change",),
    calendar=("games",),
    parameters=(
        strength("monthly rise of visibility before games", "PRS-26; assumption", default=0.006, high=0.02,
                 unit="share per month"),
        Parameter("window", 24.0, 12.0, 60.0, "months", "months before the games in which attention grows",
                  "PRS-26: several years; assumption"),
    ),
)  # fmt: skip
def games_window(w: Fields, now: Moment, *, strength: Array, window: Array) -> None:
    """Raise the reach of reporting in the run-up to games. Limits: silent outside the window."""
    near = now.months_to("games") <= window
    w.media_visibility_change += strength * near * (1.0 - w.media_visibility)


@rule(
    "pressure.sold_summit",
    "A restored summit can be sold for an uncensored word to the public.",
    claims=("PRS-12",),
    accounts=(T2, T3),
    phase="society",
    when="summit",
    reads=("is_critic", "sender_will", "awareness"),
    writes=("awareness_change",),
    calendar=("summit",),
    parameters=(strength("part of the unaware public reached by a summit of full weight", "PRS-12; assumption",
                         default=0.01, high=0.04, unit="share"),),
)  # fmt: skip
def sold_summit(w: Fields, now: Moment, *, strength: Array) -> None:
    """Raise citizens' awareness at summits with the leading critic. Limits: silent at summits with others."""
    will = (now.actors("summit") * w.is_critic * w.sender_will).max(axis=0)
    w.awareness_change += strength * now.strength("summit") * will * (1.0 - w.awareness)


@rule(
    "pressure.shock_cascade",
    "A visible crackdown sets off a cascade of penalties by states and lenders.",
    claims=("PRS-04", "PRS-03"),
    accounts=ALL,
    phase="events",
    when="crackdown",
    reads=("sender_will", "democracy", "target_needs", "coordination", "media_visibility"),
    writes=("sender_will_change", "target_needs_change", "coordination_change", "un_pressure"),
    calendar=("crackdown",),
    parameters=(
        strength("scale of the cascade", "PRS-04; assumption"),
        Parameter("will", 0.3, 0.1, 0.6, "share", "part of the missing will that a full democracy gains",
                  "PRS-04; assumption"),
        Parameter("needs", 0.2, 0.0, 0.5, "share", "part of the missing need that lost loans and trade create",
                  "PRS-04; assumption"),
        Parameter("un", 0.3, 0.1, 0.6, "share", "pressure through UN bodies", "PRS-04; assumption"),
    ),
)  # fmt: skip
def shock_cascade(w: Fields, now: Moment, *, strength: Array, will: Array, needs: Array, un: Array) -> None:
    """Raise will, needs, coordination and UN pressure in the month of a crackdown, as far as it is seen.

    Limits: silent in other months and where nobody sees it.
    """
    force = strength * now.strength("crackdown") * w.media_visibility
    w.sender_will_change += np.minimum(will * force, 1.0) * w.democracy * (1.0 - w.sender_will)
    w.target_needs_change += np.minimum(needs * force, 1.0) * (1.0 - w.target_needs)
    w.coordination_change += 0.5 * np.minimum(needs * force, 1.0) * (1.0 - w.coordination)
    w.un_pressure += np.minimum(un * force, 1.0) * (1.0 - w.un_pressure)
    clip_share(w.un_pressure)


@rule(
    "pressure.security_shock",
    "A sharper security dispute hardens the focal state against outside pressure.",
    claims=("PRS-23",),
    accounts=ALL,
    phase="events",
    when="security_shock",
    reads=("resistance",),
    writes=("resistance_change",),
    calendar=("security_shock",),
    parameters=(strength("part of the way to full resistance at a full shock", "PRS-23; assumption",
                         default=0.2, high=0.6),),
)  # fmt: skip
def security_shock(w: Fields, now: Moment, *, strength: Array) -> None:
    """Raise resistance in the month of the shock. Limits: silent in other months."""
    w.resistance_change += strength * now.strength("security_shock") * (1.0 - w.resistance)
