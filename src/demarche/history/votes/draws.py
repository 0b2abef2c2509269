"""Values of coefficients drawn from a Gaussian posterior, keyed by seed and draw: the same in every process and order.

A draw is `mean + root z`, with independent standard normals `z` keyed by the name of the coefficient, the seed and the
number of the draw, and `root` the symmetric root of the covariance, which no order of coefficients changes. A longer
list of draws keeps the values of a shorter one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from demarche.arrays import Array
from demarche.history.votes.features import FEATURES, OF_TARGETS, labels
from demarche.history.votes.posterior import Posterior
from demarche.keyed import entity_keys, run_keys, text_key, uniforms

HALF_STEP = 2.0**-54  # keeps a uniform of exactly 0 off minus infinity


@dataclass(frozen=True, eq=False)
class Drawn:
    """Draws from the posterior of the model of votes.

    Parameters
    ----------
    coefficients
        Of `FEATURES`, in the order of `Posterior.mean` `(n_draws, n_coefficients)`.
    effects
        Of targets and members, in the order of `Posterior.effects` `(n_draws, n_effects)`.
    """

    coefficients: Array
    effects: Array

    def of(self, posterior: Posterior, place: int) -> Posterior:
        """Return the model with the values of one draw in place of its mean; what a motion may be is not drawn."""
        return replace(posterior, mean=self.coefficients[place], effects=self.effects[place])


def draw(posterior: Posterior, seed: int, draws: Sequence[int]) -> Drawn:
    """Return coefficients and effects in some draws.

    Effects were estimated with the coefficients held at their mean, so both are drawn apart from one another.

    Parameters
    ----------
    posterior
        The model, estimated.
    seed
        Seed of the experiment.
    draws
        Numbers of the draws, from 0.
    """
    effects = [f"{label} of {target}" for label in labels(OF_TARGETS) for target in posterior.targets]
    effects += [f"strictness of {member}" for member in posterior.members]
    return Drawn(
        gaussian("votes: coefficients", labels(FEATURES), posterior.mean, posterior.root, seed, draws),
        gaussian("votes: effects", effects, posterior.effects, posterior.effects_root, seed, draws),
    )


def gaussian(
    name: str, entries: Sequence[str], mean: Array, root: Array, seed: int, draws: Sequence[int]
) -> Array:
    """Return values `(n_draws, n)` of a Gaussian vector.

    Parameters
    ----------
    name, entries
        What is drawn, and the name of each entry `(n,)`: what luck is keyed by, besides seed and draw.
    mean, root
        `(n,)`, and the symmetric root of the covariance `(n, n)`, see `symmetric_root`: whoever holds the covariance
        keeps it, since it costs many times as much as a draw.
    seed, draws
        Seed of the experiment and numbers of the draws, from 0.
    """
    from scipy.special import ndtri

    luck = uniforms(run_keys(draws), text_key(f"{name}, seed {seed}"), 0, entity_keys(entries))
    places = np.ascontiguousarray(ndtri(np.maximum(luck, HALF_STEP)).T)
    # not a matrix product, whose last bits may depend on how many draws are asked for at once
    return np.asarray(mean + np.einsum("dk,kj->dj", places, root))
