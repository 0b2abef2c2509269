"""Codes of events and positions of options by their names, and a utility beyond any doubt."""

from __future__ import annotations

from functools import cache

from demarche.world.decisions import DECISION_OF
from demarche.world.fields import FIELDS

SURE = 200.0
"""Utility that no other term can outweigh."""


@cache
def codes_of(field: str) -> dict[str, int]:
    """Return the codes of an event field by label.

    Examples
    --------
    >>> codes_of("text_event")
    {'rejected': 1, 'adopted': 2}
    """
    return {label: code for code, label in enumerate(FIELDS[field].labels, start=1)}


@cache
def options_of(decision: str) -> dict[str, int]:
    """Return the positions of the options of a decision by name."""
    return {option: place for place, option in enumerate(DECISION_OF[decision].options)}
