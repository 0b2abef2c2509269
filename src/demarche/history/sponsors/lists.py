"""Lists of sponsors as they are on record: some complete, some known in part.

A list is complete where it names as many states as the motion is known to have had sponsors. Of any other list only
the states that it names are known: who is missing did not thereby decline.
"""

from __future__ import annotations

from dataclasses import dataclass

from demarche.history.record import Record

DECLINED = "declined"


@dataclass(frozen=True)
class SponsorList:
    """Sponsors of the motion of one session.

    Parameters
    ----------
    year, month
        Year of the session, and its month, like `1995-03`.
    named
        Codes of the states that are known to have led or sponsored.
    total
        How many sponsors there were, None if that is not known.
    """

    year: int
    month: str
    named: frozenset[str]
    total: int | None

    @property
    def is_complete(self) -> bool:
        """Tell whether a state that is not named is known not to have sponsored."""
        return self.total == len(self.named)


def sponsor_lists(record: Record) -> tuple[SponsorList, ...]:
    """Return the lists of a record in order of year; a session without a motion, or without a known name, has none.

    Where no motion was tabled there was nothing to put a name to: those who had declined beforehand are on no list.
    """
    named: dict[int, set[str]] = {}
    for one in record.sponsorships:
        if one.role != DECLINED:
            named.setdefault(one.year, set()).add(one.state)
    found = [
        SponsorList(motion.year, motion.month, frozenset(named[motion.year]), motion.sponsors)
        for motion in record.motions
        if motion.tabled and motion.year in named
    ]
    return tuple(sorted(found, key=lambda one: one.year))
