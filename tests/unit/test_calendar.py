from __future__ import annotations

import math

import pytest

from demarche.world.calendar import Calendar, CalendarEvent, Month, Period

START = Month(2000, 11)


def calendar(*events: tuple[str, str, int, float]) -> Calendar:
    return Calendar(Period(START, 60), tuple(CalendarEvent(c, k, START.plus(s), (), w) for c, k, s, w in events))


@pytest.mark.parametrize("text", ["1995", "1995-3", "1995-13", "95-03", "1995-00", "1995-03-01", "abcd-ef"])
def test_a_text_that_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a month"):
        Month.parse(text)


def test_months_add_up() -> None:
    assert str(Month.parse("1989-06").plus(246)) == "2009-12"
    assert Month(1989, 6).steps_to(Month(2009, 12)) == 246
    assert Period(START, 3).end == Month(2001, 1)


def test_distances_to_events() -> None:
    dates = calendar(("a", "summit", 4, 0.2), ("b", "summit", 10, 0.9), ("c", "summit", 10, 0.5))
    assert [dates.months_to("summit", s) for s in (0, 4, 5, 10, 11)] == [4, 0, 5, 0, math.inf]
    assert [dates.months_since("summit", s) for s in (3, 4, 9, 12)] == [math.inf, 0, 5, 2]
    assert [dates.next_strength("summit", s) for s in (0, 5, 11)] == [0.2, 0.9, 0.0]
    assert {event.code for event in dates.on("summit", 10)} == {"b", "c"}


@pytest.mark.parametrize(
    ("when", "due"),
    [("start", [0]), ("month", [0, 1, 2, 3, 4]), ("year", [0, 2]), ("session", [4]), ("session-2", [2]), ("games", [])],
)
def test_when_something_is_due(when: str, due: list[int]) -> None:
    dates = calendar(("s", "session", 4, 1.0))
    assert [step for step in range(5) if dates.is_due(when, step)] == due


def test_events_are_removed_by_code_or_kind_and_added() -> None:
    dates = calendar(("a", "summit", 1, 1.0), ("b", "summit", 2, 1.0), ("c", "games", 3, 1.0))
    new = CalendarEvent("d", "games", START.plus(5))
    assert {e.code for e in dates.changed(remove=("a",), add=(new,)).events} == {"b", "c", "d"}
    assert {e.code for e in dates.changed(remove=("summit",)).events} == {"c"}
