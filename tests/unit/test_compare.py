from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from demarche.analysis.comparison.differences import (
    COLUMNS,
    LOWER,
    UPPER,
    Contrast,
    by_pack,
    complete,
    complete_pairs,
    differences,
    halves,
    paired_differences,
    sign_disagreements,
)
from demarche.analysis.comparison.intervals import estimate, needed, superiority_unpaired, t_quantile, wilson
from demarche.errors import DesignError
from demarche.figures.kinds import compare as figure
from tests.unit.test_figures_tables import make_tables


def frame(n: int = 40, points: int = 1, seed: int = 7) -> pd.DataFrame:
    """Arms quiet, vocal and as_it_was under two packs; luck shared within a replication."""
    rng = np.random.default_rng(seed)
    luck = {(point, k): rng.normal(0, 5) for point in range(points) for k in range(n)}
    effect = {("quiet", "a"): 3.0, ("vocal", "a"): -1.0, ("quiet", "b"): -3.0, ("vocal", "b"): 1.0}
    rows = [
        {
            "arm": arm, "pack": pack, "point": point, "replication": k,
            "releases": 20 + luck[point, k] + effect.get((arm, pack), 0.0) + rng.normal(0, 0.5),
            "exiles": 4.0,
        }
        for arm in ("quiet", "vocal", "as_it_was") for pack in ("a", "b") for point in range(points) for k in range(n)
    ]  # fmt: skip
    return pd.DataFrame(rows).assign(run=lambda table: np.arange(len(table)))


def one(differences: pd.DataFrame, **where: str) -> pd.Series:
    rows = differences
    for column, value in where.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1
    return rows.iloc[0]


def test_a_difference_has_mean_and_t_interval_of_its_pairs() -> None:
    table = frame()
    found = paired_differences(table, "as_it_was")
    assert tuple(found.columns) == COLUMNS
    assert len(found) == 2 * 2 * 2
    wide = table[table["pack"] == "a"].pivot_table(index="replication", columns="arm", values="releases")
    gaps = (wide["quiet"] - wide["as_it_was"]).to_numpy()
    low, high = stats.t.interval(0.95, len(gaps) - 1, gaps.mean(), stats.sem(gaps))
    row = one(found, pack="a", arm="quiet", outcome="releases")
    assert row["n"] == 40
    assert row[["mean", "sd", "low", "high"]].to_list() == pytest.approx([gaps.mean(), gaps.std(ddof=1), low, high])


def test_pairing_removes_shared_luck() -> None:
    row = one(paired_differences(frame(), "as_it_was"), pack="a", arm="quiet", outcome="releases")
    assert row["sd"] < 2.0
    assert row["low"] < 3.0 < row["high"]


def test_the_order_of_rows_does_not_matter() -> None:
    table = frame(points=2)
    mixed = table.sample(frac=1.0, random_state=3)
    keys = ["pack", "arm", "outcome"]
    first, second = (paired_differences(t, "vocal").sort_values(keys, ignore_index=True) for t in (table, mixed))
    pd.testing.assert_frame_equal(first, second)


def test_points_are_paired_with_themselves() -> None:
    row = one(paired_differences(frame(n=10, points=3), "vocal", ["quiet"], ["releases"]), pack="b")
    assert row["n"] == 30
    assert row["sd"] < 2.0


def test_ties_count_half() -> None:
    table = pd.DataFrame({
        "arm": ["x"] * 4 + ["y"] * 4, "pack": "a", "replication": [0, 1, 2, 3] * 2,
        "releases": [0.0, 0, 0, 0, 1, 0, 0, -1],
    })  # fmt: skip
    assert one(paired_differences(table, "x"), arm="y")["p_superior"] == 0.5
    equal = one(paired_differences(frame(), "as_it_was"), pack="a", arm="quiet", outcome="exiles")
    assert equal[["mean", "sd", "low", "high", "p_superior"]].to_list() == [0, 0, 0, 0, 0.5]


def test_missing_values_leave_their_pair_out() -> None:
    table = frame(n=5)
    table.loc[(table["arm"] == "quiet") & (table["replication"] > 0), "releases"] = np.nan
    table.loc[table["arm"] == "vocal", "releases"] = np.nan
    found = paired_differences(table, "as_it_was", outcomes=["releases"])
    single, none = one(found, arm="quiet", pack="a"), one(found, arm="vocal", pack="a")
    assert single["n"] == 1
    assert np.isfinite(single["mean"])
    assert np.isnan(single[["sd", "low", "high"]].astype(float)).all()
    assert none["n"] == 0
    assert np.isnan(none["mean"])


def test_unpaired_runs_are_refused() -> None:
    table = frame(n=6)
    lonely = table[~((table["arm"] == "quiet") & (table["replication"] == 2))]
    with pytest.raises(DesignError, match="cannot be paired: 2 runs lack a partner with the same pack, point, rep"):
        paired_differences(lonely, "as_it_was")
    found = paired_differences(complete_pairs(lonely), "as_it_was", outcomes=["releases"])
    assert set(found["n"]) == {5}


