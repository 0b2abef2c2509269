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

TAUGHT = 2 / 3
"""Part of the lucks that teaches the reader; the rest tests it."""

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
        Share of test worlds of which it names the account, and its standard error over lucks.
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
    """Return how well a reader does after each round, on average over some arms; it knows what the class does.

    For each arm it learns from the first lucks and is tested on the others, so that no world is read that taught it.
    Worlds of one luck are alike: the standard error is that of means over lucks.
    """
    half = round((played.replication.max() + 1) * TAUGHT)
    curve = []
    for rounds in range(1, len(played.seen) + 1):
        found = [_tested(played, played.until(rounds), arm, accounts, half) for arm in arms]
        right, score = (np.mean([one[which] for one in found], axis=0) for which in (0, 1))
        error = float(right.std(ddof=1) / np.sqrt(len(right)))
        curve.append(Guessed(rounds, float(right.mean()), error, float(score.mean())))
    return curve


def _tested(played: Played, seen: Array, arm: str, accounts: Sequence[str], first: int) -> tuple[Array, Array]:
    """Return the share of accounts that is named right, and the mean Brier score, of each luck from one on."""
    chosen = played.arm == arm
    features, lucks = seen[:, chosen].T, played.replication[chosen]
    labels = np.array([accounts.index(name) for name in played.account[chosen].tolist()], dtype=np.intp)
    taught, tested = lucks < first, lucks >= first
    shares = Reader.learn(features[taught], labels[taught], len(accounts)).shares(features[tested])
    right = (shares.argmax(axis=1) == labels[tested]).astype(np.float64)
    score = ((shares - np.eye(len(accounts))[labels[tested]]) ** 2).sum(axis=1)
    counts = np.bincount(lucks[tested] - first)
    return np.bincount(lucks[tested] - first, right) / counts, np.bincount(lucks[tested] - first, score) / counts
