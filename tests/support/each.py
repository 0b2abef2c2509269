"""One exact check on many things in one test: all that fail are told at once, each by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


def check_each(things: Iterable[Any], check: Callable[[Any], None], name: Callable[[Any], object] = str) -> None:
    """Run a check on every thing; fail with the name and the message of each that does not pass.

    Thousands of tests of a fraction of a millisecond each cost more to hand out than to run.
    """
    things, wrong = list(things), []
    for thing in things:
        try:
            check(thing)
        except Exception as error:
            wrong.append(f"{name(thing)}: {type(error).__name__}: {error}")
    assert things, "nothing was checked"
    assert not wrong, f"{len(wrong)} of {len(things)} fail:\n" + "\n".join(wrong)
