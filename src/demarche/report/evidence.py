"""Blocks of a page that commands write: what stands between two marks is replaced, the rest is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from demarche.errors import DesignError, Problem

Table = tuple[Sequence[str], list[list[str]], str]
"""Columns, rows, and what to know of them."""


def block(name: str, command: str, sentences: Iterable[str], tables: Iterable[Table]) -> str:
    """Return a block in Markdown: the command that wrote it, sentences, then tables each with a note."""
    lines = [f"<!-- {name}: written by {command} -->", f"`{command}`", ""]
    for sentence in sentences:
        lines += [f"- {sentence}"]
    for columns, rows, note in tables:
        lines += ["", "| " + " | ".join(column.strip() for column in columns) + " |", "|" + "---|" * len(columns)]
        lines += ["| " + " | ".join(row) + " |" for row in rows] + ["", note]
    return "\n".join([*lines, f"<!-- {name}: end -->"])


def put(text: str, name: str, made: str, where: str) -> str:
    """Return a page with one of its blocks replaced.

    Raises
    ------
    DesignError
        If the page has no such block.
    """
    pattern = re.compile(rf"<!-- {re.escape(name)}:.*?<!-- {re.escape(name)}: end -->", re.DOTALL)
    if len(pattern.findall(text)) != 1:
        expected = f"once, <!-- {name}: --> and further down <!-- {name}: end -->"
        raise DesignError([Problem(where, "the page has no place for what is written", expected=expected)])
    return pattern.sub(lambda _: made, text)
