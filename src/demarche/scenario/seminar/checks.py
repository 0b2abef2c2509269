"""What the names and years of the block `seminar` must mean, checked against cast, calendar and acts."""

from __future__ import annotations

from collections.abc import Mapping

from demarche.cast.cast import Cast
from demarche.claims import load_register
from demarche.reading.names import check_names, check_repeats
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import ANY, KeyPath, Node
from demarche.scenario.seminar.acts import ACTS, AXIS_OF_KIND, KINDS, PRESS
from demarche.scenario.seminar.declared import DRAW, SEEN_EVENTS
from demarche.world.calendar import Period

BLOCK = "seminar"


def check_seminar(report: Report, cast: Cast | None, period: Period | None) -> None:
    """Check kinds, actors and acts of seats, what is seen, the account and the years of the sessions."""
    select = report.document.select
    check_names(report, "kind of seat", select(BLOCK, "seats", ANY, "kind"), KINDS)
    check_names(report, "act that is seen", select(BLOCK, "seen", "acts", ANY), SEEN_EVENTS)
    check_repeats(report, select(BLOCK, "seen", "acts", ANY))
    accounts = [str(name) for _, name in select("accounts", ANY)]
    check_names(report, "account of the scenario", select(BLOCK, "account"), (DRAW, *accounts))
    for path, seat in select(BLOCK, "seats", ANY):
        if isinstance(seat, dict):
            _check_seat(report, path, seat, cast)
    _check_shared(report)
    if period is not None:
        _check_years(report, period)


def _check_seat(report: Report, path: KeyPath, seat: Mapping[str, Node], cast: Cast | None) -> None:
    select, kind = report.document.select, seat.get("kind")
    check_names(report, "claim of the register", select(*path, "passages", ANY), load_register().ids)
    check_repeats(report, select(*path, "passages", ANY))
    if not isinstance(kind, str) or kind not in KINDS:
        return
    if kind == PRESS:
        _check_press(report, path)
        return
    actors = [code for _, code in select(*path, "actors", ANY)]
    may = [act.name for act in ACTS if kind in act.kinds]
    check_names(report, f"move of a {kind}", select(*path, "moves", ANY), may)
    check_repeats(report, select(*path, "moves", ANY))
    if cast is not None:
        axis = AXIS_OF_KIND[kind]
        check_names(report, axis, select(*path, "actors", ANY), cast.axis_codes[axis])
        if cast.focal in actors:
            fix = "leave it to the rules, or seat another state"
            report.add((*path, "actors"), "the focal state is played by the rules", found=cast.focal, fix=fix)
    names = [name for _, name in select(*path, "moves", ANY)]
    if not names:
        report.add(path, "the seat has no moves", expected=", ".join(may), at_key=True)
    if not actors and any(not act.world for act in ACTS if act.name in names):
        report.add(path, "the seat moves nobody", expected="a code under 'actors'", at_key=True)


def _check_press(report: Report, path: KeyPath) -> None:
    """Refuse a press that moves somebody: what it writes has no effect on the world."""
    for key in ("actors", "moves"):
        if report.document.get(*path, key) is not None:
            report.add((*path, key), f"a press has no {key}: it writes", fix="leave the key out")


def _check_shared(report: Report) -> None:
    """Refuse an actor that two seats move."""
    seen: dict[object, KeyPath] = {}
    for path, code in report.document.select(BLOCK, "seats", ANY, "actors", ANY):
        if isinstance(code, str) and code in seen:
            report.add(path, "two seats move the same actor", found=code, fix="leave it to one of them")
        seen.setdefault(code, path)


def _check_years(report: Report, period: Period) -> None:
    first, last = (report.document.get(BLOCK, "rounds", key) for key in ("first", "last"))
    if not isinstance(first, int) or not isinstance(last, int):
        return
    if last < first:
        fix = "let 'last' be the same year or a later one"
        report.add((BLOCK, "rounds", "last"), "the last session lies before the first", found=last, fix=fix)
    for key, year in (("first", first), ("last", last)):
        if not period.start.year <= year <= period.end.year:
            expected = f"{period.start.year} to {period.end.year}"
            report.add((BLOCK, "rounds", key), "the year lies outside the period", found=year, expected=expected)
