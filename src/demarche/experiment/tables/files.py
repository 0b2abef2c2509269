"""Files that are either complete or absent: temporary file, fsync, rename; checksums; the kernel lock."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from demarche.errors import BusyError, DiskError, Problem, StoreError, shell_word
from demarche.experiment.tables.inside import check_name, inside, read_inside, unreadable

LOCK_NAME = ".lock"
TEMPORARY = ".part"
OWNER_TRIES = 20  # an owner writes its name just after it took the lock
LOCK_TRIES = 5  # who asks whether a folder is held takes the lock for a moment
SPACE = "free some space"
DISK_FIXES = {
    errno.ENOSPC: SPACE,
    errno.EDQUOT: SPACE,
    errno.EFBIG: "raise the limit on file sizes",
    errno.EACCES: "choose a place where you may write",
    errno.EPERM: "choose a place where you may write",
    errno.EROFS: "choose a place where files may be written",
}


@dataclass(frozen=True)
class FileRecord:
    """What the manifest knows of one file.

    Parameters
    ----------
    file
        Path within the results folder, with forward slashes.
    table
        Table that it holds or is a part of; empty for copies of inputs.
    rows
        Number of rows; 0 for copies of inputs.
    bytes
        Size of the file.
    sha256
        Checksum of its content.
    """

    file: str
    table: str
    rows: int
    bytes: int
    sha256: str

    def __post_init__(self) -> None:
        check_name(self.file)

    @classmethod
    def of(cls, content: object) -> FileRecord:
        """Return the record that plain data tell.

        Raises
        ------
        ValueError
            If keys or kinds of values are others.
        StoreError
            If the name leads out of the folder.
        """
        kinds = {"file": str, "table": str, "rows": int, "bytes": int, "sha256": str}
        if not isinstance(content, dict) or set(content) != set(kinds):
            raise ValueError("a file is not described by file, table, rows, bytes and sha256")
        for name, kind in kinds.items():
            value = content[name]
            if type(value) is not kind or (isinstance(value, int) and value < 0):
                raise ValueError(f"'{name}' of a file is not {'a text' if kind is str else 'a count'}")
        return cls(**content)


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees all of it or nothing, also after a loss of power.

    Raises
    ------
    DiskError
        If the disk is full or the file cannot be written; an earlier file is left as it was.
    """
    with replacing(path) as stream:
        stream.write(content)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file to write to that takes its place, on the disk, when the block ends.

    Raises
    ------
    DiskError
        If the disk is full or the file cannot be written; an earlier file is left as it was.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        with open(temporary, "xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        _remove(temporary)
        raise disk_error(error, path) from error
    except BaseException:
        _remove(temporary)
        raise


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def disk_error(error: OSError, path: Path) -> DiskError:
    """Return what the operating system refused as one line, with how to mend it."""
    fix = DISK_FIXES.get(error.errno or 0, "mend what the message names")
    reason = (error.strerror or str(error)).lower()
    return DiskError(f"{path}: {reason}. Fix: {fix}, then repeat the command; what was written is kept")


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def json_bytes(content: Any) -> bytes:
    """Return plain data as JSON, for people to read and always the same."""
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False).encode() + b"\n"


def read_checked(root: Path, record: FileRecord) -> bytes:
    """Return the bytes of a file of a results folder after comparing its checksum.

    Raises
    ------
    StoreError
        If the file is missing or is not the one that was written.
    """
    try:
        content = read_inside(root, record.file)
    except FileNotFoundError as error:
        raise _missing(root, record) from error
    _compare(root, sha256(content), record)
    return content


def check_file(root: Path, record: FileRecord) -> None:
    """Compare the checksum of a file of a results folder without holding the file in memory.

    Raises
    ------
    StoreError
        If the file is missing or is not the one that was written.
    """
    path = inside(root, record.file)
    try:
        with open(path, "rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise _missing(root, record) from error
    except OSError as error:
        raise unreadable(path, error) from error
    _compare(root, found, record)


def resume_command(root: Path) -> str:
    """Return the command that goes on with a results folder, or makes what it lacks again."""
    return f"demarche results resume {shell_word(root)}"


def make_again(root: Path) -> str:
    """Return the remedy for what is lost or damaged in a results folder."""
    return f"make it again with: {resume_command(root)}"


def _missing(root: Path, record: FileRecord) -> StoreError:
    what, fix = "a file of the results is missing", make_again(root)
    return StoreError([Problem(str(root / record.file), what, fix=fix)])


def _compare(root: Path, found: str, record: FileRecord) -> None:
    if found != record.sha256:
        raise StoreError([
            Problem(str(root / record.file), "the file is not the one that was written", found=f"SHA-256 {found}",
                    expected=f"SHA-256 {record.sha256}", fix=make_again(root))
        ])  # fmt: skip


def now_text() -> str:
    """Return the present moment as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold a results folder for writing; the kernel frees it when the process ends, however it ends.

    Raises
    ------
    BusyError
        If another process holds it; names the process, its host and when it started.
    StoreError
        If the lock is a link or has a second name, so that another file would be changed.
    DiskError
        If nothing can be written there.
    """
    path = inside(folder, LOCK_NAME, alone=True)
    try:
        stream = open(path, "a+b", buffering=0)  # noqa: SIM115 - closed below, after what may fail otherwise
    except OSError as error:
        raise disk_error(error, path) from error
    with stream:
        if not _lock_soon(stream):
            raise BusyError([
                Problem(str(folder), "the results folder is in use", found=owner_of(folder),
                        fix="wait until it has finished, or choose another folder with --out")
            ])  # fmt: skip
        owner = {"pid": os.getpid(), "host": socket.gethostname(), "since": now_text()}
        with suppress(OSError):  # the name is a courtesy; the kernel's lock is what counts
            stream.truncate(0)
            stream.write(json.dumps(owner).encode())
        try:
            yield
        finally:
            stream.truncate(0)
            _unlock(stream)


def _lock_soon(stream: IO[bytes]) -> bool:
    for _ in range(LOCK_TRIES):
        if _try_lock(stream):
            return True
        time.sleep(0.01)
    return False


def owner_of(folder: Path) -> str:
    """Return which process holds a folder, on which host and since when, as it told itself."""
    for _ in range(OWNER_TRIES):
        try:
            owner = json.loads(read_inside(folder, LOCK_NAME))
            return f"process {owner['pid']} on {owner['host']} since {owner['since']}"
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            time.sleep(0.01)
    return "another process"


def is_held(folder: Path) -> bool:
    """Return whether a process holds a folder for writing."""
    try:
        with open(inside(folder, LOCK_NAME), "rb+") as stream:
            if not _try_lock(stream):
                return True
            _unlock(stream)
    except OSError:
        return False
    return False


if sys.platform == "win32":
    import msvcrt

    def _try_lock(stream: IO[bytes]) -> bool:
        stream.seek(1 << 20)  # beyond the text, so that others may read who holds it
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(stream: IO[bytes]) -> None:
        stream.seek(1 << 20)
        msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(stream: IO[bytes]) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(stream: IO[bytes]) -> None:
        fcntl.flock(stream, fcntl.LOCK_UN)
