"""How every command answers: on one screen, whole with `--all`, or as one JSON object with `--json`."""

from __future__ import annotations

import inspect
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Annotated, Any

import typer

from demarche.cli.completing import complete_values

SCREEN = 40  # lines of a list that are shown unless all are asked for

JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer as one JSON object: tables and text.")]
AllOption = Annotated[bool, typer.Option("--all", help="Print the whole list, not a screen of it.")]


@dataclass
class Answer:
    """What a command prints, kept apart for programs.

    Parameters
    ----------
    tables
        Title, columns and rows of each table, cells as they are shown.
    text
        Everything else.
    """

    tables: list[dict[str, Any]] = field(default_factory=list)
    text: io.StringIO = field(default_factory=io.StringIO)

    def as_json(self) -> str:
        """Return it as one line of JSON."""
        lines = [line.rstrip() for line in self.text.getvalue().splitlines() if line.strip()]
        return json.dumps({"tables": self.tables, "text": lines}, ensure_ascii=False)


ANSWER: ContextVar[Answer | None] = ContextVar("answer", default=None)
"""Where a command's answer is kept for programs; None if it is printed for readers."""
LIMIT: ContextVar[int | None] = ContextVar("limit", default=None)
"""Lines of a table that are shown; None for all."""


def answering(command: Callable[..., Any], is_list: bool = False) -> Callable[..., Any]:
    """Return a command with the options `--json` and, for lists, `--all`, if it lacks them, whose values complete."""
    written = inspect.signature(command, eval_str=True).parameters
    known = {one.name: one for one in complete_values(command.__module__.rpartition(".")[2], written.values())}
    added: dict[str, Any] = {}
    if not {"json", "as_json"} & set(known):
        added["_json"] = JsonOption
    if is_list:
        added["_all"] = AllOption
    @wraps(command)
    def answered(*given: Any, **more: Any) -> Any:
        as_json, whole = more.pop("_json", False), more.pop("_all", False)
        limit = LIMIT.set(SCREEN if is_list and not (whole or as_json) else None)
        try:
            with _kept(as_json):
                return command(*given, **more)
        finally:
            LIMIT.reset(limit)

    flags = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=kind)
             for name, kind in added.items()]  # fmt: skip
    answered.__signature__ = inspect.Signature([*known.values(), *flags])  # type: ignore[attr-defined]
    answered.__annotations__ = {name: one.annotation for name, one in known.items()} | added
    return answered


@contextmanager
def _kept(as_json: bool) -> Iterator[None]:
    """Keep what a command prints and print it as JSON when it ends, also if it ends with an exit code of its own."""
    if not as_json:
        yield
        return
    answer = Answer()
    token = ANSWER.set(answer)
    try:
        with redirect_stdout(answer.text):
            yield
    finally:
        ANSWER.reset(token)
        if answer.tables or answer.text.getvalue():
            typer.echo(answer.as_json())
