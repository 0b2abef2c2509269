"""Monthly variables of a run, and the ways in which they are read from the world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from demarche.arrays import Array
from demarche.world.axes import PERSON_STATUS
from demarche.world.fields import FIELDS
from demarche.world.world import World

Reader = Callable[[World], Array]


@dataclass(frozen=True)
class SeriesSpec:
    """One monthly variable of a run.

    Parameters
    ----------
    name, unit, meaning
        Name in tables and figures, unit of the values, meaning in plain words.
    read
        Function from the world to `(n_runs,)`.
    counts
        True if it counts events of the month (added up over time), False for a level.
    """

    name: str
    unit: str
    meaning: str
    read: Reader
    counts: bool = False


def level(name: str) -> SeriesSpec:
    """Return a series that is a field without axes."""
    spec = FIELDS[name]
    return SeriesSpec(name, spec.unit, spec.meaning, lambda world: world[name])


def issue_mean(name: str, mask: str) -> Reader:
    """Return a reader of the mean over the issues of a group."""
    def read(world: World) -> Array:
        weights = world[mask]
        mean: Array = (world[name] * weights).sum(axis=0) / max(float(weights.sum()), 1.0)
        return mean

    return read


def events(field: str, *labels: str) -> Reader:
    """Return a reader of how many events of some kinds fell in the month."""
    codes = [FIELDS[field].labels.index(label) + 1 for label in labels]
    if len(codes) == len(FIELDS[field].labels):
        return lambda world: (world[field] > 0).sum(axis=0, dtype=np.float64)

    def read(world: World) -> Array:
        values = world[field]
        if not values.any():
            return np.zeros(world.n_runs)
        hits = values == codes[0]
        for code in codes[1:]:
            hits |= values == code
        return np.asarray(hits.sum(axis=0) if values.ndim > 1 else hits, dtype=np.float64)

    return read


def count(field: str, value: float) -> Reader:
    """Return a reader of how many rows hold a value."""
    return lambda world: (world[field] == value).sum(axis=0, dtype=np.float64)


def in_detention(world: World) -> Array:
    """Return how many persons are detained."""
    held: Array = world["person_is_detained"].sum(axis=0)
    return held


def with_status(name: str) -> Reader:
    """Return a reader of how many persons have a status."""
    return count("person_status", float(PERSON_STATUS.index(name)))


def running_dialogues(world: World) -> Array:
    """Return how many official dialogues run."""
    running: Array = (world["has_dialogue"] * (1.0 - world["dialogue_suspended"])).sum(axis=0)
    return running


def mean_substance(world: World) -> Array:
    """Return the mean substance of the rounds of the month, 0 without any."""
    rounds = world["round_held"]
    held = rounds.sum(axis=0)
    mean: Array = (world["dialogue_substance"] * rounds).sum(axis=0) / np.maximum(held, 1.0)
    return mean
