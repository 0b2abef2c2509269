"""The calendar: months as steps, and what falls in them.

Rules see only kinds of events, their strength, their actors and the distance to them;
never a year or a name.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

MARCH = 3

EVENT_KINDS: dict[str, str] = {
    "session": "yearly session of the charter body (Commission, later Council)",
    "tariff_deadline": "yearly renewal of trade privileges, with its condition as strength",
    "summit": "meeting of heads of state or government with a sender, on a date that the case gives",
    "bid_decision": "decision on a bid to host games",
    "games": "games held in the focal state",
    "trade_accession": "accession to the trade organisation on a date that the case gives",
    "succession": "change of leadership",
    "congress": "congress of the ruling party, after which programmes and laws are set",
    "crackdown": "violent repression of an open challenge",
    "treaty_review": "examination of a report by the committee of a treaty",
    "expert_session": "yearly session of the experts whom governments elect",
    "election": "election of members of the Council by the Assembly",
    "peer_review": "peer review in the Council",
    "security_shock": "sharpened security dispute with a sender",
    "sender_dispute": "dispute among senders over something else than rights",
    "sender_need": "senders need the focal state for something else",
    "norm_conference": "world conference or declaration that sets norms",
    "scandal": "abuses by a sender come to light",
    "handover": "a freer territory passes to the focal state",
}

QUARTERS = (1, 4, 7, 10)
HALF_YEAR = 6


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month.

    Examples
    --------
    >>> Month(1989, 6).plus(8)
    Month(year=1990, month=2)
    >>> Month(1989, 6).steps_to(Month(1990, 2))
    8
    """

    year: int
    month: int

    def plus(self, steps: int) -> Month:
        """Return the month so many steps later."""
        years, month = divmod(self.month - 1 + steps, 12)
        return Month(self.year + years, month + 1)

    def steps_to(self, other: Month) -> int:
        """Return the number of steps from this month to another."""
        return (other.year - self.year) * 12 + other.month - self.month

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `YYYY-MM`.

        Raises
        ------
        ValueError
            If the text is not a month.
        """
        year, _, month = text.partition("-")
        if not (len(year) == 4 and len(month) == 2 and year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
            raise ValueError(f"'{text}' is not a month like 1995-03")
        return cls(int(year), int(month))


@dataclass(frozen=True)
class Period:
    """The months of a run: `n_steps` of them from `start` on."""

    start: Month
    n_steps: int

    def month(self, step: int) -> Month:
        """Return the calendar month of a step."""
        return self.start.plus(step)

    @property
    def end(self) -> Month:
        """The last month."""
        return self.month(self.n_steps - 1)


@dataclass(frozen=True)
class CalendarEvent:
    """One dated event.

    Parameters
    ----------
    code
        Stable code, by which a scenario moves or removes it.
    kind
        One of `EVENT_KINDS`.
    month
        When it falls.
    actors
        Codes of the states or bodies concerned, may be empty.
    strength
        Weight in [0, 1].
    source
        Where it comes from.
    """

    code: str
    kind: str
    month: Month
    actors: tuple[str, ...] = ()
    strength: float = 1.0
    source: str = ""


@dataclass(frozen=True)
class Calendar:
    """The events of one arm, laid over a period."""

    period: Period
    events: tuple[CalendarEvent, ...]

    @cached_property
    def _by_kind(self) -> dict[str, dict[int, tuple[CalendarEvent, ...]]]:
        table: dict[str, dict[int, tuple[CalendarEvent, ...]]] = {}
        for event in sorted(self.events, key=lambda e: (e.month, e.code)):
            steps = table.setdefault(event.kind, {})
            step = self.period.start.steps_to(event.month)
            steps[step] = (*steps.get(step, ()), event)
        return table

    @cached_property
    def _steps(self) -> dict[str, tuple[int, ...]]:
        return {kind: tuple(sorted(table)) for kind, table in self._by_kind.items()}

    def on(self, kind: str, step: int) -> tuple[CalendarEvent, ...]:
        """Return the events of a kind in a step, none or more."""
        return self._by_kind.get(kind, {}).get(step, ())

    def steps(self, kind: str) -> tuple[int, ...]:
        """Return the steps in which a kind falls, in order; also those outside the period."""
        return self._steps.get(kind, ())

    def months_to(self, kind: str, step: int) -> float:
        """Return the months to the next event of a kind, 0 in its own month, infinity if none comes."""
        steps = self.steps(kind)
        position = bisect_left(steps, step)
        return steps[position] - step if position < len(steps) else math.inf

    def months_since(self, kind: str, step: int) -> float:
        """Return the months since the last event of a kind, 0 in its own month, infinity if none was."""
        steps = self.steps(kind)
        position = bisect_right(steps, step)
        return step - steps[position - 1] if position else math.inf

    def next_strength(self, kind: str, step: int) -> float:
        """Return the greatest strength among the events of a kind in the next step that has one, else 0."""
        wait = self.months_to(kind, step)
        return max((e.strength for e in self.on(kind, step + int(wait))), default=0.0) if wait < math.inf else 0.0

    def is_due(self, when: str, step: int) -> bool:
        """Tell whether something is due in a step.

        Parameters
        ----------
        when
            `start` (the first step), `month`, `quarter` (January, April, July, October), `half_year`
            (every sixth step from the first on), `year` (every January and the first step), `march` (every March),
            a kind (`session`), so many months before one (`session-2`), or in each of several months before one
            (`session-5..2`).
        """
        if when == "month":
            return True
        if when == "start":
            return step == 0
        if when == "quarter":
            return self.period.month(step).month in QUARTERS
        if when == "half_year":
            return step % HALF_YEAR == 0
        if when == "year":
            return step == 0 or self.period.month(step).month == 1
        if when == "march":
            return self.period.month(step).month == MARCH
        kind, _, lead = when.partition("-")
        first, _, last = lead.partition("..")
        leads = range(int(last or first or 0), int(first or 0) + 1)
        return any(self.on(kind, step + months) for months in leads)

    @cached_property
    def _due(self) -> dict[str, tuple[bool, ...]]:
        return {}

    def due_steps(self, when: str) -> tuple[bool, ...]:
        """Return for each step of the period whether something is due, see `is_due`."""
        if when not in self._due:
            self._due[when] = tuple(self.is_due(when, step) for step in range(self.period.n_steps))
        return self._due[when]

    def changed(self, remove: Iterable[str] = (), add: Iterable[CalendarEvent] = ()) -> Calendar:
        """Return a calendar without some events (by code or kind) and with others."""
        gone = set(remove)
        kept = tuple(e for e in self.events if e.code not in gone and e.kind not in gone)
        return Calendar(self.period, (*kept, *add))
