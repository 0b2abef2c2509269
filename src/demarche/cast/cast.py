"""The cast: who and what is in the world, read from files and checked as a whole.

A cast is one YAML file and the CSV tables beside it. It names the focal state and its
leading critic, gives the yearly facts of every state, the seats of the charter body,
the calendar, and the starting values of everything that moves. Nothing here knows a
country or a year: another case is another set of files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from demarche.cast import checks as check
from demarche.cast import members as read
from demarche.cast.checks import Item
from demarche.cast.members import Body, CaseMix, CastEvent, Group, Issue, Ngo, Sourced, Treaty
from demarche.cast.tables import StateTable, read_seats, read_states, read_years
from demarche.errors import Problem, ScenarioError, closest

__all__ = [
    "Body",
    "CaseMix",
    "Cast",
    "CastEvent",
    "Group",
    "Issue",
    "Ngo",
    "Sourced",
    "Treaty",
    "load_cast",
]

TABLE_NAMES = ("states", "years", "seats", "calendar")
CAST_KEYS = (
    "title",
    "description",
    "focal",
    "critic",
    "tables",
    "groups",
    "sources",
    "initial",
    "issues",
    "ngos",
    "bodies",
    "treaties",
    "cases",
)


@dataclass(frozen=True, eq=False)
class Cast:
    """Everything that a case puts into the world; arrays over states are sorted by code."""

    title: str
    description: str
    focal: str
    critic: str
    states: StateTable
    years: tuple[int, ...]
    columns: dict[str, NDArray[np.float64]]
    seat_table: dict[int, tuple[str, NDArray[np.bool_]]]
    groups: dict[str, Group]
    sources: dict[str, dict[str, str]]
    initial: dict[str, Sourced]
    issues: tuple[Issue, ...]
    ngos: tuple[Ngo, ...]
    bodies: tuple[Body, ...]
    treaties: tuple[Treaty, ...]
    cases: CaseMix
    events: tuple[CastEvent, ...]
    digest: str

    @property
    def state_codes(self) -> tuple[str, ...]:
        """Codes of the states, sorted."""
        return self.states.codes

    @property
    def state_names(self) -> tuple[str, ...]:
        """Names of the states, in the order of their codes."""
        return self.states.names

    @property
    def regions(self) -> tuple[str, ...]:
        """Regional group of each state, in the order of their codes."""
        return self.states.regions

    @property
    def axis_codes(self) -> dict[str, tuple[str, ...]]:
        """Codes of the members of every axis that the cast sizes."""
        width = len(str(self.cases.count))
        return {
            "state": self.state_codes,
            "ngo": tuple(ngo.code for ngo in self.ngos),
            "body": tuple(body.code for body in self.bodies),
            "issue": tuple(issue.code for issue in self.issues),
            "treaty": tuple(treaty.code for treaty in self.treaties),
            "case": tuple(f"case_{i + 1:0{width}d}" for i in range(self.cases.count)),
        }

    def index(self, code: str) -> int:
        """Return the position of a state; an unknown code is a `ScenarioError`."""
        if code not in self.state_codes:
            near = closest(code, self.state_codes)
            raise ScenarioError([Problem("cast", "unknown state", f"'{code}'", did_you_mean=near)])
        return self.state_codes.index(code)

    def yearly(self, name: str, year: int) -> NDArray[np.float64]:
        """Return a yearly attribute `(n_states,)`; years outside the table take the nearest one.

        Raises
        ------
        ScenarioError
            If there is no such attribute.
        """
        if name not in self.columns:
            expected, near = ", ".join(self.columns), closest(name, self.columns)
            raise ScenarioError([Problem("cast", "unknown yearly attribute", f"'{name}'", expected, near)])
        values: NDArray[np.float64] = self.columns[name][self.years.index(_nearest(year, self.years))]
        return values

    def present(self, year: int) -> NDArray[np.bool_]:
        """Return which states act in a year `(n_states,)`, United Nations members or not."""
        return self.states.present(year)

    def is_member(self, year: int) -> NDArray[np.bool_]:
        """Return which states sit in the General Assembly in a year, themselves or through a predecessor."""
        carried = np.array([bool(name) for name in self.states.predecessors])
        return self.present(year) & (carried | (self.states.joined_un <= year))

    def joint_bloc(self, year: int) -> NDArray[np.bool_]:
        """Return the members in a year of the bloc that sponsors jointly `(n_states,)`."""
        return self.present(year) & (self.states.eu_from <= year)

    def seats(self, year: int) -> tuple[str, NDArray[np.bool_]]:
        """Return the charter body of a year and its members `(n_states,)`; years outside take the nearest."""
        body, mask = self.seat_table[_nearest(year, tuple(sorted(self.seat_table)))]
        return body, mask.copy()

    def group_names(self) -> tuple[str, ...]:
        """Return the names of the groups, in the order of the file."""
        return tuple(self.groups)

    def group(self, name: str, year: int | None = None) -> NDArray[np.bool_]:
        """Return the members of a named group `(n_states,)`.

        Parameters
        ----------
        name
            Name of a group, or the code of one state.
        year
            Members that act in that year; None gives all, the joint bloc as of the last year of the table.

        Raises
        ------
        ScenarioError
            If there is no such group or state.
        """
        known = (*self.groups, *self.state_codes)
        if name not in known:
            expected = ", ".join(self.groups) + " or the code of a state"
            near = closest(name, known)
            raise ScenarioError([Problem("cast", "unknown group", f"'{name}'", expected, near)])
        group = self.groups.get(name, Group(states=(name,)))
        chosen = read.members(group, self.states, self.years[-1] if year is None else year)
        return chosen if year is None else chosen & self.present(year)


def load_cast(path: Path) -> Cast:
    """Read a cast file and its tables.

    Parameters
    ----------
    path
        The YAML file; its tables lie in its folder or below.

    Raises
    ------
    ScenarioError
        With every problem of all files, each with file, line and column.
    """
    problems: list[Problem] = []
    root = check.mapping(check.read_document(path, problems), problems, CAST_KEYS)
    if any(name not in root for name in CAST_KEYS):
        raise ScenarioError(problems)
    tables = _table_paths(root["tables"], path, problems)
    cast = _build(root, tables, _digest([path, *tables.values()]), problems)
    if problems:
        raise ScenarioError(problems)
    return cast


def _build(root: dict[str, Item], tables: dict[str, Path], digest: str, problems: list[Problem]) -> Cast:
    """Read every part; problems are collected, so the cast is only usable if there are none."""
    issues = tuple(read.read_issue(item, problems) for item in check.sequence(root["issues"], problems))
    codes = [issue.code for issue in issues]
    ngos = tuple(read.read_ngo(item, codes, problems) for item in check.sequence(root["ngos"], problems))
    bodies = tuple(read.read_body(item, problems) for item in check.sequence(root["bodies"], problems))
    treaties = tuple(read.read_treaty(item, problems) for item in check.sequence(root["treaties"], problems))
    lists: dict[str, Sequence[Issue | Ngo | Body | Treaty]] = {
        "issues": issues,
        "ngos": ngos,
        "bodies": bodies,
        "treaties": treaties,
    }
    for name, listed in lists.items():
        read.refuse_repeats(root[name], [member.code for member in listed], problems)
    states = read_states(tables["states"], problems)
    groups = read.read_groups(root["groups"], states, problems)
    years, columns = read_years(tables["years"], states.codes, problems)
    others = [*(body.code for body in bodies), *(treaty.code for treaty in treaties)]
    return Cast(
        title=check.text(root["title"], problems),
        description=check.text(root["description"], problems),
        focal=check.choice(root["focal"], states.codes, "state", problems),
        critic=check.choice(root["critic"], states.codes, "state", problems),
        states=states,
        years=years,
        columns=columns,
        seat_table=read_seats(tables["seats"], states, [body.code for body in bodies], problems),
        groups=groups,
        sources=read.read_sources(root["sources"], problems),
        initial=read.read_initial(root["initial"], problems),
        issues=issues,
        ngos=ngos,
        bodies=bodies,
        treaties=treaties,
        cases=read.read_cases(root["cases"], codes, problems),
        events=read.read_events(tables["calendar"], states, groups, others, problems),
        digest=digest,
    )


def _nearest(year: int, years: Sequence[int]) -> int:
    """Return the year of the table that is nearest, the earlier one of two."""
    return min(years, key=lambda known: (abs(known - year), known))


def _digest(paths: Sequence[Path]) -> str:
    """Return one SHA-256 over the contents of all files, in order."""
    total = hashlib.sha256()
    for path in paths:
        total.update(hashlib.sha256(path.read_bytes() if path.is_file() else b"").digest())
    return total.hexdigest()


def _table_paths(item: Item, path: Path, problems: list[Problem]) -> dict[str, Path]:
    """Return where the tables lie; without them nothing else can be checked, so problems end here."""
    entries, before = check.mapping(item, problems, TABLE_NAMES), len(problems)
    found: dict[str, Path] = {}
    for name in TABLE_NAMES:
        place = PurePosixPath(check.text(entries.get(name), problems))
        if place.is_absolute() or ".." in place.parts:
            problems.append(Problem(entries[name].where, "the table lies outside the folder", f"'{place}'"))
        found[name] = path.parent / place
    if len(problems) > before or any(name not in entries for name in TABLE_NAMES):
        raise ScenarioError(problems)
    return found
