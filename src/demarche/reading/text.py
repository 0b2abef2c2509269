"""The bytes of a file as text: ordinary files only, of a bounded size, in UTF-8, without hidden characters."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from demarche.errors import Problem, ScenarioError, closest

MOST_BESIDE = 1000  # names in a folder among which one that was meant is sought

LINE_END = re.compile("\r\n|\r|\n")

# Control characters, line breaks that editors count differently, and marks that reorder what a reader sees.
_UNFIT = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u061b\u061d-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    "\U00010000-\U0010ffff]"
)
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a file; line and column count from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Unfit:
    """Why bytes cannot be read as text, where, and how to mend them."""

    mark: Mark
    what: str
    fix: str


def read_bytes(path: Path, limit: int, kind: str) -> bytes:
    """Return the content of a file, of a larger one so much that it can be seen to be too large.

    Parameters
    ----------
    path
        The file.
    limit
        Largest number of bytes.
    kind
        What the file should be, such as `YAML file`.

    Raises
    ------
    ScenarioError
        If there is no such file, or it is a folder, a device or cannot be opened.
    """
    where = f"{path}:1:1"
    try:
        mode = os.stat(path).st_mode
        if not stat.S_ISREG(mode):
            what = "this is a folder, not a file" if stat.S_ISDIR(mode) else "this is not an ordinary file"
            raise ScenarioError([Problem(where, what, fix=f"give the path of a {kind}")])
        with open(path, "rb") as stream:
            return stream.read(limit + 1)
    except FileNotFoundError as error:
        meant = nearest(path)
        raise ScenarioError([Problem(where, "there is no such file", "", "", meant, "check the path")]) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        fix = "check the path and the right to read it"
        raise ScenarioError([Problem(where, f"the file cannot be read ({reason})", fix=fix)]) from error


def nearest(path: Path) -> str:
    """Return the path, beside one that is not there, that was probably meant; an empty text if none is near."""
    with suppress(OSError, ValueError):
        meant = closest(path.name, (one.name for one in islice(path.parent.iterdir(), MOST_BESIDE)))
        return str(path.with_name(meant)) if meant else ""
    return ""


def find_unfit(text: str, lines: bool = True) -> str:
    """Return the first character of a text that cannot be seen or is not allowed, as `U+202E`; empty if there is none.

    Parameters
    ----------
    text
        Any text, such as a value of a file with its escapes resolved.
    lines
        Whether it may have several lines, and tabs.
    """
    found = _UNFIT.search(text) or (None if lines else re.search(r"[\t\n\r]", text))
    return f"U+{ord(found.group()):04X}" if found else ""


def visible(text: str) -> str:
    """Return a text as it may be printed: characters that would steer a terminal stand as their escapes.

    Examples
    --------
    >>> visible("red \\x1b[31m, then \\u202eabc")
    'red \\\\x1b[31m, then \\\\u202eabc'
    """
    return _UNFIT.sub(lambda found: ascii(found.group())[1:-1], text)


def decode(content: bytes, limit: int, advice: str) -> str | Unfit:
    """Return bytes as text, or why they are none.

    Parameters
    ----------
    content
        The bytes.
    limit, advice
        Largest number of bytes, and what to do with a larger file.

    One byte order mark at the start is passed over, as spreadsheets and editors write it.
    """
    if len(content) > limit:
        return Unfit(Mark(), f"the file is larger than {limit:,} bytes", advice)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        mark = mark_at(content[: error.start].decode("utf-8"), error.start)
        return Unfit(mark, "the file is not text in UTF-8", "save it with the encoding UTF-8")
    text = text.removeprefix(BYTE_ORDER_MARK)
    unfit = _UNFIT.search(text)
    if unfit is None:
        return text
    what = f"the character U+{ord(unfit.group()):04X} cannot be seen or is not allowed"
    return Unfit(mark_at(text, unfit.start()), what, "remove it")


def mark_at(text: str, position: int) -> Mark:
    """Return the place of a position in a text."""
    lines = LINE_END.split(text[:position])
    return Mark(len(lines), len(lines[-1]) + 1)
