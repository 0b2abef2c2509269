"""The cast: who and what is in the world, read from files and checked as a whole.

A cast is one YAML file and the CSV tables beside it. It names the focal state and its
leading critic, gives the yearly facts of every state, the seats of the charter body,
the calendar, and the starting values of everything that moves. Nothing here knows a
country or a year: another case is another set of files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.cast.checks import check_gaps, check_members, check_sources, check_states
from demarche.cast.file import CastFile, cast_model
from demarche.cast.gaps import Gap, fill
from demarche.cast.kept import Names, Seal, Shelf, names_in, seal_of
from demarche.cast.members import (
    Body,
    Donor,
    Firm,
    Group,
    Issue,
    Ngo,
    PersonMix,
    Sourced,
    TradeOrganisation,
    Treaty,
    Visits,
    expanded,
)
from demarche.cast.sheets import Beside, digest_of, find_record, read_beside, record_files
from demarche.cast.tables import NEVER, CastEvent, StateTable
from demarche.errors import Problem, ScenarioError, closest
from demarche.reading.messages import validate
from demarche.reading.report import Report
from demarche.reading.text import read_bytes
from demarche.reading.yaml_nodes import MAX_BYTES, parse_yaml
from demarche.world.axes import CAST_AXES, REGIONS
from demarche.world.calendar import Month

__all__ = [
    "Body", "Cast", "CastEvent", "Donor", "Firm", "Group", "Issue", "Ngo", "PersonMix", "Sourced", "Treaty",
    "load_cast",
]  # fmt: skip


ALL_YEARS = NEVER - 1  # a year by which all have entered the joint bloc that ever do


@dataclass(frozen=True, eq=False)
class Cast:
    """Everything that a case puts into the world; arrays over states are sorted by code.

    Parameters
    ----------
    path, tables
        The file that it was read from, and its tables.
    record
        Folder with the history of the case, None if it brings none.
    title, description
        Texts for readers.
    focal, critic
        Codes of the focal state and of its leading critic.
    states, years, columns
        Facts of states; years of the table; yearly attribute -> values `(n_years, n_states)`.
    gaps
        Yearly attribute -> what was assumed where the table of pairs says nothing.
    own_votes
        Whether the model of votes has learnt from votes on the focal state: `used` or `left_out`.
    seat_table
        Year on record -> code of the charter body and mask of its members `(n_states,)`.
    groups, sources, initial
        Groups of states; sources of columns; starting values of what moves.
    issues, ngos, bodies, donors, treaties, firms, cases, events
        Members of the world, and dated events with the codes of their actors.
    visits, trade_organisation
        Until when the calendar names visits, None if they are drawn from the start; how the focal state stands to the
        trade organisation, None if nothing is said of it.
    digest
        SHA-256 of everything that results depend on; texts for readers, sources, comments, places of
        files and the record of history do not count.
    """

    path: Path
    tables: tuple[Path, ...]
    record: Path | None
    title: str
    description: str
    focal: str
    critic: str
    states: StateTable
    years: tuple[int, ...]
    columns: dict[str, NDArray[np.float64]]
    gaps: dict[str, Gap]
    own_votes: str
    seat_table: dict[int, tuple[str, NDArray[np.bool_]]]
    groups: dict[str, Group]
    sources: dict[str, dict[str, str]]
    initial: dict[str, Sourced]
    issues: tuple[Issue, ...]
    ngos: tuple[Ngo, ...]
    bodies: tuple[Body, ...]
    donors: tuple[Donor, ...]
    treaties: tuple[Treaty, ...]
    firms: tuple[Firm, ...]
    persons: PersonMix
    events: tuple[CastEvent, ...]
    visits: Visits | None
    trade_organisation: TradeOrganisation | None
    digest: str

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that the case rests on: its own, its tables, and those of its record."""
        return (self.path, *self.tables, *(() if self.record is None else record_files(self.record)))

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
        """Codes of the members of every axis that a cast sizes; an axis of which it says nothing has none."""
        width = len(str(self.persons.count))
        return {
            **dict.fromkeys(CAST_AXES, ()),
            "state": self.state_codes,
            "ngo": tuple(ngo.code for ngo in self.ngos),
            "body": tuple(body.code for body in self.bodies),
            "donor": tuple(donor.code for donor in self.donors),
            "issue": tuple(issue.code for issue in self.issues),
            "treaty": tuple(treaty.code for treaty in self.treaties),
            "firm": tuple(firm.code for firm in self.firms),
            "person": tuple(f"person_{i + 1:0{width}d}" for i in range(self.persons.count)),
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

    def assumed(self, name: str, year: int, value: Array) -> Array:
        """Return a yearly attribute with gaps `(n_states, n_runs)`.

        `value` holds what is assumed in each run `(n_runs,)`; NaN is what the cast says.
        """
        gap, place = self.gaps[name], self.years.index(_nearest(year, self.years))
        ideal = self.columns["ideal_point"][place]
        distance = np.abs(ideal - ideal[self.index(self.focal)])[:, None]
        value = np.where(np.isnan(value), gap.value, value)
        filled: Array = np.where(gap.cells[place][:, None], gap.at(value, distance), self.columns[name][place][:, None])
        return filled

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

    def presides(self, year: int) -> NDArray[np.bool_]:
        """Return which state presides over the joint bloc in the first half of a year `(n_states,)`."""
        return np.array([year in years for years in self.states.leads_bloc], dtype=np.bool_)

    def seats(self, year: int) -> tuple[str, NDArray[np.bool_]]:
        """Return the charter body of a year on record and its members `(n_states,)`; other years take the nearest."""
        body, mask = self.seat_table[_nearest(year, tuple(sorted(self.seat_table)))]
        return body, mask.copy()

    @property
    def data_end(self) -> Month:
        """The last month of which the yearly tables know anything; what a run shows of later ones is a projection."""
        return Month(self.years[-1], 12)

    @cached_property
    def last_seated(self) -> int:
        """The last year of which the members of the charter body are on record."""
        return max(self.seat_table)

    @cached_property
    def seated_always(self) -> NDArray[np.bool_]:
        """Return which states sat in the charter body in every year on record `(n_states,)`."""
        always: NDArray[np.bool_] = np.all([mask for _, mask in self.seat_table.values()], axis=0)
        return always

    def quotas(self, year: int) -> NDArray[np.int64]:
        """Return how many seats each regional group has in a year `(n_regions,)`, in the order of `REGIONS`.

        On record, as many as sat; after it, as the charter body of that year says, else as in its last year.
        """
        sitting = [body.seats for body in self.bodies if body.kind == "charter" and body.is_active(Month(year, 12))]
        if year > self.last_seated and sitting and sitting[0]:
            return np.array([sitting[0].get(region, 0) for region in REGIONS], dtype=np.int64)
        regions = np.array(self.regions)[self.seats(year)[1]]
        return np.array([(regions == region).sum() for region in REGIONS], dtype=np.int64)

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
            Members that act in that year; None gives all that ever do.

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
        group = self.groups.get(name, Group(states=[name], source="its code"))
        chosen = group.members(self.states, ALL_YEARS if year is None else year)
        return chosen if year is None else chosen & self.present(year)


def load_cast(path: Path) -> Cast:
    """Read a cast file and its tables.

    Parameters
    ----------
    path
        The YAML file; its tables and its record lie in its folder or below.

    Raises
    ------
    ScenarioError
        With every problem of the file, sorted by line, then those of its tables.
    """
    content = read_bytes(path, MAX_BYTES, "YAML file")
    names = _NAMES.get(content)
    kept = None if names is None else _kept(seal_of(path, content, names))
    return _read(path, content) if kept is None else kept


_NAMES: Shelf[bytes, Names] = Shelf(32)
_KEPT: Shelf[Seal, Cast] = Shelf(32)
_BY_CONTENT: Shelf[str, Cast] = Shelf(32)


def _kept(seal: Seal | None) -> Cast | None:
    """Return the cast of the same files, or one with the same content under these paths."""
    if seal is None:
        return None
    cast = _KEPT.get(seal)
    if cast is None and (alike := _BY_CONTENT.get(seal.content)) is not None:
        cast = replace(alike, path=seal.path, tables=seal.tables, record=seal.record)
        _KEPT.put(seal, cast)
    return cast


def _read(path: Path, content: bytes) -> Cast:
    """Read a cast file and its tables, and keep the cast if no file was written meanwhile."""
    report = Report(parse_yaml(content, str(path)))
    if report.document.is_broken:
        report.raise_if_any()
    names = names_in(report.document)
    seal = seal_of(path, content, names)
    model = validate(cast_model(), report)
    check_members(report)
    check_sources(report)
    check_gaps(report)
    beside, record = read_beside(report, path), find_record(report, path)
    if beside is not None:
        check_states(report, beside.states)
    report.raise_if_any()
    if model is None or beside is None:
        raise ScenarioError(f"{path}:1:1: the file cannot be used, for a reason that was not found")
    cast = _build(path, model, beside, record, digest_of(report.document.data, beside.sheets))
    if seal is not None and seal == seal_of(path, content, names):
        _NAMES.put(content, names)
        _KEPT.put(seal, cast)
        _BY_CONTENT.put(seal.content, cast)
    return cast


def _build(path: Path, model: CastFile, beside: Beside, record: Path | None, digest: str) -> Cast:
    columns, gaps = fill(beside.columns, model.gaps, beside.states.codes.index(model.focal))
    events = tuple(replace(event, actors=expanded(event, model.groups, beside.states)) for event in beside.events)
    return Cast(
        path=path,
        tables=tuple(sheet.path for sheet in beside.sheets.values()),
        record=record,
        title=model.title,
        description=model.description,
        focal=model.focal,
        critic=model.critic,
        states=beside.states,
        years=beside.years,
        columns=columns,
        gaps=gaps,
        own_votes=model.own_votes,
        seat_table=beside.seat_table,
        groups=model.groups,
        sources={column: entry.model_dump(exclude_unset=True) for column, entry in model.sources.items()},
        initial=model.initial.values(),
        issues=tuple(issue.issue() for issue in model.issues),
        ngos=tuple(model.ngos),
        bodies=tuple(model.bodies),
        donors=tuple(model.donors),
        treaties=tuple(model.treaties),
        firms=tuple(model.firms),
        persons=model.persons.mix([issue.code for issue in model.issues]),
        events=events,
        visits=model.visits,
        trade_organisation=model.trade_organisation,
        digest=digest,
    )


def _nearest(year: int, years: Sequence[int]) -> int:
    """Return the year of the table that is nearest, the earlier one of two."""
    return min(years, key=lambda known: (abs(known - year), known))
