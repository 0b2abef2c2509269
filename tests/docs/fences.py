"""Fenced blocks of a page, each with its language and the mark before it."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

FENCE = re.compile(r"^(`{3,}|~{3,})(.*)$")
MARK = re.compile(r"^<!-- ([a-z ]+?): (.*?) -->$")
MARKS = {
    "check": "held against what it shows by a test of its own, see `test_docs.py`",
    "file": "a file of this name, which later blocks of the page use",
    "printed": "the commands of the block before print this, blanks apart",
    "exit": "the last command ends with this code",
    "not run": "cannot be run here, for the reason that is stated",
}


@dataclasses.dataclass(frozen=True)
class Fence:
    """One fenced block: where it begins, its language, its mark (kind and text, empty for none) and what it holds."""

    page: Path
    line: int
    language: str
    mark: tuple[str, str]
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def fences(page: Path) -> list[Fence]:
    """Return the blocks of a page in order.

    Raises
    ------
    ValueError
        If the last block is not closed.
    """
    found: list[Fence] = []
    lines = page.read_text(encoding="utf-8").splitlines()
    number = 0
    while number < len(lines):
        opened = FENCE.match(lines[number])
        number += 1
        if not opened:
            continue
        start, bar = number, opened[1]
        while number < len(lines) and lines[number].strip() != bar:
            number += 1
        if number == len(lines):
            raise ValueError(f"{page.name}:{start}: this block is not closed")
        text = "".join(f"{line}\n" for line in lines[start:number])
        found.append(Fence(page, start, opened[2].strip(), _mark(lines[start - 2] if start > 1 else ""), text))
        number += 1
    return found


def _mark(line: str) -> tuple[str, str]:
    told = MARK.match(line.strip())
    return (told[1], told[2]) if told else ("", "")
