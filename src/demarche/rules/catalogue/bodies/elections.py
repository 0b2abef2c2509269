"""Elections to the Council: the Assembly votes in secret on the seat of the focal state."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.rules.catalogue.bodies.peers import tie
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import real
from demarche.rules.kit.links import log_odds
from demarche.rules.kit.rates import base_utility


@rule(
    "bodies.electors_weigh",
    "In secret most states vote for a candidate, all the more where there are no more of them than seats.",
    claims=("COA-28", "COA-04"), accounts=ALL, phase="vote_weighing", when="election", draws=("slate",),
    rates=("election_clean_slate", "elect_yes"), reads=("is_present", "is_focal", "agree_focal", "lever_seats"),
    writes=("elect_utility",),
    parameters=(
        Parameter("friend", 9.0, 3.0, 30.0, "odds ratio", "odds of the closest friend against the farthest rival",
                  "COA-28; assumption"),
        Parameter("clean", 4.0, 2.0, 10.0, "odds ratio", "odds where nobody else stands", "assumption"),
    ),
)  # fmt: skip
def electors_weigh(
    w: Fields, now: Moment, *, friend: Array, clean: Array, election_clean_slate: Array, elect_yes: Array
) -> None:
    """Where an arm has seats contested there is no clean slate.

    Limits: a state of middling closeness in a contest is the reference.
    """
    scale = now.temperature("elect")
    alone = real(now.draw("slate") < election_clean_slate) * (w.lever_seats != 2.0)
    term = base_utility(scale, elect_yes, 1.0 - elect_yes) + log_odds(scale, clean, alone)
    w.elect_utility[now.index("elect", "yes")] += term + log_odds(scale, friend, tie(w) - 0.5)


@rule(
    "bodies.assembly_elects",
    "A candidate needs half of the Assembly; a high total is shown as confidence.",
    claims=("COA-28",), accounts=ALL, phase="un_bodies", when="election",
    reads=("elect_choice", "is_present", "is_focal", "body_is_assembly"),
    writes=("election_total", "election_event", "target_status_change"),
    parameters=(Parameter("standing", 0.05, 0.0, 0.15, "share", "standing gained by all votes, lost by none",
                          "COA-28; assumption"),),
)  # fmt: skip
def assembly_elects(w: Fields, now: Moment, *, standing: Array) -> None:
    """Limits: who sits is a fact of the cast; a lost election costs standing only."""
    voters = w.is_present * (1.0 - w.is_focal) * w.body_is_assembly.max()
    total = ((w.elect_choice > 0) * voters).sum(axis=0)
    share = total / np.maximum(voters.sum(axis=0), 1.0)
    w.election_total[...] = total
    w.election_event[...] = 1 + (share <= 0.5)
    w.target_status_change += standing * (2.0 * share - 1.0)
