"""Scores, rivals and skill on cases that can be done by hand."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.analysis.hindcast.baselines import base_rate, persistence, real_persistence, transitions
from demarche.analysis.hindcast.scoring import brier, crps, skill

HABIT = np.array([[1.0, 1.0, 1.0], [0.0, 0.0, np.nan], [np.nan, np.nan, np.nan]])


def test_transitions_and_base_rate_by_hand() -> None:
    np.testing.assert_allclose(transitions(HABIT, 2), [[1.5 / 2.0, 0.5 / 2.0], [0.5 / 3.0, 2.5 / 3.0]])
    np.testing.assert_allclose(base_rate(HABIT, 2), [2.5 / 6.0, 3.5 / 6.0])


def test_persistence_goes_on_from_the_last_known_stance() -> None:
    found = persistence(HABIT, 2)
    np.testing.assert_allclose(found[0], [0.5 / 3.0, 2.5 / 3.0])
    np.testing.assert_allclose(found[1], [0.75, 0.25])
    np.testing.assert_allclose(found[2], base_rate(HABIT, 2))
    np.testing.assert_allclose(found.sum(axis=1), 1.0)


def test_a_series_that_stood_still_is_expected_to_stand_still() -> None:
    assert real_persistence(np.array([2.0, 2.0, 2.0])).tolist() == [2.0, 2.0, 2.0]
    assert sorted(real_persistence(np.array([1.0, 3.0, 2.0]))) == [1.0, 2.0, 4.0]


def test_brier_score_by_hand() -> None:
    chances = np.array([[0.0, 1.0], [0.5, 0.5], [1.0, 0.0]])
    np.testing.assert_allclose(brier(chances, np.array([1, 1, 1])), [0.0, 0.5, 2.0])


def test_crps_is_the_area_between_distribution_and_step() -> None:
    even = np.array([0.5, 0.5])
    assert crps(np.array([0.0, 2.0]), even, 1.0) == pytest.approx(0.5)
    assert crps(np.array([0.0, 2.0]), even, 3.0) == pytest.approx(1.5)
    assert crps(np.array([0.0, 9.0]), np.array([1.0, 0.0]), 2.0) == pytest.approx(2.0)


def test_skill_has_the_sign_of_who_is_better_and_is_unsure_with_one_cluster_of_each_sign() -> None:
    half, clusters = np.full(40, 0.5), np.arange(40)
    better = skill(half / 2, half, clusters, 1)
    assert (better.skill, better.low, better.high) == pytest.approx((0.5, 0.5, 0.5))
    assert better.surely
    assert not skill(half * 2, half, clusters, 1).surely
    mixed = skill(np.array([0.0, 1.2]), np.array([0.5, 0.5]), np.arange(2), 1)
    assert mixed.low < 0.0 < mixed.high


def test_facts_of_one_cluster_stay_together() -> None:
    model = np.repeat([0.1, 0.9, 0.1, 0.9], 25)
    alone = skill(model, np.full(100, 0.5), np.arange(100), 1)
    together = skill(model, np.full(100, 0.5), np.repeat(np.arange(4), 25), 1)
    assert together.high - together.low > 2.0 * (alone.high - alone.low)
