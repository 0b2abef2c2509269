"""Draws and lucks from two layers of variance: what is known by hand, and that the proposal does what it promises."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from demarche.analysis.comparison.intervals import needed, t_quantile
from demarche.analysis.comparison.layers import (
    Layers,
    draws_for,
    layers_of,
    luck_half,
    lucks_for_signs,
    most_demanding,
    proposals_of_layers,
    proposed,
)
from demarche.cli.main import app
from tests.unit.test_runner import write_tiny


def differences(n_draws: int, n_lucks: int, sd_draws: float, sd_luck: float) -> np.ndarray:
    rng = np.random.default_rng(4)
    return rng.normal(1.0, sd_draws, (n_draws, 1)) + rng.normal(0.0, sd_luck, (n_draws, n_lucks))


def frame(values: np.ndarray) -> pd.DataFrame:
    n_draws, n_lucks = values.shape
    rows = [
        {"arm": arm, "account": "a", "draw": draw, "luck": luck, "releases": 10.0 + share * values[draw, luck]}
        for arm, share in (("as_it_was", 0.0), ("quiet", 1.0))
        for draw in range(n_draws)
        for luck in range(n_lucks)
    ]
    return pd.DataFrame(rows)


def test_the_two_layers_are_found_without_bias() -> None:
    found, used = layers_of(differences(4000, 3, 2.0, 5.0))
    assert math.sqrt(found.draws) == pytest.approx(2.0, rel=0.08)
    assert math.sqrt(found.luck) == pytest.approx(5.0, rel=0.03)
    assert used.draws >= found.draws
    assert layers_of(differences(4000, 3, 0.0, 5.0))[0].draws < 0.3


@pytest.mark.parametrize("layers", [Layers(4.0, 1.0), Layers(1.0, 25.0), Layers(0.0, 9.0), Layers(9.0, 0.0)])
def test_what_is_proposed_is_narrow_enough_in_both_layers_and_no_fewer_lucks_do_it_cheaper(layers: Layers) -> None:
    half, share = 0.5, 0.5
    draws, lucks = proposed(layers, half, share)
    assert t_quantile(draws - 1) * layers.sd(lucks) / math.sqrt(draws) <= half
    assert luck_half(layers, draws, lucks) <= share * half
    for other in range(2, 30):
        fewer = (draws * lucks - 1) // other
        if fewer >= 2:
            whole = t_quantile(fewer - 1) * layers.sd(other) / math.sqrt(fewer) <= half
            assert not (whole and luck_half(layers, fewer, other) <= 0.97 * share * half)


def test_lucks_for_signs_leave_four_fifths_of_the_variance_to_the_draw() -> None:
    assert lucks_for_signs(Layers(1.0, 0.0)) == 2
    assert lucks_for_signs(Layers(1.0, 10.0)) == 40
    assert lucks_for_signs(Layers(1.0, 1000.0)) == 0
    layers = Layers(1.0, 5.0)
    lucks = lucks_for_signs(layers)
    assert layers.draws / (layers.draws + layers.luck / lucks) == pytest.approx(0.8)
    assert draws_for(layers, 0.3, lucks) == needed(layers.sd(lucks), 0.3)


def test_a_table_holds_the_layers_of_each_difference_and_the_most_demanding_one() -> None:
    values = differences(40, 4, 2.0, 1.0)
    table = pd.concat([frame(values), frame(3.0 * values).assign(account="b")])
    found = proposals_of_layers(table, "as_it_was", ("releases",), {"releases": 1.0})
    assert found["account"].to_list() == ["a", "b"]
    sd_luck = math.sqrt(values.var(axis=1, ddof=1).mean())
    assert found["sd_luck"].to_list() == pytest.approx([sd_luck, 3.0 * sd_luck])
    assert most_demanding(found)["account"].to_list() == ["b"]
    assert (found["runs"] == found["draws"] * found["lucks"]).all()
    gap = table[(table["draw"] == 3) & (table["luck"] == 1)].index
    fewer = proposals_of_layers(table.drop(gap), "as_it_was", ("releases",), {"releases": 1.0})
    assert fewer["n_draws"].to_list() == [39, 39]


@pytest.mark.long
def test_reps_takes_the_layers_of_a_results_folder(tmp_path: Path) -> None:
    head = "scenario: ../scenarios/tiny.yaml\nseed: 4\narms: [quiet, vocal]\nrecord: {series: false, events: false}\n"
    drawn, plain = tmp_path / "drawn", tmp_path / "plain"

    def said(code: int, *arguments: object) -> str:
        done = CliRunner().invoke(app, [str(one) for one in arguments], env={"COLUMNS": "200"})
        assert done.exit_code == code, done.output
        return " ".join(done.output.split())

    run = ("--workers", 1, "--no-figures", "-q")
    said(0, "run", write_tiny(tmp_path / "a", f"{head}draws: 3\nlucks: 2\n"), "--out", drawn, *run)
    said(0, "run", write_tiny(tmp_path / "b", f"{head}replications: 4\n"), "--out", plain, *run)
    wanted = ("--relative", 0.01, "--outcomes", "mobilisation,answered_asks")
    told = said(0, "reps", drawn, *wanted)
    assert "from the two layers of variance" in told
    assert "Enough for every outcome above" in told
    draws, lucks = said(0, "reps", drawn, *wanted, "-q").split()
    assert f"above: {int(draws):,} draws x {lucks} lucks" in told
    assert "no draws with two lucks" in said(2, "reps", plain)
