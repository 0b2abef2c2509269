"""What each rule adds to the chances of options between two arms.

The chance of an option moves from one arm to the other along the straight line between their utilities, and each rule
is given what its own terms add to it on the way (Aumann and Shapley 1974). The parts add up exactly to the difference
of chances, whatever the order of rules; occasions that only one arm had stand apart.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from demarche.arrays import Array

NODES = 16
STRETCH = 4.0
"""Points of the Gauss-Legendre rule on a stretch of the way from one arm to the other, and its length in log odds."""


def softmax(utility: Array, temperature: float) -> Array:
    """Return the chances of options `(n_options, ...)`."""
    weights = np.exp((utility - utility.max(axis=0)) / temperature)
    share: Array = weights / weights.sum(axis=0)
    return share


def parts(from_: Array, to: Array, terms: Mapping[str, Array], temperature: float) -> dict[str, Array]:
    """Return what each term adds to the chances of all options on the way from one table of utilities to another.

    Parameters
    ----------
    from_, to
        Utilities `(n_options, n)`.
    terms
        Rule -> its part of `to - from_`; they add up to it.
    temperature
        Scale of the unexplained part.
    """
    found: dict[str, Array] = {rule: np.zeros(from_.shape) for rule in terms}
    # chances may jump where utilities move far: the way is cut into stretches on which they move by a few units
    stretches = np.maximum(1, np.ceil(np.abs(to - from_).max(axis=0) / (STRETCH * temperature))).astype(int)
    for n_stretches in np.unique(stretches):
        here = stretches == n_stretches
        some = {rule: term[:, here] for rule, term in terms.items()}
        for at, weight in _points(int(n_stretches)):
            chance = softmax(from_[:, here] + at * (to - from_)[:, here], temperature)
            for rule, term in some.items():
                found[rule][:, here] += weight * chance * (term - (chance * term).sum(axis=0)) / temperature
    return found


def _points(n_stretches: int) -> list[tuple[float, float]]:
    """Return points on [0, 1] and their weights: a Gauss-Legendre rule on each of some stretches."""
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    return [
        ((stretch + 0.5 * (node + 1.0)) / n_stretches, 0.5 * weight / n_stretches)
        for stretch in range(n_stretches)
        for node, weight in zip(nodes.tolist(), weights.tolist(), strict=True)
    ]
