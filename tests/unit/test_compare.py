from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from demarche.analysis.compare import COLUMNS, complete_pairs, paired_differences, sign_disagreements
from demarche.errors import DesignError


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
