"""Small strict reader of the CSV tables that lie beside a cast file.

Nothing is guessed and nothing is dropped: wrong columns, empty cells, numbers out of
range and repeated rows are all collected, each with its line and column, and reported
together by the caller.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from demarche.errors import Problem, closest
from demarche.world.axes import REGIONS
from demarche.world.calendar import Month

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
)
YEARLY_RANGES: dict[str, tuple[float, float]] = {
    "ideal_point": (-5.0, 5.0),
    "agree_focal": (0.0, 1.0),
    "agree_critic": (0.0, 1.0),
    "democracy": (0.0, 1.0),
    "own_rights": (0.0, 1.0),
    "trade_exposure": (0.0, 2.0),
    "export_share": (0.0, 1.0),
    "economic_weight": (0.0, 1.0),
    "aid_need": (0.0, 1.0),
    "filled": (0.0, 9.0),
}
YEAR_COLUMNS = ("code", "year", *YEARLY_RANGES)
SEAT_COLUMNS = ("body", "year", "code")
CALENDAR_COLUMNS = ("code", "kind", "date", "actor", "strength", "source", "verified")
NEVER = 9999


class _Lines(Protocol):
    """What this module uses of a CSV reader."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True)
class Row:
    """One line of a table: its cells by column and where it stands."""

    file: str
    line: int
    cells: dict[str, str]

    def where(self, column: str) -> str:
        """Return `file:line:column: name` of a cell; the column counts characters from 1."""
        start = 1
        for name, text in self.cells.items():
            if name == column:
                break
            quotes = 2 if any(sign in text for sign in ',"') else 0
            start += len(text) + text.count('"') + quotes + 1
        return f"{self.file}:{self.line}:{start}: {column}"

    def text(self, column: str, problems: list[Problem]) -> str:
        """Return a cell that must not be empty."""
        if not self.cells[column]:
            problems.append(Problem(self.where(column), "the cell is empty", expected="a text"))
        return self.cells[column]

    def number(self, column: str, low: float, high: float, problems: list[Problem]) -> float:
        """Return a cell as a finite number in `[low, high]`; `low` stands in for one that is not."""
        try:
            value = float(self.cells[column])
        except ValueError:
            value = math.nan
        if math.isfinite(value) and low <= value <= high:
            return value
        found, expected = f"'{self.cells[column]}'", f"a number from {low:g} to {high:g}"
        problems.append(Problem(self.where(column), "not an admissible number", found, expected))
        return low

    def whole(self, column: str, problems: list[Problem], empty: int | None = None) -> int:
        """Return a cell as a year; an empty cell gives `empty` where that is allowed."""
        text = self.cells[column]
        if not text and empty is not None:
            return empty
        if text.isascii() and text.isdigit() and len(text) == 4:
            return int(text)
        problems.append(Problem(self.where(column), "not a year", f"'{text}'", "four digits"))
        return 0

    def month(self, column: str, problems: list[Problem]) -> Month:
        """Return a cell written `YYYY-MM`."""
        try:
            return Month.parse(self.cells[column])
        except ValueError:
            found, expected = f"'{self.cells[column]}'", "year and month as YYYY-MM"
            problems.append(Problem(self.where(column), "not a month", found, expected))
            return Month(1, 1)

    def choice(self, column: str, options: Iterable[str], what: str, problems: list[Problem]) -> str:
        """Return a cell that must be one of some names."""
        text, known = self.cells[column], tuple(options)
        if text not in known:
            near = closest(text, known)
            expected = ", ".join(known) if len(known) <= 20 else f"one of {len(known)} known names"
            problems.append(Problem(self.where(column), f"unknown {what}", f"'{text}'", expected, near))
        return text


def read_rows(path: Path, columns: Sequence[str], key: Sequence[str], problems: list[Problem]) -> list[Row]:
    """Read a table whose header must be exactly `columns`.

    Parameters
    ----------
    path
        A UTF-8 file with one header line.
    columns
        Names of the columns, in order.
    key
        Columns that together must not repeat.
    problems
        Where problems are collected.

    Returns
    -------
    list[Row]
        The rows in order; empty if the file or its header cannot be used.
    """
    lines = _open(path, columns, problems)
    if lines is None:
        return []
    rows: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    for cells in lines:
        place = f"{path}:{lines.line_num}:1"
        if len(cells) != len(columns):
            problems.append(Problem(place, "wrong number of cells", str(len(cells)), str(len(columns))))
            continue
        row = Row(str(path), lines.line_num, dict(zip(columns, cells, strict=True)))
        first = seen.setdefault(tuple(row.cells[name] for name in key), row.line)
        if first != row.line:
            found = ", ".join(row.cells[name] for name in key)
            fix = "remove one of the two"
            problems.append(Problem(place, f"the row repeats line {first}", found, fix=fix))
        rows.append(row)
    return rows


