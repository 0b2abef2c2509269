"""Nothing that happened after 1998 stands in packaged data, institutional dates apart: sessions, reviews, terms."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
LAST = 1998
DATED = re.compile(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?(?:;(?:19|20)\d\d)*")
INSTITUTIONAL_KINDS = {
    "session", "expert_session", "treaty_review", "peer_review", "election", "congress", "norm_conference",
    "tariff_deadline", "bid_decision", "games",
}  # fmt: skip
"""Kinds of events whose dates are set by statute, by a cycle or by a bid, whatever anybody does."""

INSTITUTIONAL_COLUMNS = {("states.csv", name) for name in ("joined_un", "exists_from", "eu_from", "leads_bloc")}
"""Which states there are, and who belongs to the bloc and presides over it."""

OF_ORGANISATIONS = {"bodies": ("from", "until"), "ngos": ("start",)}
"""Keys of a cast that say since when an organisation works; groups that begin later are those that documents name."""

TABLES = [path for folder in ("scenarios", "src/demarche", "docs", "experiments")
          for path in sorted((ROOT / folder).rglob("*.csv"))]  # fmt: skip
CASTS = [path for path in sorted((ROOT / "scenarios" / "casts").rglob("*.yaml")) if "record" not in path.parts]


def is_later(value: str) -> bool:
    """Tell whether a cell is a date, a year or a list of years of which one lies after the record."""
    return bool(DATED.fullmatch(value)) and any(int(year) > LAST for year in re.findall(r"(?:19|20)\d\d", value))


def later_rows(path: Path) -> Iterator[str]:
    """Yield the rows of a table that are dated after the record and not institutional."""
    with path.open(encoding="utf-8", newline="") as file:
        for place, row in enumerate(csv.DictReader(file), 2):
            for column, value in row.items():
                if not is_later(value or "") or (path.name, column) in INSTITUTIONAL_COLUMNS:
                    continue
                if path.name != "calendar.csv" or row["kind"] not in INSTITUTIONAL_KINDS:
                    yield f"{path.name}:{place}: {column}: {value}"


def later_dates(node: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the places of a cast file at which a date after the record stands."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from later_dates(value, (*path, str(key)))
    elif isinstance(node, list):
        for entry in node:
            yield from later_dates(entry, path)
    elif is_later(str(node)):
        yield path


def test_dates_after_the_record_are_found(tmp_path: Path) -> None:
    table = tmp_path / "calendar.csv"
    table.write_text("code,kind,date\na,summit,1999-01\nb,session,2003-03\nc,summit,1998-12\n", encoding="utf-8")
    assert list(later_rows(table)) == ["calendar.csv:2: date: 1999-01"]
    table = tmp_path / "years.csv"
    table.write_text("code,year,x\nFRA,1998,1\nFRA,1999,1\n", encoding="utf-8")
    assert list(later_rows(table)) == ["years.csv:3: year: 1999"]
    assert is_later("1997;2003")
    assert list(later_dates({"persons": {"since": "2001-02"}, "n": 1999.5})) == [("persons", "since")]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_tables_end_with_the_record(path: Path) -> None:
    assert not list(later_rows(path))


@pytest.mark.parametrize("path", CASTS, ids=lambda path: path.name)
def test_casts_name_no_date_after_the_record_but_those_of_organisations(path: Path) -> None:
    found = set(later_dates(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)))
    assert found <= {(key, name) for key, names in OF_ORGANISATIONS.items() for name in names}


def test_there_is_something_to_look_at() -> None:
    assert {"years.csv", "pairs.csv", "seats.csv", "calendar.csv", "attributes.csv"} <= {path.name for path in TABLES}
    assert CASTS
