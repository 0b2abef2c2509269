"""B1, salience-weighted mean: members stand on one line, and the middle of their weight decides.

Position is agreement with the focal state minus that with its critic in the Assembly; salience is the distance
from the middle of both. A member votes yes above the mean of positions weighted by salience, no below it, and
abstains within a quarter of the spread of positions. Source of the idea: Thomson and others (2006), The European
Union Decides. Luck: the yearly error of an agreement score, 0.05 (judgement).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from demarche.cast.cast import Cast
from demarche.history.patterns.view import normals
from demarche.history.record import Record
from demarche.history.scorecard.baselines.common import Session, Votes, sessions_of, tables_from
from demarche.history.tables import Tables
from demarche.keyed import run_keys, text_key

ERROR = 0.05
ABSTAINS_WITHIN = 0.25


def weighted_mean(cast: Cast, record: Record) -> Tables:
    """Return output tables under the weighted mean."""
    sessions = sessions_of(cast, record)

    def votes(run: int) -> Iterator[tuple[int, Votes]]:
        for session in sessions:
            yield session.step, around_the_mean(session, session.lean + ERROR * luck(run, session))

    return tables_from(record, votes, None)


def luck(run: int, session: Session) -> NDArray[np.float64]:
    """Return keyed standard normals `(n_members,)` of a run and session."""
    key = run_keys([run])
    return np.array([normals(key, text_key(f"baseline/{state}"), session.year)[0] for state in session.members])


def around_the_mean(session: Session, position: NDArray[np.float64]) -> Votes:
    """Return votes from positions."""
    middle = float(np.average(position, weights=np.abs(position) + 1e-9))
    band = ABSTAINS_WITHIN * float(position.std())
    words = np.where(position > middle + band, "yes", np.where(position < middle - band, "no", "abstain"))
    return dict(zip(session.members, words.tolist(), strict=True))
