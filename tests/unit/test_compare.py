from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from demarche.analysis.comparison.answer import compare, compare_asked
from demarche.analysis.comparison.batch import Batch, projection_words
from demarche.analysis.comparison.contrast import LOWER, UPPER, Contrast, halves
from demarche.analysis.comparison.differences import MEASURES, count_lonely, differences, disagreements
from demarche.analysis.comparison.intervals import (
    estimate,
    luck_error,
    needed,
    superiority_unpaired,
    t_quantile,
    wilson,
)
from demarche.analysis.comparison.shown import DISAGREE
from demarche.analysis.comparison.spread import spread_of
from demarche.errors import DesignError
from demarche.figures.kinds import compare as figure
from demarche.scenario.question import ask
from tests.unit.test_figures_tables import make_tables


def frame(n: int = 40, points: int = 1, seed: int = 7) -> pd.DataFrame:
    """Arms quiet, vocal and as_it_was under two accounts; luck shared within a replication."""
    rng = np.random.default_rng(seed)
    luck = {(point, k): rng.normal(0, 5) for point in range(points) for k in range(n)}
    effect = {("quiet", "a"): 3.0, ("vocal", "a"): -1.0, ("quiet", "b"): -3.0, ("vocal", "b"): 1.0}
    rows = [
        {
            "arm": arm, "account": account, "point": point, "replication": k,
            "releases": 20 + luck[point, k] + effect.get((arm, account), 0.0) + rng.normal(0, 0.5),
            "exiles": 4.0,
        }
        for arm in ("quiet", "vocal", "as_it_was") for account in ("a", "b")
        for point in range(points) for k in range(n)
    ]  # fmt: skip
    return pd.DataFrame(rows).assign(run=lambda table: np.arange(len(table)))


def one(differences: pd.DataFrame, **where: str) -> pd.Series:
    rows = differences
    for column, value in where.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1
    return rows.iloc[0]


def between_arms(
    table: pd.DataFrame, reference: str, arms: Sequence[str] = (), outcomes: Sequence[str] = ("releases", "exiles")
) -> pd.DataFrame:
    """Return the differences of arms, of all others if none is named, to a reference arm by account."""
    others = tuple(arms) or tuple(arm for arm in dict.fromkeys(table["arm"]) if arm != reference)
    return differences(table, Contrast("arm", reference, others, tuple(outcomes)))


def batch(table: pd.DataFrame, n_steps: int = 247, outcomes: tuple[str, ...] = ("releases", "exiles")) -> Batch:
    arms, accounts = (tuple(dict.fromkeys(table[name])) for name in ("arm", "account"))
    asked = ask(("quiet", "vocal", "as_it_was"), outcomes, baseline="as_it_was")
    return Batch(table, asked.among(arms), arms, accounts, (), n_steps)


def test_a_difference_has_mean_and_t_interval_of_its_pairs() -> None:
    table = frame()
    found = between_arms(table, "as_it_was")
    assert tuple(found.columns) == ("account", "level", "reference", "outcome", *MEASURES)
    assert len(found) == 2 * 2 * 2
    wide = table[table["account"] == "a"].pivot_table(index="replication", columns="arm", values="releases")
    gaps = (wide["quiet"] - wide["as_it_was"]).to_numpy()
    low, high = stats.t.interval(0.95, len(gaps) - 1, gaps.mean(), stats.sem(gaps))
    row = one(found, account="a", level="quiet", outcome="releases")
    assert row["n"] == 40
    assert row[["mean", "sd", "low", "high"]].to_list() == pytest.approx([gaps.mean(), gaps.std(ddof=1), low, high])


def test_pairing_removes_shared_luck() -> None:
    row = one(between_arms(frame(), "as_it_was"), account="a", level="quiet", outcome="releases")
    assert row["sd"] < 2.0
    assert row["low"] < 3.0 < row["high"]


def test_the_order_of_rows_does_not_matter() -> None:
    table = frame(points=2)
    mixed = table.sample(frac=1.0, random_state=3)
    keys = ["account", "level", "outcome"]
    first, second = (between_arms(t, "vocal").sort_values(keys, ignore_index=True) for t in (table, mixed))
    pd.testing.assert_frame_equal(first, second)


