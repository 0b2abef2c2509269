"""Attention: which issues a sender has in mind, and what pushes rights off its list."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import fade
from demarche.rules.kit.links import gain, return_to


@rule(
    "senders.attention_starts",
    "What an issue weighs with a sender follows interest abroad, and its own taste and patience last.",
    claims=("SND-18",),
    accounts=ALL,
    phase="events",
    when="start",
    reads=("foreign_interest",),
    writes=("attention", "attention_usual", "interest_in_persons", "patience"),
    draws=("taste", "persons", "patience"),
    parameters=(
        Parameter("usual", 0.5, 0.3, 0.8, "share", "attention to an issue of full interest when nothing stirs it",
                  "assumption: half, so that news, evidence and findings have room"),
        Parameter("spread", 1.0, 0.0, 2.0, "doublings", "from the least to the most that a taste makes of an interest",
                  "assumption: a capital may care twice as much for an issue as another"),
        Parameter("patience_spread", 3.0, 0.0, 5.0, "asks", "from the least to the most patient sender",
                  "assumption: 2 to 5 asks (base rate escalate_patience)"),
    ),
    rates=("escalate_patience",),
)  # fmt: skip
def attention_starts(
    w: Fields, now: Moment, *, usual: Array, spread: Array, patience_spread: Array, escalate_patience: Array
) -> None:
    """Limits: taste is drawn anew for each run and never learned; evidence and findings come on top."""
    taste = np.exp2(spread * (now.draw_lasting("taste", ("sender", "issue")) - 0.5))
    w.attention_usual[...] = np.minimum(usual * w.foreign_interest * taste, 1.0)
    w.attention[...] = w.attention_usual
    w.interest_in_persons[...] = 0.5 + now.draw_lasting("persons", "sender")
    own = escalate_patience + patience_spread * (now.draw_lasting("patience", "sender") - 0.5)
    w.patience[...] = np.maximum(np.round(own), 1.0)


@rule(
    "senders.shock_seen",
    "A crackdown that the world sees draws the attention of all capitals to the core of rights.",
    claims=("PRS-04", "NGO-02"),
    accounts=ALL,
    phase="events",
    trigger="crackdown_seen",
    reads=("media_visibility", "is_core", "crackdown_seen"),
    writes=("attention",),
    after=("senders.attention_starts", "focal.force_is_seen"),
    parameters=(
        strength("part of the way to full attention that a full crackdown goes where all is seen",
                 "PRS-04; assumption: all of it", default=1.0, high=1.0, unit="share"),
    ),
)  # fmt: skip
def shock_seen(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: silent in other months; reaches the core of rights only."""
    runs = np.flatnonzero(w.crackdown_seen)
    attention = w.attention[..., runs]
    gain(attention, strength[runs], (w.crackdown_seen * w.media_visibility * w.is_core)[:, runs])
    w.attention[..., runs] = attention


@rule(
    "senders.attention_returns",
    "What nothing keeps alive loses half of its extra attention in a year.",
    claims=("NGO-01", "UNB-19"),
    accounts=ALL,
    phase="bookkeeping",
    when="half_year",
    reads=("attention", "attention_usual"),
    writes=("attention_change",),
    parameters=(
        Parameter("half_life", 12.0, 6.0, 24.0, "months", "half-life of attention beyond its usual weight",
                  "assumption: a yearly cycle of reports and sessions"),
    ),
)  # fmt: skip
def attention_returns(w: Fields, now: Moment, *, half_life: Array) -> None:
    """Acts every half year, since it is slow. Limits: silent at the usual weights."""
    for moved, stock, usual in zip(w.attention_change, w.attention, w.attention_usual, strict=True):
        moved += return_to(stock, usual, half_life / (12 // 2))


@rule(
    "senders.memories_fade",
    "Affronts are forgotten with time.",
    claims=("TGT-01",),
    accounts=ALL,
    phase="bookkeeping",
    rows="senders",
    writes=("caution",),
    parameters=(
        Parameter("caution_months", 12.0, 3.0, 36.0, "months", "half-life of caution after an affront",
                  "TGT-01 (months); assumption"),
    ),
)  # fmt: skip
def memories_fade(w: Fields, now: Moment, *, caution_months: Array) -> None:
    """Limits: all fade alike."""
    fade(w.caution, caution_months)
