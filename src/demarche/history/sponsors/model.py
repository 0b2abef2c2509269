"""A penalised logit of sponsoring, with an effect of each year in common to all.

Coefficients have independent Gaussian priors; that of the features is the one, of `SPREADS`, with the highest
evidence (Laplace's approximation) in the lists that are fitted. The level of a year is not known before it: its effect
is Gaussian with a stated spread, and predictions average over it and over the posterior of the coefficients.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from demarche.arrays import Array, Mask
from demarche.history.sponsors.known import FEATURES, AtRisk
from demarche.history.votes.features import LEAST_SCALE, REACH

LABELS = ("base", *FEATURES)
SPREADS = (0.25, 0.5, 1.0)
"""Standard deviations of the prior of a coefficient, for features in standard deviations: judgements."""
BASE_SPREAD = 5.0
"""Standard deviation of the prior of the base: wide, since most states never sponsor and 0 would mean that half do."""
YEAR_SPREAD = 1.0
"""Standard deviation of a year's effect, on log odds: a judgement, as wide as what is expected of a motion's effect on
votes; one or two complete lists cannot say."""
NODES = 15
MOST_STEPS = 60
ENOUGH = 1e-9
LONGEST_STEP = 2.0


@dataclass(frozen=True, eq=False)
class Sponsoring:
    """The model, estimated.

    Parameters
    ----------
    spread
        Standard deviation of the prior of the features' coefficients.
    centre, scale
        Mean and spread of each feature where it was fitted `(n_features,)`.
    mean, covariance
        Coefficients of `LABELS`.
    """

    spread: float
    centre: Array
    scale: Array
    mean: Array
    covariance: Array

    def columns(self, values: Array) -> Array:
        """Return a column of ones and the features in standard deviations `(n, 1 + n_features)`."""
        scaled = np.clip((values - self.centre) / self.scale, -REACH, REACH)
        return np.hstack([np.ones((len(values), 1)), scaled])

    def chances(self, values: Array) -> Array:
        """Return the chance that each state sponsors `(n,)`, averaged over the year's effect and the posterior."""
        x = self.columns(values)
        variance = np.einsum("ij,jk,ik->i", x, self.covariance, x) + YEAR_SPREAD**2
        nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
        places = (x @ self.mean)[:, None] + np.sqrt(variance)[:, None] * nodes
        return np.asarray(_chance(places) @ (weights / weights.sum()))


def fit(seen: Sequence[tuple[AtRisk, Mask]]) -> Sponsoring:
    """Return the model estimated on complete lists.

    Parameters
    ----------
    seen
        Who was at risk in a session, and who sponsored; one entry a complete list, at least one.
    """
    values = np.vstack([one.values for one, _ in seen])
    centre, scale = values.mean(axis=0), np.maximum(values.std(axis=0), LEAST_SCALE)
    empty = Sponsoring(0.0, centre, scale, np.zeros(len(LABELS)), np.eye(len(LABELS)))
    year = np.repeat(np.arange(len(seen)), [len(one.states) for one, _ in seen])
    x = np.hstack([empty.columns(values), np.eye(len(seen))[year]])
    sponsored = np.concatenate([outcome for _, outcome in seen])
    k = len(LABELS)
    tried = []
    for spread in SPREADS:
        prior = np.concatenate([[BASE_SPREAD], np.full(len(FEATURES), spread), np.full(len(seen), YEAR_SPREAD)])
        mean, covariance, evidence = climb(x, sponsored, prior)
        tried.append((evidence, Sponsoring(spread, centre, scale, mean[:k], covariance[:k, :k])))
    return max(tried, key=lambda one: one[0])[1]


def climb(x: Array, sponsored: Mask, prior: Array) -> tuple[Array, Array, float]:
    """Return mode, covariance and logarithm of the evidence of a logit, by Newton's steps and Laplace's approximation.

    Parameters
    ----------
    x
        Columns `(n, k)`.
    sponsored
        What happened `(n,)`.
    prior
        Standard deviations of the Gaussian prior around 0 `(k,)`.
    """
    precision, mean = prior**-2.0, np.zeros(x.shape[1])
    for _ in range(MOST_STEPS):
        chance = _chance(x @ mean)
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + np.diag(precision)
        step = np.linalg.solve(curve, x.T @ (sponsored - chance) - precision * mean)
        longest = float(np.abs(step).max())
        mean = mean + step * min(1.0, LONGEST_STEP / max(longest, ENOUGH))
        if longest < ENOUGH:
            break
    places = x @ mean
    told = float(np.where(sponsored, -np.logaddexp(0, -places), -np.logaddexp(0, places)).sum())
    evidence = told - 0.5 * float(precision @ mean**2 - np.log(precision).sum() + np.linalg.slogdet(curve)[1])
    return mean, np.asarray(np.linalg.inv(curve), dtype=np.float64), evidence


def _chance(places: Array) -> Array:
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * places)))