def test_points_are_paired_with_themselves() -> None:
    row = one(between_arms(frame(n=10, points=3), "vocal", ["quiet"], ["releases"]), account="b")
    assert row["n"] == 30
    assert row["sd"] < 2.0


def test_ties_count_half() -> None:
    table = pd.DataFrame({
        "arm": ["x"] * 4 + ["y"] * 4, "account": "a", "replication": [0, 1, 2, 3] * 2,
        "releases": [0.0, 0, 0, 0, 1, 0, 0, -1],
    })  # fmt: skip
    assert one(between_arms(table, "x", outcomes=["releases"]), level="y")["p_superior"] == 0.5
    equal = one(between_arms(frame(), "as_it_was"), account="a", level="quiet", outcome="exiles")
    assert equal[["mean", "sd", "low", "high", "p_superior"]].to_list() == [0, 0, 0, 0, 0.5]


def test_missing_values_leave_their_pair_out() -> None:
    table = frame(n=5)
    table.loc[(table["arm"] == "quiet") & (table["replication"] > 0), "releases"] = np.nan
    table.loc[table["arm"] == "vocal", "releases"] = np.nan
    found = between_arms(table, "as_it_was", outcomes=["releases"])
    single, none = one(found, level="quiet", account="a"), one(found, level="vocal", account="a")
    assert single["n"] == 1
    assert np.isfinite(single["mean"])
    assert np.isnan(single[["sd", "low", "high"]].astype(float)).all()
    assert none["n"] == 0
    assert np.isnan(none["mean"])


def test_runs_without_a_partner_are_left_out_and_counted() -> None:
    table = frame(n=6)
    lonely = table[~((table["arm"] == "quiet") & (table["replication"] == 2))]
    found = between_arms(lonely, "as_it_was", outcomes=["releases"])
    assert {level: set(rows["n"]) for level, rows in found.groupby("level")} == {"quiet": {5}, "vocal": {6}}
    contrast = Contrast("arm", "as_it_was", ("quiet", "vocal"), ("releases",))
    assert count_lonely(lonely, contrast) == (22, 2)


def test_a_third_arm_moves_no_difference() -> None:
    table = frame(n=6)
    lonely = table[~((table["arm"] == "as_it_was") & (table["replication"] < 3))]
    first, second = (between_arms(one, "vocal", ["quiet"]) for one in (table, lonely))
    pd.testing.assert_frame_equal(first, second)


def test_doubled_runs_are_refused() -> None:
    with pytest.raises(DesignError, match="share their account, replication"):
        between_arms(frame(n=3, points=2).drop(columns="point"), "as_it_was")


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
        between_arms(frame(n=2), **arguments)  # type: ignore[arg-type]


def test_a_table_without_arms_is_refused() -> None:
    with pytest.raises(DesignError, match="no column 'arm'"):
        between_arms(frame(n=2).drop(columns="arm"), "quiet", ["vocal"])


def test_accounts_that_differ_in_sign_are_found() -> None:
    split = disagreements(between_arms(frame(), "vocal", ["quiet"]))
    assert split.to_dict("records") == [
        {"level": "quiet", "reference": "vocal", "outcome": "releases", "above": ("a",), "below": ("b",)}
    ]


def one_sided(low: float, high: float, outcome: str) -> int:
    """Return the side of a difference whose interval has these ends."""
    half = t_quantile(1)
    gaps = (low + high) / 2 + np.array([1.0, -1.0]) * (high - low) / 2 * 2**0.5 / half / 2**0.5
    rows = [("x", "a", k, gap) for k, gap in enumerate(gaps)] + [("y", "a", k, 0.0) for k in range(2)]
    table = pd.DataFrame(rows, columns=["arm", "account", "replication", outcome])
    row = one(between_arms(table, "y", ["x"], [outcome]))
    assert (row["low"], row["high"]) == pytest.approx((low, high))
    return int(row["side"])


