from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from demarche.analysis.sensitivity.indices import sensitivity
from demarche.analysis.sensitivity.layout import Layout, morris_layout, saltelli_layout
from demarche.analysis.sensitivity.words import full_sample, rank, statement
from demarche.errors import DesignError
from demarche.experiment.design.methods import morris, saltelli
from demarche.figures.kinds.sensitivity import FIGURE
from tests.unit.test_figures_tables import make_tables

Points = NDArray[np.float64]
NAMES = ("a.b.one", "a.b.two", "a.b.three")
UNIT = dict.fromkeys(NAMES, (0.0, 1.0))


def ishigami(points: Points) -> Points:
    """Ishigami and Homma 1990 on [-pi, pi], with a = 7 and b = 0.1."""
    x = np.pi * (2 * points - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def frame_of(
    values: Points, account: str = "strategic_target", arm: str = "quiet", replication: int = 0
) -> pd.DataFrame:
    n = len(values)
    inputs = {"arm": arm, "account": account, "point": np.arange(n), "replication": replication}
    return pd.DataFrame({**inputs, "releases": values})


@pytest.fixture(scope="module")
def layout() -> Layout:
    return saltelli_layout(NAMES, saltelli.sample(3, 1024, True, 1995))


@pytest.fixture(scope="module")
def indices(layout: Layout) -> pd.DataFrame:
    return sensitivity(layout, frame_of(ishigami(layout.points)), ["releases"])


def values_of(table: pd.DataFrame, index: str) -> dict[str, float]:
    rows = full_sample(table)
    rows = rows[rows["index"] == index]
    names = [f"{row['parameter']}+{row['other']}".rstrip("+") for row in rows.to_dict("records")]
    return dict(zip(names, rows["value"], strict=True))


def test_sobol_indices_are_those_of_ishigamis_function(indices: pd.DataFrame) -> None:
    first, total, second = (values_of(indices, index) for index in ("first", "total", "second"))
    assert list(first.values()) == pytest.approx([0.3139, 0.4424, 0.0], abs=0.03)
    assert list(total.values()) == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.03)
    assert second["a.b.one+a.b.three"] == pytest.approx(0.2437, abs=0.05)
    assert second["a.b.one+a.b.two"] == pytest.approx(0.0, abs=0.05)


def test_intervals_hold_the_true_values(indices: pd.DataFrame) -> None:
    rows = full_sample(indices)
    total = rows[rows["index"] == "total"].set_index("parameter")
    for name, value in zip(NAMES, (0.5576, 0.4424, 0.2437), strict=True):
        assert total.loc[name, "low"] <= value <= total.loc[name, "high"]
    assert (total["high"] - total["low"]).max() < 0.25


def test_indices_of_a_half_and_a_quarter_show_convergence(indices: pd.DataFrame) -> None:
    assert sorted(set(indices["n_base"])) == [256, 512, 1024]
    assert set(indices[indices["index"] == "second"]["n_base"]) == {1024}
    found = rank(indices, "total")
    assert found.names == ("a.b.one", "a.b.two", "a.b.three")
    assert found.moved == pytest.approx((0.5547 - 0.4564) / 0.5547, abs=0.005)


def test_designs_with_and_without_second_order_are_told_apart() -> None:
    points = saltelli.sample(3, 8, False, 1)
    plain = saltelli_layout(NAMES, points)
    assert (plain.block, plain.second_order, plain.n_base) == (5, False, 8)
    full = saltelli_layout(NAMES, saltelli.sample(3, 8, True, 1) * 10 - 4)
    assert (full.block, full.second_order, full.n_base) == (8, True, 8)
    assert "second" not in set(sensitivity(plain, frame_of(ishigami(points)), ["releases"])["index"])
    with pytest.raises(DesignError, match="not those of a saltelli design, or not in its order"):
        saltelli_layout(NAMES, points[::-1])


