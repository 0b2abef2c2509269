"""The ledger: which runs a folder is to hold and what became of each, in a SQLite file that notices its own damage.

Every row carries the SHA-256 of its content, and the sum of all of them stands in a row of its
own, so that a changed, a lost and an added row are all noticed. The working copy lies in the
folder `unfinished` (write-ahead log); a finished folder holds a compact copy that the manifest names.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from demarche.errors import DiskError, Problem, StoreError
from demarche.experiment.chunks.shards import Receipt
from demarche.experiment.tables.files import FileRecord

LEDGER = "ledger.sqlite"
PENDING, RUNNING, DONE, FAILED, KILLED = "pending", "running", "done", "failed", "killed"
BATCH = 8192  # rows read or written at a time
SUM_BITS = 256
DISK_CODES = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
_AGAIN = ", then repeat the command; what was written is kept"
ROOM_FIX = f"free some space or allow larger files{_AGAIN}"
RIGHT_FIX = f"check the right to read it, and to write it and its folder{_AGAIN}"
DISK_FIXES = dict.fromkeys((sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY), RIGHT_FIX)
TABLES: dict[str, tuple[str, ...]] = {
    "facts": ("name TEXT PRIMARY KEY", "value TEXT"),
    "failures": ("failure INTEGER PRIMARY KEY", "exception TEXT", "message TEXT", "traceback TEXT"),
    "chunks": (
        "chunk INTEGER PRIMARY KEY", "first INTEGER", "last INTEGER", "count INTEGER", "status TEXT",
        "attempts INTEGER", "deaths INTEGER", "cpu_seconds REAL", "files TEXT",
    ),
    "runs": (
        "run INTEGER PRIMARY KEY", "row INTEGER", "key TEXT UNIQUE", "chunk INTEGER", "status TEXT",
        "failure INTEGER",
    ),
}  # fmt: skip
VIEW = """
CREATE VIEW run_status AS
SELECT run, key, CASE WHEN runs.status = 'pending' THEN chunks.status ELSE runs.status END AS status, attempts,
       chunk, exception, message, traceback,
       json_extract(files, '$[0].file') AS shard, json_extract(files, '$[0].sha256') AS sha256
