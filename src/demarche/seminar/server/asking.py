"""Questions of delegations in the debrief: one runs, each seat waits with one at most, and any can be withdrawn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from demarche.errors import DesignError, Problem
from demarche.seminar.debrief import Line
from demarche.seminar.instead import Alternatives, Choice, Instead, check
from demarche.seminar.room import Room
from demarche.seminar.steps import OWN_STEP

MOST_ASKED = 6
"""Questions of a seat that are answered."""


@dataclass
class Asked:
    """A question of a seat, and what became of it.

    Parameters
    ----------
    instead, choice
        The question, and the move that it is about.
    lines
        The answer; None as long as there is none.
    withdrawn
        Whether nobody waits for it any more.
    """

    instead: Instead
    choice: Choice
    lines: tuple[Line, ...] | None = None
    withdrawn: bool = False

    def is_withdrawn(self) -> bool:
        """Tell whether nobody waits for it any more."""
        return self.withdrawn


class Asking:
    """The questions of a room.

    Parameters
    ----------
    room
        The room.
    tell
        Called with True whenever an answer is there, or a question begins to run.
    """

    def __init__(self, room: Room, tell: Callable[[bool], None]) -> None:
        self.room, self._tell = room, tell
        self.answered: dict[str, list[Asked]] = {}
        self.waiting: dict[str, Asked] = {}
        self.running: Asked | None = None
        self._worlds: Alternatives | None = None
        self._worker: asyncio.Task[None] | None = None

    def ask(self, instead: Instead) -> None:
        """Take a question of a seat; it takes the place of one that still waits.

        Raises
        ------
        DesignError
            If it is not the time, the seat has asked enough, or it could not have done so.
        """
        if self.room.state.step < OWN_STEP:
            raise DesignError([Problem("instead", "this is asked later in the debrief")])
        choice, seat = check(self.room, instead), instead.seat
        if len(self.answered.get(seat, [])) >= MOST_ASKED:
            raise DesignError([Problem("instead", f"your seat has asked {MOST_ASKED} times; others wait")])
        if any(one.instead == instead for one in (*self.answered.get(seat, []), *filter(None, [self.of(seat)]))):
            return
        self.withdraw(seat)
        self.waiting[seat] = Asked(instead, choice)
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        self._tell(True)

    def of(self, seat: str) -> Asked | None:
        """Return the question of a seat that waits or runs."""
        running = self.running
        mine = running is not None and running.instead.seat == seat and not running.withdrawn
        return self.waiting.get(seat) or (running if mine else None)

    def before(self, seat: str) -> int:
        """Return how many questions are answered before that of a seat."""
        if seat not in self.waiting:
            return 0
        return list(self.waiting).index(seat) + (self.running is not None)

    def withdraw(self, seat: str) -> None:
        """Take back the question of a seat that waits or runs."""
        self.waiting.pop(seat, None)
        if self.running is not None and self.running.instead.seat == seat:
            self.running.withdrawn = True
        self._tell(True)

    async def _work(self) -> None:
        while self.waiting:
            seat = next(iter(self.waiting))
            asked = self.running = self.waiting.pop(seat)
            try:
                if self._worlds is None:
                    self._worlds = await asyncio.to_thread(Alternatives, self.room)
                asked.lines = await asyncio.to_thread(self._worlds.answer, asked.instead, asked.is_withdrawn)
                if asked.lines is not None and not asked.withdrawn:
                    self.answered.setdefault(seat, []).append(asked)
            finally:
                self.running = None
                self._tell(True)
