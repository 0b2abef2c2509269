"""The same features from counts that a simulation carries along, with the run axis last.

Earlier votes on the target are kept as counts by stance that fade with their half-lives, so that a simulated
record of any length needs no list of roll calls. Members and runs become rows of one `Known`, so that features,
scales and coefficients are those of `demarche.history.votes.features`, and nothing is written twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.history.votes.features import FEATURES, OF_TARGETS, labels
from demarche.history.votes.memory import (
    NEAR,
    OWN_HALF_LIFE,
    SHRINK,
    TARGET_HALF_LIFE,
    Known,
    Memory,
)
from demarche.history.votes.posterior import FADING, LEAN, packaged_posterior
from demarche.history.votes.rollcalls import BODIES, NONE, STANCES, RollCall

NEVER = -1.0
"""Age of the last stance of a state that took none."""
TERMS = (*labels(FEATURES), *labels(OF_TARGETS))
"""Names of the coefficients, in the order of `lean`."""


@dataclass(frozen=True, eq=False)
class Counts:
    """What each state said on the target so far.

    Parameters
    ----------
    recent, own
        Stances taken `(3, n_states, n_runs)`, fading with the half-lives of recent and own stances.
    age
        Years since the last stance `(n_states, n_runs)`, `NEVER` if there is none.
    """

    recent: Array
    own: Array
    age: Array


@dataclass(frozen=True, eq=False)
class Facts:
    """Attributes of all states before a session `(n_states,)`, and own votes on other targets `(3, n_states)`."""

    ideal_point: Array
    democracy: Array
    group: NDArray[np.int64]
    distance: Array
    alike: Array


class VoteModel:
    """The packaged model of votes over running counts: what a rule asks for.

    It counts in the identity of runs with this module and with the packaged data, not with the rule.
    """

    @staticmethod
    def log_odds(
        counts: Counts, facts: Facts, rows: NDArray[np.intp], is_procedural: bool, coefficients: Array,
        strictness: Array, years_beyond: Array,
    ) -> tuple[Array, Array]:  # fmt: skip
        """Return the log odds `(n_rows, n_runs)` of abstaining and of voting for the target, against against it."""
        known = known_now(counts, facts, rows, is_procedural)
        return lean(known, packaged_posterior().scales, coefficients, strictness, years_beyond)


def alike_before(memory: Memory, focal: str, day: date, states: Sequence[str]) -> Array:
    """Return own shares `(n_states, 3)` on other targets like the focal state before a day.

    Parameters
    ----------
    memory
        Roll calls on other targets only.
    focal, day, states
        Code of the focal state, the day, and codes of the states.
    """
    coming = RollCall("", BODIES[0], "no_action", focal, day.year, day, {})
    earlier = np.flatnonzero(memory.ballots.days < day.toordinal())
    known = (*memory.ballots.states, *sorted(set(states) - set(memory.ballots.states)))
    place = {code: at for at, code in enumerate(known)}
    return memory.alike(coming, earlier, known)[[place[code] for code in states]]


def known_now(counts: Counts, facts: Facts, rows: NDArray[np.intp], is_procedural: bool) -> Known:
    """Return what is known before a vote of the states `rows`: one row a member and run, members first."""
    n_runs = counts.age.shape[1]
    has = counts.age >= 0.0
    weight = np.where(has, np.exp2(-counts.age / TARGET_HALF_LIFE), 0.0)
    cast = counts.recent * (weight / np.where(has, counts.recent.sum(axis=0), 1.0))
    others = (cast.sum(axis=1, keepdims=True) - cast[:, rows]) / (weight.sum(axis=0) - weight[rows] + SHRINK)
    near, group = _seen_of_others(facts, rows, cast, weight, others)
    own = counts.own[:, rows]
    fading = np.exp2(-np.maximum(counts.age[rows], 0.0) / OWN_HALF_LIFE)
    size = len(rows) * n_runs
    alike = np.broadcast_to(facts.alike[:, rows, None], own.shape)
    return Known(
        members=("",) * size,
        year=0,
        ideal_point=_spread(facts.ideal_point[rows], n_runs),
        democracy=_spread(facts.democracy[rows], n_runs),
        distance=_spread(facts.distance[rows], n_runs),
        target_democracy=np.nan,
        has_own=has[rows].astype(cast.dtype).ravel(),
        has_target=np.tile(np.asarray(has.any(axis=0), dtype=cast.dtype), len(rows)),
        last=np.full(size, NONE),
        last_age=counts.age[rows].ravel(),
        recent=_rows(cast[:, rows] * fading / np.where(has[rows], weight[rows], 1.0)),
        own=_rows(own / (own.sum(axis=0) + 0.5)),
        everybody=_rows(others),
        group=_rows(group),
        near=_rows(near),
        alike=_rows(alike),
        group_last=np.empty((0, len(STANCES))),
        is_procedural=float(is_procedural),
    )  # fmt: skip


def lean(
    known: Known, scales: Mapping[str, tuple[float, float]], coefficients: Array, strictness: Array,
    years_beyond: float | Array,
) -> tuple[Array, Array]:
    """Return the log odds of abstaining and of voting for the target, against voting against it.

    Parameters
    ----------
    known
        From `known_now`.
    scales
        Mean and spread of what is scaled.
    coefficients
        Of `TERMS` `(n_terms, n_runs)`.
    strictness
        Lasting strictness of the members `(n_members, n_runs)`.
    years_beyond
        Years since the end of the record on which the model was estimated; effects of the target fade with them.

    Returns
    -------
    tuple
        Two arrays `(n_members, n_runs)`.
    """
    n_members, n_runs = strictness.shape
    left = 0.5 ** (np.maximum(years_beyond, 0.0) / FADING)
    abstain, favour = LEAN[0] * left * strictness, LEAN[1] * left * strictness
    place, kept = 0, dict[int, Array]()
    for features, weight in ((FEATURES, 1.0), (OF_TARGETS, left)):
        for feature in features:
            counts = feature.when(known)
            for number, (a, f) in enumerate(feature.added(known, scales, counts, kept) if counts.any() else ()):
                value = weight * coefficients[place + number]
                abstain += value * a.reshape(n_members, n_runs)
                if f is not None:
                    favour += value * f.reshape(n_members, n_runs)
            place += len(feature.labels)
    return abstain, favour


def _seen_of_others(
    facts: Facts, rows: NDArray[np.intp], cast: Array, weight: Array, towards: Array
) -> tuple[Array, Array]:
    """Return recent shares of members near in ideal point and of the group, `(3, n_rows, n_runs)` each.

    As in `memory`, shrunk towards what all others did. Sums are taken in the order of states whatever the number
    of runs, which a product of matrices would not do.
    """
    voters = np.flatnonzero((weight > 0.0).any(axis=1))
    said = np.concatenate([cast[:, voters], weight[None, voters]])
    own = np.concatenate([cast[:, rows], weight[None, rows]])
    apart = (facts.ideal_point[rows][:, None] - facts.ideal_point[voters]) / NEAR
    kernel = np.where(rows[:, None] == voters, 0.0, np.exp(-0.5 * apart**2))
    near = np.einsum("mv,svr->smr", kernel, said)
    group = np.zeros_like(near)
    for one in np.unique(facts.group):
        member = facts.group[rows] == one
        group[:, member] = said[:, facts.group[voters] == one].sum(axis=1, keepdims=True) - own[:, member]
    return _shrunk(near, towards), _shrunk(group, towards)


def _shrunk(found: Array, towards: Array) -> Array:
    """Return shares of summed stances and weights `(4, ...)`, shrunk towards others `(3, ...)`."""
    shares: Array = (found[:-1] + SHRINK * towards) / (found[-1] + SHRINK)
    return shares


def _spread(values: Array, n_runs: int) -> Array:
    return np.repeat(values, n_runs)


def _rows(values: Array) -> Array:
    """Return `(3, n_members, n_runs)` as `(n_members * n_runs, 3)`; in memory they stay as they are."""
    return values.reshape(len(values), -1).T
