"""A coming vote: chances of each member, and totals drawn with what the motion may be in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.history.votes.logit import softmax
from demarche.history.votes.memory import Memory
from demarche.history.votes.posterior import Posterior
from demarche.history.votes.rollcalls import RollCall

DRAWS = 4000
SEED = 1


@dataclass(frozen=True, eq=False)
class Outlook:
    """What is expected of a roll call.

    Parameters
    ----------
    call
        The roll call, without votes.
    members
        Codes of its members.
    chances
        Of the stances `(n, 3)`.
    totals
        Numbers of members by stance `(n_draws, 3)`.
    """

    call: RollCall
    members: tuple[str, ...]
    chances: Array
    totals: NDArray[np.int64]


@dataclass(frozen=True)
class Explanation:
    """Why a member is expected to vote in a way.

    Parameters
    ----------
    chances
        Of the stances `(3,)`.
    parts
        Name of a contribution -> what it adds to the log odds of abstaining, and of voting for, against voting
        against; largest first.
    last, last_age
        Own last stance on the target (`NONE` for none), and its age in years.
    """

    chances: Array
    parts: tuple[tuple[str, float, float], ...]
    last: int
    last_age: float


def look_out(posterior: Posterior, memory: Memory, call: RollCall, members: Sequence[str]) -> Outlook:
    """Return what is expected of a roll call of some members; all are taken to be present."""
    known = memory.known(call, members)
    total = posterior.parts(known, call.target)[1].sum(axis=1)
    rng = np.random.default_rng(SEED)
    covariance = posterior.motions[posterior.kind_of(known, call.target)]
    totals = np.zeros((DRAWS, 3), dtype=np.int64)
    for draw, (u, v) in enumerate(rng.multivariate_normal(np.zeros(2), covariance, size=DRAWS)):
        edges = softmax(total[:, 0] + u, total[:, 1] + v).cumsum(axis=1)[:, :2]
        stance = (rng.random((len(total), 1)) > edges).sum(axis=1)
        totals[draw] = np.bincount(stance, minlength=3)
    return Outlook(call, tuple(members), posterior.chances(known, call.target), totals)


def explain(posterior: Posterior, memory: Memory, call: RollCall, member: str) -> Explanation:
    """Return the chances of one member and what each feature contributes."""
    known = memory.known(call, [member])
    names, parts = posterior.parts(known, call.target)
    merged: dict[str, Array] = {}
    for name, part in zip(names, parts[0], strict=True):
        feature = name.split(":")[0]
        merged[feature] = merged.get(feature, np.zeros(2)) + part
    listed = [(name, float(part[0]), float(part[1])) for name, part in merged.items() if part.any()]
    listed.sort(key=lambda entry: -max(abs(entry[1]), abs(entry[2])))
    chances = posterior.chances(known, call.target)[0]
    return Explanation(chances, tuple(listed), int(known.last[0]), float(known.last_age[0]))
