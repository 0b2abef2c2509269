"""B0, persistence: what was last, goes on.

A member votes as it did at the last session with a vote; one without a vote there as most of its region did.
Nothing precedes the first session, so that it has no votes. Practice stays where it was before the record starts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from demarche.cast.cast import Cast
from demarche.history.record import Record
from demarche.history.scorecard.baselines.common import Session, Votes, sessions_of, tables_from
from demarche.history.tables import Tables


def persistence(cast: Cast, record: Record) -> Tables:
    """Return output tables under persistence."""
    region = dict(zip(cast.state_codes, cast.regions, strict=True))
    votes = {
        year: {vote.state: vote.vote for vote in record.votes if vote.year == year and vote.motion == "no_action"}
        for year in {vote.year for vote in record.votes}
    }
    sessions = sessions_of(cast, record)
    made = [(now.step, as_last_time(now, votes[before.year], region)) for before, now in pairwise(sessions)]
    earlier = [score.score for score in record.rights if score.year < record.start.year]

    def all_runs(run: int) -> Iterator[tuple[int, Votes]]:
        yield from made

    return tables_from(record, all_runs, earlier[-1] if earlier else None)


def as_last_time(session: Session, last: Votes, region: dict[str, str]) -> Votes:
    """Return the votes of a session from those of the one before."""
    usual: dict[str, Counter[str]] = {}
    for state, vote in last.items():
        usual.setdefault(region[state], Counter())[vote] += 1
    everyone = Counter(last.values()).most_common(1)[0][0]
    return {
        state: last.get(state) or (usual[region[state]].most_common(1)[0][0] if region[state] in usual else everyone)
        for state in session.members
    }
