"""Whether the dates of a scenario are ones that the model can answer for: covered by the cast, one session a month."""

from __future__ import annotations

from collections.abc import Iterator

from demarche.cast.cast import Cast
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import ANY, KeyPath
from demarche.scenario.compile import arm_calendar
from demarche.scenario.content import Scenario
from demarche.world.calendar import CalendarEvent, Period

SITTINGS = ("session", "expert_session", "treaty_review", "election", "peer_review")
"""Kinds of events in which a body meets; two of one body in one month would count once."""


def check_covered(report: Report, cast: Cast, period: Period) -> None:
    """Refuse a period beyond the years of the cast: its yearly tables from the first on, its calendar to the last.

    Months between the end of the tables and that of the calendar are a projection, which summaries and figures say.
    """
    first = cast.years[0]
    last = max([cast.years[-1], *(event.month.year for event in cast.events)])
    for key, month in (("start", period.start), ("end", period.end)):
        if not first <= month.year <= last:
            what = "the cast says nothing about this year: its facts would stand still, and no session would be held"
            fix = "choose a period within these years, or give the cast rows for more of them"
            report.add(("period", key), what, found=str(month), expected=f"{first}-01 to {last}-12", fix=fix)


def check_sittings(report: Report, scenario: Scenario) -> None:
    """Refuse sessions of nobody, and two sessions of one body in one month, which would count once."""
    bodies = {body.code for body in scenario.cast.bodies} | {treaty.code for treaty in scenario.cast.treaties}
    for place, calendar in _calendars(scenario):
        taken: dict[tuple[object, ...], CalendarEvent] = {}
        for event in calendar:
            path = _place_of(report, place, event.code) or ("cast",)
            if event.kind in SITTINGS and not bodies.intersection(event.actors):
                fix = "name the body that meets under 'actors'"
                report.add(path, f"no body meets in this {event.kind}", found=", ".join(event.actors) or None, fix=fix)
            for key in _keys(event):
                other = taken.setdefault(key, event)
                if other is not event:
                    _tell_clash(report, place, event, other)


def _calendars(scenario: Scenario) -> Iterator[tuple[KeyPath, tuple[CalendarEvent, ...]]]:
    for name, arm in scenario.arms.items():
        yield ("arms", name, "calendar"), arm_calendar(scenario, arm).events


def _keys(event: CalendarEvent) -> Iterator[tuple[object, ...]]:
    """Yield what an event takes up: the month of the charter body, or that of each body of another sitting."""
    if event.kind == "session":
        yield event.kind, event.month
    elif event.kind in SITTINGS:
        for actor in event.actors:
            yield event.kind, event.month, actor


def _tell_clash(report: Report, place: KeyPath, one: CalendarEvent, other: CalendarEvent) -> None:
    found = _place_of(report, place, one.code)
    event, against = (one, other) if found is not None else (other, one)
    path = found or _place_of(report, place, other.code) or ("cast",)
    what = f"'{against.code}' is in the same month, and two in one month would count once"
    fix = f"choose another month, or remove '{against.code}'"
    report.add(path, what, found=f"{event.kind} in {event.month}", fix=fix)


def _place_of(report: Report, place: KeyPath, code: str) -> KeyPath | None:
    """Return where an event is added or moved, None if the cast has it there."""
    for calendar in (place, ("calendar",)):
        for path, added in report.document.select(*calendar, "add", ANY, "code"):
            if added == code:
                return path[:-1]
        for path, _ in report.document.select(*calendar, "move", ANY):
            if path[-1] == code:
                return path
    return None
