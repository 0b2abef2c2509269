"""Will of senders: where it stands by itself, what news, firms and talks do to it, and what other needs crowd out."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import fade
from demarche.rules.kit.links import factor, loss, return_to, share_a_year
from demarche.rules.kit.settings import imposed
from demarche.rules.kit.talks import talks_on

HALF_POINT = Parameter("half_point", 0.04, 0.02, 0.1, "share",
                       "trade over GDP plus export share at which ties are half of what they can be",
                       "large exporters of the 1990s stand at 0.03 to 0.08 (cast, columns of trade); assumption",
                       shared_as="senders.trade_gives_firms_a_voice")  # fmt: skip


@rule(
    "senders.will_stands",
    "States near the critic's order that respect rights at home and have the means want to raise rights abroad.",
    claims=("PRS-10", "SND-09"), accounts=ALL, phase="events", when="year",
    reads=("ideal_point", "democracy", "own_rights", "aid_need", "economic_weight", "is_western", "is_focal",
           "is_present", "lever_effort"),
    writes=("standing_will", "sender_will"),
    parameters=(
        Parameter("threshold", 0.4, 0.0, 0.8, "ideal-point units", "ideal point at which will begins",
                  "assumption: near the order led by the critic"),
        Parameter("slope", 0.4, 0.2, 0.6, "share per ideal-point unit", "will gained per unit of ideal point",
                  "assumption"),
        Parameter("western", 0.2, 0.0, 0.4, "share", "will of a member of the Western group at the threshold",
                  "PRS-10: western visitors raised cases as a routine; assumption"),
        Parameter("most", 0.8, 0.6, 0.9, "share", "highest standing will",
                  "assumption: leaves room for months of outrage"),
        Parameter("least", 0.4, 0.2, 0.6, "share", "democracy and own record below which nobody preaches",
                  "assumption"),
        Parameter("small", 0.01, 0.002, 0.05, "root of share of world GDP", "means at which will is halved",
                  "assumption"),
    ),
)  # fmt: skip
def will_stands(
    w: Fields, now: Moment, *, threshold: Array, slope: Array, western: Array, most: Array, least: Array, small: Array,
) -> None:
    """Limits: one level a state, no parties; at the start will stands at its level."""
    own = np.clip(np.minimum(w.democracy, w.own_rights) / least - 1.0, 0.0, 1.0)
    size = np.sqrt(w.economic_weight)
    means = size / (size + small) * (1.0 - w.aid_need) * (1.0 - w.is_focal) * w.is_present
    near = (w.ideal_point > threshold) * (slope * (w.ideal_point - threshold)) + western * w.is_western
    w.standing_will[...] = np.clip(np.minimum(near, most) * own * means * w.lever_effort, 0.0, 1.0)
    w.sender_will[...] = w.standing_will if now.step == 0 else w.sender_will


@rule(
    "senders.news_moves_will",
    "News of violations raises the will of those who care; quiet news lowers it.",
    claims=("NGO-02", "UNB-14", "PRS-04"), accounts=ALL, phase="perceiving", rows="senders",
    reads=("headline", "is_core", "sender_will"), writes=("sender_will_change",),
    parameters=(
        Parameter("pace", 0.1, 0.02, 0.3, "share a month",
                  "change of a middling will at a headline one point above the usual",
                  "NGO-02; assumption"),
        Parameter("usual", 0.22, 0.1, 0.5, "share", "headline in the core that leaves will unmoved", "assumption"),
    ),
)  # fmt: skip
def news_moves_will(w: Fields, now: Moment, *, pace: Array, usual: Array) -> None:
    """Limits: states without will do not read the news."""
    news = (w.headline * w.is_core).sum(axis=0) / np.maximum(w.is_core.sum(axis=0), 1.0) - usual
    w.sender_will_change += pace * news * w.sender_will * (1.0 - w.sender_will)


@rule(
    "senders.firms_lobby",
    "Companies that live on the trade argue at home that rights must not disturb it.",
    claims=("TGT-23", "SND-08", "SND-10"), accounts=ALL, phase="learning", rows="senders",
    reads=("firms_lobby", "sender_will", "lever_dividends", "argues_interest"), writes=("sender_will_change",),
    links=("business_lobby", "dividends_will", "interest_lapse"),
)  # fmt: skip
def firms_lobby(
    w: Fields, now: Moment, *, business_lobby: Array, dividends_will: Array, interest_lapse: Array,
) -> None:
    """Where practical dividends are spelled out part of the loss is kept off. Limits: companies of the cast alone."""
    at = cells(w.firms_lobby)
    taken = business_lobby[at[1]] * factor(interest_lapse[at[1]], at.of(w.argues_interest))
    lost = share_a_year(at.of(w.sender_will), -taken, at.of(w.firms_lobby))
    at.add_to(w.sender_will_change, lost * loss(dividends_will[at[1]], at.of(w.lever_dividends)))


@rule(
    "senders.talks_satisfy",
    "Talks give governments something to show and so satisfy part of their will, whatever comes of them.",
    claims=("DLG-22",), accounts=ALL, phase="learning", rows="senders",
    reads=("has_dialogue", "dialogue_suspended", "sender_will"), writes=("sender_will_change",),
    parameters=(Parameter("pace", 0.05, 0.0, 0.15, "share a year", "will that running talks satisfy",
                          "DLG-22; assumption"),),
)  # fmt: skip
def talks_satisfy(w: Fields, now: Moment, *, pace: Array) -> None:
    """Limits: silent without running talks."""
    at = cells(w.has_dialogue)
    running = talks_on(at.of(w.has_dialogue), at.of(w.dialogue_suspended))
    at.add_to(w.sender_will_change, share_a_year(at.of(w.sender_will), -pace[at[1]], running))


@rule(
    "senders.will_returns",
    "Moods pass: will returns to where it stands by itself.",
    claims=(), accounts=ALL, phase="bookkeeping", rows="senders", reads=("sender_will", "standing_will"),
    writes=("sender_will_change",),
    parameters=(Parameter("half_life", 60.0, 18.0, 120.0, "months", "half-life of a mood", "assumption: five years"),),
)  # fmt: skip
def will_returns(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Limits: one pace for all."""
    w.sender_will_change += return_to(w.sender_will, w.standing_will, half_life)


