"""What is known of states before a session: ideal point, democracy, regional group.

For a session of year t the values of year t - 1 count, beyond the data or in a gap the last known before. A
state without any takes the median of its regional group in that year, one without a group that of all states.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from demarche.arrays import Array
from demarche.cast.tables import StateTable
from demarche.history.votes.packaged import open_packaged

NAMES = ("ideal_point", "democracy")
RANGES = {"ideal_point": (-5.0, 5.0), "democracy": (0.0, 1.0)}
NO_GROUP = ""


@dataclass(frozen=True, eq=False)
class Attributes:
    """Yearly values of states.

    Parameters
    ----------
    known
        Name of an attribute and code of a state -> years in order, and the values in them.
    groups
        Code of a state -> its regional group; states that are not there have none.
    """

    known: Mapping[tuple[str, str], tuple[Sequence[int], Sequence[float]]]
    groups: Mapping[str, str]
    _medians: dict[tuple[str, str, int], float] = field(default_factory=dict)

    def group(self, state: str) -> str:
        """Return the regional group of a state, an empty text if it has none."""
        return self.groups.get(state, NO_GROUP)

    def is_known(self, name: str, state: str, year: int) -> bool:
        """Tell whether a value of the state was known before a session of a year."""
        return self._last(name, state, year) is not None

    def value(self, name: str, state: str, year: int) -> float:
        """Return an attribute as it was known before a session of a year."""
        found = self._last(name, state, year)
        return self._median(name, self.group(state), year) if found is None else found

    def values(self, name: str, states: Sequence[str], year: int) -> Array:
        """Return an attribute of several states `(n_states,)`."""
        return np.array([self.value(name, state, year) for state in states], dtype=np.float64)

    def _last(self, name: str, state: str, year: int) -> float | None:
        years, values = self.known.get((name, state), ((), ()))
        place = bisect_right(years, year - 1)
        return values[place - 1] if place else None

    def _median(self, name: str, group: str, year: int) -> float:
        key = (name, group, year)
        if key not in self._medians:
            states = [state for one, state in self.known if one == name and group in (NO_GROUP, self.group(state))]
            found = [value for state in states if (value := self._last(name, state, year)) is not None]
            self._medians[key] = float(np.median(found)) if found else self._fallback(name, group, year)
        return self._medians[key]

    def _fallback(self, name: str, group: str, year: int) -> float:
        if group:
            return self._median(name, NO_GROUP, year)
        low, high = RANGES[name]
        return (low + high) / 2


def load_attributes(states: StateTable) -> Attributes:
    """Return the packaged attributes, with the regional groups of a cast."""
    found: dict[tuple[str, str], tuple[list[int], list[float]]] = {}
    sheet = open_packaged("attributes.csv", ("state", "year", *NAMES))
    for row in sorted(sheet.rows(("state", "year")), key=lambda row: row["year"]):
        for name in NAMES:
            if row[name]:
                years, values = found.setdefault((name, row["state"]), ([], []))
                years.append(row.year("year"))
                values.append(row.number(name, *RANGES[name]))
    sheet.report.raise_if_any()
    return Attributes(found, dict(zip(states.codes, states.regions, strict=True)))
