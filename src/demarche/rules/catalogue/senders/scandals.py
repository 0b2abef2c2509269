"""Senders' own scandals: when abuses come to light, what is answered, and how long they tell."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import fade
from demarche.rules.kit.rates import base_utility, monthly, quarterly


@rule(
    "senders.abuses_come_to_light",
    "Great powers that speak of rights are now and then found out in abuses of their own.",
    claims=("SND-01",),
    accounts=ALL,
    phase="events",
    when="quarter",
    rows="senders",
    reads=("economic_weight", "is_sender"),
    writes=("scandal_breaks",),
    draws=("break",),
    calendar=("scandal",),
    rates=("scandal_own",),
    parameters=(
        Parameter("major", 0.01, 0.005, 0.03, "share of world GDP", "from which a sender counts as major",
                  "definition; assumption", "constant"),
    ),
)  # fmt: skip
def abuses_come_to_light(w: Fields, now: Moment, *, scandal_own: Array, major: Array) -> None:
    """Draw scandals of the quarter, and take over what a calendar says of the last three months.

    Limits: no abuse is modelled, only its news.
    """
    drawn = (now.draw("break", "state") < quarterly(scandal_own)) * (w.economic_weight >= major) * w.is_sender
    told = now.actors("scandal") + now.actors("scandal", lead=-1) + now.actors("scandal", lead=-2)
    w.scandal_breaks[...] = np.minimum(drawn + told, 1.0)


@rule(
    "senders.scandal_rates",
    "Most own scandals are denied, some are acknowledged, few are followed by repair.",
    claims=("SND-01", "SND-02", "DLG-27"),
    accounts=ALL,
    phase="weighing",
    when="quarter",
    rows="senders",
    writes=("scandal_answer_utility",),
    rates=("scandal_answer_acknowledge", "scandal_answer_repair"),
    trigger="scandal_breaks",
)
def scandal_rates(
    w: Fields, now: Moment, *, scandal_answer_acknowledge: Array, scandal_answer_repair: Array
) -> None:
    """Lay the base rates of an answer."""
    scale, deny = now.temperature("scandal_answer"), 1.0 - scandal_answer_acknowledge - scandal_answer_repair
    candid = base_utility(scale, scandal_answer_acknowledge, deny)
    w.scandal_answer_utility[now.index("scandal_answer", "acknowledge")] += candid
    w.scandal_answer_utility[now.index("scandal_answer", "repair")] += base_utility(scale, scandal_answer_repair, deny)


@rule(
    "senders.scandals_tell",
    "A scandal tells for two years, less long if it is acknowledged; repair counts until then.",
    claims=("SND-01", "SND-02", "DLG-27"),
    accounts=ALL,
    phase="coordinating",
    when="quarter",
    rows="senders",
    reads=("scandal_breaks", "scandal_answer_choice"),
    writes=("scandal_months", "own_scandal", "repaired", "scandal_event"),
    parameters=(
        Parameter("lasts", 24.0, 24.0, 24.0, "months", "how long a denied scandal tells", "definition of the link",
                  "constant"),
        Parameter("quarter", 3.0, 3.0, 3.0, "months", "months of a quarter", "definition", "constant"),
        Parameter("candour", 0.5, 0.25, 1.0, "share", "of that time if it is acknowledged", "DLG-27; assumption"),
    ),
)  # fmt: skip
def scandals_tell(w: Fields, now: Moment, *, lasts: Array, quarter: Array, candour: Array) -> None:
    """Count months down, begin anew where a scandal broke, and say what stands."""
    broke, answer = w.scandal_breaks > 0.0, w.scandal_answer_choice
    w.scandal_months -= np.minimum(w.scandal_months, quarter)
    candid = answer == now.index("scandal_answer", "acknowledge")
    w.scandal_months[...] = np.where(broke, lasts * np.where(candid, candour, 1.0), w.scandal_months)
    w.own_scandal[...] = w.scandal_months > 0.0
    mended = broke * (answer == now.index("scandal_answer", "repair"))
    w.repaired[...] = np.where(broke, mended, w.repaired * w.own_scandal)
    w.scandal_event[...] = broke * (1 + answer)


@rule(
    "senders.rival_stumbles",
    "The leading critic has its wars, crises and scandals.",
    claims=("TGT-10", "SND-01"),
    accounts=ALL,
    phase="coordinating",
    rows="senders",
    reads=("is_critic", "own_scandal"),
    writes=("rival_trouble", "rival_event"),
    draws=("trouble",),
    rates=("rival_trouble",),
    parameters=(
        Parameter("half_life", 24.0, 12.0, 48.0, "months", "half-life of the memory of a war or crisis", "assumption"),
    ),
    after=("senders.scandals_tell",),
)  # fmt: skip
def rival_stumbles(w: Fields, now: Moment, *, rival_trouble: Array, half_life: Array) -> None:
    """Draw wars and crises of the month and let their memory fade. Limits: none has a name or a date."""
    struck = now.draw("trouble") < monthly(rival_trouble)
    w.rival_event[...] = struck
    fade(w.rival_trouble, half_life)
    exposed = (w.own_scandal * w.is_critic).max(axis=0)
    np.maximum(w.rival_trouble, np.maximum(struck, 0.5 * exposed), out=w.rival_trouble)
