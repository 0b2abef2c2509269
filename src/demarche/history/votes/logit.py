"""A penalised multinomial logit of three stances, with two effects of each motion on all who vote on it.

Utilities: 0 against, `A b + u` abstaining, `F b + v` for. Coefficients have independent Gaussian priors; `(u, v)`
of a motion is Gaussian with a covariance that is estimated (expectation-maximisation with Laplace's approximation).
A motion's effects stand for what a draft says and how it was bargained, which nobody knows beforehand; predictions
average over them. They also take up that the record holds only texts that came to a vote and were adopted: the
levels are those of such texts, not of drafts at large.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array

MOST_STEPS = 40
ROUNDS = 4
ENOUGH = 1e-3
LONGEST_STEP = 2.0
PRIOR_MOTIONS = 4.0
"""Weight of the common covariance in that of a kind, and of `PRIOR_EFFECTS` in the common one, in motions."""
PRIOR_EFFECTS = np.array([[1.25, 0.5], [0.5, 1.0]])
"""Covariance that is expected of motions' effects: unit variance of abstaining and, apart from it, of leaning."""
NODES = 7


@dataclass(frozen=True, eq=False)
class Rows:
    """Votes to fit.

    Parameters
    ----------
    abstain, favour
        Columns `(n, k)` of the two utilities.
    stance
        Index of the stance `(n,)`.
    motion
        Number of the motion `(n,)`, from 0 without gaps.
    kind
        To which covariance the motion's effects belong `(n,)`, from 0.
    weight
        Weight of the vote `(n,)`.
    """

    abstain: Array
    favour: Array
    stance: NDArray[np.int64]
    motion: NDArray[np.int64]
    kind: NDArray[np.int64]
    weight: Array


@dataclass(frozen=True, eq=False)
class Fitted:
    """Mean `(k,)` and covariance `(k, k)` of the coefficients, covariances `(n_kinds, 2, 2)` of motions' effects."""

    mean: Array
    covariance: Array
    motions: Array


def softmax(abstain: Array, favour: Array) -> Array:
    """Return the chances of the three stances `(n, 3)`."""
    top = np.maximum(np.maximum(abstain, favour), 0.0)
    weights = np.stack([np.exp(-top), np.exp(abstain - top), np.exp(favour - top)], axis=1)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def averaged(abstain: Array, favour: Array, covariance: Array) -> Array:
    """Return chances `(n, 3)` averaged over the effects of a motion, by Gauss-Hermite nodes."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    weights = weights / weights.sum()
    root = np.linalg.cholesky(covariance)
    total = np.zeros((len(abstain), 3))
    for one, first in zip(nodes, weights, strict=True):
        for other, second in zip(nodes, weights, strict=True):
            u, v = root @ np.array([one, other])
            total += first * second * softmax(abstain + u, favour + v)
    return total


def fit(rows: Rows, prior_mean: Array, prior_spread: Array, has_effects: bool = True) -> Fitted:
    """Return coefficients and covariances that the votes and the priors make likely.

    Parameters
    ----------
    rows
        The votes.
    prior_mean, prior_spread
        Mean and standard deviation of each coefficient `(k,)`.
    has_effects
        Whether motions have effects; without them the model is a plain penalised logit.
    """
    problem = _Problem(rows, prior_mean, prior_spread**-2)
    n_kinds = int(rows.kind.max()) + 1
    motions: Array = np.stack([PRIOR_EFFECTS * (1.0 if has_effects else 1e-8)] * n_kinds)
    for _ in range(ROUNDS if has_effects else 1):
        problem.climb(np.asarray(np.linalg.inv(motions), dtype=np.float64))
        if has_effects:
            motions = problem.spreads(n_kinds)
    return Fitted(problem.mean, problem.covariance(), motions)


class _Problem:
    """The posterior of one fit and where its climb stands."""

    def __init__(self, rows: Rows, prior_mean: Array, precision: Array) -> None:
        self.rows, self.prior_mean, self.precision = rows, prior_mean, precision
        self.mean = prior_mean.copy()
        self.n_motions = int(rows.motion.max()) + 1
        self.effects = np.zeros((self.n_motions, 2))
        self.order = np.argsort(rows.motion, kind="stable")
        self.cuts = np.searchsorted(rows.motion[self.order], np.arange(self.n_motions))
        self.kind = np.zeros(self.n_motions, dtype=np.int64)
        self.kind[rows.motion] = rows.kind

    def climb(self, precisions: Array) -> None:
        """Go to the mode by Newton's steps, the motions' effects eliminated from each."""
        for _ in range(MOST_STEPS):
            self._curve(precisions[self.kind])
            step = np.linalg.solve(self.reduced, self.slope - np.einsum("mik,mi->k", self.gain, self.pull))
            moved = np.einsum("mij,mj->mi", self.inverse, self.pull) - self.gain @ step
            longest = max(float(np.abs(step).max()), float(np.abs(moved).max()))
            part = min(1.0, LONGEST_STEP / max(longest, ENOUGH))
            self.mean, self.effects = self.mean + part * step, self.effects + part * moved
            if longest < ENOUGH:
                return

    def _curve(self, precisions: Array) -> None:
        """Set slope and curvature at the present place."""
        rows, a, f = self.rows, self.rows.abstain, self.rows.favour
        u, v = self.effects[rows.motion].T
        chances = softmax(a @ self.mean + u, f @ self.mean + v)
        p, q, w = chances[:, 1], chances[:, 2], rows.weight
        left = np.stack([w * ((rows.stance == 1) - p), w * ((rows.stance == 2) - q)], axis=1)
        self.slope = a.T @ left[:, 0] + f.T @ left[:, 1] - self.precision * (self.mean - self.prior_mean)
        self.pull = self._by_motion(left) - np.einsum("mij,mj->mi", precisions, self.effects)
        pp, qq, pq = w * p * (1 - p), w * q * (1 - q), -w * p * q
        first = pp[:, None] * a + pq[:, None] * f
        second = pq[:, None] * a + qq[:, None] * f
        cross = np.stack([self._by_motion(first), self._by_motion(second)], axis=1)
        sums = self._by_motion(np.stack([pp, pq, pq, qq], axis=1)).reshape(-1, 2, 2)
        self.inverse = np.linalg.inv(sums + precisions)
        self.gain = np.einsum("mij,mjk->mik", self.inverse, cross)
        whole = a.T @ first + f.T @ second + np.diag(self.precision)
        self.reduced = whole - np.einsum("mik,mil->kl", cross, self.gain)

    def _by_motion(self, values: Array) -> Array:
        return np.asarray(np.add.reduceat(values[self.order], self.cuts, axis=0))

    def covariance(self) -> Array:
        """Return the covariance of the coefficients by Laplace's approximation."""
        return np.linalg.inv(self.reduced)

    def spreads(self, n_kinds: int) -> Array:
        """Return the covariances of motions' effects that their posterior makes likely."""
        spread = self.inverse + np.einsum("mik,kl,mjl->mij", self.gain, self.covariance(), self.gain)
        spread = spread + self.effects[:, :, None] * self.effects[:, None, :]
        of_kinds = [spread[self.kind == kind] for kind in range(n_kinds)]
        n_kinds_seen = sum(len(one) > 0 for one in of_kinds)
        common = (sum(one.mean(axis=0) for one in of_kinds if len(one)) + PRIOR_EFFECTS) / (n_kinds_seen + 1)
        return np.stack([(one.sum(axis=0) + PRIOR_MOTIONS * common) / (len(one) + PRIOR_MOTIONS) for one in of_kinds])
