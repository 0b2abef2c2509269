"""The design table: from an experiment to one row a run, each with an identity that never changes."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from demarche.engine.setup import Runs
from demarche.errors import DesignError, Problem
from demarche.rules.contract import Array

if TYPE_CHECKING:
    from demarche.experiment.spec import Experiment, Vary

MAX_RUNS = 10_000_000
SEED_BITS = 63


def replication_seed(experiment_seed: int, replication: int) -> int:
    """Return the seed of a replication in [0, 2**63), the same in every arm, pack and design point.

    Examples
    --------
    >>> replication_seed(1995, 0) == replication_seed(1995, 0) != replication_seed(1995, 1)
    True
    """
    text = f"replication {replication} of {experiment_seed}"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") >> (64 - SEED_BITS)


@dataclass(frozen=True, eq=False)
class Design:
    """The table of runs of an experiment: arms x packs x design points x replications, in that order.

    Parameters
    ----------
    arms, packs
        Names, in the order of the experiment.
    parameters
        Paths of the parameters that vary.
    points
        Their values `(n_points, n_parameters)`.
    replications
        Runs of each arm, pack and point.
    seed
        Seed of the experiment.
    scenario_digest, rules_digest
        What the identity of a run rests on besides its own row.
    """

    arms: tuple[str, ...]
    packs: tuple[str, ...]
    parameters: tuple[str, ...]
    points: Array
    replications: int
    seed: int
    scenario_digest: str
    rules_digest: str

    @property
    def n_points(self) -> int:
        """Number of design points."""
        return len(self.points)

    @property
    def runs_per_group(self) -> int:
        """Number of runs of one arm and pack."""
        return self.n_points * self.replications

    def __len__(self) -> int:
        return len(self.arms) * len(self.packs) * self.runs_per_group

    def index(self, rows: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        """Return positions of arm, pack, point and replication of some rows, each `(n_rows,)`."""
        shape = (len(self.arms), len(self.packs), self.n_points, self.replications)
        found = np.unravel_index(rows, shape)
        return dict(zip(("arm", "pack", "point", "replication"), found, strict=True))

    def seeds(self) -> list[int]:
        """Return the seed of each replication."""
        return [replication_seed(self.seed, k) for k in range(self.replications)]

    def to_runs(self, rows: Sequence[int] | NDArray[np.int64] | None = None) -> Runs:
        """Return the runs of some rows (all if None) as input of the engine."""
        chosen = np.arange(len(self)) if rows is None else np.asarray(rows, dtype=np.int64)
        index, seeds = self.index(chosen), self.seeds()
        values = {path: self.points[index["point"], column] for column, path in enumerate(self.parameters)}
        return Runs(
            [self.arms[i] for i in index["arm"]],
            [self.packs[i] for i in index["pack"]],
            [seeds[k] for k in index["replication"]],
            values,
        )

    def keys(self, rows: Sequence[int] | NDArray[np.int64] | None = None) -> list[str]:
        """Return the identity of some runs (all if None): 32 hexadecimal digits each."""
        runs = self.to_runs(rows)
        base = f"{self.scenario_digest} {self.rules_digest}"
        columns = [np.asarray(runs.values[path]).tolist() for path in self.parameters]
        keys = []
        for position in range(len(runs)):
            values = {path: column[position] for path, column in zip(self.parameters, columns, strict=True)}
            row = [base, runs.arm[position], runs.pack[position], values, runs.seed[position]]
            text = json.dumps(row, sort_keys=True, separators=(",", ":"))
            keys.append(hashlib.blake2b(text.encode(), digest_size=16).hexdigest())
        return keys

    def groups(self) -> Iterator[tuple[str, str, NDArray[np.int64]]]:
        """Yield arm, pack and rows of each group; the rows of a group follow one another."""
        for position, (arm, pack) in enumerate(itertools.product(self.arms, self.packs)):
            first = position * self.runs_per_group
            yield arm, pack, np.arange(first, first + self.runs_per_group)


def make_design(experiment: Experiment) -> Design:
    """Lay out the runs of an experiment.

    Raises
    ------
    DesignError
        If the design cannot be laid out.
    """
    from demarche.rules.find import rules_digest

    paths = tuple(experiment.vary)
    design = Design(
        arms=tuple(experiment.arms),
        packs=tuple(experiment.packs),
        parameters=paths,
        points=design_points(experiment),
        replications=experiment.replications,
        seed=experiment.seed,
        scenario_digest=experiment.scenario.digest,
        rules_digest=rules_digest(),
    )
    if not 0 < len(design) <= MAX_RUNS:
        raise DesignError([
            Problem(str(experiment.path), "the design cannot be laid out", found=f"{len(design):,} runs",
                    expected=f"1 to {MAX_RUNS:,}", fix="lower points, values or replications")
        ])  # fmt: skip
    return design


def design_points(experiment: Experiment) -> Array:
    """Return the design points `(n_points, n_parameters)`; one point without columns if nothing varies."""
    varied = list(experiment.vary.values())
    if not varied:
        return np.zeros((1, 0))
    if experiment.design == "latin_hypercube":
        shares = latin_hypercube(len(varied), experiment.points, experiment.seed)
        return np.column_stack([_spread(vary, shares[:, column]) for column, vary in enumerate(varied)])
    columns = [vary.values for vary in varied]
    rows = zip(*columns, strict=True) if experiment.design == "list" else itertools.product(*columns)
    return np.array(list(rows), dtype=np.float64)


def _spread(vary: Vary, shares: Array) -> Array:
    """Lay shares in [0, 1) over a range, or over equal parts of a list of values."""
    if vary.values:
        values = np.array(vary.values, dtype=np.float64)
        chosen: Array = values[(shares * len(values)).astype(np.intp)]
        return chosen
    return vary.low + shares * (vary.high - vary.low)


def latin_hypercube(n_parameters: int, n_points: int, seed: int) -> Array:
    """Return a Latin hypercube `(n_points, n_parameters)` on [0, 1) that depends on the seed alone.

    Each parameter takes one value in each of `n_points` equal parts of the unit interval.
    """
    from scipy.stats import qmc

    generator = np.random.default_rng(replication_seed(seed, -1))
    sample: Array = qmc.LatinHypercube(n_parameters, seed=generator).random(n_points)
    return sample