def test_doubled_runs_are_refused() -> None:
    with pytest.raises(DesignError, match="share their pack, replication"):
        paired_differences(frame(n=3, points=2).drop(columns="point"), "as_it_was")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"reference": "quite"}, "Did you mean 'quiet'"),
        ({"reference": "quiet", "arms": ["vocla"]}, "no run has the arm 'vocla'"),
        ({"reference": "quiet", "arms": ["quiet"]}, "named twice"),
        ({"reference": "quiet", "outcomes": ["relases"]}, "Did you mean 'releases'"),
        ({"reference": "quiet", "outcomes": []}, "no outcome to compare"),
    ],
)
def test_unknown_names_are_refused(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(DesignError, match=words):
        paired_differences(frame(n=2), **arguments)  # type: ignore[arg-type]


def test_a_table_without_arms_is_refused() -> None:
    with pytest.raises(DesignError, match="no column 'arm'"):
        paired_differences(frame(n=2).drop(columns="arm"), "quiet")


def test_complete_pairs_looks_at_the_arms_asked_for() -> None:
    table = frame(n=4)
    lonely = table[~((table["arm"] == "as_it_was") & (table["replication"] == 0))]
    assert len(complete_pairs(lonely, ["quiet", "vocal"])) == 2 * 2 * 4
    assert len(complete_pairs(lonely)) == 3 * 2 * 3


def test_packs_that_differ_in_sign_are_found() -> None:
    split = sign_disagreements(paired_differences(frame(), "vocal", ["quiet"]))
    assert split.to_dict("records") == [
        {"arm": "quiet", "reference": "vocal", "outcome": "releases", "above": ("a",), "below": ("b",)}
    ]


def test_intervals_that_hold_zero_do_not_disagree() -> None:
    differences = paired_differences(frame(), "vocal", ["quiet"], ["releases"])
    differences.loc[differences["pack"] == "b", "high"] = 0.5
    assert sign_disagreements(differences).empty


def test_negligible_effects_do_not_disagree() -> None:
    differences = paired_differences(frame(), "vocal", ["quiet"], ["releases"])
    small = differences["pack"] == "b"
    differences.loc[small, ["mean", "low", "high"]] = -0.01, -0.011, -0.009
    assert len(sign_disagreements(differences)) == 1
    assert sign_disagreements(differences, 0.05).empty


def test_luck_that_points_share_counts_once() -> None:
    luck = np.array([3.0, -1.0, 4.0, 1.0, -5.0])
    values, replication = np.tile(luck, 40), np.tile(np.arange(5), 40)
    found = estimate(values, [replication])
    assert (found.n, found.units) == (200, 5)
    assert found.error == pytest.approx(luck.std(ddof=1) / 5**0.5)
    low, high = stats.t.interval(0.95, 4, luck.mean(), stats.sem(luck))
    assert (found.low, found.high) == pytest.approx((low, high))


def test_crossed_clusters_cover_the_true_mean() -> None:
    inside = []
    for seed in range(300):
        rng = np.random.default_rng(seed)
        cells = rng.normal(0, 2, (12, 1)) + rng.normal(0, 1, (1, 8)) + rng.normal(0, 1, (12, 8))
        point, replication = (index.ravel() for index in np.indices(cells.shape))
        found = estimate(cells.ravel(), [replication, point])
        inside.append(found.low <= 0 <= found.high)
    assert 0.92 <= np.mean(inside) <= 0.99


def test_one_cluster_gives_no_interval() -> None:
    found = estimate(np.array([1.0, 2.0, 3.0]), [np.zeros(3, int)])
    assert (found.n, found.units, found.mean) == (3, 1, 2.0)
    assert np.isnan(found.low)


def test_a_bootstrap_interval_holds_the_percentiles_of_resampled_means() -> None:
    table = frame(n=200)
    contrast = Contrast("arm", "as_it_was", ("quiet",), ("releases",), interval="bootstrap")
    row, again = (one(differences(table, contrast), pack="a") for _ in range(2))
    student = one(paired_differences(table, "as_it_was"), pack="a", arm="quiet", outcome="releases")
    assert [row["low"], row["high"]] == pytest.approx([student["low"], student["high"]], abs=0.02)
    assert (row["low"], row["high"]) == (again["low"], again["high"])
    crossed = np.random.default_rng(1).normal(size=(20, 30))
    codes = [index.ravel() for index in np.indices(crossed.shape)]
    found = [estimate(crossed.ravel(), codes, kind) for kind in ("t", "bootstrap")]
    assert 0.6 < (found[1].high - found[1].low) / (found[0].high - found[0].low) < 2.0


def test_unpaired_runs_are_compared_after_welch() -> None:
    table = frame(n=30)
    contrast = Contrast("arm", "as_it_was", ("quiet",), ("releases",), paired=False)
    row = one(differences(table[table["replication"] < 25], contrast), pack="a")
    values = [table[(table["arm"] == arm) & (table["pack"] == "a") & (table["replication"] < 25)]["releases"]
              for arm in ("quiet", "as_it_was")]  # fmt: skip
    told = stats.ttest_ind(*values, equal_var=False).confidence_interval()
    assert (row["low"], row["high"]) == pytest.approx((told.low, told.high))
    paired = one(differences(table, Contrast("arm", "as_it_was", ("quiet",), ("releases",))), pack="a")
    assert row["high"] - row["low"] > 3 * (paired["high"] - paired["low"])
    assert row["p_superior"] == pytest.approx(stats.mannwhitneyu(*values).statistic / 25**2)
    assert np.isnan(row["p_low"])


def test_packs_and_parameters_are_compared_with_the_same_luck() -> None:
    table = pd.concat([frame(n=20).assign(**{"a.b.c": value}) for value in (0.5, 1.0)])
    table["releases"] += 2.0 * table["a.b.c"]
    found = differences(table, Contrast("a.b.c", 0.5, (1.0,), ("releases",), ("pack", "arm"), ("a.b.c",)))
    assert len(found) == 2 * 3
    assert found["mean"].to_list() == pytest.approx([1.0] * 6)
    assert found["sd"].to_list() == pytest.approx([0.0] * 6, abs=1e-9)
    packs = differences(frame(n=20), Contrast("pack", "a", ("b",), ("releases",), ("arm",)))
    assert packs["arm"].to_list() == ["quiet", "vocal", "as_it_was"]
    assert one(packs, arm="quiet")["mean"] == pytest.approx(-6.0, abs=0.5)


def test_one_average_over_packs_counts_a_replication_once() -> None:
    contrast = Contrast("arm", "vocal", ("quiet",), ("releases",), by=())
    row = one(differences(frame(n=20), contrast))
    assert (row["n"], row["units"]) == (40, 20)
    assert abs(row["mean"]) < 0.5
    split = sign_disagreements(differences(frame(n=20), by_pack(contrast)))
    assert split[["above", "below"]].to_dict("records") == [{"above": ("a",), "below": ("b",)}]


def test_a_parameter_with_many_values_is_compared_in_halves() -> None:
    table = frame(n=1, points=40)
    table["a.b.c"] = table["point"].astype(float)
    contrast = Contrast("a.b.c", LOWER, (UPPER,), ("releases",), ("pack", "arm"), ("a.b.c",), paired=False)
    split = halves(table, contrast)
    assert split.groupby("a.b.c")["point"].agg(["min", "max"]).to_numpy().tolist() == [[0, 19], [20, 39]]
    assert set(differences(split, contrast)["n"]) == {20}
    assert complete(table, Contrast("a.b.c", 0.0, (1.0,), ("releases",), ("pack",), ("a.b.c",))).shape[0] == 12


def test_averaging_within_what_is_compared_is_refused() -> None:
    with pytest.raises(DesignError, match="cannot be averaged within a level"):
        differences(frame(n=2), Contrast("pack", "a", ("b",), ("releases",), ("pack",)))


@pytest.mark.parametrize(("sd", "half"), [(10.0, 2.0), (1.0, 3.0), (0.3, 0.01)])
def test_the_number_needed_is_the_smallest_that_fits(sd: float, half: float) -> None:
    n = needed(sd, half)
    assert t_quantile(n - 1) * sd / n**0.5 <= half
    assert n == 2 or t_quantile(n - 2) * sd / (n - 1) ** 0.5 > half


def test_the_interval_of_a_share_is_wilsons() -> None:
    for hits in (0, 3, 20):
        told = stats.binomtest(hits, 20).proportion_ci(method="wilson")
        assert wilson(hits / 20, 20) == pytest.approx((told.low, told.high))
    assert superiority_unpaired(np.array([1.0, 2.0]), np.array([1.0, 0.0])) == 0.875


def test_the_figure_marks_disagreement_and_says_how_intervals_were_made() -> None:
    tables = make_tables()
    contrast = Contrast("arm", "as_it_was", ("quiet", "vocal"), ("releases", "sponsors"))
    found = differences(tables.outcomes, contrast)
    drawn = figure.draw(tables, found, contrast, ["releases"], "95 % interval (t)")
    shown = [ax for ax in drawn.axes if ax.get_visible()]
    assert [ax.get_title("right") for ax in shown] == ["signs differ", ""]
    assert shown[0].get_xlabel() == "persons (n = 6 pairs)"
    marks = [line for line in shown[0].lines if line.get_label() in ("quiet", "vocal")]
    assert sorted(float(line.get_xdata()[0]) for line in marks) == pytest.approx(
        sorted(found[found["outcome"] == "releases"]["mean"])
    )
    for words in ("95 % interval (t) over 6 independent units", "36 runs", "ties half"):
        assert words in drawn.get_label()
