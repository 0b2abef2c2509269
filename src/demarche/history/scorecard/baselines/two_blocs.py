"""B2, two blocs: members fall into the two camps that leave least frustration between pairs.

Two members pull together as far as their ideal points are nearer than the mean distance, and apart otherwise.
From a random split members change camp one by one while that lowers frustration (a local minimum). The camp that
lies nearer the focal state votes yes, the other no; nobody abstains. Source of the idea: Axelrod and Bennett
(1993), A landscape theory of aggregation.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from demarche.cast.cast import Cast
from demarche.history.record import Record
from demarche.history.scorecard.baselines.common import Session, Votes, sessions_of, tables_from
from demarche.history.scorecard.baselines.weighted_mean import luck
from demarche.history.tables import Tables

SWEEPS = 100


def two_blocs(cast: Cast, record: Record) -> Tables:
    """Return output tables under two blocs."""
    sessions = sessions_of(cast, record)

    def votes(run: int) -> Iterator[tuple[int, Votes]]:
        for session in sessions:
            camp = settled(session.ideal_point, np.where(luck(run, session) > 0, 1.0, -1.0))
            yield session.step, by_camp(session, camp)

    return tables_from(record, votes, None)


def settled(ideal_point: NDArray[np.float64], camp: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return camps `(n_members,)`, 1 or -1, from which nobody gains by leaving."""
    distance = np.abs(ideal_point[:, None] - ideal_point)
    pull = distance.mean() - distance
    np.fill_diagonal(pull, 0.0)
    camp = camp.copy()
    for _ in range(SWEEPS):
        before = camp.copy()
        for member in range(len(camp)):
            camp[member] = 1.0 if pull[member] @ camp >= 0 else -1.0
        if (camp == before).all():
            break
    return camp


def by_camp(session: Session, camp: NDArray[np.float64]) -> Votes:
    """Return votes: the camp that agrees more with the focal state than with its critic says yes."""
    sides = [session.lean[camp == side] for side in (1.0, -1.0)]
    friendly = 1.0 if not len(sides[1]) or (len(sides[0]) and sides[0].mean() >= sides[1].mean()) else -1.0
    words = np.where(camp == friendly, "yes", "no")
    return dict(zip(session.members, words.tolist(), strict=True))
