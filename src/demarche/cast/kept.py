"""Casts that were read, kept by the content of their files, so that a case is read once in a process.

Nothing is taken for granted but content: every file of a cast is read and its paths are followed each time, and only
what they say together decides whether the cast that was made of the same bytes is used again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeGuard, TypeVar

from demarche.cast.sheets import record_files, tables_of
from demarche.reading.includes import target_inside
from demarche.reading.yaml_nodes import Document

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True)
class Names:
    """What a cast file calls the files beside it: its tables, and the folder of its record."""

    tables: tuple[str, ...]
    record: str | None


@dataclass(frozen=True)
class Seal:
    """The files of one cast: where they lie, and a SHA-256 over all that they hold."""

    path: Path
    tables: tuple[Path, ...]
    record: Path | None
    content: str


def names_in(document: Document) -> Names:
    """Return what a cast file calls its tables and its record."""
    tables = [document.get(key, name) for key, name, _ in tables_of(document)]
    record = document.get("record")
    return Names(tuple(filter(_is_text, tables)), record if _is_text(record) else None)


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)


def seal_of(path: Path, content: bytes, names: Names) -> Seal | None:
    """Return the seal of a cast file that holds `content`, None if a file beside it is not there or lies outside."""
    folder = path.parent
    try:
        tables = [target_inside(text, folder, folder) for text in names.tables]
        record = None if names.record is None else target_inside(names.record, folder, folder)
        files = [("", table) for table in tables if table]
        files += [] if record is None else [(file.name, file) for file in record_files(record)]
        if None in tables or (record is None) != (names.record is None) or not all(file.is_file() for _, file in files):
            return None
        total = hashlib.sha256(content)
        for label, file in files:
            total.update(label.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    except (OSError, RuntimeError, ValueError):
        return None
    return Seal(path, tuple(file for file in tables if file), record, total.hexdigest())


class Shelf(Generic[Key, Value]):
    """What was used last, at most so many."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: dict[Key, Value] = {}

    def get(self, key: Key) -> Value | None:
        """Return what is kept under a key, None if nothing is."""
        found = self._kept.pop(key, None)
        if found is not None:
            self._kept[key] = found
        return found

    def put(self, key: Key, value: Value) -> None:
        """Keep a value, and let go what was used longest ago."""
        self._kept.pop(key, None)
        self._kept[key] = value
        if len(self._kept) > self._size:
            del self._kept[next(iter(self._kept))]
