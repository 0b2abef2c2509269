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
from demarche.experiment.design.baseline import account_settings, baseline
from demarche.experiment.design.checks import MAX_NUMBERS, MAX_RUNS
from demarche.experiment.design.experiment import Experiment
from demarche.experiment.design.layout import (
    chosen_runs,
    count_points,
    design_points,
    method_of,
    paths_of,
    points_by_account,
)
from demarche.experiment.design.method import PLACES, SeedOf
from demarche.experiment.design.seeds import same_at_every_point
from demarche.rules.collected import Catalogue
from demarche.rules.contract import Parameter

__all__ = ["MAX_RUNS", "Design", "make_design"]

Company = Callable[[str, str], Hashable]
"""Arm and account -> what runs must have in common to be simulated side by side."""


def of_one_kind(arm: str, account: str) -> Hashable:
    """Let only runs of the same arm and account share chunks."""
    return arm, account


@dataclass(frozen=True, eq=False)
class Design:
    """The table of runs of an experiment: arms x accounts x design points x replications, in that order.

    Parameters
    ----------
    arms, accounts
        Names, in the order of the experiment.
    parameters
        Paths of the parameters that vary.
    points
        Their values `(n_points, n_parameters)`; a missing value leaves the parameter as the account has it.
    replications
        Runs of each arm, account and point.
    seed
        Seed of the experiment.
    catalogue
        The rules that the parameters belong to.
    scenario_digest, rules_digest
        What the identity of a run rests on besides its own row.
    settings
        Account -> path -> value, where the account or the scenario differs from the default of the rules.
    own_points
        Account -> its own points, where accounts do not share those of `points`.
    places
        What points and replications are called in tables.
    chosen
        Sorted places `(n_runs,)` in the product of arms, accounts, points and replications, if only
        some of them are runs; None for all.
    seed_of
        Seed of the luck of a run from the seed of the experiment, its point and its replication.
    company
        What runs must have in common to share a chunk.
    """

    arms: tuple[str, ...]
    accounts: tuple[str, ...]
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
        """Number of runs of one arm and account; where only some are runs, the most that there could be."""
        return self.n_points * self.replications

    def __len__(self) -> int:
        full = len(self.arms) * len(self.accounts) * self.runs_per_group
        return full if self.chosen is None else len(self.chosen)

    def index(self, rows: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        """Return positions of arm, account, point and replication of some rows, each `(n_rows,)`."""
        shape = (len(self.arms), len(self.accounts), self.n_points, self.replications)
        found = np.unravel_index(rows if self.chosen is None else self.chosen[rows], shape)
        return dict(zip(("arm", "account", "point", "replication"), found, strict=True))

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
        for number, account in enumerate(self.accounts):
            mine = np.flatnonzero(index["account"] == number)
            said = self.values_of(account)[index["point"][mine]]
            for column, path in enumerate(self.parameters):
                values[path][mine] = said[:, column]
        return Runs(
            [self.arms[i] for i in index["arm"]],
            [self.accounts[i] for i in index["account"]],
            self._seeds(index),
            values,
        )

    def values_of(self, account: str) -> Array:
        """Return the values `(n_points, n_parameters)` of the parameters in an account, every one filled in."""
        return self._filled[account]

    @cached_property
    def _filled(self) -> dict[str, Array]:
        found: dict[str, Array] = {}
        for account in self.accounts:
            points = self.own_points.get(account, self.points)
            missing = np.isnan(points)
            own = baseline(self.catalogue, self.parameters, self.settings.get(account, {}))
            found[account] = np.where(missing, own, points) if missing.any() else points
        return found

    def keys(self, rows: Sequence[int] | NDArray[np.int64] | None = None) -> list[str]:
        """Return the identity of some runs (all if None): 32 hexadecimal digits each, no two alike.

        It rests on scenario, rules, arm, account, seed and the values of parameters that differ from
        their defaults, not on the place of the row: a larger design of the same luck holds the keys of a smaller one.
        """
        chosen = np.arange(len(self)) if rows is None else np.asarray(rows, dtype=np.int64)
        index, values = self.index(chosen), self._value_digests
        base = f"{self.scenario_digest} {self.rules_digest}"
        starts = [[f"{base} {arm} {account} " for account in self.accounts] for arm in self.arms]
        columns = (index[name].tolist() for name in ("arm", "account", "point"))
        texts = (
            f"{starts[arm][account]}{values[account][point]} {seed}"
            for arm, account, point, seed in zip(*columns, self._seeds(index), strict=True)
        )
        return [hashlib.blake2b(text.encode(), digest_size=16).hexdigest() for text in texts]

    @cached_property
    def _value_digests(self) -> list[list[str]]:
        """Return for each account and point a digest of the values that differ from the defaults of the rules."""
        return [self._digests_of(self.values_of(account), self.settings.get(account, {})) for account in self.accounts]

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
        for arm, account, group in self.groups():
            rows.setdefault(self.company(arm, account), []).append(group)
        for groups in rows.values():
            yield np.concatenate(groups)

    def groups(self) -> Iterator[tuple[str, str, NDArray[np.int64]]]:
        """Yield arm, account and rows of each group that has any; the rows of a group follow one another."""
        size = self.runs_per_group
        for position, (arm, account) in enumerate(itertools.product(self.arms, self.accounts)):
            first, last = position * size, (position + 1) * size
            if self.chosen is not None:
                first, last = np.searchsorted(self.chosen, (first, last)).tolist()
            if first < last:
                yield arm, account, np.arange(first, last)


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
        accounts=tuple(experiment.accounts),
        parameters=paths,
        points=points,
        replications=experiment.replications,
        seed=experiment.seed,
        catalogue=experiment.scenario.catalogue,
        scenario_digest=experiment.scenario.digest,
        rules_digest=rules_digest(),
        settings=account_settings(experiment),
        chosen=chosen_runs(experiment, points),
        seed_of=method_of(experiment).seed_of,
        company=compile_scenario(experiment.scenario).company,
        own_points=points_by_account(experiment),
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
