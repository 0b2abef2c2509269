"""Positions of words: of statuses, turns, labels of events, options; a utility beyond any doubt."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from demarche.world.axes import PERSON_STATUS
from demarche.world.decisions import DECISION_OF
from demarche.world.fields import FIELDS
from demarche.world.fields.persons import PERSON_TURNS

SURE = 200.0
"""Utility that no other term can outweigh."""

def status(name: str) -> float:
    """Return the number of a status of a person."""
    return float(PERSON_STATUS.index(name))


def turn(label: str) -> int:
    """Return the code of a turn of a person."""
    return PERSON_TURNS.index(label) + 1


def codes_by_turn(said: tuple[tuple[str, str], ...], labels: tuple[str, ...]) -> NDArray[np.int8]:
    """Return the code of another event by code of the turn of a person; 0 where the turn has none.

    Parameters
    ----------
    said
        Pairs of a turn and the label of the other event.
    labels
        Labels of the other event.
    """
    found = dict(said)
    return np.array([0, *(labels.index(found[one]) + 1 if one in found else 0 for one in PERSON_TURNS)], np.int8)


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
