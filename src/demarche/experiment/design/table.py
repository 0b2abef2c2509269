"""The design table: from an experiment to one row a run, each with an identity that never changes."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.engine.setup import Runs
from demarche.errors import DesignError, Problem
from demarche.experiment.design.checks import MAX_NUMBERS, MAX_RUNS
from demarche.experiment.design.experiment import Experiment
from demarche.experiment.design.methods import (
    baseline,
    chosen_runs,
    count_points,
    design_points,
    latin_hypercube,
    pack_settings,
    paths_of,
)
from demarche.experiment.design.seeds import replication_seed

__all__ = ["MAX_RUNS", "Design", "latin_hypercube", "make_design", "replication_seed"]


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
        Their values `(n_points, n_parameters)`; a missing value leaves the parameter as the pack has it.
    replications
        Runs of each arm, pack and point.
    seed
        Seed of the experiment.
    scenario_digest, rules_digest
        What the identity of a run rests on besides its own row.
    settings
        Pack -> path -> value, where the account or the scenario differs from the default of the rules.
    chosen
        Sorted places `(n_runs,)` in the product of arms, packs, points and replications, if only
        some of them are runs; None for all.
    """

    arms: tuple[str, ...]
    packs: tuple[str, ...]
    parameters: tuple[str, ...]
    points: Array
    replications: int
    seed: int
    scenario_digest: str
    rules_digest: str
    settings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    chosen: NDArray[np.int64] | None = None

    @property
    def n_points(self) -> int:
        """Number of design points."""
        return len(self.points)

    @property
    def runs_per_group(self) -> int:
        """Number of runs of one arm and pack; where only some are runs, the most that there could be."""
        return self.n_points * self.replications

    def __len__(self) -> int:
        full = len(self.arms) * len(self.packs) * self.runs_per_group
        return full if self.chosen is None else len(self.chosen)

    def index(self, rows: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        """Return positions of arm, pack, point and replication of some rows, each `(n_rows,)`."""
        shape = (len(self.arms), len(self.packs), self.n_points, self.replications)
        found = np.unravel_index(rows if self.chosen is None else self.chosen[rows], shape)
        return dict(zip(("arm", "pack", "point", "replication"), found, strict=True))

    def seeds(self) -> list[int]:
        """Return the seed of each replication."""
        return self._seeds

    @cached_property
    def _seeds(self) -> list[int]:
        return [replication_seed(self.seed, k) for k in range(self.replications)]

    def to_runs(self, rows: Sequence[int] | NDArray[np.int64] | None = None) -> Runs:
        """Return the runs of some rows (all if None) as input of the engine; every value is filled in."""
        chosen = np.arange(len(self)) if rows is None else np.asarray(rows, dtype=np.int64)
        index, seeds = self.index(chosen), self.seeds()
        own = np.array([baseline(self.parameters, self.settings.get(pack, {})) for pack in self.packs])
        values = {}
        for column, path in enumerate(self.parameters):
            said = self.points[index["point"], column]
            values[path] = np.where(np.isnan(said), own[index["pack"], column], said)
        return Runs(
            [self.arms[i] for i in index["arm"]],
            [self.packs[i] for i in index["pack"]],
            [seeds[k] for k in index["replication"]],
            values,
        )

    def keys(self, rows: Sequence[int] | NDArray[np.int64] | None = None) -> list[str]:
        """Return the identity of some runs (all if None): 32 hexadecimal digits each, no two alike.

        It rests on scenario, rules, arm, pack, seed and the values of parameters that differ from
        their defaults, not on the place of the row: a larger design of the same luck holds the keys of a smaller one.
        """
        chosen = np.arange(len(self)) if rows is None else np.asarray(rows, dtype=np.int64)
        index, seeds, values = self.index(chosen), self.seeds(), self._value_digests
        base = f"{self.scenario_digest} {self.rules_digest}"
        starts = [[f"{base} {arm} {pack} " for pack in self.packs] for arm in self.arms]
        columns = (index[name].tolist() for name in ("arm", "pack", "point", "replication"))
        texts = (
            f"{starts[arm][pack]}{values[pack][point]} {seeds[k]}"
            for arm, pack, point, k in zip(*columns, strict=True)
        )
        return [hashlib.blake2b(text.encode(), digest_size=16).hexdigest() for text in texts]

    @cached_property
    def _value_digests(self) -> list[list[str]]:
        """Return for each pack and point a digest of the values that differ from the defaults of the rules."""
        return [self._digests_of(self.settings.get(pack, {})) for pack in self.packs]

    def _digests_of(self, settings: Mapping[str, float]) -> list[str]:
        defaults = baseline(self.parameters, {})
        values = np.where(np.isnan(self.points), baseline(self.parameters, settings), self.points)
        differs = values != defaults
        known = dict(zip(settings, baseline(tuple(settings), {}).tolist(), strict=True))
        fixed = {path: float(value) for path, value in settings.items()
                 if path not in self.parameters and value != known[path]}  # fmt: skip
        seen: Counter[str] = Counter()
        digests = []
        for row, is_other in zip(values.tolist(), differs.tolist(), strict=True):
            said = {path: value for path, value, other in zip(self.parameters, row, is_other, strict=True) if other}
            text = json.dumps({**fixed, **said}, sort_keys=True, separators=(",", ":"))
            # a point that a sample holds twice is told apart by its number, so that keys stay unique
            repeated = f"{text} {seen[text]}" if seen[text] else text
            seen[text] += 1
            digests.append(hashlib.blake2b(repeated.encode(), digest_size=16).hexdigest())
        return digests

    def groups(self) -> Iterator[tuple[str, str, NDArray[np.int64]]]:
        """Yield arm, pack and rows of each group that has any; the rows of a group follow one another."""
        size = self.runs_per_group
        for position, (arm, pack) in enumerate(itertools.product(self.arms, self.packs)):
            first, last = position * size, (position + 1) * size
            if self.chosen is not None:
                first, last = np.searchsorted(self.chosen, (first, last)).tolist()
            if first < last:
                yield arm, pack, np.arange(first, last)


def make_design(experiment: Experiment) -> Design:
    """Lay out the runs of an experiment.

    Raises
    ------
    DesignError
        If the design cannot be laid out, or needs a package that is not installed.
    """
    from demarche.rules.find import rules_digest

    paths = paths_of(experiment)
    n_points = count_points(experiment.design, experiment.vary, experiment.options, experiment.points)
    if n_points > MAX_RUNS or n_points * len(paths) > MAX_NUMBERS:
        raise _too_large(experiment, f"{n_points:,} points of {len(paths):,} parameters", f"{MAX_NUMBERS:,} values")
    points = design_points(experiment) + 0.0  # so that no zero is negative, which would count as another value
    design = Design(
        arms=tuple(experiment.arms),
        packs=tuple(experiment.packs),
        parameters=paths,
        points=points,
        replications=experiment.replications,
        seed=experiment.seed,
        scenario_digest=experiment.scenario.digest,
        rules_digest=rules_digest(),
        settings=pack_settings(experiment),
        chosen=chosen_runs(experiment, points),
    )
    if not 0 < len(design) <= MAX_RUNS:
        raise _too_large(experiment, f"{len(design):,} runs", f"1 to {MAX_RUNS:,}")
    return design


def _too_large(experiment: Experiment, found: str, expected: str) -> DesignError:
    fix = "lower points, values or replications"
    return DesignError([
        Problem(str(experiment.path), "the design cannot be laid out", found=found, expected=expected, fix=fix)
    ])  # fmt: skip
