"""A table of runs that the user brings as CSV: read strictly, all problems told at once."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.errors import Problem, ScenarioError, closest
from demarche.experiment.design.named_rules import rules_on

NAME_COLUMNS = ("arm", "pack", "replication")
MAX_BYTES = 200_000_000
MAX_PROBLEMS = 100
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


@dataclass(frozen=True, eq=False)
class Table:
    """The rows of a table; a column that the file does not have is None and stands for all.

    Parameters
    ----------
    path
        The file.
    parameters
        Paths of its parameters.
    points
        Their different values `(n_points, n_parameters)`, in order of first appearance.
    point
        Point of each row `(n_rows,)`.
    arm, pack
        Names, one a row.
    replication
        Number of the replication `(n_rows,)`, from 0.
    """

    path: Path
    parameters: tuple[str, ...]
    points: Array
    point: NDArray[np.int64]
    arm: tuple[str, ...] | None = None
    pack: tuple[str, ...] | None = None
    replication: NDArray[np.int64] | None = None

    def used(self, column: str, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of some arms or packs that a row names, in order."""
        found = self.arm if column == "arm" else self.pack
        return names if found is None else tuple(name for name in names if name in set(found))


class _Reader:
    """Reads the lines of one table and collects what is wrong with them."""

    def __init__(self, path: Path) -> None:
        self.path, self.header = path, tuple[str, ...]()
        self.problems: list[Problem] = []
        self.n_more = 0

    def tell(
        self, line: int, column: int, what: str, found: str = "", expected: str = "", meant: str = "", fix: str = ""
    ) -> None:
        """Add a problem; after many only their number is kept."""
        if len(self.problems) >= MAX_PROBLEMS:
            self.n_more += 1
            return
        self.problems.append(Problem(f"{self.path}:{line}:{column}", what, found, expected, meant, fix))

    def raise_if_any(self) -> None:
        """Raise all problems at once."""
        if self.n_more:
            where, what = f"{self.path}:1:1", f"there are {self.n_more:,} more problems"
            self.problems.append(Problem(where, what, fix="mend these first"))
        if self.problems:
            raise ScenarioError(self.problems)

    def text(self) -> str:
        """Return the content of the file, empty if it cannot be read."""
        try:
            if self.path.stat().st_size > MAX_BYTES:
                fix = "split the table over several experiments"
                self.tell(1, 1, "the table is too large", expected=f"at most {MAX_BYTES:,} bytes", fix=fix)
                return ""
            return self.path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.tell(1, 1, f"the table is not UTF-8 text (byte {error.start})", fix="save it as CSV in UTF-8")
        except OSError as error:
            fix = "check the path and who may read it"
            self.tell(1, 1, f"the table cannot be read ({(error.strerror or 'error').lower()})", fix=fix)
        return ""

    def cells(self, number: int, line: str) -> list[str] | None:
        """Return the cells of a line without outer blanks, None if it cannot be split."""
        try:
            return [cell.strip() for cell in next(csv.reader([line], strict=True))]
        except (csv.Error, StopIteration) as error:
            fix = "close the quotation mark in the same line, or leave it out"
            self.tell(number, 1, f"the line cannot be split into cells ({error})", fix=fix)
            return None


def column_of(line: str, cell: int) -> int:
    """Return the character column, from 1, at which a cell of a line of CSV starts.

    Examples
    --------
    >>> column_of('quiet,"a,b",0.5', 2)
    13
    """
    is_quoted, seen = False, 0
    for position, sign in enumerate(line):
        if seen == cell:
            return position + 1
        is_quoted ^= sign == '"'
        seen += sign == "," and not is_quoted
    return len(line) + 1


def read_table(path: Path, arms: Sequence[str], packs: Sequence[str], replications: int) -> Table:
    """Read a table of runs: a header of parameter paths and of `arm`, `pack`, `replication` if wanted, then rows.

    Parameters
    ----------
    path
        A file in UTF-8 with cells separated by commas.
    arms, packs
        Names that may stand in it.
    replications
        Replications are numbered from 0 to one less than this.

    Raises
    ------
    ScenarioError
        With every problem, each with its line and column.
    """
    reader = _Reader(path)
    lines = reader.text().splitlines()
    if not reader.problems:
        _read_header(reader, lines[0] if lines else "", packs)
    reader.raise_if_any()
    allowed = {"arm": tuple(arms), "pack": tuple(packs)}
    rows = list(_read_rows(reader, lines, allowed, replications))
    if not rows and not reader.problems:
        reader.tell(2, 1, "the table has no rows", fix="add one row for each point")
    reader.raise_if_any()
    return _build(path, reader.header, rows)