@rule(
    "senders.trade_gives_firms_a_voice",
    "Growing commerce gives a voice to firms and institutes that argue against raising rights.",
    claims=("TGT-23",), accounts=ALL, phase="events", when="year", rows="senders",
    reads=("trade_exposure", "export_share"), writes=("business_pull",),
    parameters=(HALF_POINT,),
)  # fmt: skip
def trade_gives_firms_a_voice(w: Fields, now: Moment, *, half_point: Array) -> None:
    """Limits: the weight of a sector at home is not known."""
    ties = w.trade_exposure + w.export_share
    w.business_pull[...] = ties / (ties + half_point)


@rule(
    "senders.other_needs",
    "Security disputes and the need of the focal state for something else crowd rights out for a while.",
    claims=("PRS-22", "PRS-23"), accounts=ALL, phase="events", rows="senders", reads=("is_critic", "is_western"),
    writes=("security_salience", "security_rivalry"), calendar=("security_shock", "sender_need"),
    parameters=(
        Parameter("half_life", 9.0, 3.0, 24.0, "months", "half-life of a need",
                  "PRS-22 (one to three years); assumption"),
        Parameter("spill", 0.5, 0.0, 1.0, "share", "part of it that reaches other members of the Western group",
                  "PRS-22 names two capitals; assumption: allies feel half of the leading critic's need"),
    ),
)  # fmt: skip
def other_needs(w: Fields, now: Moment, *, half_life: Array, spill: Array) -> None:
    """Rivalry is a dispute with the leading critic itself. Limits: silent without events."""
    dispute = now.actors("security_shock") * now.strength("security_shock")
    need = now.actors("sender_need") * now.strength("sender_need")
    fade(w.security_salience, half_life)
    fade(w.security_rivalry, half_life)
    own = np.maximum(dispute, need)
    shared = spill * (own * w.is_critic).max(axis=0) * w.is_western
    np.maximum(w.security_salience, np.maximum(own, shared), out=w.security_salience)
    np.maximum(w.security_rivalry, (dispute * w.is_critic).sum(axis=0), out=w.security_rivalry)


@rule(
    "senders.security_held",
    "An arm may hold how far security fills the minds of senders.",
    claims=("PRS-22", "SND-05"), accounts=ALL, phase="events", rows="senders", reads=("lever_security",),
    writes=("security_salience",), after=("senders.other_needs",),
)  # fmt: skip
def security_held(w: Fields, now: Moment) -> None:
    """Limits: silent where the lever is free; a rivalry with the leading critic is not part of it."""
    if imposed(w.lever_security).any():
        w.security_salience[...] = np.where(np.isnan(w.lever_security), w.security_salience, w.lever_security)


@rule(
    "senders.clock_runs",
    "Where legislature or government must speak on rights by statute or custom, it does so every year.",
    claims=("PRS-05", "PRS-09"), accounts=ALL, phase="events", rows="senders",
    reads=("statutory_clock", "lever_clock"), writes=("domestic_clock",),
)  # fmt: skip
def clock_runs(w: Fields, now: Moment) -> None:
    """Limits: an arm may stop the clock or let it run."""
    w.domestic_clock[...] = w.statutory_clock * w.lever_clock
