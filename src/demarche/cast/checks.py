"""What the names in a cast file must mean, checked on the plain data so that one problem hides no other."""

from __future__ import annotations

from demarche.cast.keys import parse_month
from demarche.cast.tables import (
    CALENDAR_COLUMNS,
    PAIR_COLUMNS,
    PAIR_RANGES,
    SEAT_COLUMNS,
    STATE_COLUMNS,
    YEAR_COLUMNS,
    StateTable,
)
from demarche.reading.names import check_codes, check_names, check_repeats
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import ANY

MEMBERS = ("issues", "ngos", "bodies", "donors", "treaties", "firms")
SOURCED_COLUMNS = (
    *(f"states.{name}" for name in STATE_COLUMNS),
    *(f"years.{name}" for name in YEAR_COLUMNS[2:]),
    *(f"pairs.{name}" for name in PAIR_COLUMNS[3:]),
)
OTHER_COLUMNS = (
    *(f"seats.{name}" for name in SEAT_COLUMNS),
    *(f"calendar.{name}" for name in CALENDAR_COLUMNS),
)


def codes_of(report: Report, key: str) -> tuple[str, ...]:
    """Return the codes of the members of a list."""
    return tuple(code for _, code in report.document.select(key, ANY, "code") if isinstance(code, str))


def check_members(report: Report) -> None:
    """Refuse codes that are used twice, issues that are not there, and bodies that end before they begin."""
    select, issues = report.document.select, codes_of(report, "issues")
    for key in MEMBERS:
        check_codes(report, select(key, ANY, "code"))
    check_names(report, "issue", select("ngos", ANY, "attention", ANY), issues, at_key=True)
    check_names(report, "issue", select("bodies", ANY, "covers", ANY), issues, at_key=True)
    check_names(report, "treaty", select("bodies", ANY, "treaty"), codes_of(report, "treaties"))
    check_names(report, "issue", select("persons", "by_issue", ANY), issues, at_key=True)
    check_names(report, "issue", select("treaties", ANY, "covers", ANY), issues)
    check_repeats(report, select("treaties", ANY, "covers", ANY))
    weights = report.document.keys_at("persons", "by_issue")
    for code in issues if weights else ():
        if code not in weights:
            fix = f"add '{code}: 0' if it has none"
            report.add(("persons", "by_issue", code), "the issue has no weight", fix=fix, at_key=True)
    for path, body in select("bodies", ANY):
        months = [parse_month(body.get(key)) for key in ("from", "until")] if isinstance(body, dict) else [None, None]
        if months[0] and months[1] and months[1] <= months[0]:
            expected = f"after {months[0]}"
            report.add((*path, "until"), "the body ends before it begins", found=str(months[1]), expected=expected)


def check_sources(report: Report) -> None:
    """Refuse unknown columns; every column of states and years needs an entry."""
    known = (*SOURCED_COLUMNS, *OTHER_COLUMNS)
    check_names(report, "column", report.document.select("sources", ANY), known, at_key=True)
    given = report.document.keys_at("sources")
    for name in SOURCED_COLUMNS if isinstance(report.document.get("sources"), dict) else ():
        if name not in given:
            fix = f"add '{name}: {{source: ...}}'"
            report.add(("sources", name), "the column has no source", fix=fix, at_key=True)


def check_gaps(report: Report) -> None:
    """Refuse assumptions on columns that the table of pairs does not have, or out of their range."""
    check_names(report, "column of pairs", report.document.select("gaps", ANY), tuple(PAIR_RANGES), at_key=True)
    for path, value in report.document.select("gaps", ANY, ANY):
        low, high = PAIR_RANGES.get(str(path[1]), (-float("inf"), float("inf")))
        if path[2] in ("value", "low", "high") and isinstance(value, (int, float)) and not low <= value <= high:
            expected = f"a number from {low:g} to {high:g}"
            report.add(path, "the value is out of range", found=str(value), expected=expected)


def check_states(report: Report, states: StateTable) -> None:
    """Refuse names of states and blocs that the table of states does not have."""
    select = report.document.select
    for key in ("focal", "critic"):
        check_names(report, "state", select(key), states.codes)
    check_names(report, "state", select("groups", ANY, "states", ANY), states.codes)
    check_names(report, "state", select("firms", ANY, "home"), states.codes)
    blocs = sorted({bloc for member in states.blocs for bloc in member})
    check_names(report, "bloc", select("groups", ANY, "bloc"), blocs)
    for path, _ in select("groups", ANY):
        if path[-1] in states.codes:
            fix = "choose another name for the group"
            report.add(path, "the group has the code of a state", found=path[-1], fix=fix, at_key=True)
