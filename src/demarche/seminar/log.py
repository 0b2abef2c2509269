"""The log of a room, the only truth there is: entries in SQLite, on the disk before anything acts on them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demarche.errors import DiskError, Problem, StoreError

MAX_BYTES = 50_000_000
LAYOUT = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS entries (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    request TEXT UNIQUE
)
"""

FORGOTTEN: dict[str, tuple[str, ...]] = {"joined": ("token",), "led": ("token",), "said": ("text",)}
"""Kind of entry -> what is deleted of it when a room is forgotten."""

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """One thing that happened in a room.

    Parameters
    ----------
    place
        Number in the log, from 1 on.
    kind
        What happened.
    body
        Plain data.
    request
        Key of the request that brought it, empty for none; the same key is never written twice.
    """

    place: int
    kind: str
    body: Body
    request: str = ""


class Log:
    """A log in a file; one writer, who closes it, by hand or as a context manager.

    Parameters
    ----------
    path
        The file, made if there is none.

    Raises
    ------
    StoreError
        If the file is no log of a room, or of another layout.
    DiskError
        If it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path, self._lock = path, threading.Lock()
        with ExitStack() as opened:
            try:
                self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
                opened.callback(self._database.close)
                self._open()
            except sqlite3.OperationalError as error:
                raise DiskError([Problem(str(path), f"the log of the room cannot be opened ({error})")]) from error
            except sqlite3.DatabaseError as error:
                raise StoreError([Problem(str(path), f"this is no log of a room ({error})")]) from error
            opened.pop_all()

    def __enter__(self) -> Log:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> None:
        layout = self._database.execute("PRAGMA user_version").fetchone()[0]
        if layout not in (0, LAYOUT):
            what = "the log of the room is of another layout"
            raise StoreError([Problem(str(self.path), what, found=str(layout), expected=str(LAYOUT))])
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute(_TABLE)
        self._database.execute(f"PRAGMA user_version={LAYOUT}")

    def append(self, kind: str, body: Body, request: str = "") -> Entry:
        """Write an entry and wait until it is on the disk.

        Returns
        -------
        Entry
            What was written; of a request that was answered before, what was written then.

        Raises
        ------
        DiskError
            If the disk is full, or the log is as large as it may get.
        """
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        with self._lock:
            if request and (known := self._of_request(request)) is not None:
                return known
            if self.path.stat().st_size + len(text) > MAX_BYTES:
                raise DiskError([Problem(str(self.path), "the log of the room is as large as it may get")])
            try:
                done = self._database.execute(
                    "INSERT INTO entries (kind, body, request) VALUES (?, ?, ?)", (kind, text, request or None)
                )
            except sqlite3.OperationalError as error:
                raise DiskError([Problem(str(self.path), f"the log cannot be written ({error})")]) from error
            assert done.lastrowid is not None
            return Entry(done.lastrowid, kind, json.loads(text), request)

    def of_request(self, request: str) -> Entry | None:
        """Return the entry that a request brought; None if it is new."""
        with self._lock:
            return self._of_request(request)

    def _of_request(self, request: str) -> Entry | None:
        found = self._database.execute("SELECT place, kind, body, request FROM entries WHERE request = ?", (request,))
        row = found.fetchone()
        return None if row is None else _entry(row)

    def read(self) -> list[Entry]:
        """Return all entries in order."""
        with self._lock:
            rows = self._database.execute("SELECT place, kind, body, request FROM entries ORDER BY place").fetchall()
        return [_entry(row) for row in rows]

    def forget(self) -> int:
        """Delete tokens and what was written, and keep what was done; return how many entries lost something."""
        changed = 0
        with self._lock, self._database:
            rows = self._database.execute("SELECT place, kind, body, request FROM entries").fetchall()
            for row in rows:
                entry = _entry(row)
                left = {**entry.body, **dict.fromkeys(FORGOTTEN.get(entry.kind, ()), "")}
                if left != entry.body:
                    text = json.dumps(left, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
                    self._database.execute("UPDATE entries SET body = ? WHERE place = ?", (text, entry.place))
                    changed += 1
        # what was deleted must not stay in free pages or beside the file
        self._database.execute("VACUUM")
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return changed

    def digest(self) -> str:
        """Return the SHA-256 of all entries."""
        lines = (json.dumps([one.place, one.kind, one.body], sort_keys=True) for one in self.read())
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()


def _entry(row: tuple[int, str, str, str | None]) -> Entry:
    place, kind, body, request = row
    return Entry(place, kind, json.loads(body), request or "")
