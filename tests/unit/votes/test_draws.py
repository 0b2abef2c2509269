"""Draws from the posterior of the votes: reproducible, and as wide as it is."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.history.votes.draws import Drawn, draw, gaussian
from demarche.history.votes.features import FEATURES, labels
from demarche.history.votes.left_out import packaged_without
from demarche.history.votes.posterior import packaged_posterior, symmetric_root

N = 20_000
FAR = 5.5
"""Standard errors that no mean or covariance may be off by: rarer than 1 in 10,000 over all 1,500 that are compared."""


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    return draw(packaged_posterior(), 7, range(N))


def test_draws_have_the_mean_and_the_covariance_of_the_coefficients(drawn: Drawn) -> None:
    posterior = packaged_posterior()
    mean, covariance = posterior.mean, posterior.covariance
    variance = np.diag(covariance)
    assert drawn.coefficients.shape == (N, len(mean))
    assert (np.abs(drawn.coefficients.mean(axis=0) - mean) < FAR * np.sqrt(variance / N)).all()
    error = np.sqrt((np.outer(variance, variance) + covariance**2) / N)
    assert (np.abs(np.cov(drawn.coefficients.T) - covariance) < FAR * error).all()


def test_effects_are_drawn_apart_from_the_coefficients(drawn: Drawn) -> None:
    posterior = packaged_posterior()
    spread = np.sqrt(np.diag(posterior.effects_covariance))
    assert (np.abs(drawn.effects.mean(axis=0) - posterior.effects) < FAR * spread / np.sqrt(N)).all()
    assert (np.abs(drawn.effects.std(axis=0) / spread - 1) < FAR / np.sqrt(2 * N)).all()
    together = np.corrcoef(drawn.coefficients.T, drawn.effects.T)[: len(posterior.mean), len(posterior.mean) :]
    assert np.abs(together).max() < 6 / np.sqrt(N)


def test_a_draw_belongs_to_its_seed_and_number(drawn: Drawn) -> None:
    posterior = packaged_posterior()
    few = draw(posterior, 7, (5, 3))
    assert np.array_equal(few.coefficients, drawn.coefficients[[5, 3]])
    assert np.array_equal(few.effects, drawn.effects[[5, 3]])
    assert np.array_equal(draw(posterior, 7, (3,)).effects, few.effects[1:])
    assert not np.isclose(draw(posterior, 8, (5, 3)).coefficients, few.coefficients).any()


def test_the_order_of_coefficients_does_not_matter() -> None:
    covariance = np.array([[1.0, 0.6, 0.1], [0.6, 2.0, -0.4], [0.1, -0.4, 0.5]])
    turned = [2, 0, 1]
    one = gaussian("made", "abc", np.arange(3.0), symmetric_root(covariance), 1, range(4))
    root = symmetric_root(covariance[np.ix_(turned, turned)])
    other = gaussian("made", "cab", np.arange(3.0)[turned], root, 1, range(4))
    assert other == pytest.approx(one[:, turned])


def test_a_variance_of_nothing_is_no_luck() -> None:
    root = symmetric_root(np.array([[0.0, 0.0], [0.0, -1e-9]]))
    found = gaussian("made", "ab", np.array([1.0, 2.0]), root, 1, range(3))
    assert found == pytest.approx(np.tile([1.0, 2.0], (3, 1)))


def test_a_root_is_the_root_of_its_covariance() -> None:
    posterior = packaged_posterior()
    for root, covariance in (
        (posterior.root, posterior.covariance),
        (posterior.effects_root, posterior.effects_covariance),
        *((one.root, one.covariance) for one in packaged_without().values()),
    ):
        assert root == pytest.approx(root.T)
        assert root @ root == pytest.approx(covariance, abs=1e-4)  # digits of the file; variances below 0 are 0


def test_further_draws_do_not_decompose_a_covariance_again(monkeypatch: pytest.MonkeyPatch) -> None:
    # one of them takes up to 50 milliseconds on shared processors, and a chunk has a draw for each of its points
    posterior, without = packaged_posterior(), packaged_without()["CHN"]
    first = draw(posterior, 1, [3]), gaussian("votes", labels(FEATURES), without.mean, without.root, 1, [3])
    monkeypatch.setattr(np.linalg, "eigh", None)
    again = draw(posterior, 1, [3]), gaussian("votes", labels(FEATURES), without.mean, without.root, 1, [3])
    assert np.array_equal(first[0].effects, again[0].effects)
    assert np.array_equal(first[1], again[1])


def test_the_model_of_a_draw_has_its_values(drawn: Drawn) -> None:
    posterior = packaged_posterior()
    model = drawn.of(posterior, 2)
    assert np.array_equal(model.mean, drawn.coefficients[2])
    assert np.array_equal(model.effects, drawn.effects[2])
    assert np.array_equal(model.motions, posterior.motions)
