"""The logit of sponsoring, on made rows with a known answer."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.history.sponsors.known import FEATURES, AtRisk
from demarche.history.sponsors.model import LABELS, SPREADS, YEAR_SPREAD, Sponsoring, climb, fit


def test_the_mode_of_a_level_is_where_its_slope_vanishes() -> None:
    """Three of four sponsored; prior of 2: the mode solves 3 - 4 p = b / 4."""
    mean, covariance, evidence = climb(np.ones((4, 1)), np.array([True, True, True, False]), np.array([2.0]))
    chance = 1 / (1 + np.exp(-mean[0]))
    assert 3 - 4 * chance == pytest.approx(mean[0] / 4, abs=1e-8)
    curve = 4 * chance * (1 - chance) + 0.25
    assert covariance[0, 0] == pytest.approx(1 / curve)
    told = 3 * np.log(chance) + np.log(1 - chance)
    assert evidence == pytest.approx(told - mean[0] ** 2 / 8 - np.log(2) - np.log(curve) / 2)


def test_evidence_is_near_the_integral() -> None:
    x, sponsored = np.ones((6, 1)), np.array([True, True, False, False, False, False])
    _, _, evidence = climb(x, sponsored, np.array([1.0]))
    places = np.linspace(-8, 8, 4001)
    chance = 1 / (1 + np.exp(-places))
    density = chance**2 * (1 - chance) ** 4 * np.exp(-(places**2) / 2) / np.sqrt(2 * np.pi)
    exact = np.log(density.sum() * (places[1] - places[0]))
    assert evidence == pytest.approx(exact, abs=0.05)


def test_the_climb_finds_what_made_the_outcome() -> None:
    """20,000 rows with known coefficients; a miss of 0.15 is beyond six standard errors."""
    rng = np.random.default_rng(3)
    x = np.column_stack([np.ones(20_000), rng.normal(size=(20_000, 2))])
    truth = np.array([-1.0, 0.8, -0.5])
    sponsored = rng.random(20_000) < 1 / (1 + np.exp(-x @ truth))
    mean, _, _ = climb(x, sponsored, np.array([5.0, 5.0, 5.0]))
    assert np.abs(mean - truth).max() < 0.15


def test_chances_average_over_the_year_and_the_posterior() -> None:
    k = len(FEATURES)
    model = Sponsoring(0.5, np.zeros(k), np.ones(k), np.full(k + 1, 0.0), np.zeros((k + 1, k + 1)))
    assert model.chances(np.zeros((1, k)))[0] == pytest.approx(0.5)
    mean = np.zeros(k + 1)
    mean[0] = -2.0
    spread = np.zeros((k + 1, k + 1))
    spread[0, 0] = 3.0
    places = np.random.default_rng(1).normal(-2.0, np.sqrt(3.0 + YEAR_SPREAD**2), 400_000)
    found = Sponsoring(0.5, np.zeros(k), np.ones(k), mean, spread).chances(np.zeros((1, k)))[0]
    assert found == pytest.approx((1 / (1 + np.exp(-places))).mean(), abs=0.003)  # six standard errors


def rows(n: int, last: np.ndarray) -> AtRisk:
    values = np.zeros((n, len(FEATURES)))
    values[:, 0] = last
    return AtRisk(1996, tuple(f"S{i}" for i in range(n)), ("one",) * n, values, last > 0)


def test_a_feature_that_never_varies_stays_at_its_prior() -> None:
    last = np.array([1.0] * 10 + [0.0] * 30)
    model = fit([(rows(40, last), (last > 0) & (np.arange(40) != 3))])
    assert model.spread in SPREADS
    assert model.mean[1] > 0.5
    assert np.allclose(model.mean[2:], 0)
    assert np.allclose(np.diag(model.covariance)[2:], model.spread**2)
    assert len(model.mean) == len(LABELS)


def test_the_level_of_one_year_says_less_than_that_of_two() -> None:
    last = np.array([1.0] * 10 + [0.0] * 30)
    seen = (rows(40, last), (last > 0) & (np.arange(40) != 3))
    one, two = fit([seen]), fit([seen, seen])
    assert two.covariance[0, 0] < one.covariance[0, 0] - 0.3 * YEAR_SPREAD**2