def _read_header(reader: _Reader, line: str, packs: Sequence[str]) -> None:
    from demarche.rules.find import parameters

    known = (*NAME_COLUMNS, *parameters())
    on = {*NAME_COLUMNS, *(path for rule in rules_on(packs).values() for path in rule.parameter_paths)}
    reader.header = tuple(reader.cells(1, line) or ())
    if len(reader.header) < 2 and (";" in line or "\t" in line):
        fix = "save the table with commas between cells and points in numbers"
        reader.tell(1, 1, "the cells are not separated by commas", found=line[:60], fix=fix)
        return
    if not any(reader.header):
        fix = "write parameter paths in the first line, and arm, pack or replication if wanted"
        reader.tell(1, 1, "the header is missing", fix=fix)
        return
    for position, name in enumerate(reader.header):
        place = (1, column_of(line, position))
        if name not in known:
            expected = "arm, pack, replication or the path of a parameter"
            fix = "" if closest(name, known) else "list the paths with: demarche rules"
            reader.tell(*place, "unknown column", f"'{name[:60]}'", expected, closest(name[:60], known), fix)
        elif name in reader.header[:position]:
            reader.tell(*place, "the column is there twice", f"'{name}'", fix="keep one of the two")
        elif name not in on:
            fix = "leave the column out, or add a pack in which its rule is on"
            reader.tell(*place, "its rule is on in none of the packs", f"'{name}'", fix=fix)


Row = tuple[str, str, int, tuple[float, ...]]
"""Arm, pack, replication and values of a row; empty or -1 where the table has no such column."""


def _read_rows(
    reader: _Reader, lines: list[str], allowed: Mapping[str, tuple[str, ...]], replications: int
) -> Iterator[Row]:
    from demarche.rules.find import parameters

    known, seen = parameters(), dict[Row, int]()
    bounds = [(float(known[n].low), float(known[n].high)) if n in known else (0.0, 0.0) for n in reader.header]
    for number, line in enumerate(lines[1:], start=2):
        cells = reader.cells(number, line) if line.strip() else None
        if cells is None:
            continue
        if len(cells) != len(reader.header):
            fix = "write one cell for each column, with points and not commas in numbers"
            reader.tell(number, 1, "wrong number of cells", str(len(cells)), str(len(reader.header)), fix=fix)
            continue
        names, values, is_good = {"arm": "", "pack": "", "replication": "-1"}, [], True
        for position, (name, cell) in enumerate(zip(reader.header, cells, strict=True)):
            problem = _flaw(name, cell, bounds[position], allowed, replications)
            if problem:
                reader.tell(number, column_of(line, position), *problem)
                is_good = False
            elif name in names:
                names[name] = cell
            else:
                values.append(float(cell))
        if is_good:
            row = (names["arm"], names["pack"], int(names["replication"]), tuple(values))
            if seen.setdefault(row, number) != number:
                reader.tell(number, 1, f"the row repeats line {seen[row]}", fix="keep one of the two")
            yield row


def _flaw(
    name: str, cell: str, bounds: tuple[float, float], allowed: Mapping[str, tuple[str, ...]], replications: int
) -> tuple[str, str, str, str, str] | None:
    """Return what is wrong with a cell: what, found, expected, did you mean and fix; None if nothing is."""
    found = f"'{cell[:60]}'" if cell else "nothing"
    if name in allowed:
        if cell in allowed[name]:
            return None
        fix = f"name one of the {name}s of the experiment"
        return f"unknown {name}", found, ", ".join(allowed[name]), closest(cell[:60], allowed[name]), fix
    if name == "replication":
        if cell.isascii() and cell.isdigit() and len(cell) < 10 and int(cell) < replications:
            return None
        return "no such replication", found, f"0 to {replications - 1}", "", "or raise 'replications' in the experiment"
    low, high = bounds
    value = float(cell) if NUMBER.fullmatch(cell) else math.nan
    if low <= value <= high:
        return None
    expected, what = f"a number from {low:g} to {high:g}", "the value is out of the parameter's range"
    if math.isnan(value):
        return "this is not a number", found, expected, "", "write a plain number in every cell, like 0.5"
    return what, found, expected, "", "write a value within the range"


def _build(path: Path, header: tuple[str, ...], rows: list[Row]) -> Table:
    place: dict[tuple[float, ...], int] = {}
    point = [place.setdefault(values, len(place)) for _, _, _, values in rows]
    names = [name for name in header if name not in NAME_COLUMNS]
    return Table(
        path=path,
        parameters=tuple(names),
        points=np.array(list(place), dtype=np.float64).reshape(len(place), len(names)),
        point=np.array(point, dtype=np.int64),
        arm=tuple(row[0] for row in rows) if "arm" in header else None,
        pack=tuple(row[1] for row in rows) if "pack" in header else None,
        replication=np.array([row[2] for row in rows], dtype=np.int64) if "replication" in header else None,
    )
