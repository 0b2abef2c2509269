"""What lists have in common: filters by a text, names in any case, facts one a line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from demarche.cli.say.console import console, plain, table
from demarche.cli.say.numbers import count
from demarche.errors import DesignError, Problem, check_known, closest

if TYPE_CHECKING:
    from rich.console import Console

MOST_EXPECTED, MOST_NEAR = 40, 5


def print_list(columns: Sequence[str], rows: Iterable[Sequence[str]], what: str, more: str, like: str = "") -> None:
    """Print rows, only those that have a text somewhere, and how to learn more of one."""
    found = [row for row in rows if not like or any(like.casefold() in cell.casefold() for cell in row)]
    made = table(*columns)
    for row in found:
        made.add_row(*map(plain, row))
    shown = console()
    if found:
        shown.print(made)
    shown.print(plain(f"{count(len(found), what)}. More on one of them: {more}"))


def named(name: str, known: Sequence[str], what: str) -> str:
    """Return a known name that was written in any case.

    Raises
    ------
    DesignError
        If there is none; says which was probably meant.
    """
    found = {one.casefold(): one for one in known}.get(name.strip().casefold())
    if found is None and len(known) <= MOST_EXPECTED:
        check_known(what, what, [name.strip().lower()], known)
    if found is None:
        near = difflib.get_close_matches(name.strip().casefold(), known, MOST_NEAR, 0.5)
        expected = f"one of {len(known)}; nearest: {', '.join(near)}" if near else f"one of {len(known)}"
        fix = "list them with the command without 'show', and narrow the list with --like"
        problem = Problem(what, f"no {what} is called '{name}'", "", expected, closest(name.casefold(), known), fix)
        raise DesignError([problem])
    return found


def print_facts(shown: Console, title: str, facts: Mapping[str, str]) -> None:
    """Print a title and facts below it, those that say nothing left out."""
    shown.print(f"[bold]{plain(title)}[/bold]")
    for name, text in facts.items():
        if text:
            shown.print(f"[bold]{name}:[/bold] {plain(text)}")
