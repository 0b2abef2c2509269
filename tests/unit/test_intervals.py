"""Intervals of a mean over crossed clusters, against numbers worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from demarche.analysis.comparison.contrast import LOWER, UPPER, Contrast, halves
from demarche.analysis.comparison.differences import differences
from demarche.analysis.comparison.intervals import Estimate, estimate, luck_error, welch
from demarche.analysis.comparison.units import POINT_GROUP

# Two design points by three replications: a point moves a value by -2 or 2, a replication by -3, 0 or 3. The mean is
# 0. Clusters by point sum to -6 and 6: variance 2/1 x (36 + 36) / 36 = 4. By replication to -6, 0 and 6:
# 3/2 x 72 / 36 = 3. Single values: 6/5 x (25 + 4 + 1 + 1 + 4 + 25) / 36 = 2. Crossed: 4 + 3 - 2 = 5.
POINT = np.repeat([0, 1], 3)
REPLICATION = np.tile([0, 1, 2], 2)
VALUES = np.array([-2.0, 2.0])[POINT] + np.array([-3.0, 0.0, 3.0])[REPLICATION]
BY_POINT, BY_REPLICATION, SINGLE, CROSSED = 4.0, 3.0, 2.0, 5.0


@pytest.mark.parametrize(
    ("clusters", "variance", "freedom"),
    [
        ([], SINGLE, 5),
        ([POINT], BY_POINT, 1),
        ([REPLICATION], BY_REPLICATION, 2),
        ([POINT, REPLICATION], CROSSED, 25 / (16 / 1 + 9 / 2 + 4 / 2)),
        ([REPLICATION, POINT], CROSSED, 25 / (16 / 1 + 9 / 2 + 4 / 2)),
    ],
    ids=["single", "point", "replication", "crossed", "the other way round"],
)
def test_every_set_of_clusters_counts(clusters: list[np.ndarray], variance: float, freedom: float) -> None:
    found = estimate(VALUES, clusters)
    assert found.mean == pytest.approx(0.0)
    assert found.error == pytest.approx(math.sqrt(variance))
    half = stats.t.ppf(0.975, freedom) * math.sqrt(variance)
    assert (found.low, found.high) == pytest.approx((-half, half))
    assert found.units == round(freedom) + 1


def test_crossed_clusters_never_give_less_than_either_set() -> None:
    """Residuals -3.5, -2.5, -1.5, 0.5, 1.5, 5.5: by point 6.25, by replication 1.083, single 1.783, crossed 5.55."""
    found = estimate(np.array([1.0, 2.0, 3.0, 5.0, 6.0, 10.0]), [POINT, REPLICATION])
    assert found.error == pytest.approx(2.5)
    assert found.units == 2


def test_clusters_of_one_member_each_do_not_hide_the_other_set() -> None:
    """One replication at many points: only points can count."""
    found = estimate(np.array([1.0, 2.0, 6.0]), [np.zeros(3, int), np.arange(3)])
    assert found.error == pytest.approx(np.std([1, 2, 6], ddof=1) / 3**0.5)
    assert (found.n, found.units) == (3, 3)


def test_one_cluster_gives_a_mean_without_an_interval() -> None:
    found = estimate(np.array([1.0, 3.0]), [np.zeros(2, int)])
    assert (found.n, found.units, found.mean) == (2, 1, 2.0)
    assert math.isnan(found.low)
    assert math.isnan(found.error)


def test_resampled_means_have_the_error_of_the_clusters() -> None:
    """Percentiles of resampled clusters; the bootstrap of G clusters has (G - 1) / G of the variance of their means."""
    rng = np.random.default_rng(2)
    values, codes = rng.normal(size=40).repeat(5) + rng.normal(0, 0.1, 200), np.arange(40).repeat(5)
    found = estimate(values, [codes], "bootstrap")
    half = 1.96 * found.error * math.sqrt(39 / 40)
    assert (found.high - found.low) / 2 == pytest.approx(half, rel=0.1)
    assert found.error == pytest.approx(values.reshape(40, 5).mean(axis=1).std(ddof=1) / 40**0.5)


def test_welch_adds_variances_and_weighs_freedom() -> None:
    """Errors 3 and 4 with 4 and 9 degrees of freedom: error 5, freedom 625 / (81 / 4 + 256 / 9)."""
    first, second = Estimate(5, 5, 10.0, 6.0, 3.0, 0.0, 0.0), Estimate(10, 10, 4.0, 8.0, 4.0, 0.0, 0.0)
    found = welch(first, second)
    assert (found.mean, found.error, found.sd, found.n) == (6.0, 5.0, 10.0, 5)
    assert found.high - found.mean == pytest.approx(5.0 * stats.t.ppf(0.975, 625 / (81 / 4 + 256 / 9)))


def frame(grouped: bool) -> pd.DataFrame:
    """Return two arms on the grid of points and replications, `VALUES` apart, with luck that they share."""
    luck = np.arange(6) ** 2.0
    one = {"point": POINT, "replication": REPLICATION, "account": "a"}
    table = pd.concat([
        pd.DataFrame({"arm": "quiet", **one, "releases": luck}),
        pd.DataFrame({"arm": "vocal", **one, "releases": luck + VALUES}),
    ])  # fmt: skip
    return table.assign(**{POINT_GROUP: table["point"]}) if grouped else table


@pytest.mark.parametrize(("grouped", "variance"), [(True, CROSSED), (False, BY_REPLICATION)])
def test_a_paired_difference_counts_luck_and_sampled_points(grouped: bool, variance: float) -> None:
    """Points that were drawn at random are clusters beside replications; chosen ones are not."""
    row = differences(frame(grouped), Contrast("arm", "quiet", ("vocal",), ("releases",))).iloc[0]
    assert row["mean"] == pytest.approx(0.0)
    assert row["error"] == pytest.approx(math.sqrt(variance))


def test_an_unpaired_difference_counts_luck_and_sampled_points() -> None:
    """Luck 0 to 25 on one side; on the other `VALUES` on top: variances as of each side alone, added."""
    contrast = Contrast("arm", "quiet", ("vocal",), ("releases",), paired=False)
    row = differences(frame(True), contrast).iloc[0]
    sides = [np.arange(6) ** 2.0, np.arange(6) ** 2.0 + VALUES]
    expected = math.hypot(*(estimate(side, [REPLICATION, POINT]).error for side in sides))
    assert row["error"] == pytest.approx(expected)
    only = math.hypot(*(estimate(side, [REPLICATION]).error for side in sides))
    assert row["error"] > 1.2 * only


def test_luck_alone_is_what_varies_within_draws() -> None:
    """Draws with 1 and 3, 10 and 14, and 7 once: sums of squares 2 and 8 on one degree each, doubled: 4 + 16.

    The five values stand for the share 4 / 5 that met luck twice: sqrt(20 / 0.8) / 5.
    """
    within, luck = np.array([0, 0, 1, 1, 2]), np.array([0, 1, 0, 1, 0])
    error, freedom = luck_error(np.array([1.0, 3.0, 10.0, 14.0, 7.0]), within, luck)
    assert error == pytest.approx(1.0)
    assert freedom == 2
    assert luck_error(np.array([1.0, 2.0]), np.array([0, 1]), np.array([0, 0]))[1] == 0


def test_draws_are_units_and_luck_has_an_error_of_its_own() -> None:
    """Gaps of three draws with two lucks: 1 and 3, 4 and 8, 0 and 2; means 2, 6, 1 and their mean 3."""
    gaps = np.array([1.0, 3.0, 4.0, 8.0, 0.0, 2.0])
    one = {"draw": np.repeat([0, 1, 2], 2), "luck": np.tile([0, 1], 3), "account": "a"}
    table = pd.concat([
        pd.DataFrame({"arm": "quiet", **one, "releases": np.arange(6.0)}),
        pd.DataFrame({"arm": "vocal", **one, "releases": np.arange(6.0) + gaps}),
    ])  # fmt: skip
    row = differences(table, Contrast("arm", "quiet", ("vocal",), ("releases",))).iloc[0]
    assert (row["mean"], row["n"], row["units"]) == (3.0, 6, 3)
    assert row["error"] == pytest.approx(np.std([2.0, 6.0, 1.0], ddof=1) / 3**0.5)
    assert row["high"] - row["mean"] == pytest.approx(stats.t.ppf(0.975, 2) * row["error"])
    assert row["luck_error"] == pytest.approx(((2 + 8 + 2) * 2) ** 0.5 / 6)
    assert row["luck_high"] - row["mean"] == pytest.approx(stats.t.ppf(0.975, 3) * row["luck_error"])


def test_the_middle_value_of_a_parameter_goes_to_the_lower_half() -> None:
    table = pd.DataFrame({"x": [3.0, 1.0, 2.0, 5.0, 4.0]})
    split = halves(table, Contrast("x", LOWER, (UPPER,), (), parameters=("x",)))
    assert split["x"].tolist() == [LOWER, LOWER, LOWER, UPPER, UPPER]
