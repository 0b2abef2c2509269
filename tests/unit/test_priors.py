"""Priors: quantiles as stated, pairing of accounts, correlation within families, refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest

from demarche.accounts.priors import Prior, correlated_normals, draw_values, normals_of, range_prior
from demarche.errors import DesignError

DRAWS = range(100_000)
SEED = 1995
SHARE = (0.0, 1.0)
PRIORS = (
    Prior("odds", 1.6, 1.1, 4.0, "ln", (0.0, math.inf)),
    Prior("factor", 0.9, 0.02, 1.2, "ln", (0.0, math.inf)),
    Prior("rate", -0.05, -0.3, 0.2, "identity", (-1.0, 1.0)),
    Prior("share", 0.1, 0.02, 0.5, "logit", SHARE),
    Prior("high_share", 0.9, 0.4, 0.98, "logit", SHARE),
    Prior("one_sided", 0.0, 0.0, 0.4, "identity", SHARE),
    range_prior("range", 1.0, 0.0, 2.0),
    range_prior("wide", 5.0, 0.5, 60.0),
)


@pytest.mark.parametrize("prior", PRIORS, ids=lambda prior: prior.id)
def test_quantiles_of_draws_are_those_of_the_file_within_two_per_cent(prior: Prior) -> None:
    values = draw_values([prior], SEED, DRAWS)[prior.id]
    stated = np.array([prior.low, prior.median, prior.high])
    # 2 % of the number, or of the range where a number is 0 or crosses it
    room = 0.02 * np.maximum(np.abs(stated), (prior.high - prior.low) if prior.low <= 0 else 0.0)
    assert np.all(np.abs(np.quantile(values, [0.05, 0.5, 0.95]) - stated) <= room)
    assert prior.bounds[0] <= values.min()
    assert values.max() <= prior.bounds[1]


def test_an_uneven_range_has_two_slopes() -> None:
    prior = Prior("p", 1.0, 0.8, 3.0)
    np.testing.assert_allclose(prior.values(np.array([-1.645, -0.5, 0.0, 0.5, 1.645])),
                               [0.8, 1.0 - 0.5 * 0.2 / 1.645, 1.0, 1.0 + 0.5 * 2.0 / 1.645, 3.0])  # fmt: skip


def test_two_accounts_with_the_same_prior_get_the_same_value_and_others_the_same_place() -> None:
    first, second = (draw_values([Prior("a", 1.5, 1.0, 3.0, "ln")], SEED, range(50))["a"] for _ in range(2))
    np.testing.assert_array_equal(first, second)
    other = draw_values([Prior("a", 0.5, 0.2, 0.8, "ln")], SEED, range(50))["a"]
    np.testing.assert_array_equal(np.argsort(other), np.argsort(first))


def test_a_longer_list_of_draws_keeps_the_shorter_and_seeds_and_ids_differ() -> None:
    few, many = (normals_of("a", SEED, range(n)) for n in (10, 20))
    np.testing.assert_array_equal(many[:10], few)
    assert not np.isin(normals_of("a", SEED + 1, range(20)), many).any()
    assert not np.isin(normals_of("b", SEED, range(20)), many).any()


@pytest.mark.parametrize(("sign", "r"), [(1, 0.4), (-1, 0.4), (1, 0.0), (1, 1.0)])
def test_links_of_one_family_correlate_as_stated(sign: int, r: float) -> None:
    first = Prior("a", 1.0, 0.5, 2.0, family="word")
    second = Prior("b", 1.0, 0.5, 2.0, family="word", sign=sign)
    places = np.stack([correlated_normals(prior, SEED, DRAWS, r) for prior in (first, second)])
    found = float(np.corrcoef(places)[0, 1])
    # 4 standard errors of a correlation over 100,000 draws: a false alarm in 1 of 16,000
    assert abs(found - sign * r) <= 4 * (1 - r * r) / math.sqrt(len(DRAWS)) + 1e-12
    assert np.abs(places.std(axis=1) - 1).max() < 4 / math.sqrt(2 * len(DRAWS))


def test_priors_of_different_families_or_none_do_not_correlate() -> None:
    priors = [Prior("a", 1, 0, 2, family="word"), Prior("b", 1, 0, 2, family="law"), Prior("c", 1, 0, 2)]
    places = np.stack([correlated_normals(prior, SEED, DRAWS) for prior in priors])
    off = np.corrcoef(places)[np.triu_indices(3, 1)]
    assert np.abs(off).max() <= 4 / math.sqrt(len(DRAWS))


def test_a_prior_without_family_does_not_heed_r() -> None:
    prior = range_prior("a", 1.0, 0.0, 2.0)
    np.testing.assert_array_equal(*(draw_values([prior], SEED, range(9), r)["a"] for r in (0.0, 0.9)))


@pytest.mark.parametrize(
    ("prior", "words"),
    [
        ({"median": 0.5, "low": 0.0, "high": 1.0, "scale": "ln"}, "a low of 0 or less has no logarithm"),
        ({"median": 2.0, "low": 0.0, "high": 1.0}, "not in order"),
        ({"median": 0.5, "low": 0.0, "high": 1.0, "bounds": (0.1, 1.0)}, "not in order"),
        ({"median": 0.5, "low": 0.0, "high": 1.2, "scale": "logit"}, "outside 0 to 1"),
        ({"median": 0.5, "low": 0.0, "high": 1.2, "sign": 0}, "neither 1 nor -1"),
        ({"median": math.nan, "low": 0.0, "high": 1.2}, "not in order"),
    ],
)
def test_priors_that_cannot_be_are_refused(prior: dict[str, object], words: str) -> None:
    with pytest.raises(DesignError, match=words):
        Prior("bad", **prior)  # type: ignore[arg-type]


def test_a_correlation_outside_0_to_1_is_refused() -> None:
    with pytest.raises(DesignError, match="outside 0 to 1"):
        draw_values([range_prior("a", 1.0, 0.0, 2.0)], SEED, range(3), 1.2)


def test_places_are_put_together_from_pinned_luck() -> None:
    """Family at sqrt(0.36) = 0.6 with its sign, own at 0.8; a changed luck changes every drawn parameter."""
    prior = Prior("a.b.c", 1.0, 0.5, 2.0, "ln", family="word", sign=-1)
    own, shared = normals_of("a.b.c", 7, range(5)), normals_of("family word", 7, range(5))
    np.testing.assert_allclose(correlated_normals(prior, 7, range(5), 0.36), 0.8 * own - 0.6 * shared)
    np.testing.assert_allclose(normals_of("a.b.c", 7, [0, 3]), [1.9521939027095918, 0.564330460677119], rtol=1e-12)
