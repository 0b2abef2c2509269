"""Accounts that are equally good are hardly ever ranked, whatever the number of pairs; clearly better ones are."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from demarche.history.scorecard.ranking import FAMILY, difference, differences

PATTERNS, RUNS, RESAMPLES = 8, 60, 200


def family(seed: int, better: float = 0.0, n_accounts: int = 4) -> dict[str, np.ndarray]:
    """Return scores as found and resampled of accounts that share patterns and luck, the first better by so much.

    What an account makes of a pattern differs by pattern; runs of a pattern have luck that accounts share in part.
    """
    rng = np.random.default_rng(seed)
    hard, shared = rng.normal(0, 5, PATTERNS), rng.normal(0, 3, (PATTERNS, RUNS))
    picked = rng.integers(RUNS, size=(RESAMPLES, RUNS))
    found = {}
    for number in range(n_accounts):
        own = rng.normal(0, 1 + number / 2, PATTERNS) + (better if number == 0 else 0.0)
        values = (hard + own)[:, None] + shared + rng.normal(0, 2, (PATTERNS, RUNS))
        found[f"T{number}"] = np.column_stack([np.r_[one.mean(), one[picked].mean(axis=1)] for one in values])
    return found


@pytest.mark.long
def test_equal_accounts_are_ranked_in_one_family_of_twenty_at_most() -> None:
    """Held pair by pair against 95 % they would be ranked far more often: that is what the family is for."""
    n, together, each = 400, 0, 0
    for seed in range(n):
        scores = family(seed)
        together += any(one.is_clear for one in differences(scores))
        each += any(difference(a, b, scores[a] - scores[b], 0.05).is_clear for a, b in combinations(scores, 2))
    assert together / n <= FAMILY + 2 * math.sqrt(FAMILY * (1 - FAMILY) / n)
    assert each / n > 2 * FAMILY


def test_an_account_that_is_better_beyond_the_error_is_ranked() -> None:
    found = [differences(family(seed, better=8.0)) for seed in range(5)]
    assert all(one.is_clear and one.mean > 0 for some in found for one in some if one.first == "T0")


def test_the_interval_is_that_of_students_t_over_patterns_shared_out_among_pairs() -> None:
    """Runs that tell their pattern without error: only patterns differ, and the mean has the error of the textbook."""
    rng = np.random.default_rng(3)
    rows = rng.normal(1.0, 2.0, (3, PATTERNS))
    tables = {f"T{at}": np.tile(row, (20_001, 1)) for at, row in enumerate(rows)}
    for one, (a, b) in zip(differences(tables), combinations(range(3), 2), strict=True):
        wanted = stats.ttest_1samp(rows[a] - rows[b], 0.0).confidence_interval(1.0 - FAMILY / 3)
        assert (one.low, one.high) == pytest.approx((wanted.low, wanted.high), abs=0.02 * (wanted.high - wanted.low))
