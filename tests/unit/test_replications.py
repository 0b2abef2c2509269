from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from demarche.analysis.comparison.intervals import needed
from demarche.analysis.comparison.replications import COLUMNS, proposals, run_pilot, sd_limit, worst
from demarche.engine.simulate import simulate
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.design.table import make_design
from demarche.scenario.load import compile_scenario
from tests.unit.test_runner import EXPERIMENT, write_tiny

VARIED = "design: list\nvary:\n  focal.threat_screen.strength: {values: [1.0, 2.0, 3.0, 4.0, 5.0]}\n"


def frame(n: int = 30) -> pd.DataFrame:
    rng = np.random.default_rng(2)
    luck = rng.normal(0, 5, n)
    rows = [
        {"arm": arm, "account": "a", "point": 0, "replication": k, "releases": 50 + gap + luck[k] + rng.normal(0, 0.5)}
        for arm, gap in (("as_it_was", 0.0), ("quiet", 1.0))
        for k in range(n)
    ]
    return pd.DataFrame(rows)


def test_needs_follow_from_the_upper_limit_of_the_spread() -> None:
    table = frame()
    found = proposals(table, "as_it_was", ("releases",), {"releases": 1.0})
    assert tuple(found.columns) == COLUMNS
    wide = table.pivot_table(index="replication", columns="arm", values="releases")
    gaps = wide["quiet"] - wide["as_it_was"]
    row = found[found["what"] == "difference"].iloc[0]
    used = gaps.std() * (29 / stats.chi2.ppf(0.2, 29)) ** 0.5
    assert row["sd_used"] == pytest.approx(used)
    assert row["needed"] == needed(used, 1.0)
    assert row["needed_for_sign"] == needed(used, abs(gaps.mean()))
    mean = found[(found["what"] == "mean") & (found["arm"] == "quiet")].iloc[0]
    assert mean["needed"] == needed(sd_limit(wide["quiet"].std(), 30), 1.0)
    assert mean["needed"] > 20 * row["needed"]
    assert row["needed_unpaired"] > mean["needed"]


def test_a_relative_half_width_is_a_share_of_the_size_of_the_outcome() -> None:
    table = frame()
    found = proposals(table, "as_it_was", ("releases",), relative=0.1)
    assert found["half_width"].to_list() == pytest.approx([0.1 * table["releases"].mean()] * 3)
    around_zero = table.assign(releases=table["releases"] - table["releases"].mean())
    found = proposals(around_zero, "as_it_was", ("releases",), relative=0.1)
    assert found["half_width"].to_list() == pytest.approx([0.1 * around_zero["releases"].std(ddof=0)] * 3)


def test_what_never_varies_needs_two_and_what_is_missing_nothing() -> None:
    table = frame().assign(exiles=3.0, no_action_margin=np.nan)
    found = proposals(table, "as_it_was", ("exiles", "no_action_margin"))
    assert set(found[found["outcome"] == "exiles"]["needed"]) == {2}
    assert found[found["outcome"] == "no_action_margin"]["needed"].isna().all()
    assert set(worst(found)["outcome"]) == {"exiles"}


def test_the_worst_mean_and_difference_are_chosen() -> None:
    table = pd.concat([frame(), frame().assign(account="b", releases=lambda t: 3 * t["releases"])])
    found = worst(proposals(table, "as_it_was", ("releases",), {"releases": 1.0}))
    assert found[["what", "account"]].to_numpy().tolist() == [["mean", "b"], ["difference", "b"]]


@pytest.mark.long
def test_a_pilot_is_the_first_replications_of_a_few_points(tmp_path: Path) -> None:
    experiment = load_experiment(write_tiny(tmp_path, EXPERIMENT + VARIED + "arms: [quiet, vocal]\n"))
    told: list[tuple[int, int]] = []
    pilot = run_pilot(experiment, 2, lambda done, total: told.append((done, total)))
    assert pilot.points == (0, 2, 4)
    assert len(pilot.frame) == 2 * 2 * 3 * 2
    assert told[-1] == (24, 24)
    assert pilot.seconds > 0
    design = make_design(experiment)
    done = simulate(compile_scenario(experiment.scenario), design.to_runs(), events=False)
    index = design.index(np.arange(len(design)))
    accounts = np.array(design.accounts)[index["account"]]
    arms = np.array(design.arms)[index["arm"]]
    for row in pilot.frame.to_dict("records"):
        place = (arms == row["arm"]) & (accounts == row["account"])
        place &= (index["point"] == row["point"]) & (index["replication"] == row["replication"])
        assert done.outcomes["sponsors"][place].tolist() == [row["sponsors"]]


def test_one_value_tells_nothing_of_the_spread() -> None:
    table = frame()
    table.loc[(table["arm"] == "quiet") & (table["replication"] > 0), "releases"] = np.nan
    found = proposals(table, "as_it_was", ("releases",), {"releases": 2.0})
    for what in ("mean", "difference"):
        row = found[(found["what"] == what) & (found["arm"] == "quiet")].iloc[0]
        assert (row["n"], row["half_width"]) == (1, 2.0)
        assert row[["mean", "sd", "sd_used", "needed", "needed_for_sign"]].isna().all()
