"""Demarche: a laboratory for human-rights diplomacy.

One world, competing accounts: states, NGOs and UN bodies act on a focal state under rules drawn from five documents
that disagree. The names of `__all__` are the Python interface, see docs/python.md; everything else may change.
Importing the package imports nothing heavy: each name is fetched when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from demarche.version import __version__

if TYPE_CHECKING:
    from demarche.interface.asking import compare, list_accounts, list_claims, plot, why
    from demarche.interface.files import check, load, open_results, run
    from demarche.interface.results import Results
    from demarche.scenario.content import Scenario

__all__ = [
    "Results", "Scenario", "__version__", "check", "compare", "list_accounts", "list_claims", "load", "open_results",
    "plot", "run", "why",
]  # fmt: skip
_PLACES = {
    **dict.fromkeys(("check", "load", "open_results", "run"), "interface.files"),
    **dict.fromkeys(("compare", "list_accounts", "list_claims", "plot", "why"), "interface.asking"),
    "Results": "interface.results", "Scenario": "scenario.content",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'demarche' has no attribute '{name}'")
    return getattr(import_module(f"demarche.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
