"""Positions of words: of a status among the statuses, of a turn among the labels of an event, of an ask's state."""

from __future__ import annotations

from demarche.world.axes import PERSON_STATUS
from demarche.world.fields import FIELDS
from demarche.world.fields.persons import ASK_KINDS, ASK_STATES


def status(name: str) -> float:
    """Return the number of a status of a person."""
    return float(PERSON_STATUS.index(name))


def turn(field: str, label: str) -> int:
    """Return the code of a label of an event field."""
    return FIELDS[field].labels.index(label) + 1


def ask_state(name: str) -> float:
    """Return the number of a state of an ask."""
    return float(ASK_STATES.index(name))


def ask_kind(name: str) -> float:
    """Return the number of a kind of ask."""
    return float(ASK_KINDS.index(name))
