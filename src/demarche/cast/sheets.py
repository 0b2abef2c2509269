"""The files beside a cast file: its tables opened, its record found, and the digest of what a run rests on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from demarche.cast.added import check_years, names_of, with_seats, with_states, with_years
from demarche.cast.checks import codes_of
from demarche.cast.tables import (
    TABLES,
    CastEvent,
    StateTable,
    Years,
    read_events,
    read_pairs,
    read_seats,
    read_states,
    read_years,
)
from demarche.reading.includes import find_folder, find_include
from demarche.reading.report import Report
from demarche.reading.tables import Sheet, open_sheet
from demarche.reading.yaml_nodes import Document

FOR_READERS = frozenset({"title", "description", "source", "sources", "levels_source"})
PLACES = frozenset({"tables", "added", "record"})
ADDED = "added "
RECORD_ENDINGS = (".csv", ".yaml")
COLUMNS_FOR_READERS = frozenset({"name", "source", "verified"})


@dataclass(frozen=True, eq=False)
class Beside:
    """What the tables of a cast say; fields as in `demarche.cast.cast.Cast`."""

    sheets: Mapping[str, Sheet]
    states: StateTable
    years: tuple[int, ...]
    columns: dict[str, NDArray[np.float64]]
    seat_table: dict[int, tuple[str, NDArray[np.bool_]]]
    events: tuple[CastEvent, ...]


def find_record(report: Report, path: Path) -> Path | None:
    """Return the folder with the history of the case, None if the file names none or a wrong one."""
    text = report.document.get("record")
    if not isinstance(text, str) or report.is_covered(("record",)):
        return None
    return find_folder(report, ("record",), text, path.parent, path.parent)


def record_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of a record, sorted: tables and YAML files; anything else there is not part of it."""
    return tuple(sorted(path for path in folder.iterdir() if path.is_file() and path.suffix in RECORD_ENDINGS))


def tables_of(document: Document) -> list[tuple[str, str, str]]:
    """Return the tables that a cast file may name: the two keys under which each stands, and its label."""
    added = document.get("added")
    found = [("tables", name, name) for name in TABLES]
    return found + [("added", name, ADDED + name) for name in names_of(added if isinstance(added, dict) else {})]


def read_beside(report: Report, path: Path) -> Beside | None:
    """Read the tables that a cast file names; None if that of the states cannot be used, without which none can.

    The problems of every table are added to the report.
    """
    sheets = {}
    for key, name, label in tables_of(report.document):
        text = report.document.get(key, name)
        if isinstance(text, str) and not report.is_covered((key, name)):
            found = find_include(report, (key, name), text, path.parent, path.parent)
            if found is not None:
                sheets[label] = open_sheet(found, TABLES[name])
    beside = _read(report, sheets)
    for sheet in sheets.values():
        report.add_foreign(sheet.report.problems())
    return beside


def _read(report: Report, sheets: Mapping[str, Sheet]) -> Beside | None:
    if not set(TABLES) <= set(sheets):
        return None
    states, (years, columns) = _states_and_years(sheets)
    if not states.codes:
        return None
    bodies = codes_of(report, "bodies")
    actors = (*states.codes, *report.document.keys_at("groups"), *bodies, *codes_of(report, "treaties"))
    gaps = frozenset(report.document.keys_at("gaps"))
    columns |= read_pairs(sheets["pairs"], states.codes, report.document.get("focal"), years, gaps)[1]
    seats = read_seats(sheets["seats"], states, bodies)
    if ADDED + "seats" in sheets:
        seats = with_seats(seats, read_seats(sheets[ADDED + "seats"], states, bodies))
    return Beside(sheets, states, years, columns, seats, read_events(sheets["calendar"], actors))


def _states_and_years(sheets: Mapping[str, Sheet]) -> tuple[StateTable, Years]:
    """Return the states of the world and those that the case adds, and their yearly attributes."""
    states = read_states(sheets["states"])
    found = read_years(sheets["years"], states.codes)
    if not {ADDED + "states", ADDED + "years"} <= set(sheets):
        return states, found
    added = read_states(sheets[ADDED + "states"])
    more = read_years(sheets[ADDED + "years"], added.codes)
    whole = with_states(states, added, sheets[ADDED + "states"])
    if not check_years(sheets[ADDED + "years"], more[0], found[0]) or len(set(whole.codes)) < len(whole.codes):
        return states, found
    return whole, with_years(whole.codes, states, found, added, more)


def digest_of(data: object, sheets: Mapping[str, Sheet]) -> str:
    """Return the SHA-256 of everything in a cast file and its tables that results depend on."""
    total = hashlib.sha256(_plain(_stripped(data, PLACES)))
    for name, sheet in sheets.items():
        kept = [place for place, column in enumerate(sheet.header) if column not in COLUMNS_FOR_READERS]
        rows = ([row.cells[place] for place in kept] for row in sheet.rows())
        total.update(_plain([name, [sheet.header[place] for place in kept], *rows]))
    return total.hexdigest()


def _stripped(node: object, also: frozenset[str] = frozenset()) -> object:
    """Return plain data without what is there for readers."""
    if isinstance(node, dict):
        return {key: _stripped(value) for key, value in node.items() if key not in FOR_READERS | also}
    return [_stripped(entry) for entry in node] if isinstance(node, list) else node


def _plain(data: object) -> bytes:
    return json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()
