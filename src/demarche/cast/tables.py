"""The tables that lie beside a cast file: states, their yearly facts, seats and dated events.

Problems stay in the report of each sheet; what is returned is only usable if there are none.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from demarche.reading.report import Collector
from demarche.reading.tables import Flaw, Row, Sheet
from demarche.world.axes import REGIONS
from demarche.world.calendar import EVENT_KINDS, CalendarEvent, Month
from demarche.world.fields import given_as

Years = tuple[tuple[int, ...], dict[str, NDArray[np.float64]]]
TABLES_KEPT = 4  # yearly tables that are not read twice

STATE_COLUMNS = (
    "code",
    "name",
    "region",
    "joined_un",
    "exists_from",
    "exists_until",
    "predecessor",
    "blocs",
    "eu_from",
    "leads_bloc",
    "clock",
)
YEARLY_RANGES: dict[str, tuple[float, float]] = {
    **{name: (spec.low, spec.high) for name, spec in given_as("years").items()},
    "filled": (0.0, 9.0),
}
"""Attribute of a state -> range: fields that the table of years gives, and how many were filled in, pairs too."""

PAIR_RANGES: dict[str, tuple[float, float]] = {name: (spec.low, spec.high) for name, spec in given_as("pairs").items()}
"""Attribute of a state and the focal state -> range: the fields that the table of pairs gives."""

YEAR_COLUMNS = ("code", "year", *YEARLY_RANGES)
PAIR_COLUMNS = ("focal", "code", "year", *PAIR_RANGES)
SEAT_COLUMNS = ("body", "year", "code")
CALENDAR_COLUMNS = ("code", "kind", "date", "actor", "strength", "source", "verified")
TABLES: dict[str, tuple[str, ...]] = {
    "states": STATE_COLUMNS,
    "years": YEAR_COLUMNS,
    "pairs": PAIR_COLUMNS,
    "seats": SEAT_COLUMNS,
    "calendar": CALENDAR_COLUMNS,
}
"""Name of a table -> its columns."""

MOST_TOLD = 10  # missing rows that are named one by one
VERIFIED = ("yes", "partly", "no")
NEVER = 9999


@dataclass(frozen=True)
class CastEvent(CalendarEvent):
    """A dated event of the cast; `verified` is yes, partly or no."""

    verified: str = "no"


@dataclass(frozen=True)
class StateTable:
    """Facts of the states that do not change; tuples and arrays `(n_states,)`, sorted by code."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    regions: tuple[str, ...]
    joined_un: NDArray[np.int64]
    exists_from: NDArray[np.int64]
    exists_until: NDArray[np.int64]
    predecessors: tuple[str, ...]
    blocs: tuple[frozenset[str], ...]
    eu_from: NDArray[np.int64]
    leads_bloc: tuple[frozenset[int], ...]
    clock: NDArray[np.float64]

    def present(self, year: int) -> NDArray[np.bool_]:
        """Return which states exist in a year `(n_states,)`."""
        return (self.exists_from <= year) & (year <= self.exists_until)


def read_states(sheet: Sheet) -> StateTable:
    """Read the table of states."""
    rows = sorted(sheet.rows(("code",)), key=lambda row: row["code"])
    for row in rows:
        code = row.word("code")
        if code and not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
            row.tell("code", Flaw("this is not a code of a state", "three capital letters"))
        row.word("name")
        row.choice("region", REGIONS, "region")

    def years(column: str, empty: int | None = None) -> NDArray[np.int64]:
        return np.array([row.year(column, empty) for row in rows], dtype=np.int64)

    table = StateTable(
        codes=tuple(row["code"] for row in rows),
        names=tuple(row["name"] for row in rows),
        regions=tuple(row["region"] for row in rows),
        joined_un=years("joined_un"),
        exists_from=years("exists_from"),
        exists_until=years("exists_until", NEVER),
        predecessors=tuple(row["predecessor"] for row in rows),
        blocs=tuple(frozenset(filter(None, row["blocs"].split(";"))) for row in rows),
        eu_from=years("eu_from", NEVER),
        leads_bloc=tuple(_listed_years(row, "leads_bloc") for row in rows),
        clock=np.array([row.number("clock", 0.0, 1.0) for row in rows], dtype=np.float64),
    )
    for row, start, end in zip(rows, table.exists_from, table.exists_until, strict=True):
        if end < start:
            row.tell("exists_until", Flaw("the state ends before it begins", f"{start} or later"))
    return table


