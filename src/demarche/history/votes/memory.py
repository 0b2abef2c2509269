"""What is known of each member before a roll call: attributes, and the roll calls of earlier days.

Nothing of the same day counts, so that the order of motions within a day cannot matter and no vote enters
its own prediction. Shares are `(n_members, 3)`, in the order of `STANCES`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.history.votes.attributes import Attributes
from demarche.history.votes.rollcalls import DAYS_A_YEAR, NONE, STANCES, Ballots, RollCall

OWN_HALF_LIFE = 4.0
"""Years after which an own vote on the target counts half."""
TARGET_HALF_LIFE = 2.0
"""Years after which the last vote of others on the target counts half."""
ALIKE_HALF_LIFE = 5.0
"""Years after which an own vote on another target counts half."""
RECENT_HALF_LIFE = 1.0
"""Years by which an earlier vote counts half beside a later one where the recent stance of a member is meant.

Several motions of one session then count alike: which of them was called last says little."""
NEAR = 0.5
"""Width of the kernel over ideal points by which members are near each other."""
ALIKE = 0.8
"""Width of the kernel over ideal points by which targets are alike."""
SHRINK = 2.0
"""Votes that a share of others is shrunk by; half-lives, widths and this are judgements, the same in every fold."""


@dataclass(frozen=True)
class Known:
    """What is known before one roll call; arrays over its members.

    Parameters
    ----------
    members, year
        Codes, and the year of the session.
    ideal_point, democracy, distance
        Attributes as last known; distance of ideal points to the target, NaN if that of the target is unknown.
    target_democracy
        Democracy of the target.
    has_own, has_target
        Whether the member, or anybody, took a stance on the target before; the latter one for all, or by row.
    last, last_age
        Index of the own last stance on the target (`NONE` if there is none), and its age in years.
    recent
        Own recent stances on the target as shares, times the fading of the last one.
    own, everybody, group, near, alike
        Shares: own earlier stances on the target; the recent ones of all others, of the others of the regional
        group, of others near in ideal point; own ones on other targets like this one.
    group_last
        Unshrunk recent shares of the group, NaN where nobody of it took a stance on the target.
    is_procedural
        Whether the motion is to take no action.
    """

    members: tuple[str, ...]
    year: int
    ideal_point: Array
    democracy: Array
    distance: Array
    target_democracy: float
    has_own: Array
    has_target: float | Array
    last: NDArray[np.int64]
    last_age: Array
    recent: Array
    own: Array
    everybody: Array
    group: Array
    near: Array
    alike: Array
    group_last: Array
    is_procedural: float


@dataclass(frozen=True, eq=False)
class Memory:
    """Earlier roll calls and attributes, from which `known` tells what was known before another one."""

    ballots: Ballots
    attributes: Attributes

    def known(self, call: RollCall, members: Sequence[str], hides_target: bool = False) -> Known:
        """Return what was known before a roll call.

        Parameters
        ----------
        call
            The roll call; its votes are not read.
        members
            Codes of those whose votes are to be predicted.
        hides_target
            Whether to forget all earlier votes on the target, as if it were new.
        """
        ballots, table = self.ballots, self.attributes
        day, year = call.day.toordinal(), call.year
        states = (*ballots.states, *sorted(set(members) - set(ballots.states)))
        column = {code: place for place, code in enumerate(states)}
        at = np.array([column[code] for code in members], dtype=np.int64)
        earlier = np.flatnonzero(ballots.days < day)
        same = np.array([ballots.calls[row].target == call.target for row in earlier], dtype=np.bool_)
        on = earlier[same & ~np.bool_(hides_target)]
        ideal = table.values("ideal_point", states, year)
        groups = np.array([table.group(code) for code in states])
        target_known = table.is_known("ideal_point", call.target, year)
        distance = np.abs(ideal[at] - table.value("ideal_point", call.target, year))
        found = _of_target(_stances(ballots, on, states), (day - ballots.days[on]) / DAYS_A_YEAR, at, ideal, groups)
        return replace(
            found,
            members=tuple(members),
            year=year,
            ideal_point=ideal[at],
            democracy=table.values("democracy", [states[place] for place in at], year),
            distance=distance if target_known else np.full(len(at), np.nan),
            target_democracy=table.value("democracy", call.target, year),
            alike=self.alike(call, earlier[~same], states)[at],
            is_procedural=float(call.kind == "no_action"),
        )

    def alike(self, call: RollCall, rows: NDArray[np.intp], states: Sequence[str]) -> Array:
        """Return own shares `(n_states, 3)` in the roll calls `rows` on other targets, weighted by likeness.

        A target's motions of one day count as one; `states` begins with those of the ballots.
        """
        calls = [self.ballots.calls[row] for row in rows]
        day, table = call.day.toordinal(), self.attributes
        own = table.value("ideal_point", call.target, call.year)
        sittings: dict[tuple[str, int], int] = {}
        for one in calls:
            key = (one.target, one.day.toordinal())
            sittings[key] = sittings.get(key, 0) + 1
        apart = np.array([table.value("ideal_point", one.target, call.year) - own for one in calls])
        each = np.array([sittings[one.target, one.day.toordinal()] for one in calls], dtype=np.float64)
        age = np.array([day - one.day.toordinal() for one in calls]) / DAYS_A_YEAR
        weight = (np.exp(-0.5 * (apart / ALIKE) ** 2) * np.exp2(-age / ALIKE_HALF_LIFE) / each)[:, None]
        stance = _stances(self.ballots, rows, states)
        seen = ((stance != NONE) * weight).sum(axis=0) + 1.0
        return np.stack([((stance == one) * weight).sum(axis=0) / seen for one in range(len(STANCES))], axis=1)


def _stances(ballots: Ballots, rows: NDArray[np.intp], states: Sequence[str]) -> NDArray[np.int64]:
    """Return stances of some roll calls, with empty columns for states that the ballots do not list."""
    found = ballots.stance[rows]
    return np.pad(found, ((0, 0), (0, len(states) - found.shape[1])), constant_values=NONE)


def _of_target(stance: NDArray[np.int64], age: Array, at: NDArray[np.int64], ideal: Array, groups: Array) -> Known:
    """Return what earlier roll calls on the target say; attributes are left empty."""
    n = len(at)
    row = np.where(stance != NONE, np.arange(len(stance))[:, None], -1).max(axis=0, initial=-1)
    has = row >= 0
    padded = np.vstack([stance, np.full((1, stance.shape[1]), NONE)])
    last = padded[row, np.arange(stance.shape[1])]
    last_age = np.append(age, 0.0)[row]
    weight = np.where(has, np.exp2(-last_age / TARGET_HALF_LIFE), 0.0)
    recent, own = _counts(stance, age, RECENT_HALF_LIFE), _counts(stance, age, OWN_HALF_LIFE)
    recent = recent / np.where(has, recent.sum(axis=1), 1.0)[:, None]
    cast = recent * weight[:, None]
    others = (cast.sum(axis=0) - cast[at]) / (weight.sum() - weight[at] + SHRINK)[:, None]
    near = np.exp(-0.5 * ((ideal[at][:, None] - ideal[None, :]) / NEAR) ** 2)
    group = (groups[at][:, None] == groups[None, :]).astype(np.float64)
    near[np.arange(n), at] = group[np.arange(n), at] = 0.0
    seen = own.sum(axis=1, keepdims=True)
    in_group = group @ weight
    empty = np.full(n, np.nan)
    return Known(
        members=(), year=0, ideal_point=empty, democracy=empty, distance=empty, target_democracy=np.nan,
        has_own=has[at].astype(np.float64), has_target=float(has.any()), last=last[at], last_age=last_age[at],
        recent=(recent * np.exp2(-last_age / OWN_HALF_LIFE)[:, None])[at], own=(own / (seen + 0.5))[at],
        everybody=others, group=_shrunk(group, cast, weight, others), near=_shrunk(near, cast, weight, others),
        alike=others, group_last=(group @ cast) / np.where(in_group > 0, in_group, np.nan)[:, None], is_procedural=0.0,
    )  # fmt: skip


def _counts(stance: NDArray[np.int64], age: Array, half_life: float) -> Array:
    """Return how often each member took each stance, faded by age `(n_states, 3)`."""
    fading = np.exp2(-age / half_life)[:, None]
    return np.stack([((stance == one) * fading).sum(axis=0) for one in range(len(STANCES))], axis=1)


def _shrunk(kernel: Array, cast: Array, weight: Array, towards: Array) -> Array:
    return np.asarray((kernel @ cast + SHRINK * towards) / (kernel @ weight + SHRINK)[:, None])
