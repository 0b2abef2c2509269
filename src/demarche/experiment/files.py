"""Files that are either complete or absent: temporary file, fsync, rename; checksums; the kernel lock."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from demarche.errors import BusyError, Problem, StoreError

LOCK_NAME = ".lock"
TEMPORARY = ".part"
COMPRESSION = "zstd"


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


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees all of it or nothing, also after a loss of power."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
    try:
        with open(temporary, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_json(path: Path, content: Any) -> None:
    """Write plain data as JSON, complete or not at all."""
    write_bytes(path, json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False).encode() + b"\n")


def write_table(root: Path, file: str, name: str, table: Any) -> FileRecord:
    """Write an Arrow table as Parquet with page checksums and return its record.

    Parameters
    ----------
    root, file
        Results folder, and path within it.
    name
        Name of the table.
    table
        `pyarrow.Table`; floating-point columns are split by byte, text is dictionary-encoded.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {field.name: field.type for field in table.schema}
    floats = [column for column, kind in kinds.items() if pa.types.is_floating(kind)]
    words = [column for column, kind in kinds.items() if pa.types.is_string(kind)]
    stream = pa.BufferOutputStream()
    pq.write_table(
        table,
        stream,
        compression=COMPRESSION,
        use_dictionary=words,
        use_byte_stream_split=floats,
        write_page_checksum=True,
    )
    content = stream.getvalue().to_pybytes()
    write_bytes(root / file, content)
    return FileRecord(file, name, table.num_rows, len(content), sha256(content))


def read_checked(root: Path, record: FileRecord) -> bytes:
    """Return the bytes of a file of a results folder after comparing its checksum.

    Raises
    ------
    StoreError
        If the file is missing or is not the one that was written.
    """
    path = root / record.file
    fix = "restore the file from a copy, or repeat the run into another folder with --out"
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise StoreError([Problem(str(path), "a file of the results is missing", fix=fix)]) from error
    found = sha256(content)
    if found != record.sha256:
        raise StoreError([
            Problem(str(path), "the file is not the one that was written", found=f"SHA-256 {found}",
                    expected=f"SHA-256 {record.sha256}", fix=fix)
        ])  # fmt: skip
    return content


def read_table(root: Path, record: FileRecord, columns: list[str] | None = None) -> Any:
    """Return a Parquet file of a results folder as `pyarrow.Table`, checksums compared.

    Raises
    ------
    StoreError
        If the file is missing or damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    content = read_checked(root, record)
    return pq.read_table(pa.BufferReader(content), columns=columns, page_checksum_verification=True)


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
    """
    path = folder / LOCK_NAME
    with open(path, "a+b") as stream:
        if not _try_lock(stream):
            raise BusyError([
                Problem(str(folder), "the results folder is in use", found=_owner(path),
                        fix="wait until it has finished, or choose another folder with --out")
            ])  # fmt: skip
        stream.truncate(0)
        stream.write(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": now_text()}).encode())
        stream.flush()
        try:
            yield
        finally:
            stream.truncate(0)
            _unlock(stream)


def _owner(path: Path) -> str:
    try:
        owner = json.loads(path.read_bytes())
        return f"process {owner['pid']} on {owner['host']} since {owner['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


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