@pytest.mark.parametrize(
    ("low", "high", "outcome", "side"),
    [
        (0.06, 1.0, "releases", 1), (0.04, 1.0, "releases", 0), (-1.0, -0.06, "releases", -1),
        (-1.0, -0.04, "releases", 0), (0.04, 1.0, "core_practice", 1), (0.0004, 1.0, "core_practice", 0),
        (-1.0, 1.0, "releases", 0),
    ],
)  # fmt: skip
def test_a_side_is_what_a_reader_sees(low: float, high: float, outcome: str, side: int) -> None:
    assert one_sided(low, high, outcome) == side


def test_accounts_disagree_only_if_both_are_clear_of_0() -> None:
    found = between_arms(frame(), "vocal", ["quiet"], ["releases"])
    assert len(disagreements(found)) == 1
    for side in (0, 1):
        found.loc[found["account"] == "b", "side"] = side
        assert disagreements(found).empty


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
    row, again = (one(differences(table, contrast), account="a") for _ in range(2))
    student = one(between_arms(table, "as_it_was"), account="a", level="quiet", outcome="releases")
    assert [row["low"], row["high"]] == pytest.approx([student["low"], student["high"]], abs=0.02)
    assert (row["low"], row["high"]) == (again["low"], again["high"])
    crossed = np.random.default_rng(1).normal(size=(20, 30))
    codes = [index.ravel() for index in np.indices(crossed.shape)]
    found = [estimate(crossed.ravel(), codes, kind) for kind in ("t", "bootstrap")]
    assert 0.6 < (found[1].high - found[1].low) / (found[0].high - found[0].low) < 2.0


def test_unpaired_runs_are_compared_after_welch() -> None:
    table = frame(n=30)
    contrast = Contrast("arm", "as_it_was", ("quiet",), ("releases",), paired=False)
    row = one(differences(table[table["replication"] < 25], contrast), account="a")
    values = [table[(table["arm"] == arm) & (table["account"] == "a") & (table["replication"] < 25)]["releases"]
              for arm in ("quiet", "as_it_was")]  # fmt: skip
    told = stats.ttest_ind(*values, equal_var=False).confidence_interval()
    assert (row["low"], row["high"]) == pytest.approx((told.low, told.high))
    paired = one(differences(table, Contrast("arm", "as_it_was", ("quiet",), ("releases",))), account="a")
    assert row["high"] - row["low"] > 3 * (paired["high"] - paired["low"])
    assert row["p_superior"] == pytest.approx(stats.mannwhitneyu(*values).statistic / 25**2)
    assert np.isnan(row["p_low"])


def test_accounts_and_parameters_are_compared_with_the_same_luck() -> None:
    table = pd.concat([frame(n=20).assign(**{"a.b.c": value}) for value in (0.5, 1.0)])
    table["releases"] += 2.0 * table["a.b.c"]
    found = differences(table, Contrast("a.b.c", 0.5, (1.0,), ("releases",), ("account", "arm"), ("a.b.c",)))
    assert len(found) == 2 * 3
    assert found["mean"].to_list() == pytest.approx([1.0] * 6)
    assert found["sd"].to_list() == pytest.approx([0.0] * 6, abs=1e-9)
    accounts = differences(frame(n=20), Contrast("account", "a", ("b",), ("releases",), ("arm",)))
    assert accounts["arm"].to_list() == ["quiet", "vocal", "as_it_was"]
    assert one(accounts, arm="quiet")["mean"] == pytest.approx(-6.0, abs=0.5)


def test_one_average_over_accounts_counts_a_replication_once() -> None:
    contrast = Contrast("arm", "vocal", ("quiet",), ("releases",), by=())
    row = one(differences(frame(n=20), contrast))
    assert (row["n"], row["units"]) == (40, 20)
    assert abs(row["mean"]) < 0.5
    split = disagreements(differences(frame(n=20), contrast.within_accounts))
    assert split[["above", "below"]].to_dict("records") == [{"above": ("a",), "below": ("b",)}]


