from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from demarche.analysis.variance import (
    components,
    in_one_line,
    nested_components,
    resampled_words,
    shares,
    split_variance,
    to_cube,
    verdict,
)
from demarche.figures.kinds.variance_split import FIGURE
from tests.unit.test_figures_tables import make_tables

Cube = NDArray[np.float64]


def cube_of(
    seed: int, sizes: tuple[int, int, int, int], sds: dict[tuple[int, ...], float], fixed: dict[int, Cube]
) -> Cube:
    """Return a table of fixed effects by axis and random ones by set of axes."""
    rng = np.random.default_rng(seed)
    cube = np.zeros(sizes)
    for axis, effect in fixed.items():
        cube = cube + effect.reshape([-1 if a == axis else 1 for a in range(4)])
    for axes, sd in sds.items():
        cube = cube + rng.normal(0, sd, [size if a in axes else 1 for a, size in enumerate(sizes)])
    return cube


def to_frame(cube: Cube) -> pd.DataFrame:
    index = np.indices(cube.shape).reshape(4, -1)
    names = ("arm", "account", "point", "replication")
    return pd.DataFrame({**dict(zip(names, index, strict=True)), "releases": cube.ravel()})


def test_effects_without_chance_are_split_exactly() -> None:
    arm, account = np.array([-1.0, 1.0]), np.array([-3.0, 0.0, 3.0])
    cube = cube_of(0, (2, 3, 4, 5), {}, {0: arm, 1: account})
    cube = cube + (arm[:, None] * account)[:, :, None, None]
    found = components(cube)
    assert found["arm",] == pytest.approx(1.0)
    assert found["account",] == pytest.approx(6.0)
    assert found["arm", "account"] == pytest.approx(6.0)
    assert sum(found.values()) == pytest.approx(cube.var())
    told = shares(found)
    assert told["strategy x account"] == pytest.approx(6 / 13)
    assert told["all account"] == pytest.approx(12 / 13)
    assert told["chance"] == pytest.approx(0.0)


def test_shares_add_up_to_one_and_one_level_makes_no_term() -> None:
    cube = cube_of(3, (2, 3, 1, 6), {(0, 1, 2, 3): 1.0, (3,): 2.0}, {})
    told = shares(components(cube))
    single = {term: share for term, share in told.items() if not term.startswith("all ")}
    assert set(single) == {"strategy", "account", "strategy x account", "chance"}
    assert sum(single.values()) == pytest.approx(1.0)


@pytest.mark.long
@pytest.mark.parametrize("sampled", [False, True])
def test_components_are_unbiased(sampled: bool) -> None:
    """Fixed arms with variance 4, luck 9, luck by arm 1, points 2 (random) and noise 16."""
    arm = np.array([-2.0, 2.0])
    sds = {(3,): 3.0, (0, 3): 1.0, (2,): 2.0**0.5, (0, 1, 2, 3): 4.0}
    runs = [components(cube_of(seed, (2, 2, 4, 5), sds, {0: arm}), sampled) for seed in range(1500)]
    mean = {term: float(np.mean([run[term] for run in runs])) for term in runs[0]}
    assert mean["arm",] == pytest.approx(4.0, abs=0.2)
    assert mean["account",] == pytest.approx(0.0, abs=0.05)
    assert mean["arm", "account", "point"] == pytest.approx(0.0, abs=0.05)
    # Luck by arm lies half in the mean of two arms, half in their difference. Noise lies in 16 cells of a
    # replication: a sixteenth in each contrast of chosen cells, none where sampled points average it out.
    noise = 0.0 if sampled else 16 / 16
    assert mean["replication",] == pytest.approx(9.0 + 0.5 + noise, abs=0.4)
    assert mean["arm", "replication"] == pytest.approx(0.5 + noise, abs=0.1)
    assert mean["point",] == pytest.approx(2.0 if sampled else 2.0 * 3 / 4, abs=0.15)


@pytest.mark.long
def test_the_interval_covers_the_true_share() -> None:
    """Two arms 2 apart and noise of variance 1: half of the variance each."""
    inside = []
    for seed in range(60):
        cube = cube_of(seed, (2, 1, 1, 40), {(0, 3): 1.0}, {0: np.array([-1.0, 1.0])})
        table = split_variance(to_frame(cube), ("releases",), resamples=200).set_index("term")
        inside.append(table.loc["strategy", "low"] <= 0.5 <= table.loc["strategy", "high"])
        assert table.loc["strategy", "n"] == 40
    assert np.mean(inside) >= 0.85


def test_replications_with_gaps_are_left_out() -> None:
    frame = to_frame(cube_of(1, (2, 2, 1, 6), {(0, 1, 2, 3): 1.0}, {}))
    frame.loc[frame["replication"] == 2, "releases"] = np.nan
    frame = frame.drop(index=frame[(frame["replication"] == 4) & (frame["arm"] == 1)].index)
    assert to_cube(frame, "releases").shape == (2, 2, 1, 4)
    assert split_variance(frame[frame["replication"] == 0], ("releases",)).empty
    assert split_variance(frame.assign(releases=1.0), ("releases",)).empty