def _listed_years(row: Row, column: str) -> frozenset[int]:
    """Return the years that a cell lists, one after the other with `;` between them."""
    found = [part for part in row[column].split(";") if part]
    if not all(part.isdigit() and len(part) == 4 for part in found):
        row.tell(column, Flaw("this is no list of years", "years of four digits with ; between them, or nothing"))
        return frozenset()
    return frozenset(int(part) for part in found)


def read_years(sheet: Sheet, codes: tuple[str, ...]) -> Years:
    """Read the yearly attributes of every state.

    Returns
    -------
    tuple
        The years in order, and for each attribute an array `(n_years, n_states)`, read-only; every
        state must have one row a year.
    """
    return _read_yearly(sheet, codes, tuple(YEARLY_RANGES.items()))


def read_pairs(
    sheet: Sheet, codes: tuple[str, ...], focal: object, years: tuple[int, ...], gaps: frozenset[str] = frozenset()
) -> Years:
    """Read what belongs to every state and the focal state, see `read_years`; other pairs and years are refused.

    A column of `gaps` may have empty cells, which are NaN; rows may be left out where all columns may.
    """
    found = _read_yearly(sheet, codes, tuple(PAIR_RANGES.items()), gaps)
    if gaps >= set(PAIR_RANGES):
        found = _over(years, codes, found)
    other = next((row for row in sheet.rows() if row["focal"] != focal), None) if focal in codes else None
    if other is not None:
        fix = "take the table of this pair of states, or name another focal state"
        other.tell("focal", Flaw("the row belongs to another focal state", str(focal), fix=fix))
    if found[0] != years:
        sheet.tell("it has other years than the table of years", found=_ends(found[0]), expected=_ends(years))
    return found


def _over(years: tuple[int, ...], codes: tuple[str, ...], found: Years) -> Years:
    """Return yearly attributes over more years, NaN in those that were not given."""
    columns = {}
    for name, values in found[1].items():
        columns[name] = np.full((len(years), len(codes)), np.nan)
        for place, year in enumerate(found[0]):
            if year in years:
                columns[name][years.index(year)] = values[place]
    return tuple(sorted({*years, *found[0]})), columns


def _ends(years: tuple[int, ...]) -> str:
    return f"{years[0]} to {years[-1]}" if years else "none"


Ranges = tuple[tuple[str, tuple[float, float]], ...]


def _read_yearly(
    sheet: Sheet, codes: tuple[str, ...], ranges: Ranges, gaps: frozenset[str] = frozenset()
) -> Years:
    # the largest tables by far, and the same ones for every scenario of a cast
    found = _faultless(sheet.header, tuple(sheet.lines), codes, ranges, gaps)
    if found is None:
        return _yearly(sheet, codes, ranges, gaps)
    return found[0], dict(found[1])


@lru_cache(maxsize=TABLES_KEPT)
def _faultless(
    header: tuple[str, ...], lines: tuple[str, ...], codes: tuple[str, ...], ranges: Ranges, gaps: frozenset[str]
) -> Years | None:
    """Return the yearly attributes, None if there is anything to tell of the table."""
    sheet = Sheet(Path(), Collector(""), header, list(lines))
    found = _yearly(sheet, codes, ranges, gaps)
    return None if sheet.report else found