def test_a_parameter_with_many_values_is_compared_in_halves() -> None:
    table = frame(n=1, points=40)
    table["a.b.c"] = table["point"].astype(float)
    contrast = Contrast("a.b.c", LOWER, (UPPER,), ("releases",), ("account", "arm"), ("a.b.c",), paired=False)
    split = halves(table, contrast)
    assert split.groupby("a.b.c")["point"].agg(["min", "max"]).to_numpy().tolist() == [[0, 19], [20, 39]]
    assert set(differences(split, contrast)["n"]) == {20}
    assert count_lonely(table, Contrast("a.b.c", 0.0, (1.0,), ("releases",), ("account",), ("a.b.c",))) == (6, 0)


def test_averaging_within_what_is_compared_is_refused() -> None:
    with pytest.raises(DesignError, match="cannot be averaged within a level"):
        differences(frame(n=2), Contrast("account", "a", ("b",), ("releases",), ("account",)))


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


def drawn_frame(draws: int, lucks: int, seed: int, spread: float = 2.0, luck: float = 3.0) -> pd.DataFrame:
    """Return two arms under one account: the effect varies with the draw, and with luck."""
    rng = np.random.default_rng(seed)
    effect = rng.normal(1.0, spread, draws)[:, None] + rng.normal(0, luck, (draws, lucks))
    base = rng.normal(20, 5, (draws, lucks))
    index = {"draw": np.repeat(np.arange(draws), lucks), "luck": np.tile(np.arange(lucks), draws), "account": "a"}
    arms = {"quiet": base + effect, "vocal": base}
    return pd.concat([pd.DataFrame({"arm": arm, **index, "releases": v.ravel()}) for arm, v in arms.items()])


def test_draws_are_the_independent_units_and_luck_has_its_own_interval() -> None:
    table = drawn_frame(12, 3, 5)
    row = one(between_arms(table, "vocal", ["quiet"], ["releases"]))
    gaps = (table[table["arm"] == "quiet"]["releases"].to_numpy() - table[table["arm"] == "vocal"]["releases"])
    cells = gaps.to_numpy().reshape(12, 3)
    means = cells.mean(axis=1)
    low, high = stats.t.interval(0.95, 11, means.mean(), stats.sem(means))
    assert (row["n"], row["units"]) == (36, 12)
    assert (row["low"], row["high"]) == pytest.approx((low, high))
    error = (cells.var(axis=1, ddof=1).mean() / 36) ** 0.5
    assert row["luck_error"] == pytest.approx(error)
    assert row["luck_high"] - row["mean"] == pytest.approx(stats.t.ppf(0.975, 24) * error)


def test_over_luck_alone_both_intervals_are_one() -> None:
    found = between_arms(frame(n=20, points=3), "vocal", ["quiet"], ["releases"])
    np.testing.assert_allclose(found["luck_error"], found["error"])
    np.testing.assert_allclose(found["luck_low"], found["low"])


def test_medians_and_quantiles_are_of_draws_and_skew_is_told() -> None:
    lucks = np.tile([-100.0, 100.0], 10)  # what luck does within a draw leaves the means of draws alone
    by_draw = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 30.0])
    found = spread_of(np.repeat(by_draw, 2) + lucks, [np.repeat(np.arange(10), 2)])
    assert (found.median, found.q10, found.q90) == pytest.approx((0.0, 0.0, np.quantile(by_draw, 0.9)))
    assert (found.same_sign, found.skewed) == (pytest.approx(0.3), True)
    even = spread_of(np.array([-1.0, 0.0, 1.0, 2.0, 3.0]), [])
    assert (even.same_sign, even.median, even.skewed) == (pytest.approx(0.6), 1.0, False)
    assert not spread_of(np.array([0.0, 0.0, 9.0]), []).skewed  # three units tell nothing of a shape
    assert np.isnan(spread_of(np.empty(0), []).median)


def test_the_monte_carlo_error_needs_luck_that_is_met_twice() -> None:
    once = one(between_arms(drawn_frame(9, 1, 3), "vocal", ["quiet"], ["releases"]))
    assert np.isfinite(once["low"])
    assert np.isnan(once[["luck_error", "luck_low", "luck_high"]].astype(float)).all()
    values, within, luck = np.array([1.0, 3.0, 5.0]), np.array([0, 0, 1]), np.array([0, 1, 0])
    assert luck_error(values, within, luck) == (pytest.approx((2 * 2.0 / (2 / 3)) ** 0.5 / 3), 1)


