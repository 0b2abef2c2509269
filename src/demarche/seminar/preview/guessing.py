"""The guessing curve: how often a reader of the public view names the account after each round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.seminar.preview.runs import Played

SHRINKAGE = 0.1
"""Part of the pooled covariance that is replaced by its diagonal, so that many features of few runs can be read."""

AT_MOST_FIRST, AT_LEAST_LAST = 0.45, 0.45
"""Band of the accuracy after the first and the last round (issue 13)."""


@dataclass(frozen=True)
class Guessed:
    """How well the reader does after some rounds.

    Parameters
    ----------
    rounds
        Rounds that were seen.
    accuracy, error
        Share of test worlds of which it names the account, and its standard error.
    score
        Mean Brier score, 0 to 2.
    """

    rounds: int
    accuracy: float
    error: float
    score: float


@dataclass(frozen=True, eq=False)
class Reader:
    """A linear reader: Gaussian worlds of one covariance around the mean of each account.

    Parameters
    ----------
    means
        `(n_accounts, n_features)` in units of the spread of each feature.
    weights
        Inverse covariance, `(n_features, n_features)`.
    centre, spread
        By which features are put into those units.
    """

    means: Array
    weights: Array
    centre: Array
    spread: Array

    @classmethod
    def learn(cls, features: Array, accounts: NDArray[np.intp], n_accounts: int) -> Reader:
        """Return the reader that some worlds teach.

        Parameters
        ----------
        features
            `(n_runs, n_features)`.
        accounts
            Position of the account of each, `(n_runs,)`.
        n_accounts
            Number of accounts.
        """
        centre, spread = features.mean(axis=0), features.std(axis=0)
        spread = np.where(spread > 0.0, spread, 1.0)
        units = (features - centre) / spread
        means = np.array([units[accounts == number].mean(axis=0) for number in range(n_accounts)])
        rest = units - means[accounts]
        covariance = rest.T @ rest / max(len(rest) - n_accounts, 1)
        covariance = (1.0 - SHRINKAGE) * covariance + SHRINKAGE * np.diag(np.diag(covariance))
        weights = np.linalg.pinv(covariance, hermitian=True)
        return cls(means, weights, centre, spread)

    def shares(self, features: Array) -> Array:
        """Return the probability of each account, `(n_runs, n_accounts)`."""
        away = ((features - self.centre) / self.spread)[:, None, :] - self.means[None]
        logs = -0.5 * np.einsum("raf,fg,rag->ra", away, self.weights, away)
        odds = np.exp(logs - logs.max(axis=1, keepdims=True))
        shares: Array = odds / odds.sum(axis=1, keepdims=True)
        return shares


def guessing_curve(played: Played, arms: Sequence[str], accounts: Sequence[str]) -> list[Guessed]:
    """Return how well a reader does after each round, where the class acts as in some arms.

    It learns from the first half of the lucks and is tested on the second, so that no world is read that taught it.
    """
    chosen = np.isin(played.arm, arms)
    labels = np.array([accounts.index(name) for name in played.account[chosen].tolist()], dtype=np.intp)
    half = (played.replication[chosen].max() + 1) // 2
    test = played.replication[chosen] >= half
    curve = []
    for rounds in range(1, len(played.seen) + 1):
        features = played.seen[:rounds][..., chosen].reshape(-1, int(chosen.sum())).T
        reader = Reader.learn(features[~test], labels[~test], len(accounts))
        shares = reader.shares(features[test])
        right = shares.argmax(axis=1) == labels[test]
        truth = np.eye(len(accounts))[labels[test]]
        accuracy = float(right.mean())
        error = float(np.sqrt(max(accuracy * (1.0 - accuracy), 1e-12) / len(right)))
        curve.append(Guessed(rounds, accuracy, error, float(((shares - truth) ** 2).sum(axis=1).mean())))
    return curve
