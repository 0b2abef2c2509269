"""The model of votes where votes on one target were never seen: for a case that its own votes are to judge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from demarche.arrays import Array
from demarche.history.votes.features import FEATURES, labels
from demarche.history.votes.packaged import DATA
from demarche.history.votes.posterior import DIGITS, symmetric_root

FILE = "left_out.json"


@dataclass(frozen=True, eq=False)
class LeftOut:
    """Coefficients of `FEATURES` `(n,)` with their covariance, and the covariance of a motion's effects `(2, 2)`."""

    mean: Array
    covariance: Array
    motion: Array

    @cached_property
    def root(self) -> Array:
        """Symmetric root of the covariance."""
        return symmetric_root(self.covariance)


def write(models: Mapping[str, LeftOut], path: Path) -> None:
    """Write target -> model without it to a file of JSON."""
    rows = np.tril_indices(len(labels(FEATURES)))
    lines = []
    for target, one in sorted(models.items()):
        parts = {"mean": one.mean, "covariance": one.covariance[rows], "motion": one.motion}
        plain = {name: (np.round(values, DIGITS) + 0.0).tolist() for name, values in parts.items()}
        lines.append(f"{json.dumps(target)}: {json.dumps(plain)}")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


@cache
def packaged_without() -> Mapping[str, LeftOut]:
    """Return target of the packaged record -> the packaged model that has not seen votes on it."""
    data = json.loads((DATA / FILE).read_text(encoding="utf-8"))
    n = len(labels(FEATURES))
    found = {}
    for target, one in data.items():
        half = np.zeros((n, n))
        half[np.tril_indices(n)] = one["covariance"]
        found[target] = LeftOut(np.array(one["mean"]), half + np.tril(half, -1).T, np.array(one["motion"]))
    return found