def test_the_verdict_names_what_decides_or_says_that_it_cannot_be_ranked() -> None:
    cube = cube_of(5, (2, 3, 1, 30), {(0, 1, 2, 3): 1.0}, {1: np.array([-9.0, 0.0, 9.0])})
    clear = verdict(split_variance(to_frame(cube), ("releases",)), "releases")
    assert clear.startswith("releases: account decides most (9")
    even = cube_of(5, (2, 3, 1, 5), {(0, 1, 2, 3): 1.0}, {0: np.array([-0.9, 0.9])})
    assert "cannot be ranked" in verdict(split_variance(to_frame(even), ("releases",)), "releases")


def test_the_figure_shows_all_shares() -> None:
    tables = make_tables()
    found = split_variance(tables.outcomes, ("releases", "sponsors"))
    drawn = FIGURE(tables, found, "replications")
    widths: dict[float, float] = {}
    for patch in drawn.axes[0].patches:
        widths[patch.get_y()] = widths.get(patch.get_y(), 0.0) + patch.get_width()
    assert list(widths.values()) == pytest.approx([1.0, 1.0])
    assert "6 replications" in drawn.get_label()
    names = [text.get_text() for text in drawn.legends[0].get_texts()]
    assert names == ["strategy", "account", "strategy × account", "chance"]


def test_every_term_of_four_factors_is_told() -> None:
    told = shares(components(cube_of(2, (2, 2, 2, 2), {(0, 1, 2, 3): 1.0}, {})))
    words = ("strategy", "account", "parameters")
    terms = [" x ".join(part) for size in (1, 2, 3) for part in itertools.combinations(words, size)]
    assert set(told) == {*terms, "chance", *(f"all {word}" for word in words)}


def drawn_frame(cube: Cube) -> pd.DataFrame:
    return to_frame(cube).rename(columns={"point": "draw", "replication": "luck"})


def test_components_are_unbiased_where_luck_is_drawn_anew_in_every_draw() -> None:
    """Fixed arms with variance 4, draws 2, draws by arm 1, luck within draws 9 and by arm 4."""
    arm, runs = np.array([-2.0, 2.0]), []
    for seed in range(1500):
        runs.append(nested_components(cube_of(seed, (2, 1, 5, 3), {
            (2,): 2.0**0.5, (0, 2): 1.0, (2, 3): 3.0, (0, 2, 3): 2.0}, {0: arm})))  # fmt: skip
    mean = {term: float(np.mean([run[term] for run in runs])) for term in runs[0]}
    # What draws and luck do by arm lies half in the mean of two arms, half in their difference. Tolerances: four
    # standard errors over 1,500 tables or more.
    assert mean["replication",] == pytest.approx(9.0 + 4.0 / 2, abs=0.6)
    assert mean["arm", "replication"] == pytest.approx(4.0 / 2, abs=0.15)
    assert mean["point",] == pytest.approx(2.0 + 1.0 / 2, abs=0.6)
    assert mean["arm", "point"] == pytest.approx(1.0 / 2, abs=0.15)
    assert mean["arm",] == pytest.approx(4.0, abs=0.4)


def test_luck_is_the_mean_variance_within_draws_and_parameters_what_is_left_of_that_of_their_means() -> None:
    values = np.random.default_rng(4).normal(size=(6, 2)) + np.arange(6)[:, None]
    found = nested_components(values[None, None])
    luck = values.var(axis=1, ddof=1).mean()
    assert found["replication",] == pytest.approx(luck)
    assert found["point",] == pytest.approx(values.mean(axis=1).var(ddof=1) - luck / 2)


def test_a_batch_of_draws_is_split_over_its_draws() -> None:
    cube = cube_of(7, (2, 2, 30, 2), {(2,): 3.0, (2, 3): 1.0}, {0: np.array([-1.0, 1.0])})
    frame = drawn_frame(cube)
    frame.loc[(frame["draw"] == 3) & (frame["luck"] == 1) & (frame["arm"] == 0), "releases"] = np.nan
    assert to_cube(frame, "releases").shape == (2, 2, 29, 2)
    found = split_variance(frame, ("releases",), resamples=100).set_index("term")
    assert found.loc["parameters", "share"] > found.loc["strategy", "share"] > 0
    assert set(found["n"]) == {29}
    assert found.loc["parameters", "low"] < 9 / 11 < found.loc["parameters", "high"]
    assert split_variance(frame[frame["luck"] == 0], ("releases",)).empty
    assert resampled_words(frame, False) == "draws"
    drawn = FIGURE(make_tables(), found.reset_index(), "draws")
    assert "everything that luck within a draw changes. 29 draws" in drawn.get_label()


def test_one_line_gives_mean_shares_that_add_up_and_which_term_is_largest() -> None:
    arm, account = np.array([-1.0, 1.0]), np.array([-3.0, 0.0, 3.0])
    frame = to_frame(cube_of(0, (2, 3, 4, 5), {}, {0: arm, 1: account})).rename(columns={"releases": "exiles"})
    frame["releases"] = to_frame(cube_of(0, (2, 3, 4, 5), {}, {0: arm}))["releases"]
    table = split_variance(frame, ("exiles", "releases"), resamples=0)
    assert table[["low", "high"]].isna().all().all()
    strategy = (1 / 7 + 1) / 2
    line = in_one_line(table)
    assert f"of 2 outcomes: strategy {100 * strategy:.0f} %, account {100 * (1 - strategy):.0f} %" in line
    assert line.endswith("Largest: account of 1, strategy of 1.")
    assert in_one_line(split_variance(frame[frame["replication"] == 0], ("exiles",), resamples=0)) == ""