def test_elementary_effects_of_a_linear_function_are_its_coefficients() -> None:
    points = morris.sample(3, 12, 4, 7)
    found = morris_layout(NAMES, points, UNIT)
    assert (found.block, found.levels, found.n_base) == (4, 4, 12)
    table = sensitivity(found, frame_of(points @ np.array([5.0, -2.0, 0.0])), ["releases"])
    assert list(values_of(table, "mu_star").values()) == pytest.approx([5.0, 2.0, 0.0])
    assert list(values_of(table, "mu").values()) == pytest.approx([5.0, -2.0, 0.0])
    assert list(values_of(table, "sigma").values()) == pytest.approx([0.0] * 3, abs=1e-9)
    assert rank(table, "mu_star").ranked == 2
    assert statement(rank(table, "mu_star")).startswith("in this order: a.b.one, a.b.two; from half")


@pytest.mark.parametrize("levels", [4, 6, 8])
def test_the_levels_of_a_morris_design_are_found(levels: int) -> None:
    ranges = dict.fromkeys(NAMES, (-2.0, 6.0))
    assert morris_layout(NAMES, morris.sample(3, 20, levels, 3) * 8 - 2, ranges).levels == levels
    with pytest.raises(DesignError, match="not those of a morris design"):
        morris_layout(NAMES, np.random.default_rng(1).random((12, 3)), ranges)


def test_a_difference_of_arms_is_analysed_with_the_same_luck(layout: Layout) -> None:
    luck = np.random.default_rng(4).normal(0, 50, len(layout.points))
    both = [frame_of(ishigami(layout.points) + luck, arm="quiet"), frame_of(luck, arm="vocal")]
    table = sensitivity(layout, pd.concat(both), ["releases"], ("quiet", "vocal"))
    assert set(table["arm"]) == {"quiet minus vocal"}
    assert list(values_of(table, "first").values()) == pytest.approx([0.3139, 0.4424, 0.0], abs=0.03)


def test_replications_are_averaged_and_base_rows_with_gaps_are_left_out(layout: Layout) -> None:
    values = ishigami(layout.points)
    both = pd.concat([frame_of(values + 1, replication=0), frame_of(values - 1, replication=1)])
    both = both[both["point"] != 17]
    table = sensitivity(layout, both, ["releases"])
    assert table["n_base"].max() == 1023
    assert list(values_of(table, "total").values()) == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.03)


def test_what_does_not_vary_has_no_indices(layout: Layout) -> None:
    constant = frame_of(np.full(len(layout.points), 3.0))
    missing = frame_of(np.full(len(layout.points), np.nan), account="domestic_engine")
    assert sensitivity(layout, pd.concat([constant, missing]), ["releases"]).empty


def test_wide_intervals_are_told() -> None:
    points = saltelli.sample(3, 8, True, 1)
    table = sensitivity(saltelli_layout(NAMES, points), frame_of(ishigami(points)), ["releases"])
    text = statement(rank(table, "total"))
    assert "too wide to rank" in text
    assert "not settled" in text
    few = table[table["n_base"] == 8]
    assert statement(rank(few, "total")).endswith("the sample is too small to look at convergence")


def test_without_salib_the_command_that_installs_it_is_told(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib.analyze.sobol", None)
    with pytest.raises(DesignError, match=r"pip install SALib") as error:
        sensitivity(layout, frame_of(ishigami(layout.points)), ["releases"])
    assert error.value.exit_code == 2


def test_the_figure_shows_indices_in_order(indices: pd.DataFrame) -> None:
    drawn = FIGURE(make_tables(), indices, "quiet")
    ax = drawn.axes[0]
    assert [label.get_text() for label in ax.get_yticklabels()] == list(NAMES)
    assert ax.get_xlabel() == "share of the variance"
    assert "base sample of 1,024" in drawn.get_label()
    dots = sorted(float(line.get_xdata()[0]) for line in ax.lines if line.get_marker() == "o")
    assert dots == pytest.approx(sorted(values_of(indices, "total").values()))
