"""What the routes share: the room, one writer at a time, the clock, and whoever waits for news."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from demarche.errors import DemarcheError, DesignError, Problem
from demarche.seminar.frames import Viewer
from demarche.seminar.room import Room
from demarche.seminar.server.asking import Asking
from demarche.seminar.server.guard import Rate

if TYPE_CHECKING:
    from demarche.seminar.debrief import Debrief

Done = TypeVar("Done")

YEAR_SHARE = 2 / 3
"""Part of a round's minutes for the year; the rest is for the session and the news."""

GAP_SECONDS = 30.0
"""A clock that stood for longer was asleep: the room pauses."""

TICK_SECONDS = 5.0
MAX_SOCKETS = 600
SERVED_PAIRS, SERVED_DRAWS = 64, 24
"""Pairs and draws of the debrief of a served room; `demarche seminar debrief` makes more."""

ACTS, ACT_SECONDS = 20, 10.0
WRONG_CODES = 60


class Shell:
    """One room that is served.

    Parameters
    ----------
    room
        The room; nothing but the shell writes to it.
    address
        Where students join, for the projector.
    """

    def __init__(self, room: Room, address: str) -> None:
        self.room, self.address, self.viewer = room, address, Viewer(room)
        self.key: str | None = secrets.token_urlsafe(24)
        self.version, self.n_news, self.sockets = 0, 0, 0
        self._start = secrets.token_hex(4)  # a server that starts again must not pass for the one before it
        self.acts, self.codes = Rate(ACTS, ACT_SECONDS), Rate(WRONG_CODES, ACT_SECONDS)
        self._lock, self._news = asyncio.Lock(), asyncio.Event()
        self._used, self._since = 0.0, time.monotonic()
        self.said: str = ""
        self.debrief: Debrief | None = None
        self.asking = Asking(room, self.tell)
        self._debriefing: asyncio.Task[None] | None = None
        self._shown: tuple[int, dict[str, Any]] = (-1, {})

    async def do(self, command: Callable[[], Done], quiet: bool = False) -> Done:
        """Let a command change the room, in a thread, one after the other; tell everybody afterwards.

        Parameters
        ----------
        command
            What to do.
        quiet
            No news for delegations, whose pages are left alone while others move.

        Raises
        ------
        DemarcheError
            What the command raised; nothing is changed then.
        """
        async with self._lock:
            before = len(self.room.state.closed), self.room.state.paused
            self._count()
            done = await asyncio.to_thread(command)
            if len(self.room.state.closed) != before[0]:
                self._used, self.debrief, self._debriefing = 0.0, None, None
                self.viewer.forget()
            self._since = time.monotonic()
        self.tell(quiet)
        return done

    async def see(self, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Return a frame of the room as it is between two commands, with clock, address and what the server says."""
        async with self._lock:
            frame = make()
        return {**frame, "address": self.address, "said": self.said, "debriefed": self.debrief is not None,
                "computing": self.computing, **self.told()}  # fmt: skip

    def _count(self) -> None:
        now = time.monotonic()
        if not self.room.state.paused:
            self._used += now - self._since
        self._since = now

    def tell(self, quiet: bool = False) -> None:
        """Wake whoever waits for a newer version."""
        self.version += 1
        self.n_news += not quiet
        self._news.set()
        self._news = asyncio.Event()

    async def news(self, after: int) -> int:
        """Wait until there is a newer version than one, and return the newest: who is slow skips some."""
        while self.version <= after:
            await self._news.wait()
        return self.version

    def start_debrief(self) -> None:
        """Begin to run the class against its twin, once; figures are there when it is done.

        Raises
        ------
        DesignError
            If a round is still to be played.
        """
        if self.room.stage is not None:
            raise DesignError([Problem("debrief", "the debrief comes after the last round")])
        if self._debriefing is None:
            self.said = ""
            self._debriefing = asyncio.create_task(self._make_debrief())
        self.tell()

    @property
    def computing(self) -> bool:
        """Tell whether the figures of the debrief are being computed."""
        return self._debriefing is not None and self.debrief is None

    async def _make_debrief(self) -> None:
        from demarche.experiment.chunks.pool import make_ready_behind
        from demarche.seminar.debrief import make_debrief
        from demarche.seminar.led import debrief_page

        folder, closed = _free_folder(self.room.log.path), list(self.room.state.closed)
        try:
            await asyncio.to_thread(make_ready_behind)
            made = await asyncio.to_thread(make_debrief, self.room, folder, SERVED_PAIRS, SERVED_DRAWS)
            page = await asyncio.to_thread(debrief_page, self.room, made)
            await asyncio.to_thread((folder / "debrief.html").write_text, page, encoding="utf-8")
            if closed == self.room.state.closed:  # else a closing was taken back meanwhile
                self.debrief = made
        except (DemarcheError, OSError) as error:
            told = words_of(error) if isinstance(error, DemarcheError) else str(error)
            self.said, self._debriefing = f"The debrief was not made. {told}", None
        self.tell()

    def debrief_frame(self) -> dict[str, Any]:
        """Return what the steps of the debrief show; made once a version."""
        from demarche.seminar.led import debrief_frame

        if self._shown[0] != self.version:
            self._shown = self.version, debrief_frame(self.room, self.viewer, self.debrief)
        return self._shown[1]

    def told(self) -> dict[str, str | int]:
        """Return what a page that is open must know: whether it is the newest, and the clock."""
        version, news = (f"{self._start}.{number}" for number in (self.version, self.n_news))
        return {"version": version, "news": news, "seconds_left": self.seconds_left()}

    def seconds_left(self) -> int:
        """Return the seconds that are left of the stage; negative once it is late."""
        stage = self.room.stage
        if stage is None:
            return 0
        share = YEAR_SHARE if stage.closing == "year" else 1.0 - YEAR_SHARE
        minutes = self.room.seminar.minutes * share + self.room.state.extra_minutes
        running = 0.0 if self.room.state.paused else time.monotonic() - self._since
        return round(minutes * 60.0 - self._used - running)

    async def watch(self) -> None:
        """Pause the room after the computer slept, and say so; go on with a debrief that a server before began."""
        if self.room.state.step:
            self.start_debrief()
        before = time.time()
        while True:
            await asyncio.sleep(TICK_SECONDS)
            now = time.time()
            if now - before > GAP_SECONDS and self.room.stage is not None:
                self.said = "The computer of the room was asleep; the clock stands until the facilitator lets it run."
                await self.do(lambda: self.room.pause(True))
            before = now


def _free_folder(log: Path) -> Path:
    """Return a folder beside the log that is not there yet: what a debrief began that was cut off is left alone."""
    names = (f"{log.stem}_debrief{f'_{number}' if number > 1 else ''}" for number in count(1))
    return next(folder for name in names if not (folder := log.with_name(name)).exists())


def words_of(error: DemarcheError) -> str:
    """Return a refusal in one line, for a page."""
    told = []
    for problem in error.problems:
        more = f" (expected: {problem.expected})" if problem.expected else ""
        told.append(f"{problem.what[:1].upper()}{problem.what[1:]}{more}.")
    return " ".join(told)
