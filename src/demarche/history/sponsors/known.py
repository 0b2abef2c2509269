"""What is known of each state before it may put its name to a motion.

At risk is every state of the cast that exists in the year, apart from the focal one. Sponsoring needs neither a seat
on the body nor membership of the United Nations: observers may sponsor, and a state outside the organisation is on
the lists of the bundled case. Yearly values are those of the year before; the lists, votes and turns of dialogues are
those of earlier sessions and months.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from demarche.arrays import Array, Mask
from demarche.cast.cast import Cast
from demarche.history.record import Record
from demarche.history.sponsors.lists import SponsorList
from demarche.history.votes.memory import NEAR, OWN_HALF_LIFE
from demarche.history.votes.packaged import CASE_KINDS
from demarche.history.votes.rollcalls import STANCE_OF

FEATURES: Mapping[str, str] = {
    "last": "named on the last known list",
    "own": "share of known lists that name it, later ones counting more",
    "group": "share of the others of the regional group on the last known list",
    "near": "share of states near in ideal point on the last known list",
    "company": "member of the joint bloc: share of its other members on the last known list",
    "distance": "distance of ideal points to the focal state",
    "democracy": "democracy",
    "exports": "share of its exports that goes to the focal state",
    "seat": "seat on the body in the year of the session",
    "vote": "own last vote on the focal state: 1 against it, -1 for it, 0 abstaining or none",
    "talks": "a dialogue of its own, or of the joint bloc as its member, is running",
}
"""Name of a feature -> what it says, in the order of the columns."""
RUNNING = ("started", "resumed")
KIND_OF = {case: kind for kind, case in CASE_KINDS.items()}
END_OF_YEAR = "-99"


@dataclass(frozen=True, eq=False)
class AtRisk:
    """States that may sponsor in one year, and what is known of them before.

    Parameters
    ----------
    year
        Year of the session.
    states, groups
        Codes, and regional groups.
    values
        `(n_states, n_features)`, columns as in `FEATURES`.
    was_named
        Whether the last known list names the state `(n_states,)`.
    """

    year: int
    states: tuple[str, ...]
    groups: tuple[str, ...]
    values: Array
    was_named: Mask

    def named(self, names: Collection[str]) -> Mask:
        """Return which of the states are among some names `(n_states,)`."""
        return np.array([code in names for code in self.states], dtype=np.bool_)


@dataclass(frozen=True, eq=False)
class History:
    """Cast, record and lists, from which `at_risk` tells what was known before a session.

    Parameters
    ----------
    cast, record
        The case.
    lists
        All lists of sponsors, in order of year.
    forgotten
        Years of sessions whose list and votes are taken as never seen.
    """

    cast: Cast
    record: Record
    lists: Sequence[SponsorList]
    forgotten: frozenset[int] = frozenset()

    def at_risk(self, session: SponsorList) -> AtRisk:
        """Return who may sponsor in a session and what is known before; the session's own list is not read."""
        cast, year = self.cast, session.year
        there = cast.present(year) & (np.array(cast.state_codes) != cast.focal)
        earlier = [one for one in self.lists if one.year < year and one.year not in self.forgotten]
        named = np.array([[code in one.named for code in cast.state_codes] for one in earlier], dtype=np.float64)
        named = named.reshape(len(earlier), len(cast.state_codes))
        last = named[-1] if len(earlier) else np.zeros(len(cast.state_codes))
        weight = np.exp2((np.array([one.year for one in earlier]) - year) / OWN_HALF_LIFE)
        columns = {
            "last": last,
            "own": weight @ named / max(float(weight.sum()), 1e-9),
            **self._company(year, there, last),
            **self._attributes(year),
            "vote": self._last_votes(year),
            "talks": self._talks(session),
        }
        at = np.flatnonzero(there)
        return AtRisk(
            year=year,
            states=tuple(cast.state_codes[place] for place in at),
            groups=tuple(cast.regions[place] for place in at),
            values=np.stack([columns[name] for name in FEATURES], axis=1)[at],
            was_named=last[at] > 0,
        )

    def _company(self, year: int, there: Mask, last: Array) -> dict[str, Array]:
        """Return shares of others on the last known list: of the group, of those near, of the joint bloc."""
        groups, bloc = np.array(self.cast.regions), self.cast.joint_bloc(year)
        ideal = self.cast.yearly("ideal_point", year - 1)
        kernels = {
            "group": groups[:, None] == groups[None, :],
            "near": np.exp(-0.5 * ((ideal[:, None] - ideal[None, :]) / NEAR) ** 2),
            "company": bloc[:, None] & bloc[None, :],
        }
        found = {}
        for name, kernel in kernels.items():
            weight = kernel * there[None, :].astype(np.float64)
            np.fill_diagonal(weight, 0.0)
            found[name] = weight @ last / np.maximum(weight.sum(axis=1), 1e-9)
        return found

    def _attributes(self, year: int) -> dict[str, Array]:
        cast = self.cast
        ideal = cast.yearly("ideal_point", year - 1)
        return {
            "distance": np.abs(ideal - ideal[cast.index(cast.focal)]),
            "democracy": cast.yearly("democracy", year - 1),
            "exports": cast.yearly("export_share", year - 1),
            "seat": cast.seats(year)[1].astype(np.float64),
        }

    def _last_votes(self, year: int) -> Array:
        """Return each state's mean stance in the last earlier session in which it took one `(n_states,)`."""
        taken: dict[str, dict[int, list[float]]] = {}
        for vote in self.record.votes:
            stance = STANCE_OF.get((KIND_OF[vote.motion], vote.vote))
            if stance is not None and vote.year < year and vote.year not in self.forgotten:
                taken.setdefault(vote.state, {}).setdefault(vote.year, []).append(1.0 - stance)
        last = {code: by_year[max(by_year)] for code, by_year in taken.items()}
        return np.array([np.mean(last.get(code, [0.0])) for code in self.cast.state_codes])

    def _talks(self, session: SponsorList) -> Array:
        """Return whose dialogue runs; a turn known to the year only counts from the next year on, one without a
        state is of the joint bloc.
        """
        running: dict[tuple[str, str], bool] = {}
        for turn in sorted(self.record.dialogues, key=lambda turn: _last_day(turn.date)):
            if _last_day(turn.date) < session.month:
                running[turn.partner, turn.state] = turn.change in RUNNING
        states = {state for (_, state), is_on in running.items() if is_on}
        own = np.array([code in states for code in self.cast.state_codes])
        return (own | (self.cast.joint_bloc(session.year) & ("" in states))).astype(np.float64)


def _last_day(date: str) -> str:
    """Return a date that sorts a bare year after all its months."""
    return date if "-" in date else date + END_OF_YEAR
