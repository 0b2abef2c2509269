"""The design table: from an experiment to one row a run, each with an identity that never changes."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.engine.setup import Runs
from demarche.errors import DesignError, Problem
from demarche.experiment.design.baseline import baseline, pack_settings
from demarche.experiment.design.checks import MAX_NUMBERS, MAX_RUNS
from demarche.experiment.design.experiment import Experiment
from demarche.experiment.design.layout import (
    chosen_runs,
    count_points,
    design_points,
    method_of,
    paths_of,
    points_by_pack,
)
from demarche.experiment.design.method import PLACES, SeedOf
from demarche.experiment.design.seeds import same_at_every_point
from demarche.rules.collected import Catalogue
from demarche.rules.contract import Parameter

__all__ = ["MAX_RUNS", "Design", "make_design"]

Company = Callable[[str, str], Hashable]
"""Arm and pack -> what runs must have in common to be simulated side by side."""


def of_one_kind(arm: str, pack: str) -> Hashable:
    """Let only runs of the same arm and pack share chunks."""
    return arm, pack


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
    catalogue
        The rules that the parameters belong to.
    scenario_digest, rules_digest
        What the identity of a run rests on besides its own row.
    settings
        Pack -> path -> value, where the account or the scenario differs from the default of the rules.
    own_points
        Pack -> its own points, where packs do not share those of `points`.
    places
        What points and replications are called in tables.
    chosen
        Sorted places `(n_runs,)` in the product of arms, packs, points and replications, if only
        some of them are runs; None for all.
    seed_of
        Seed of the luck of a run from the seed of the experiment, its point and its replication.
    company
        What runs must have in common to share a chunk.
    """

    arms: tuple[str, ...]
    packs: tuple[str, ...]
    parameters: tuple[str, ...]
    points: Array
    replications: int
    seed: int
    catalogue: Catalogue
    scenario_digest: str
    rules_digest: str
    settings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    chosen: NDArray[np.int64] | None = None
    seed_of: SeedOf = same_at_every_point
    company: Company = of_one_kind
    own_points: Mapping[str, Array] = field(default_factory=dict)
    places: tuple[str, str] = PLACES

    @property
    def varied(self) -> dict[str, Parameter]:
        """Parameters that vary, by path."""
        return {path: self.catalogue.parameters[path] for path in self.parameters}

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

    def _seeds(self, index: Mapping[str, NDArray[np.int64]]) -> list[int]:
        """Return the seed of each of some rows; it follows from point and replication."""
        pairs = index["point"] * self.replications + index["replication"]
        known, place = np.unique(pairs, return_inverse=True)
        seeds = [self.seed_of(self.seed, *divmod(pair, self.replications)) for pair in known.tolist()]
        return [seeds[i] for i in place.tolist()]

    def to_runs(self, rows: Sequence[int] | NDArray[np.int64] | None = None) -> Runs:
        """Return the runs of some rows (all if None) as input of the engine; every value is filled in."""
        chosen = np.arange(len(self)) if rows is None else np.asarray(rows, dtype=np.int64)
        index = self.index(chosen)
        values = {path: np.empty(len(chosen)) for path in self.parameters}
        for number, pack in enumerate(self.packs):
            mine = np.flatnonzero(index["pack"] == number)
            said = self.values_of(pack)[index["point"][mine]]
            for column, path in enumerate(self.parameters):
                values[path][mine] = said[:, column]
        return Runs(
            [self.arms[i] for i in index["arm"]],
            [self.packs[i] for i in index["pack"]],
            self._seeds(index),
            values,
        )

    def values_of(self, pack: str) -> Array:
        """Return the values `(n_points, n_parameters)` of the parameters in a pack, every one filled in."""
        return self._filled[pack]

    @cached_property
    def _filled(self) -> dict[str, Array]:
        found: dict[str, Array] = {}
        for pack in self.packs:
            points = self.own_points.get(pack, self.points)
            missing = np.isnan(points)
            own = baseline(self.catalogue, self.parameters, self.settings.get(pack, {}))
            found[pack] = np.where(missing, own, points) if missing.any() else points
        return found

    def keys(self, rows: Sequence[int] | NDArray[np.int64] | None = None) -> list[str]:
        """Return the identity of some runs (all if None): 32 hexadecimal digits each, no two alike.

        It rests on scenario, rules, arm, pack, seed and the values of parameters that differ from
        their defaults, not on the place of the row: a larger design of the same luck holds the keys of a smaller one.
        """
        chosen = np.arange(len(self)) if rows is None else np.asarray(rows, dtype=np.int64)
        index, values = self.index(chosen), self._value_digests
        base = f"{self.scenario_digest} {self.rules_digest}"
        starts = [[f"{base} {arm} {pack} " for pack in self.packs] for arm in self.arms]
        columns = (index[name].tolist() for name in ("arm", "pack", "point"))
        texts = (
            f"{starts[arm][pack]}{values[pack][point]} {seed}"
            for arm, pack, point, seed in zip(*columns, self._seeds(index), strict=True)
        )
        return [hashlib.blake2b(text.encode(), digest_size=16).hexdigest() for text in texts]

    @cached_property
    def _value_digests(self) -> list[list[str]]:
        """Return for each pack and point a digest of the values that differ from the defaults of the rules."""
        return [self._digests_of(self.values_of(pack), self.settings.get(pack, {})) for pack in self.packs]

    def _digests_of(self, values: Array, settings: Mapping[str, float]) -> list[str]:
        defaults = baseline(self.catalogue, self.parameters, {})
        differs = (values != defaults) & ~(np.isnan(values) & np.isnan(defaults))
        known = dict(zip(settings, baseline(self.catalogue, tuple(settings), {}).tolist(), strict=True))
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

    def companies(self) -> Iterator[NDArray[np.int64]]:
        """Yield the rows of all runs that may share chunks, company by company, in order of first appearance."""
        rows: dict[Hashable, list[NDArray[np.int64]]] = {}
        for arm, pack, group in self.groups():
            rows.setdefault(self.company(arm, pack), []).append(group)
        for groups in rows.values():
            yield np.concatenate(groups)

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
    from demarche.scenario.load import compile_scenario

    paths = paths_of(experiment)
    n_points = count_points(experiment)
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
        catalogue=experiment.scenario.catalogue,
        scenario_digest=experiment.scenario.digest,
        rules_digest=rules_digest(),
        settings=pack_settings(experiment),
        chosen=chosen_runs(experiment, points),
        seed_of=method_of(experiment).seed_of,
        company=compile_scenario(experiment.scenario).company,
        own_points=points_by_pack(experiment),
        places=method_of(experiment).places,
    )
    if not 0 < len(design) <= MAX_RUNS:
        raise _too_large(experiment, f"{len(design):,} runs", f"1 to {MAX_RUNS:,}")
    return design


def _too_large(experiment: Experiment, found: str, expected: str) -> DesignError:
    fix = "lower points, values or replications"
    return DesignError([
        Problem(str(experiment.path), "the design cannot be laid out", found=found, expected=expected, fix=fix)
    ])  # fmt: skip
