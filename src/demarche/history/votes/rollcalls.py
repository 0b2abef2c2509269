"""Roll calls on a state, and the same as arrays; a vote is a stance towards the target.

A yes to a text is against the target, a yes to taking no action is for it; so both kinds of motion are read
on one scale. Absent members, and those whose vote is not recorded, have no stance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array

BODIES = ("CHR", "HRC")
KINDS = ("resolution", "no_action")
WORDS = ("yes", "no", "abstain", "absent", "not_recorded")
STANCES = ("against", "abstain", "for")
AGAINST, NEUTRAL, FOR = range(3)
NONE = -1
DAYS_A_YEAR = 365.25

STANCE_OF = {
    ("resolution", "yes"): AGAINST, ("resolution", "no"): FOR, ("resolution", "abstain"): NEUTRAL,
    ("no_action", "yes"): FOR, ("no_action", "no"): AGAINST, ("no_action", "abstain"): NEUTRAL,
}  # fmt: skip
"""Kind of motion and word -> stance; other words have none."""


def word_of(kind: str, stance: int) -> str:
    """Return the word that takes a stance in a motion of a kind."""
    return next(word for (one, word), found in STANCE_OF.items() if (one, found) == (kind, stance))


@dataclass(frozen=True)
class RollCall:
    """One vote of a body on one motion.

    Parameters
    ----------
    key
        Name of the motion, unlike any other of the record.
    body, kind, target
        One of `BODIES` and of `KINDS`; code of the state that the motion is about.
    year, day
        Year whose covariates count; the date.
    votes
        Code of a member -> one of `WORDS`.
    """

    key: str
    body: str
    kind: str
    target: str
    year: int
    day: date
    votes: Mapping[str, str]

    @cached_property
    def place(self) -> tuple[date, str, str, str]:
        """Return by what roll calls are put in order."""
        return self.day, self.body, self.target, self.key


@dataclass(frozen=True, eq=False)
class Ballots:
    """Roll calls in order of date as arrays.

    Parameters
    ----------
    calls
        In order.
    states
        Codes of all members that are listed anywhere, sorted.
    stance
        `(n_calls, n_states)`: index of the stance, `NONE` for no stance.
    days
        `(n_calls,)`: ordinal day.
    """

    calls: tuple[RollCall, ...]
    states: tuple[str, ...]
    stance: NDArray[np.int64]
    days: NDArray[np.int64]

    @cached_property
    def lean(self) -> Array:
        """Return +1 against, 0 abstention, -1 for, NaN for no stance `(n_calls, n_states)`."""
        return np.where(self.stance == NONE, np.nan, 1.0 - self.stance)

    @cached_property
    def targets(self) -> Sequence[str]:
        """Return the target of each roll call."""
        return [call.target for call in self.calls]


def in_order(calls: Iterable[RollCall], states: Iterable[str] = ()) -> Ballots:
    """Return roll calls as arrays, with columns for further states if wished."""
    ordered = tuple(sorted(calls, key=lambda call: call.place))
    codes = tuple(sorted({code for call in ordered for code in call.votes} | set(states)))
    column = {code: place for place, code in enumerate(codes)}
    stance = np.full((len(ordered), len(codes)), NONE, dtype=np.int64)
    for row, call in enumerate(ordered):
        for code, word in call.votes.items():
            stance[row, column[code]] = STANCE_OF.get((call.kind, word), NONE)
    days = np.array([call.day.toordinal() for call in ordered], dtype=np.int64)
    return Ballots(ordered, codes, stance, days)
