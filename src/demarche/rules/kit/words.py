"""Saying a word: what a sender is remembered for, and what that adds to the words of all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.rules.kit.arithmetic import real
from demarche.rules.kit.asks import pairs

Positions = NDArray[np.intp]


def raise_words(word: Array, senders: Positions, issues: Positions, runs: Positions, amount: Array | float) -> Array:
    """Add an amount to remembered words in place, up to 1, and return what was added, `(n,)`.

    Parameters
    ----------
    word
        Remembered words `(n_senders, n_issues, n_runs)`.
    senders, issues, runs
        Where, `(n,)`; no cell twice.
    amount
        What a word counts; 1 is the whole.
    """
    where = pairs(senders, issues, word.shape[1], runs, word.shape[2])
    before = where.of(word)
    after = np.minimum(before + amount, 1.0)
    where.put_into(word, after)
    added: Array = after - before
    return added


def summed(weights: Array, issues: Positions, runs: Positions, shape: tuple[int, ...]) -> Array:
    """Return weights `(n,)` added up by issue and run, in a shape `(n_issues, n_runs)`."""
    return real(np.bincount(issues * shape[1] + runs, weights, shape[0] * shape[1])).reshape(shape)


def row_of_critic(is_critic: Array) -> int:
    """Return the row of the leading critic of the focal state, of whom there is one; `is_critic` is `(n_states, 1)`."""
    return int(np.argmax(is_critic[:, 0]))
