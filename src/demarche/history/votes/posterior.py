"""The estimated model as data: coefficients with their covariance, effects of targets and members, and its file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.history.votes.features import FEATURES, OF_TARGETS, columns, labels
from demarche.history.votes.logit import averaged
from demarche.history.votes.memory import Known
from demarche.history.votes.packaged import DATA

FILE = "posterior.json"
DIGITS = 5
FADING = 10.0
"""Years after the last one on record in which effects of targets and members count half: a judgement.

States drift; a decade of votes cannot say how fast beyond it. What is left is the model for any target."""
LEAN = (-0.5, -1.0)
"""What one unit of a member's lasting strictness adds to abstaining and to voting for."""


@dataclass(frozen=True)
class Settings:
    """Standard deviations of the priors.

    Parameters
    ----------
    features
        Of coefficients, of features in standard deviations or logarithms of shares.
    targets, members
        Of the effects of a target that the record holds, and of a member's lasting strictness.
    """

    features: float
    targets: float
    members: float


@dataclass(frozen=True, eq=False)
class Posterior:
    """The model, estimated.

    Parameters
    ----------
    settings
        Priors.
    scales
        Mean and spread of what is scaled.
    mean, covariance
        Coefficients of `FEATURES`.
    targets, members
        Codes whose effects were estimated.
    last_year
        Last year of the record.
    effects, effects_covariance
        Effects: for each of `OF_TARGETS` and its two stances those of all targets, then the members' strictness.
    motions
        Covariances of a motion's effects `(2 + n_targets, 2, 2)`: target with earlier votes, new target, then each
        target whose effects were estimated.
    baselines
        Name of a baseline -> its parameters as plain numbers.
    """

    settings: Settings
    scales: Mapping[str, tuple[float, float]]
    mean: Array
    covariance: Array
    targets: tuple[str, ...]
    members: tuple[str, ...]
    last_year: int
    effects: Array
    effects_covariance: Array
    motions: Array
    baselines: Mapping[str, Any]

    @cached_property
    def root(self) -> Array:
        """Symmetric root of the covariance of coefficients."""
        return symmetric_root(self.covariance)

    @cached_property
    def effects_root(self) -> Array:
        """Symmetric root of the covariance of effects."""
        return symmetric_root(self.effects_covariance)

    def kind_of(self, known: Known, target: str) -> int:
        """Return which covariance the effects of a motion have."""
        return 2 + self.targets.index(target) if target in self.targets else int(not known.has_target)

    def parts(self, known: Known, target: str) -> tuple[tuple[str, ...], Array]:
        """Return the names of all contributions, and what each adds to abstaining and voting for `(n, n_parts, 2)`."""
        a, f = columns(FEATURES, known, self.scales)
        names, parts = labels(FEATURES), np.stack([a * self.mean, f * self.mean], axis=2)
        if target not in self.targets:
            return names, parts
        a, f = effect_columns(known, [target] * len(known.members), self.targets, self.members, self.scales)
        left = 0.5 ** (max(known.year - self.last_year, 0) / FADING)
        added = left * np.stack([a * self.effects, f * self.effects], axis=2)
        n_of_targets = 2 * len(OF_TARGETS) * len(self.targets)
        of_target = added[:, :n_of_targets].sum(axis=1, keepdims=True)
        of_member = added[:, n_of_targets:].sum(axis=1, keepdims=True)
        return (*names, "target_effects", "member_strictness"), np.concatenate([parts, of_target, of_member], axis=1)

    def chances(self, known: Known, target: str) -> Array:
        """Return the chances of the stances `(n, 3)`, averaged over what the motion may be."""
        total = self.parts(known, target)[1].sum(axis=1)
        return averaged(total[:, 0], total[:, 1], self.motions[self.kind_of(known, target)])


def symmetric_root(covariance: Array) -> Array:
    """Return the symmetric matrix whose square is a covariance; a variance that rounding put below 0 counts as 0."""
    values, vectors = np.linalg.eigh(covariance)
    root: Array = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    return root


def effect_columns(
    known: Known, of_rows: Sequence[str], targets: Sequence[str], members: Sequence[str],
    scales: Mapping[str, tuple[float, float]],
) -> tuple[Array, Array]:  # fmt: skip
    """Return the columns of the effects for rows on the targets `of_rows`, in the order of `Posterior.effects`."""
    is_on = np.array([[one == target for target in targets] for one in of_rows], dtype=np.float64)
    is_by = np.array([[one == member for member in members] for one in known.members], dtype=np.float64)
    a, f = columns(OF_TARGETS, known, scales)
    first = [a[:, [place]] * is_on for place in range(a.shape[1])]
    second = [f[:, [place]] * is_on for place in range(f.shape[1])]
    return np.hstack([*first, LEAN[0] * is_by]), np.hstack([*second, LEAN[1] * is_by])


def write(posterior: Posterior, path: Path) -> None:
    """Write the model to a file of JSON."""
    data = {
        "about": "written by demarche votes fit; see docs/votes.md",
        "settings": vars(posterior.settings),
        "scales": {name: list(_plain(pair)) for name, pair in posterior.scales.items()},
        "coefficients": dict(zip(labels(FEATURES), _plain(posterior.mean), strict=True)),
        "covariance": _packed(posterior.covariance),
        "targets": list(posterior.targets),
        "members": list(posterior.members),
        "last_year": posterior.last_year,
        "effects": _plain(posterior.effects),
        "effects_covariance": _packed(posterior.effects_covariance),
        "motions": _plain(posterior.motions),
        "baselines": posterior.baselines,
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in data.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def read(path: Path) -> Posterior:
    """Return the model that a file holds."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Posterior(
        settings=Settings(**data["settings"]),
        scales={name: (pair[0], pair[1]) for name, pair in data["scales"].items()},
        mean=np.array([data["coefficients"][label] for label in labels(FEATURES)]),
        covariance=_unpacked(data["covariance"]),
        targets=tuple(data["targets"]),
        members=tuple(data["members"]),
        last_year=data["last_year"],
        effects=np.array(data["effects"]),
        effects_covariance=_unpacked(data["effects_covariance"]),
        motions=np.array(data["motions"]),
        baselines=data["baselines"],
    )


@cache
def packaged_posterior() -> Posterior:
    """Return the model that comes with the package."""
    return read(DATA / FILE)


def _plain(values: Any) -> Any:
    return np.round(np.asarray(values, dtype=np.float64), DIGITS).tolist()


def _packed(matrix: Array) -> Any:
    """Return the lower triangle of a symmetric matrix, row by row."""
    return _plain(matrix[np.tril_indices(len(matrix))])


def _unpacked(values: Sequence[float]) -> NDArray[np.float64]:
    n = int(((8 * len(values) + 1) ** 0.5 - 1) / 2)
    found = np.zeros((n, n))
    found[np.tril_indices(n)] = values
    return found + np.tril(found, -1).T
