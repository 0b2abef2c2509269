"""The packaged model of votes laid into the world: a draw of its posterior, and votes on other targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np

from demarche.arrays import Array
from demarche.cast.cast import Cast
from demarche.history.votes.attributes import NAMES, Attributes, load_attributes
from demarche.history.votes.draws import draw, gaussian
from demarche.history.votes.features import FEATURES, OF_TARGETS, labels
from demarche.history.votes.left_out import LeftOut, packaged_without
from demarche.history.votes.memory import Memory
from demarche.history.votes.packaged import load_others
from demarche.history.votes.posterior import Posterior, packaged_posterior
from demarche.history.votes.rollcalls import in_order
from demarche.history.votes.running import alike_before
from demarche.world.world import World

DRAW_PATH = "bodies.delegations_lean.posterior_draw"
"""Parameter that says which draw of the posterior a run has; 0.5 stands for its mean."""
MEAN = 0.5
DRAWS = 2**30
SESSION = (3, 15)
"""Day of the year by which votes on other targets of earlier years count, about that of a session."""


@dataclass(frozen=True, eq=False)
class _Values:
    """Coefficients `(n_terms,)` and strictness `(n_states,)` of one draw."""

    coefficients: Array
    strictness: Array


def lay_votes(world: World, cast: Cast, place: Array) -> None:
    """Lay the coefficients, the strictness of delegations and the mood of motions of each run's draw.

    Parameters
    ----------
    world
        Arrays; the fields of the model of votes are written.
    cast
        Names the focal state, and says whether votes on it are left out of what the model has learnt.
    place
        Which draw of the posterior each run has `(n_runs,)`, in [0, 1].
    """
    posterior, focal = packaged_posterior(), cast.focal
    states = world.codes["state"]
    without = packaged_without().get(focal) if cast.own_votes == "left_out" else None
    values = {one: _values(focal, states, float(one), without) for one in np.unique(place)}
    for run, one in enumerate(place):
        world["vote_coefficient"][:, run] = values[one].coefficients
        world["strictness"][:, run] = values[one].strictness
    kind = 2 + posterior.targets.index(focal) if focal in posterior.targets else 0
    motion = posterior.motions[kind] if without is None else without.motion
    world["mood_root"][...] = np.linalg.cholesky(motion)[:, :, None]


def lay_others(world: World, cast: Cast, year: int) -> None:
    """Lay what each state did on other targets before the session of a year."""
    world["years_beyond_votes"][...] = max(year - packaged_posterior().last_year, 0)
    world["votes_alike"][...] = _alike(cast, year, world.codes["state"])[:, :, None]


@lru_cache(maxsize=8)
def _others(cast: Cast) -> Memory:
    return Memory(in_order(load_others(cast.focal)), _attributes(cast))


def _attributes(cast: Cast) -> Attributes:
    """Return the packaged attributes, and those of the cast of states that the packaged table does not know.

    A value of the cast for a session is that of the year before, by which the packaged table counts.
    """
    found = load_attributes(cast.states)
    before = tuple(year - 1 for year in cast.years)
    own = {
        (name, code): (before, tuple(cast.columns[name][:, row].tolist()))
        for name in NAMES for row, code in enumerate(cast.state_codes) if (name, code) not in found.known
    }  # fmt: skip
    return replace(found, known={**found.known, **own})


@lru_cache(maxsize=256)
def _alike(cast: Cast, year: int, states: tuple[str, ...]) -> Array:
    return alike_before(_others(cast), cast.focal, date(year, *SESSION), states).T


@lru_cache(maxsize=4096)
def _values(focal: str, states: tuple[str, ...], place: float, without: LeftOut | None) -> _Values:
    if without is not None:
        return _unseen(without, states, place)
    posterior = packaged_posterior()
    coefficients, effects = posterior.mean, posterior.effects
    if place != MEAN:
        found = draw(posterior, 0, [int(place * DRAWS)])
        coefficients, effects = found.coefficients[0], found.effects[0]
    return _Values(np.concatenate([coefficients, _of_target(posterior, effects, focal)]),
                   _of_members(posterior, effects, focal, states))  # fmt: skip


def _unseen(without: LeftOut, states: tuple[str, ...], place: float) -> _Values:
    """Return a draw of the model that has not seen votes on the focal state: no effects of it, nor of its members."""
    coefficients = without.mean
    if place != MEAN:
        name = "votes: coefficients"  # luck as where votes on the focal state were seen
        coefficients = gaussian(name, labels(FEATURES), without.mean, without.root, 0, [int(place * DRAWS)])[0]
    return _Values(np.concatenate([coefficients, np.zeros(2 * len(OF_TARGETS))]), np.zeros(len(states)))


def _of_target(posterior: Posterior, effects: Array, focal: str) -> Array:
    """Return the effects of the focal state, 0 if the record of votes does not hold it."""
    n = 2 * len(OF_TARGETS)
    if focal not in posterior.targets:
        return np.zeros(n)
    return effects[posterior.targets.index(focal) : n * len(posterior.targets) : len(posterior.targets)]


def _of_members(posterior: Posterior, effects: Array, focal: str, states: Sequence[str]) -> Array:
    """Return the strictness of all states `(n_states,)`, 0 for those without a vote on record."""
    if focal not in posterior.targets:
        return np.zeros(len(states))
    first = 2 * len(OF_TARGETS) * len(posterior.targets)
    known = dict(zip(posterior.members, effects[first:], strict=True))
    return np.array([known.get(code, 0.0) for code in states])
