"""Strict reading of CSV tables: header, cells and repeated rows, every problem with its line and column.

One row is one line. Nothing is guessed and nothing is dropped; only blanks around a cell, empty
lines and a byte order mark, which spreadsheets write, are passed over.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from demarche.errors import ScenarioError, closest, listed
from demarche.reading.report import Collector
from demarche.reading.scalars import MONTH_PATTERN, read_number, shorten
from demarche.reading.text import LINE_END, Mark, Unfit, decode, read_bytes

MAX_BYTES = 200_000_000
WIDTH = 60  # signs of a cell that a message shows
YEAR = re.compile("[0-9]{4}", re.ASCII)
MONTH = re.compile(MONTH_PATTERN, re.ASCII)


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


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a cell: the parts of a message."""

    what: str
    expected: str = ""
    meant: str = ""
    fix: str = ""


def number_flaw(text: str, low: float, high: float) -> Flaw | None:
    """Return what is wrong with a cell that should hold a number in `[low, high]`, None if nothing is."""
    value = read_number(text)
    if value is not None and low <= value <= high:
        return None
    expected = f"a number from {low:g} to {high:g}"
    if value is None:
        return Flaw("this is not a number", expected, fix="write a plain number in every cell, like 0.5")
    return Flaw("the value is out of range", expected)


def choice_flaw(text: str, known: Collection[str], what: str) -> Flaw | None:
    """Return what is wrong with a cell that should hold one of some names, None if nothing is."""
    if text in known:
        return None
    return Flaw(f"unknown {what}", listed(known), closest(text[:WIDTH], known))


@dataclass(frozen=True)
class Row:
    """One row: cells by column, and readers that return a stand-in and tell the problem where a cell is wrong.

    Parameters
    ----------
    sheet
        The table.
    line, text
        Where it stands, and the line itself.
    cells
        In the order of the header, without outer blanks.
    """

    sheet: Sheet
    line: int
    text: str
    cells: Sequence[str]

    def __getitem__(self, column: str) -> str:
        return self.cells[self.sheet.header.index(column)]

    def tell(self, column: str, flaw: Flaw, found: str | None = None) -> None:
        """Report what is wrong with a cell."""
        position = self.sheet.header.index(column)
        cell = self.cells[position] if found is None else found
        shown = f"'{shorten(cell, WIDTH)}'" if cell else "nothing"
        mark = Mark(self.line, column_of(self.text, position))
        self.sheet.report.note(
            mark, flaw.what, name=column, found=shown, expected=flaw.expected, meant=flaw.meant, fix=flaw.fix
        )

    def word(self, column: str) -> str:
        """Return a cell that must not be empty."""
        text = self[column]
        if not text:
            self.tell(column, Flaw("the cell is empty", "a text"))
        return text

    def number(self, column: str, low: float, high: float) -> float:
        """Return a cell as a number in `[low, high]`; `low` stands in for one that is not."""
        text = self[column]
        flaw = number_flaw(text, low, high)
        if flaw is None:
            return float(text)
        self.tell(column, flaw)
        return low

    def count(self, column: str, high: int) -> int:
        """Return a cell as a whole number from 0 to `high`."""
        text = self[column]
        if text.isascii() and text.isdigit() and len(text) <= len(str(high)) and int(text) <= high:
            return int(text)
        self.tell(column, Flaw("this is not an admissible whole number", f"0 to {high:,}"))
        return 0

    def count_or_none(self, column: str, high: int) -> int | None:
        """Return a cell as a whole number from 0 to `high`, None if it is empty."""
        return self.count(column, high) if self[column] else None

    def year(self, column: str, empty: int | None = None) -> int:
        """Return a cell as a year; an empty cell gives `empty` where that is allowed."""
        text = self[column]
        if not text and empty is not None:
            return empty
        if YEAR.fullmatch(text):
            return int(text)
        self.tell(column, Flaw("this is not a year", "four digits"))
        return 0

    def month(self, column: str, stand_in: str = "0001-01") -> str:
        """Return a cell that holds a month as `YYYY-MM`."""
        text = self[column]
        if MONTH.fullmatch(text):
            return text
        self.tell(column, Flaw("this is not a month", "year and month like 1995-03"))
        return stand_in

    def choice(self, column: str, known: Collection[str], what: str) -> str:
        """Return a cell that must be one of some names."""
        text = self[column]
        if flaw := choice_flaw(text, known, what):
            self.tell(column, flaw)
        return text