FROM runs JOIN chunks USING (chunk) LEFT JOIN failures USING (failure)
"""
CHUNK_COLUMNS = "chunk, first, last, count, status, attempts, deaths, cpu_seconds, files"
RUN_COLUMNS = "run, row, key, chunk, status, failure"
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Chunk:
    """One row of the ledger: runs of one arm and account that are simulated side by side.

    Parameters
    ----------
    chunk
        Number of the chunk and of its shards.
    first, last, count
        Lowest and highest run, and number of runs.
    status
        `pending`, `running` or `done`.
    attempts, deaths
        How often it was begun, and how often its worker ended over it.
    cpu_seconds
        CPU time of simulating and writing it, each time that this was told of.
    files
        Its shards.
    """

    chunk: int
    first: int
    last: int
    count: int
    status: str = PENDING
    attempts: int = 0
    deaths: int = 0
    cpu_seconds: float = 0.0
    files: tuple[FileRecord, ...] = ()

    def row(self) -> Row:
        """Return the chunk as it stands in the ledger."""
        files = json.dumps([asdict(file) for file in self.files])
        return (self.chunk, self.first, self.last, self.count, self.status, self.attempts, self.deaths,
                self.cpu_seconds, files)  # fmt: skip

    @classmethod
    def of(cls, row: Row) -> Chunk:
        """Return the chunk that a row of the ledger tells."""
        files = tuple(map(FileRecord.of, json.loads(row[-1])))
        chunk, first, last, count, status, attempts, deaths, cpu_seconds, _ = row
        return cls(chunk, first, last, count, status, attempts, deaths, cpu_seconds, files)


def seal(table: str, row: Row) -> bytes:
    """Return the SHA-256 of a row of a table."""
    return hashlib.sha256(repr((table, *row)).encode()).digest()


class Ledger:
    """An open ledger; changes are made within `transaction`.

    Parameters
    ----------
    path
        Where it lies.
    connection
        An open connection to it.

    Raises
    ------
    StoreError
        If a method finds it damaged.
    DiskError
        If a method cannot write it.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._sql = connection
        self._sum = 0

    @classmethod
    def create(cls, path: Path) -> Ledger:
        """Return a new ledger without rows; nothing is kept until the first transaction ends."""
        with guarded(path):
            ledger = cls(path, _connect(path))
            with ledger.transaction():
                for table in TABLES:
                    ledger._sql.execute(_created(table))
                ledger._sql.execute(VIEW.strip())
            return ledger

    @classmethod
    def open(cls, path: Path, *, finished: bool = False, read_only: bool = False) -> Ledger:
        """Return a ledger after all of its rows were checked; a finished one has no log beside it."""
        with guarded(path):
            ledger = cls(path, _connect(path, finished, read_only))
            try:
                ledger.check()
            except BaseException:
                ledger.close()
                raise
            return ledger

    def close(self) -> None:
        """Close the connection."""
        with suppress(sqlite3.Error):
            self._sql.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make changes that are kept together, on the disk when the block ends, or not at all."""
        before = self._sum
        with guarded(self.path):
            self._sql.execute("BEGIN IMMEDIATE")
            try:
                yield
                row = ("sum", f"{self._sum:064x}")
                if self._sum != before:
                    self._sql.execute("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", (*row, seal("facts", row)))
                self._sql.execute("COMMIT")
            except BaseException:
                self._sum = before
                with suppress(sqlite3.Error):
                    self._sql.execute("ROLLBACK")
                raise

    def check(self) -> None:
        """Compare the seal of every row, and the sum of all seals with the one that was written."""
        total, written = 0, "0" * (SUM_BITS // 4)
        with guarded(self.path), self._moment():
            answer = self._sql.execute("PRAGMA integrity_check").fetchone()
            if answer != ("ok",):
                raise damaged(self.path, str(answer[0]).splitlines()[0] if answer else "it is empty")
            self._check_schema()
            for table in TABLES:
                for *row, found in self._sql.execute(f"SELECT * FROM {table}"):
                    expected = seal(table, tuple(row))
                    if found != expected:
                        raise damaged(self.path, f"a row of its table '{table}' is not the one that was written")
                    if (table, row[0]) == ("facts", "sum"):
                        written = row[1]
                    else:
                        total += int.from_bytes(expected, "big")
        if f"{total % 2**SUM_BITS:064x}" != written:
            raise damaged(self.path, "rows were lost or added")
        self._sum = total % 2**SUM_BITS

    def _check_schema(self) -> None:
        """Refuse tables, views and triggers other than ours, which could do anything."""
        found = {text for (text,) in self._sql.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
        if found != {*map(_created, TABLES), VIEW.strip()}:
            raise damaged(self.path, "it has other tables than a ledger")

    @contextmanager
    def _moment(self) -> Iterator[None]:
        """See the ledger as it is at one moment, whatever another process writes meanwhile."""
        self._sql.execute("BEGIN")
        try:
            yield
        finally:
            self._sql.execute("ROLLBACK")

    def put(self, table: str, rows: Iterable[Row]) -> None:
        """Write rows in place of those with the same first column."""
        name = TABLES[table][0].partition(" ")[0]
        marks = ", ".join("?" * (len(TABLES[table]) + 1))
        for row in rows:
            self._forget(table, name, row[0])
            new = seal(table, row)
            self._sum = (self._sum + int.from_bytes(new, "big")) % 2**SUM_BITS
            self._sql.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", (*row, new))

    def remove_chunk(self, chunk: int) -> None:
        """Remove a chunk whose runs were given to others."""
        self._forget("chunks", "chunk", chunk)
        self._sql.execute("DELETE FROM chunks WHERE chunk = ?", (chunk,))

    def _forget(self, table: str, name: str, key: Any) -> None:
        old = self._sql.execute(f"SELECT seal FROM {table} WHERE {name} = ?", (key,)).fetchone()
        if old is not None:
            self._sum = (self._sum - int.from_bytes(old[0], "big")) % 2**SUM_BITS

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the answer to a query."""
        with guarded(self.path):
            return self._sql.execute(query, values).fetchall()

    def facts(self) -> dict[str, str]:
        """Return what is known of the whole folder, by name.

        Raises
        ------
        StoreError
            If it does not say which runs it is for.
        """
        found: dict[str, str] = dict(self.rows("SELECT name, value FROM facts WHERE name != 'sum'"))
        if not {"identity", "created", "inputs"} <= set(found):
            raise damaged(self.path, "it does not say what it is for")
        return found

    def fact(self, name: str) -> str | None:
        """Return one thing that is known of the whole folder, None if it is not."""
        found = self.rows("SELECT value FROM facts WHERE name = ?", (name,))
        return str(found[0][0]) if found else None

    def inputs(self) -> list[FileRecord]:
        """Return the copies of the inputs, the experiment first."""
        try:
            return list(map(FileRecord.of, json.loads(self.facts()["inputs"])))
        except (ValueError, TypeError, RecursionError) as error:
            raise damaged(self.path, "it does not say what its runs rest on") from error

    def put_facts(self, facts: Mapping[str, str]) -> None:
        """Write facts in place of those of the same name."""
        self.put("facts", facts.items())

    def chunk(self, number: int) -> Chunk:
        """Return a chunk by its number."""
        rows = self.rows(f"SELECT {CHUNK_COLUMNS} FROM chunks WHERE chunk = ?", (number,))
        try:
            return Chunk.of(rows[0])
        except (ValueError, TypeError, IndexError, RecursionError) as error:
            raise damaged(self.path, f"it does not say what became of chunk {number}") from error

    def chunk_numbers(self, status: str) -> list[int]:
        """Return the numbers of the chunks of a status, in order of their first run."""
        query = "SELECT chunk FROM chunks WHERE status = ? ORDER BY first, chunk"
        return [number for (number,) in self.rows(query, (status,))]

    def put_chunks(self, chunks: Iterable[Chunk]) -> None:
        """Write chunks in place of those of the same number."""
        self.put("chunks", (chunk.row() for chunk in chunks))

    def next_number(self, table: str) -> int:
        """Return the lowest number above all of a table."""
        name = TABLES[table][0].partition(" ")[0]
        return int(self.rows(f"SELECT COALESCE(MAX({name}) + 1, 0) FROM {table}")[0][0])

    def runs_of(self, chunk: Chunk) -> list[Row]:
        """Return the rows of the runs of a chunk: run, row, key, chunk, status, failure."""
        query = f"SELECT {RUN_COLUMNS} FROM runs WHERE run BETWEEN ? AND ? AND chunk = ?"
        return self.rows(f"{query} ORDER BY run", (chunk.first, chunk.last, chunk.chunk))

    def batches(self) -> Iterator[list[Row]]:
        """Yield run, row, key, status, exception, message and traceback of all runs in order, some at a time."""
        query = (
            "SELECT run, row, key, status, COALESCE(exception, ''), COALESCE(message, ''), COALESCE(traceback, '') "
            "FROM runs LEFT JOIN failures USING (failure) WHERE run >= ? ORDER BY run LIMIT ?"
        )
        start = 0
        while batch := self.rows(query, (start, BATCH)):
            yield batch
            start = batch[-1][0] + 1

    def known(self, keys: Sequence[str]) -> dict[str, Row]:
        """Return the rows of the runs with some keys, by key."""
        found: dict[str, Row] = {}
        query = f"SELECT {RUN_COLUMNS} FROM runs WHERE key IN"
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            found |= {row[2]: row for row in self.rows(f"{query} ({', '.join('?' * len(some))})", some)}
        return found

    def counts(self) -> dict[str, int]:
        """Return the number of runs in all and of each status."""
        found = dict.fromkeys((PENDING, DONE, FAILED, KILLED), 0)
        found |= dict(self.rows("SELECT status, COUNT(*) FROM runs GROUP BY status"))
        return {"total": sum(found.values()), **found}

    def start(self, number: int) -> None:
        """Say that a chunk was begun."""
        chunk = self.chunk(number)
        self.put_chunks([replace(chunk, status=RUNNING, attempts=chunk.attempts + 1)])

    def record(self, receipt: Receipt) -> None:
        """Say that a chunk was written, and which of its runs failed."""
        chunk = self.chunk(receipt.chunk)
        failure_of = {}
        for number, failure in enumerate(receipt.failures, self.next_number("failures")):
            self.put("failures", [(number, failure.exception, failure.message, failure.traceback)])
            failure_of.update(dict.fromkeys(failure.runs, (failure.status, number)))
        self.put("runs", ((*row[:4], *failure_of.get(row[0], (DONE, None))) for row in self.runs_of(chunk)))
        spent = chunk.cpu_seconds + receipt.cpu_seconds
        self.put_chunks([replace(chunk, status=DONE, cpu_seconds=spent, files=receipt.files)])

    def copy_to(self, path: Path) -> None:
        """Write a compact copy that needs no log beside it."""
        with guarded(path):
            path.unlink(missing_ok=True)
            self._sql.execute("VACUUM INTO ?", (str(path),))
            handle = os.open(path, os.O_RDWR)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _created(table: str) -> str:
    return f"CREATE TABLE {table} ({', '.join(TABLES[table])}, seal BLOB)"


def _connect(path: Path, finished: bool = False, read_only: bool = False) -> sqlite3.Connection:
    if finished or read_only:
        address = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if finished else ''}"
        return sqlite3.connect(address, uri=True, isolation_level=None)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn errors of SQLite into those of Demarche: a full disk, or damage."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0)
        if code & 0xFF in DISK_CODES and code != sqlite3.SQLITE_IOERR_SHORT_READ:
            raise DiskError(f"{path}: {error}. Fix: {DISK_FIXES.get(code & 0xFF, ROOM_FIX)}") from error
        raise damaged(path, str(error)) from error


def peek(path: Path, name: str) -> str | None:
    """Return one thing that a finished ledger knows of its folder, without checking its rows; None if it does not."""
    with guarded(path), closing(_connect(path, finished=True)) as connection:
        found = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return None if found is None else str(found[0])


def damaged(path: Path, what: str) -> StoreError:
    """Return the error of a ledger that is not the one that was written."""
    fix = "make it again with 'demarche results resume', or repeat the run into another folder with --out"
    if path.parent.name == "unfinished":
        fix = f"remove {path.parent} and run the experiment again; finished results beside it stay as they are"
    return StoreError([Problem(str(path), f"the ledger is damaged: {what}", fix=fix)])
