"""Asking, being answered, and the record of both: what a sender has asked for, and how often without an answer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array, Mask, Spots
from demarche.rules.kit.arithmetic import real

Positions = NDArray[np.intp]

YEARS = 2.0
"""Years after the last time in which something was asked for that an ask counts; assumption: two."""


def pairs(senders: Positions, others: Positions, n_others: int, runs: Positions, n_runs: int) -> Spots:
    """Return the cells of arrays `(n_senders, n_others, n_runs)` for persons or issues `others`, each `(n,)`."""
    return Spots.of_rows(senders * n_others + others, runs, n_runs)


def ask_again(until: Array, unheard: Array, where: Spots, step: int) -> None:
    """Ask once more, in place; if what was asked before counts no longer, it is forgotten.

    Parameters
    ----------
    until, unheard
        Last step in which an ask counts, and asks since the last answer, `(n_senders, ..., n_runs)`.
    where
        Who asks, and for whom or on what if that is told apart, as from `pairs`; none twice.
    step
        The present month.
    """
    where.put_into(unheard, np.where(where.of(until) >= step, where.of(unheard), 0.0) + 1.0)
    where.put_into(until, step + 12.0 * YEARS)


def waiting(until: Array, unheard: Array, where: Spots, step: int) -> Array:
    """Return how many asks wait for an answer in some cells `(n,)`, of arrays as `ask_again` leaves them."""
    return np.where(where.of(until) >= step, where.of(unheard), 0.0)


def channel(in_private: Mask | Array, in_public: Mask | Array) -> Array:
    """Return the code of a channel: 0 private, 1 public, 2 both."""
    return 2.0 * real(in_public) + real(in_private) - 1.0


def equal_parts(whole: Array, which: Positions) -> Array:
    """Return what each of those who share gets, `(n,)`: which of the wholes `(n_wholes,)` is shared by whom."""
    sharers = np.maximum(np.bincount(which, minlength=len(whole)), 1)
    parts: Array = (whole / real(sharers))[which]
    return parts
