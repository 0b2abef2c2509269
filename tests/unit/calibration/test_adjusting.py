"""Regression adjustment and matching on a world of which the answer is known: numbers linear in few parameters."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.analysis.calibration.adjusting import (
    PRIOR_WIDTH,
    Near,
    adjusted,
    least_near,
    nearest,
    noisy,
    quantiles,
    resampled,
    widths,
)
from demarche.analysis.calibration.coverage import coverage
from demarche.analysis.calibration.matching import CUT, Target, fit, implausibility, kept, target_of
from demarche.analysis.calibration.measures import Measured
from demarche.analysis.calibration.narrowing import narrowed_by

pytest.importorskip("sklearn")

N, PARAMETERS = 600, 30
LUCK = 0.5


def world(n: int = N, seed: int = 1) -> tuple[np.ndarray, Measured, np.ndarray]:
    """Return places, numbers and draws of runs: the first number tells parameter 0, the second is luck alone."""
    rng = np.random.default_rng(seed)
    places = rng.standard_normal((n, PARAMETERS))
    first = places[:, 0] + LUCK * rng.standard_normal(n)
    values = np.column_stack([first, rng.standard_normal(n)])
    return places, Measured(("telling", "luck"), values, np.array([0.1, 0.1])), np.arange(n)


def record(telling: float, luck: float = 0.0) -> Measured:
    return Measured(("telling", "luck"), np.array([[telling, luck]]), np.array([0.1, 0.1]))


def test_the_posterior_is_that_of_the_conjugate_normal() -> None:
    places, runs, _ = world(4000)
    target, missed = target_of(record(1.0), runs, 0.0)
    assert not missed
    near = nearest(noisy(runs, target, 3), target.values)
    after = adjusted(places[near.rows], near)
    width = widths(after, near.weights)
    noise = LUCK**2 + 0.1**2
    exact = np.sqrt(noise / (1.0 + noise))
    assert width[0] == pytest.approx(exact, rel=0.15)
    assert quantiles(after, near.weights, (0.5,))[0, 0] == pytest.approx(1.0 / (1.0 + noise), abs=0.12)
    assert np.median(width[1:]) == pytest.approx(1.0, abs=0.05)


def test_what_a_regression_uses_up_is_given_back() -> None:
    """200 parameters, sums of 12 numbers and noise of 1, from 80 runs: unwidened, the noise would come out as 0.92."""
    rng = np.random.default_rng(6)
    scores, noise = rng.standard_normal((80, 12)), rng.standard_normal((80, 200))
    places = scores @ rng.standard_normal((12, 200)) + noise
    after = adjusted(places, Near(np.arange(80), np.full(80, 1 / 80), scores, 1.0))
    assert after.std(axis=0).mean() == pytest.approx(1.0, abs=0.03)


def test_only_what_the_numbers_tell_is_narrowed() -> None:
    places, runs, _ = world(2000)
    target, _ = target_of(record(1.6), runs, 0.0)
    near = nearest(noisy(runs, target, 3), target.values)
    paths = [f"p{number}" for number in range(PARAMETERS)]
    found = narrowed_by(paths, places[near.rows], near, 5)
    assert [one.path for one in found if one.narrowed] == ["p0"]
    assert found[0].path == "p0"
    assert found[0].moved


def test_emulators_rule_out_what_is_far_from_the_record_and_nothing_by_luck() -> None:
    places, runs, draws = world()
    target, _ = target_of(record(2.2), runs, 0.0)
    emulators = list(fit(places, runs, draws))
    assert emulators[0].told == pytest.approx(1.0 / (1.0 + LUCK**2), abs=0.08)
    assert emulators[1].model is None or emulators[1].told < 0.05
    off = implausibility(emulators, target, places)
    left = kept(emulators, target, places)
    assert 0.2 < left.mean() < 0.95
    assert places[left, 0].mean() > places[~left, 0].mean() + 1.0
    assert (off[:, 1] <= CUT).all()


def test_a_number_that_no_draw_reaches_is_missed_and_not_matched() -> None:
    _, runs, _ = world()
    target, missed = target_of(record(30.0), runs)
    assert target.names == ("luck",)
    assert missed["telling"] > CUT


def test_a_stated_discrepancy_widens_what_lies_between_runs_and_record() -> None:
    _, runs, _ = world()
    close, far = (target_of(record(1.0), runs, share)[0].noise for share in (0.0, 1.0))
    assert close.tolist() == [0.1, 0.1]
    assert far == pytest.approx(np.hypot(0.1, runs.values.std(axis=0)))


def test_runs_of_which_a_number_cannot_be_taken_are_no_match() -> None:
    values = np.random.default_rng(2).standard_normal((200, 2))
    values[:150, 1] = np.nan
    near = nearest(values, np.zeros(2), 0.5)
    assert (near.rows >= 150).all()
    assert near.complete == 0.25
    assert near.weights.sum() == pytest.approx(1.0)


def test_a_regression_on_many_numbers_rests_on_enough_runs() -> None:
    values = np.random.default_rng(2).standard_normal((400, 19))
    assert len(nearest(values, np.zeros(19)).rows) == least_near(19) == 200
    assert len(nearest(values[:150], np.zeros(19)).rows) == 150
    assert len(nearest(np.tile(values, (3, 1)), np.zeros(19)).rows) == 360


@pytest.mark.long
def test_a_synthetic_history_is_learned_from_as_the_record_is() -> None:
    """A number far out of what runs reach is left out, as it is of the record."""
    places, runs, draws = world(900)
    far = runs.values.copy()
    far[:12, 1] = 40.0  # the second number of the first histories is out of reach, and rules out every run
    target, _ = target_of(record(0.0), runs, 0.0)
    found = coverage(places, Measured(runs.names, far, runs.errors), draws, target, 7, 12)
    assert found.left > 0.5  # with the number that no run reaches, no run would be left
    assert found.all == pytest.approx(0.8, abs=0.06)
    assert found.narrowed_intervals >= 10
    assert found.narrowed_low <= found.narrowed <= found.narrowed_high


def test_weighted_quantiles_and_draws_of_equal_weight() -> None:
    values = np.arange(4.0)[:, None]
    assert quantiles(values, np.full(4, 0.25), (0.5,))[0, 0] == pytest.approx(1.5)
    assert quantiles(values, np.array([0.0, 0.0, 0.0, 1.0]), (0.5,))[0, 0] == pytest.approx(3.0)
    drawn = resampled(values, np.array([0.5, 0.0, 0.25, 0.25]), 8, 1)[:, 0]
    assert sorted(drawn) == [0.0] * 4 + [2.0] * 2 + [3.0] * 2
    normal = np.random.default_rng(1).standard_normal((40_000, 1))
    assert widths(normal, np.full(40_000, 1 / 40_000))[0] == pytest.approx(1.0, abs=0.02)
    assert pytest.approx(2.563, abs=1e-3) == PRIOR_WIDTH


@pytest.mark.long
def test_intervals_hold_the_truth_of_synthetic_histories() -> None:
    """By the binomial: 20 histories, one informed parameter; coverage over all parameters within 0.7 to 0.9."""
    places, runs, draws = world(1500)
    target, _ = target_of(record(0.0), runs, 0.0)
    found = coverage(places, runs, draws, target, 7)
    assert found.histories == 20
    assert 0.7 <= found.all <= 0.9
    assert 0.5 <= found.informed <= 1.0
    assert found.truths_left >= 0.8


def test_a_posterior_that_is_too_narrow_would_be_seen() -> None:
    """The check can fail: a target that hides the luck of the record makes intervals that miss the truth."""
    places, runs, draws = world(1500)
    wrong = Measured(runs.names, np.column_stack([places[:, 0] * 3.0, runs.values[:, 1]]), runs.errors)
    target = Target(runs.names, np.zeros(2), np.full(2, 0.01), np.zeros(2))
    near = nearest(noisy(wrong, target, 1), np.array([3.0 * places[0, 0] + 2.0, 0.0]))
    low, high = quantiles(adjusted(places[near.rows], near), near.weights, (0.1, 0.9))
    assert not low[0] <= places[0, 0] <= high[0]
    assert len(draws) == len(places)