@dataclass(eq=False)
class Sheet:
    """A table while it is read.

    Parameters
    ----------
    path
        The file.
    report
        What is wrong with it.
    header
        Names of its columns, in order.
    lines
        All lines of the file, the header first; empty if they cannot be used.
    """

    path: Path
    report: Collector
    header: tuple[str, ...] = ()
    lines: list[str] = field(default_factory=list)

    def tell(self, what: str, line: int = 1, found: str = "", expected: str = "", fix: str = "") -> None:
        """Report what is wrong with a line, or with the table as a whole."""
        self.report.note(Mark(line), what, found=found, expected=expected, fix=fix)

    def cells(self, number: int, line: str) -> list[str] | None:
        """Return the cells of a line without outer blanks, None if it cannot be split."""
        if '"' not in line:
            return [cell.strip() for cell in line.split(",")]
        try:
            return [cell.strip() for cell in next(csv.reader([line], strict=True))]
        except (csv.Error, StopIteration) as error:
            fix = "close the quotation mark in the same line, or leave it out"
            self.tell(f"the line cannot be split into cells ({error})", number, fix=fix)
            return None

    def rows(self, key: Sequence[str] = ()) -> Iterator[Row]:
        """Yield the rows that have as many cells as the header.

        Parameters
        ----------
        key
            Columns that together must not repeat.
        """
        seen: dict[tuple[str, ...], int] = {}
        for row in self._whole_rows:
            if key:
                number = row.line
                values = tuple(row[name] for name in key)
                if seen.setdefault(values, number) != number:
                    self.repeats(number, seen[values], shorten(", ".join(values), WIDTH))
            yield row

    @cached_property
    def _whole_rows(self) -> list[Row]:
        """Rows with as many cells as the header; what is wrong with the others is told once."""
        found = []
        for number, line in enumerate(self.lines[1:], start=2):
            cells = self.cells(number, line) if line.strip() else None
            if cells is None:
                continue
            if len(cells) != len(self.header):
                fix = "write one cell for each column, with points and not commas in numbers"
                self.tell("wrong number of cells", number, str(len(cells)), str(len(self.header)), fix)
                continue
            found.append(Row(self, number, line, cells))
        return found

    def repeats(self, number: int, first: int, found: str = "") -> None:
        """Report a line that says the same as an earlier one."""
        self.tell(f"the row repeats line {first}", number, found, fix="keep one of the two")


def open_sheet(
    path: Path, required: Sequence[str], optional: Collection[str] = (), expected: str = "", fix: str = ""
) -> Sheet:
    """Open a table and check its header; what is wrong is in its report, and then it has no rows.

    Parameters
    ----------
    path
        A file in UTF-8 with cells separated by commas.
    required
        Columns that must be there, in any order.
    optional
        Columns that may be there.
    expected, fix
        What columns may be there in words, and what to do where none is near, if there are too many to list.
    """
    sheet = Sheet(path, Collector(str(path)))
    try:
        content = read_bytes(path, MAX_BYTES, "CSV table")
    except ScenarioError as error:
        sheet.report.add_foreign(error.problems)
        return sheet
    text = decode(content, MAX_BYTES, "split the table over several files")
    if isinstance(text, Unfit):
        sheet.report.note(text.mark, text.what, fix=text.fix)
        return sheet
    lines = LINE_END.split(text)
    _read_header(sheet, lines[0], required, optional, expected, fix)
    if not sheet.report:
        sheet.lines = lines
    return sheet


def _read_header(
    sheet: Sheet, line: str, required: Sequence[str], optional: Collection[str], expected: str, fix: str
) -> None:
    sheet.header = tuple(sheet.cells(1, line) or ())
    if len(sheet.header) < 2 and (";" in line or "\t" in line):
        advice = "save the table with commas between cells and points in numbers"
        sheet.tell("the cells are not separated by commas", found=shorten(line, WIDTH), fix=advice)
        return
    known = (*required, *optional)
    names = expected or listed(known)
    if not any(sheet.header):
        sheet.tell("the header is missing", expected=names, fix="write the names of the columns in the first line")
        return
    for position, name in enumerate(sheet.header):
        mark = Mark(1, column_of(line, position))
        found = f"'{shorten(name, WIDTH)}'"
        if name not in known:
            meant = closest(name[:WIDTH], known)
            advice = "" if meant else fix or "leave the column out"
            sheet.report.note(mark, "unknown column", found=found, expected=names, meant=meant, fix=advice)
        elif name in sheet.header[:position]:
            sheet.report.note(mark, "the column is there twice", found=found, fix="keep one of the two")
    for name in required:
        if name not in sheet.header:
            sheet.tell(f"the column '{name}' is missing", expected=names, fix=f"add '{name}' to the first line")
