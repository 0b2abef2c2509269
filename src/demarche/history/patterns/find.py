"""Find the patterns: every `Pattern` declared in a module of `demarche.history.patterns.families`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

from demarche.errors import DesignError, Problem
from demarche.history.patterns import families
from demarche.history.patterns.contract import Pattern


@cache
def find_patterns() -> dict[str, Pattern[Any]]:
    """Return every pattern by id, in order.

    Raises
    ------
    DesignError
        If two have the same id.
    """
    found: dict[str, Pattern[Any]] = {}
    for name in sorted(info.name for info in pkgutil.iter_modules(families.__path__)):
        module = importlib.import_module(f"{families.__name__}.{name}")
        for value in vars(module).values():
            if isinstance(value, Pattern) and found.setdefault(value.id, value) is not value:
                raise DesignError([Problem(module.__name__, f"pattern '{value.id}' is declared twice")])
    return dict(sorted(found.items()))
