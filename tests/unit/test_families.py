"""Grouped indices on functions of which they are known, and groups of the priors of an account."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.accounts.packaged import common_account
from demarche.analysis.sensitivity.families import LUCK, NUMBERS, RATES, Index, groups_of, indices, mixed
from demarche.cli.say.families import leading
from demarche.rules.find import packaged
from demarche.rules.priors import priors_of, uncertain_paths

N = 6000
GROUPS = {"a": np.array([0, 1]), "b": np.array([2])}


def analysed(function: object) -> dict[str, Index]:
    assert callable(function)
    rng = np.random.default_rng(4)
    first, second = rng.standard_normal((2, N, 3))
    luck = rng.standard_normal(2 * N)
    rows, lucks = mixed(first, second, GROUPS)
    values = function(rows, luck[lucks]).reshape(-1, N)
    return {one.group: one for one in indices("x", (*GROUPS, LUCK), values, 1)}


def test_shares_of_a_sum_are_those_of_its_variances() -> None:
    found = analysed(lambda z, luck: z[:, 0] + z[:, 1] + 2.0 * z[:, 2] + np.sqrt(2.0) * luck)
    for group, share in {"a": 0.25, "b": 0.5, LUCK: 0.25}.items():
        for value, low, high in (found[group].first, found[group].total):
            assert value == pytest.approx(share, abs=0.05)
            assert low < share < high or value == pytest.approx(share, abs=0.03)


def test_what_acts_only_together_is_in_the_total_alone() -> None:
    found = analysed(lambda z, luck: z[:, 0] * z[:, 2])
    assert found["a"].first[0] == pytest.approx(0.0, abs=0.08)
    assert found["a"].total[0] == pytest.approx(1.0, abs=0.08)
    assert found[LUCK].total[0] == 0.0


def test_missing_values_are_left_out_and_constants_have_no_index() -> None:
    values = np.random.default_rng(1).standard_normal((4, 50))
    whole = list(indices("x", ("a", "b"), values, 1))
    with_gap = np.hstack([values, np.full((4, 1), np.nan)])
    assert list(indices("x", ("a", "b"), with_gap, 1)) == whole
    assert not list(indices("x", ("a", "b"), np.ones((4, 50)), 1))


def test_each_parameter_belongs_to_one_group() -> None:
    catalogue = packaged()
    priors = priors_of(catalogue, common_account(), uncertain_paths(catalogue.rules), {})
    groups = groups_of(priors)
    assert sorted(np.concatenate(list(groups.values())).tolist()) == list(range(len(priors)))
    assert list(groups)[-2:] == [RATES, NUMBERS]
    assert {"links: word", "links: dialogue"} <= set(groups)


def index(group: str, low: float, total: float, high: float) -> Index:
    return Index("releases", group, (0.0, -0.1, 0.1), (total, low, high))


def test_what_decides_most_is_named_only_if_it_is_told_apart() -> None:
    first, near = index("luck", 0.5, 0.8, 1.1), index("base rates", 0.2, 0.4, 0.6)
    far = index("links: law", 0.0, 0.1, 0.2)
    assert leading([far, first]) == "releases: luck decides most (total 0.80)."
    told = "which group decides most is not told; it may be luck (the largest estimate, total 0.80), base rates."
    assert leading([near, far, first]) == f"releases: {told}"
    assert leading([]) == ""