def _open(path: Path, columns: Sequence[str], problems: list[Problem]) -> _Lines | None:
    """Return the lines after the header, None if the file or its header cannot be used."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(f"{path}:1:1", f"the table cannot be read ({error})"))
        return None
    lines = csv.reader(io.StringIO(text, newline=""))
    header = next(lines, [])
    if header != list(columns):
        problems.append(Problem(f"{path}:1:1", "wrong columns", ",".join(header), ",".join(columns)))
        return None
    return lines


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

    def present(self, year: int) -> NDArray[np.bool_]:
        """Return which states exist in a year `(n_states,)`."""
        return (self.exists_from <= year) & (year <= self.exists_until)


def read_states(path: Path, problems: list[Problem]) -> StateTable:
    """Read the table of states; see `read_rows` for how problems are reported."""
    rows = sorted(read_rows(path, STATE_COLUMNS, ("code",), problems), key=lambda row: row.cells["code"])
    for row in rows:
        code = row.text("code", problems)
        if code and not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
            expected = "three capital letters"
            problems.append(Problem(row.where("code"), "not a code of a state", f"'{code}'", expected))
        row.choice("region", REGIONS, "region", problems)

    def years(column: str, empty: int | None = None) -> NDArray[np.int64]:
        return np.array([row.whole(column, problems, empty) for row in rows], dtype=np.int64)

    table = StateTable(
        codes=tuple(row.cells["code"] for row in rows),
        names=tuple(row.text("name", problems) for row in rows),
        regions=tuple(row.cells["region"] for row in rows),
        joined_un=years("joined_un"),
        exists_from=years("exists_from"),
        exists_until=years("exists_until", NEVER),
        predecessors=tuple(row.cells["predecessor"] for row in rows),
        blocs=tuple(frozenset(filter(None, row.cells["blocs"].split(";"))) for row in rows),
        eu_from=years("eu_from", NEVER),
    )
    for row, start, end in zip(rows, table.exists_from, table.exists_until, strict=True):
        if end < start:
            where, expected = row.where("exists_until"), f"{start} or later"
            problems.append(Problem(where, "the state ends before it begins", str(end), expected))
    return table


def read_years(
    path: Path, codes: tuple[str, ...], problems: list[Problem]
) -> tuple[tuple[int, ...], dict[str, NDArray[np.float64]]]:
    """Read the yearly attributes of every state.

    Returns
    -------
    tuple
        The years in order, and for each attribute an array `(n_years, n_states)`; every
        state must have one row a year.
    """
    rows = read_rows(path, YEAR_COLUMNS, ("code", "year"), problems)
    place = {code: position for position, code in enumerate(codes)}
    dated = [(row, row.whole("year", problems)) for row in rows]
    years = tuple(sorted({year for _, year in dated if year}))
    columns = {name: np.full((len(years), len(codes)), np.nan) for name in YEARLY_RANGES}
    for row, year in dated:
        code = row.choice("code", codes, "state", problems)
        if code not in place or not year:
            continue
        at = years.index(year), place[code]
        for name, (low, high) in YEARLY_RANGES.items():
            columns[name][at] = row.number(name, low, high, problems)
    for values in columns.values():
        values.flags.writeable = False
    for year, state in zip(*np.nonzero(np.isnan(columns["filled"])), strict=True):
        expected = f"{codes[state]} in {years[year]}"
        problems.append(Problem(f"{path}:1:1", "a row is missing", expected=expected))
    if rows and years != tuple(range(years[0], years[-1] + 1)):
        found = ", ".join(map(str, years))
        problems.append(Problem(f"{path}:1:1", "years are missing", found, "every year in between"))
    return years, columns


def read_seats(
    path: Path, states: StateTable, bodies: Iterable[str], problems: list[Problem]
) -> dict[int, tuple[str, NDArray[np.bool_]]]:
    """Read who sat in the charter body: year -> code of the body and mask `(n_states,)`."""
    place = {code: position for position, code in enumerate(states.codes)}
    known, table = tuple(bodies), dict[int, tuple[str, NDArray[np.bool_]]]()
    for row in read_rows(path, SEAT_COLUMNS, SEAT_COLUMNS, problems):
        body = row.choice("body", known, "body", problems)
        code, year = row.choice("code", states.codes, "state", problems), row.whole("year", problems)
        sitting, mask = table.setdefault(year, (body, np.zeros(len(states.codes), dtype=np.bool_)))
        if sitting != body:
            problems.append(Problem(row.where("body"), f"two bodies sit in {year}", body, sitting))
        if code not in place:
            continue
        if not states.exists_from[place[code]] <= year <= states.exists_until[place[code]]:
            problems.append(Problem(row.where("code"), f"the state does not exist in {year}", code))
        mask[place[code]] = True
    if not table:
        problems.append(Problem(f"{path}:1:1", "the table has no seats"))
    return table
