"""Bands of figures show all runs, and luck given the draws where draws met luck twice."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from demarche.figures.figure import FigureKind
from demarche.figures.kinds import difference, path, releases, votes
from demarche.figures.sheet import words_of
from demarche.figures.tables import FigureTables
from demarche.figures.two_layers import around_median, mean_layers
from demarche.figures.view import View
from tests.unit.test_figures_tables import make_tables

SD_LUCK, DRAWS = 1.0, 4000


def drawn(lucks: int = 2) -> FigureTables:
    """Return the made-up tables as twelve runs of draws with so many lucks."""
    tables = make_tables(n=12)
    runs, outcomes = (
        frame.assign(draw=frame["replication"] // lucks, luck=frame["replication"] % lucks).drop(
            columns=["point", "replication"])
        for frame in (tables.runs, tables.outcomes)
    )  # fmt: skip
    return dataclasses.replace(tables, runs=runs, outcomes=outcomes)


def spread_out(lucks: int) -> tuple[np.ndarray, np.ndarray]:
    """Return values of draws that differ three times as much as their lucks do, and the draw of each."""
    rng = np.random.default_rng(1)
    within = np.repeat(np.arange(DRAWS), lucks)
    return rng.normal(0, 3, DRAWS)[within] + rng.normal(0, SD_LUCK, len(within)), within


@pytest.mark.parametrize("lucks", [2, 5])
def test_the_band_of_luck_leaves_out_what_draws_differ_by(lucks: int) -> None:
    values, within = spread_out(lucks)
    low, high = around_median(values[:, None], within)[:, 0]
    # a quantile at 10 % of 8,000 normals has an error of 0.02; a median of 4,000 draws one of 0.06, in both ends alike
    assert (high - low) / 2 == pytest.approx(SD_LUCK * stats.norm.ppf(0.9), abs=0.06)
    assert (high + low) / 2 == pytest.approx(np.median(values), abs=0.06)
    assert high - low < 0.5 * np.ptp(np.quantile(values, [0.1, 0.9]))


def test_draws_that_met_luck_once_tell_nothing_of_it_and_missing_values_do_not_count() -> None:
    values, within = spread_out(2)
    once = np.where(np.arange(len(values)) % 2, np.nan, values)
    assert np.isnan(around_median(once[:, None], within)).all()
    some = np.where(np.arange(len(values)) < 2000, values, np.nan)
    whole, part = around_median(values[:2000, None], within[:2000]), around_median(some[:, None], within)
    np.testing.assert_allclose(part, whole)


def test_the_interval_of_a_mean_is_over_draws_and_the_inner_one_given_them() -> None:
    rng = np.random.default_rng(2)
    rows = pd.DataFrame({"draw": np.repeat(np.arange(10), 3), "luck": np.tile(np.arange(3), 10)})
    values = rng.normal(0, 3, 10)[rows["draw"]] + rng.normal(0, 1, 30)
    outer, inner = mean_layers(values[:, None], rows)[:, 0]
    wanted = stats.ttest_1samp(values.reshape(10, 3).mean(axis=1), 0.0).confidence_interval(0.95)
    assert outer == pytest.approx((wanted.high - wanted.low) / 2)
    pooled = values.reshape(10, 3).var(axis=1, ddof=1).mean()
    assert inner == pytest.approx(stats.t(20).ppf(0.975) * math.sqrt(pooled / 30))
    alone = mean_layers(values[:, None], pd.DataFrame({"replication": np.arange(30)}))[:, 0]
    assert alone[0] == pytest.approx(stats.t(29).ppf(0.975) * values.std(ddof=1) / math.sqrt(30))
    assert np.isnan(alone[1])


FIGURES = [
    (path.FIGURE, "10 % of luck below", "darker: the middle 80 % of luck given the draws", "darker one of luck"),
    (votes.FIGURE, "10 % of luck below", "darker: the middle 80 % of luck given the draws", "darker one of luck"),
    (releases.FIGURE, "given the draws from", "darker: given the draws (luck alone)", "darker ones given the draws"),
    (difference.FIGURE, "10 % of luck below", "between dashed lines: the middle 80 % of luck", "Dashed lines hold"),
]


@pytest.mark.parametrize(("figure", "column", "caption", "alt"), FIGURES, ids=[one[0].name for one in FIGURES])
def test_figures_show_both_layers_where_they_can_be_told_apart(
    figure: FigureKind, column: str, caption: str, alt: str
) -> None:
    assert figure.plan is not None
    both, once, medians = (figure.plan(tables, View()) for tables in (drawn(), drawn(lucks=1), make_tables()))
    assert column in both.table
    assert not both.table[column].isna().all()
    assert caption in both.reading
    assert alt in both.alt
    for other in (once, medians):
        assert column not in other.table
        assert "dark" not in other.reading + other.alt
        assert "dashed" not in (other.reading + other.alt).lower()


def test_the_darker_band_lies_on_that_of_one_arm_and_is_named_in_the_legend() -> None:
    two, one = path.FIGURE(drawn()), path.FIGURE(drawn(lucks=1))
    bands = [len([band for band in figure.axes[0].collections if band.get_alpha() < 0.5 and np.isfinite(
        band.get_datalim(figure.axes[0].transData).ymax)]) for figure in (two, one)]  # fmt: skip
    assert bands[0] == bands[1] + 1
    names = [text.get_text() for text in two.legends[0].get_texts()]
    assert "darker: luck given the draws" in names
    assert "darker: luck given the draws" not in [text.get_text() for text in one.legends[0].get_texts()]
    assert "each draw has one luck, so that the two cannot be told apart" in words_of(one)[1]
