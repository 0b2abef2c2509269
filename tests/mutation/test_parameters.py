"""Mutation of numbers: twenty packaged parameters, drawn at random, are halved and doubled; pinned numbers notice.

The pinned numbers of tests/baselines are means over 24 seeds of every arm and account. Here some of those runs are made
again with each number changed: where one outcome or count of a pinned run differs, its mean does.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from demarche.arrays import Array
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import simulate
from demarche.rules.priors import uncertain_paths
from tests.baselines.kept import TOLERANCE
from tests.baselines.measuring import SEEDS, events_by_run, setup

SEED, DRAWN = 20261126, 20
ARM = "as_it_was"
LATE = ("focal.acts_on_recommendation", "focal.weighs_action")
"""Rules that act at the mid-term of the only review alone, after the pinned period: no pinned run can notice them."""
FACTORS = (0.5, 2.0)


def plain(whole: Setup, path: str, account: str) -> float:
    return float(whole.accounts[account].settings.get(path, whole.catalogue.parameters[path].default))


@cache
def drawn() -> tuple[str, ...]:
    """Return the parameters: links, base rates and numbers of rules that are not 0 in every account."""
    whole = setup()
    live = [path for path in uncertain_paths(whole.catalogue.rules) if not path.startswith(LATE)]
    paths = [path for path in live if any(plain(whole, path, account) for account in whole.accounts)]
    chosen = np.random.default_rng(SEED).choice(len(paths), DRAWN, replace=False)
    return tuple(sorted(paths[place] for place in chosen))


def changed(paths: tuple[str, ...], arms: tuple[str, ...], seeds: tuple[int, ...]) -> dict[str, list[str]]:
    """Return parameter -> numbers of pinned runs that differ when it is halved or doubled."""
    whole = setup()
    variants = [("", 1.0), *((path, factor) for path in paths for factor in FACTORS)]
    cells = [(path, factor, arm, account, seed) for path, factor in variants for arm in arms
             for account in whole.accounts for seed in seeds]  # fmt: skip
    values: dict[str, Array] = {}
    for one in paths:
        values[one] = np.array([
            plain(whole, one, account) * (factor if path == one else 1.0) for path, factor, _, account, _ in cells
        ])  # fmt: skip
    found = simulate(whole, Runs([cell[2] for cell in cells], [cell[3] for cell in cells],
                                 [cell[4] for cell in cells], values))  # fmt: skip
    table = {**found.outcomes, **events_by_run(found, len(cells))}
    n = len(cells) // len(variants)
    differ: dict[str, list[str]] = {path: [] for path in paths}
    for number, (path, factor) in enumerate(variants[1:], 1):
        differ[path] += [
            f"{name} x {factor}"
            for name, column in table.items()
            if not np.allclose(column[:n], column[number * n : (number + 1) * n], rtol=TOLERANCE, equal_nan=True)
        ]
    return differ


def noticed() -> dict[str, list[str]]:
    """Return parameter -> pinned numbers that notice: of a few pinned runs, or of more where none of those does."""
    found: dict[str, list[str]] = {path: [] for path in drawn()}
    others = [((arm,), SEEDS) for arm in setup().arms if arm != ARM]
    for arms, seeds in (((ARM,), SEEDS[:2]), ((ARM,), SEEDS[2:8]), ((ARM,), SEEDS[8:]), *others):
        unseen = tuple(path for path, names in found.items() if not names)
        found |= changed(unseen, arms, seeds) if unseen else {}
    return found


@pytest.mark.long
def test_a_number_that_is_halved_or_doubled_is_noticed() -> None:
    """One test for all: processes that share the tests would each make all the runs again."""
    found = noticed()
    unseen = [path for path, names in found.items() if not names]
    assert not unseen, f"no pinned number notices that these are halved or doubled: {', '.join(unseen)}"
    assert tuple(found) == drawn()
    for path, names in found.items():
        print(f"{path}: {len(names)} pinned numbers notice, among them {names[0]}")


def test_twenty_are_drawn_of_several_kinds() -> None:
    assert len(set(drawn())) == DRAWN
    assert {path.partition(".")[0] in ("link", "rate") for path in drawn()} == {True, False}
