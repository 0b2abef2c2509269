"""Gatherings: the secret ballot of experts, special sessions, world conferences."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.catalogue.focal.instruments import taken
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.rates import base_utility


@rule(
    "bodies.experts_weigh_ballot",
    "Experts vote in secret and are freer than their governments; a shock moves them.",
    claims=("UNB-14", "UNB-05"), accounts=ALL, phase="vote_weighing", when="expert_session",
    rates=("sub_commission_text", "sub_commission_text_calm"), reads=("shock_memory", "like_minded_share",
                                                                      "body_evidence"),
    writes=("expert_ballot_utility",),
    parameters=(
        Parameter("freer", 0.5, 0.0, 1.0, "log odds", "how much freer than their governments they are", "assumption"),
        Parameter("quarter", 0.25, 0.25, 0.25, "share", "share of like-minded seats that counts as none", "definition",
                  "constant"),
        Parameter("governments", 1.0, 0.0, 2.0, "log odds", "pull of the like-minded at half the seats",
                  "COA-04; assumption"),
    ),
)  # fmt: skip
def experts_weigh_ballot(
    w: Fields, now: Moment, *, freer: Array, quarter: Array, governments: Array, sub_commission_text: Array,
    sub_commission_text_calm: Array,
) -> None:  # fmt: skip
    """Limits: the text names the focal state; its words are not modelled."""
    scale = now.temperature("expert_ballot")
    shocked = base_utility(scale, sub_commission_text, 1.0 - sub_commission_text)
    calm = base_utility(scale, sub_commission_text_calm, 1.0 - sub_commission_text_calm)
    like_minded = np.clip((w.like_minded_share - quarter) / quarter, 0.0, 1.0)
    pull = governments * (1.0 - freer) * like_minded
    known = w.body_evidence.max(axis=1)
    term = calm + (shocked - calm) * w.shock_memory - scale * pull + scale * known * (1.0 - w.shock_memory)
    w.expert_ballot_utility[now.index("expert_ballot", "adopt")] += term


@rule(
    "bodies.experts_vote",
    "A text of the experts is said in the name of the United Nations, and the charter body finds it in its papers.",
    claims=("UNB-14", "UNB-05"), accounts=ALL, phase="un_bodies", when="expert_session",
    reads=("expert_ballot_choice", "body_is_experts", "body_is_charter", "is_core"),
    writes=("un_words", "ballot_event", "body_evidence"),
    parameters=(Parameter("filed", 0.3, 0.1, 0.5, "share", "part of the missing evidence that a text adds",
                          "assumption"),),
)  # fmt: skip
def experts_vote(w: Fields, now: Moment, *, filed: Array) -> None:
    """Limits: on the core only."""
    here = w.body_is_experts > 0.0
    adopted = (w.expert_ballot_choice == now.index("expert_ballot", "adopt")) & here
    w.ballot_event[...] = here * (1 + adopted)
    text = adopted.any(axis=0) * w.is_core
    w.un_words += text
    w.body_evidence += filed * text * w.body_is_charter[:, None] * (1.0 - w.body_evidence)


@rule(
    "bodies.members_weigh_special_session",
    "After a shock members may call a special session; the like-minded block it.",
    claims=("UNB-12", "COA-02", "UNB-14"), accounts=ALL, phase="vote_weighing", trigger="shock_now",
    rates=("special_session_called",), reads=("shock_now",), writes=("special_session_utility",),
)  # fmt: skip
def members_weigh_special_session(w: Fields, now: Moment, *, special_session_called: Array) -> None:
    """Limits: the wish only; whether it is blocked is counted afterwards."""
    term = base_utility(now.temperature("special_session"), special_session_called, 1.0 - special_session_called)
    w.special_session_utility[now.index("special_session", "call")] += term * w.shock_now


@rule(
    "bodies.special_session_meets",
    "A special session meets unless the like-minded stop it; with half of the seats they can.",
    claims=("UNB-12", "COA-02"), accounts=ALL, phase="un_bodies", trigger="shock_now", draws=("blocked",),
    reads=("special_session_choice", "shock_now", "body_is_charter", "like_minded_share", "is_core"),
    writes=("un_words", "special_session_event", "body_evidence"),
    parameters=(
        Parameter("block", 2.0, 1.0, 3.0, "multiplier", "chance of a block a share of like-minded seats",
                  "UNB-12: blocked in 1990; assumption: half of the seats stop it for sure"),
        Parameter("filed", 0.3, 0.1, 0.5, "share", "part of the missing evidence that a session adds", "assumption"),
    ),
)  # fmt: skip
def special_session_meets(w: Fields, now: Moment, *, block: Array, filed: Array) -> None:
    """Limits: one a month."""
    called = (w.special_session_choice > 0) & (w.body_is_charter > 0.0) & (w.shock_now > 0.0)
    blocked = now.draw("blocked") < block * w.like_minded_share
    w.special_session_event[...] = called * (1 + blocked)
    held = (called & ~blocked).any(axis=0) * w.is_core
    w.un_words += held
    w.body_evidence += filed * held * w.body_is_charter[:, None] * (1.0 - w.body_evidence)


@rule(
    "bodies.conferences_agree",
    "A world conference ends in a text by consensus: the state professes more, and gives critics a yardstick.",
    claims=("UNB-27", "COA-03"), accounts=ALL, phase="un_bodies", when="norm_conference", calendar=("norm_conference",),
    reads=("commitment", "threatens_monopoly", "instrument_choice", "body_is_charter"), writes=("commitment_change",),
    parameters=(Parameter("agreed", 0.05, 0.0, 0.15, "share",
                          "part of missing commitment that a full conference makes up "
                          "where nothing is at stake", "UNB-27; assumption"),),
)  # fmt: skip
def conferences_agree(w: Fields, now: Moment, *, agreed: Array) -> None:
    """Limits: nothing from a text that it opts out of or opposes, and less where the monopoly is at stake."""
    held = agreed * now.strength("norm_conference") * (1.0 - taken(w, "opt_out", "oppose"))
    w.commitment_change += held * (1.0 - w.threatens_monopoly) * (1.0 - w.commitment)