def _yearly(sheet: Sheet, codes: tuple[str, ...], ranges: Ranges, gaps: frozenset[str]) -> Years:
    place = {code: position for position, code in enumerate(codes)}
    dated = [(row, row.year("year")) for row in sheet.rows(("code", "year"))]
    years = tuple(sorted({year for _, year in dated if year}))
    columns = {name: np.full((len(years), len(codes)), np.nan) for name, _ in ranges}
    seen = np.zeros((len(years), len(codes)), dtype=np.bool_)
    empty: dict[str, list[Row]] = {}
    for row, year in dated:
        code = row.choice("code", codes, "state")
        if code not in place or not year:
            continue
        at = years.index(year), place[code]
        seen[at] = True
        for name, (low, high) in ranges:
            if row[name]:
                columns[name][at] = row.number(name, low, high)
            elif name not in gaps:
                empty.setdefault(name, []).append(row)
    _tell_gaps(empty)
    for values in columns.values():
        values.flags.writeable = False
    missing = [] if gaps >= {name for name, _ in ranges} else np.argwhere(~seen).tolist()
    for year_at, state_at in missing[:MOST_TOLD]:
        more = f"; {len(missing) - MOST_TOLD:,} more rows are missing" if len(missing) > MOST_TOLD else ""
        sheet.tell("a row is missing", expected=f"{codes[state_at]} in {years[year_at]}{more}", fix="add it")
    if dated and years != tuple(range(years[0], years[-1] + 1)):
        sheet.tell("years are missing", found=", ".join(map(str, years)), expected="every year in between")
    return years, columns


def _tell_gaps(empty: dict[str, list[Row]]) -> None:
    """Tell the first empty cell of each column of which nothing is assumed, and how many there are."""
    for name, rows in empty.items():
        fix = "fill it in; in a table of pairs, or say in 'gaps' of the cast file what empty cells stand for"
        many = f"; {len(rows):,} cells of the column are empty" if len(rows) > 1 else ""
        rows[0].tell(name, Flaw("the cell is empty, and nothing is assumed of it", f"a number{many}", fix=fix))


def read_seats(
    sheet: Sheet, states: StateTable, bodies: Collection[str]
) -> dict[int, tuple[str, NDArray[np.bool_]]]:
    """Read who sat in the charter body: year -> code of the body and mask `(n_states,)`."""
    place = {code: position for position, code in enumerate(states.codes)}
    table = dict[int, tuple[str, NDArray[np.bool_]]]()
    for row in sheet.rows(SEAT_COLUMNS):
        body, code = row.choice("body", bodies, "body"), row.choice("code", states.codes, "state")
        year = row.year("year")
        sitting, mask = table.setdefault(year, (body, np.zeros(len(states.codes), dtype=np.bool_)))
        if sitting != body:
            row.tell("body", Flaw(f"two bodies sit in {year}", sitting))
        if code not in place:
            continue
        if not states.exists_from[place[code]] <= year <= states.exists_until[place[code]]:
            row.tell("code", Flaw(f"the state does not exist in {year}", fix="leave the row out, or mend its dates"))
        mask[place[code]] = True
    if not table and sheet.lines:
        sheet.tell("the table has no seats", fix="add one row for each seat and year")
    return table


def read_events(sheet: Sheet, actors: Collection[str]) -> tuple[CastEvent, ...]:
    """Read the calendar; an actor is a state, a group, a body or a treaty, groups not yet taken apart."""
    return tuple(_read_event(row, actors) for row in sheet.rows(("code",)))


def _read_event(row: Row, actors: Collection[str]) -> CastEvent:
    actor = row.choice("actor", actors, "actor") if row["actor"] else ""
    return CastEvent(
        code=row.word("code"),
        kind=row.choice("kind", EVENT_KINDS, "kind of event"),
        month=Month.parse(row.month("date")),
        actors=(actor,) if actor else (),
        strength=row.number("strength", 0.0, 1.0),
        source=row.word("source"),
        verified=row.choice("verified", VERIFIED, "mark"),
    )