@pytest.mark.parametrize(
    ("n", "words"),
    [(6, ""), (4, "Only 4 independent replications: fewer than 5 make rough intervals."),
     (1, "Only 1 independent unit (replications): no interval below 2.")],
)  # fmt: skip
def test_few_independent_units_are_warned_of(n: int, words: str) -> None:
    found = compare(batch(frame(n=n, points=4)), reference="vocal", levels=["quiet"])
    assert found.warning == words
    assert found.units == (n, n)
    assert found.table["low"].isna().all() == (n == 1)


def test_the_question_of_the_scenario_is_answered() -> None:
    found = compare_asked(batch(frame()))
    assert found is not None
    assert (found.contrast.levels, found.contrast.reference) == (("quiet",), "vocal")
    assert found.contrast.outcomes == ("releases", "exiles")
    assert (found.over, found.units_text, found.split) == (
        "over luck alone", "40 independent replications", ("releases",)
    )  # fmt: skip
    assert compare(batch(frame())).contrast.reference == "as_it_was"
    assert compare_asked(batch(frame()[frame()["arm"] == "quiet"])) is None
    drawn = compare(batch(drawn_frame(6, 2, 1), outcomes=("releases",)))
    assert (drawn.over, drawn.has_draws) == ("over draws and luck", True)
    sampled = compare(batch(frame(points=6).assign(point_group=lambda table: table["point"])))
    assert (sampled.over, sampled.has_draws) == ("over sampled points and luck", False)


def test_outcomes_without_a_number_are_told_with_their_reason() -> None:
    table = frame().assign(core_practice_change=np.nan)
    found = compare(batch(table, 60, ("releases", "core_practice_change")), reference="vocal", levels=["quiet"])
    assert found.unknown == {
        "core_practice_change": "core_practice_change needs a period of 72 months or more, this one has 60"
    }
    assert found.outcomes == ("releases",)
    assert set(found.known["outcome"]) == {"releases"}
    assert (found.units, found.warning) == ((40, 40), "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"between": "arms"}, "Did you mean 'arm'"),
        ({"reference": "quite"}, "Did you mean 'quiet'"),
        ({"levels": ["vocla"]}, "Did you mean 'vocal'"),
        ({"outcomes": ["relases"]}, "Did you mean 'releases'"),
        ({"by": ["arm"]}, "no other column is called 'arm'"),
        ({"interval": "normal"}, "no interval is called 'normal'"),
    ],
)
def test_unknown_names_of_a_comparison_are_refused(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(DesignError, match=words):
        compare(batch(frame(n=2)), **arguments)  # type: ignore[arg-type]


def test_the_figure_marks_disagreement_and_says_how_intervals_were_made() -> None:
    tables = make_tables()
    found = compare(tables.batch, outcomes=("releases", "sponsors"))
    drawn = figure.draw(tables, found)
    shown = [ax for ax in drawn.axes if ax.get_visible()]
    assert [ax.get_title("right") for ax in shown] == ["signs differ", ""]
    assert shown[0].get_xlabel() == "persons (n = 6 pairs)"
    marks = [line for line in shown[0].lines if line.get_label() in ("quiet", "vocal")]
    assert sorted(float(line.get_xdata()[0]) for line in marks) == pytest.approx(
        sorted(found.table[found.table["outcome"] == "releases"]["mean"])
    )
    for words in ("interval of the mean (t) over luck alone, 6 independent replications.", "36 runs", DISAGREE):
        assert words in drawn.get_label()


def test_a_projection_is_said_first() -> None:
    made = batch(frame())
    assert compare(made).notes == ()
    end = "where the data end, are a projection."
    said = f"Numbers are of the whole period, to 2009-12; its months after 1998-12, {end}"
    assert projection_words({"end": "2009-12", "data_end": "1998-12"}) == said
    assert compare(dataclasses.replace(made, projection=said)).notes == (said,)
    assert not projection_words({"end": "2009-12"}), "folders that do not say it"
