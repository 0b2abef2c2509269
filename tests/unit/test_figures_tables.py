from __future__ import annotations

import dataclasses
from functools import cache

import numpy as np
import pandas as pd
import pytest

from demarche.cast.cast import load_cast
from demarche.errors import DesignError
from demarche.figures.kinds.votes import FIGURE
from demarche.figures.tables import FigureTables
from demarche.history.record import need_record
from demarche.scenario.question import ask
from demarche.world.calendar import Month
from tests.conftest import ROOT

ARMS = ("quiet", "vocal", "as_it_was")
ACCOUNTS = ("cooperative_learning", "strategic_target")
ISSUES = ("civil_political", "labour")
N, STEPS = 6, 60
HISTORY = need_record(load_cast(ROOT / "scenarios" / "casts" / "china_1989.yaml"))
SESSIONS = (9, 21, 33, 45, 57)
DEADLINES = (12, 24, 36, 48)


@cache
def make_tables(arms: tuple[str, ...] = ARMS, accounts: tuple[str, ...] = ACCOUNTS, n: int = N) -> FigureTables:
    """Return made-up tables: quiet frees 3 more persons a run than vocal in one account, 3 fewer in the other."""
    rng = np.random.default_rng(5)
    groups = [(arm, account, k) for arm in arms for account in accounts for k in range(n)]
    runs = pd.DataFrame(groups, columns=["arm", "account", "replication"])
    runs.insert(0, "run", np.arange(len(runs)))
    runs["point"], runs["status"] = 0, "done"
    sign = np.where(runs["account"] == accounts[0], 1.0, -1.0)
    gain = np.where(runs["arm"] == "quiet", 1.5, np.where(runs["arm"] == "vocal", -1.5, 0.0))
    releases = 20 + sign * gain + runs["replication"] + rng.normal(0, 0.1, len(runs))
    outcomes = runs.assign(releases=releases, no_action_margin=5.0, sponsors=rng.normal(10, 1, len(runs)))
    return FigureTables(
        runs=runs, outcomes=outcomes, series=_series(runs, rng),
        events=pd.concat([_votes(runs), _persons(runs)], ignore_index=True), calendar=_calendar(arms),
        start=Month(1989, 6), n_steps=STEPS, title="A made-up case", seed=1995,
        arms={arm: f"Title of {arm}" for arm in arms}, accounts={one: f"Account {one[0]}" for one in accounts},
        asked=ask(ARMS, ("releases", "no_action_margin", "sponsors"), baseline="as_it_was").among(arms),
        record=HISTORY,
    )  # fmt: skip


def _series(runs: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    n_runs, step = len(runs), np.arange(STEPS)
    session = np.isin(step, SESSIONS)
    near = np.isin(step, [d - lead for d in DEADLINES for lead in (0, 1)])
    columns = {
        "releases": np.where(near, 3.0, 1.0) + np.zeros((n_runs, 1)),
        "exiles": np.full((n_runs, STEPS), 0.5),
        "first_detentions": rng.poisson(1.0, (n_runs, STEPS)),
        "renewed_detentions": rng.poisson(0.5, (n_runs, STEPS)),
        "motions_tabled": np.where(session & (step != SESSIONS[1]), 1.0, 0.0) + np.zeros((n_runs, 1)),
        "motion_margin": np.where(session, 4.0, 0.0) + runs["replication"].to_numpy()[:, None],
        "sponsor_count": np.full((n_runs, STEPS), 15.0),
        "core_practice": 0.3 + 0.001 * step + 0.01 * runs["replication"].to_numpy()[:, None],
    }
    for issue in ISSUES:
        columns[f"practice_{issue}"] = 0.3 + 0.001 * step + 0.01 * runs["replication"].to_numpy()[:, None]
        columns[f"commitment_{issue}"] = 0.4 + 0.004 * step + np.zeros((n_runs, 1))
    table = {"run": np.repeat(runs["run"].to_numpy(), STEPS), "step": np.tile(step, n_runs)}
    return pd.DataFrame(table | {name: values.astype(np.float32).ravel() for name, values in columns.items()})


def _votes(runs: pd.DataFrame) -> pd.DataFrame:
    held = [step for step in SESSIONS if step != SESSIONS[1]]
    votes = [("yes", 20), ("no", 15), ("abstain", 7), ("absent", 1)]
    words = [word for word, number in votes for _ in range(number)]
    rows = {
        "run": np.repeat(runs["run"].to_numpy(), len(held) * len(words)),
        "step": np.tile(np.repeat(held, len(words)), len(runs)),
        "kind": "vote_no_action",
        "actor": np.tile([f"S{i:02d}" for i in range(len(words))], len(runs) * len(held)),
        "detail": np.tile(words, len(runs) * len(held)),
    }
    return pd.DataFrame(rows)


def _persons(runs: pd.DataFrame) -> pd.DataFrame:
    """Return lives: the first person is freed in month 10, under quiet in month 4; the second is detained again."""
    rows = []
    for row in runs.to_dict("records"):
        freed = 4 if row["arm"] == "quiet" else 10
        rows += [(row["run"], freed, "person_001", "released"), (row["run"], 20, "person_001", "detained_again"),
                 (row["run"], 5, "person_002", "detained"), (row["run"], 30, "person_002", "exiled"),
                 (row["run"], 6, "person_002", "told")]  # fmt: skip
    made = pd.DataFrame(rows, columns=["run", "step", "actor", "detail"])
    return made.assign(kind="person")


def _calendar(arms: tuple[str, ...]) -> pd.DataFrame:
    start = Month(1989, 6)
    dated = [("session", step) for step in SESSIONS] + [("tariff_deadline", step) for step in DEADLINES]
    dated += [("summit", 30), ("crackdown", 0)]
    rows = [(arm, step, f"{kind}_{step}", kind, str(start.plus(step))) for arm in arms for kind, step in dated]
    return pd.DataFrame(rows, columns=["arm", "step", "code", "kind", "date"])


def test_a_cube_holds_the_runs_of_an_arm_and_account_in_order() -> None:
    tables = make_tables()
    cube = tables.cube("practice_labour", "vocal", "strategic_target")
    assert cube.shape == (N, STEPS)
    assert cube[:, 0] == pytest.approx(0.3 + 0.01 * np.arange(N))
    assert cube[0] == pytest.approx(0.3 + 0.001 * np.arange(STEPS))


def test_the_order_of_rows_of_the_series_does_not_matter() -> None:
    tables = make_tables()
    mixed = dataclasses.replace(tables, series=tables.series.sample(frac=1.0, random_state=1))
    for name in ("practice_labour", "first_detentions"):
        expected = tables.cube(name, "quiet", ACCOUNTS[0])
        np.testing.assert_array_equal(mixed.cube(name, "quiet", ACCOUNTS[0]), expected)


def test_failed_runs_are_left_out() -> None:
    tables = make_tables()
    lost = tables.run_numbers("quiet", ACCOUNTS[0])[2]
    runs = tables.runs.assign(status=np.where(tables.runs["run"] == lost, "failed", "done"))
    series = tables.series[tables.series["run"] != lost]
    fewer = dataclasses.replace(tables, runs=runs, series=series)
    assert fewer.n_runs == tables.n_runs - 1
    assert len(fewer.cube("releases", "quiet", ACCOUNTS[0])) == N - 1
    assert len(fewer.cube("releases", "vocal", ACCOUNTS[1])) == N


def test_incomplete_series_are_refused() -> None:
    tables = make_tables()
    short = dataclasses.replace(tables, series=tables.series.iloc[:-1])
    with pytest.raises(DesignError, match="more or fewer months"):
        short.cube("releases", "quiet", ACCOUNTS[0])


def test_missing_series_are_named_with_the_remedy() -> None:
    tables = make_tables()
    fewer = tables.series.drop(columns="motion_margin")
    with pytest.raises(DesignError, match=r"needs monthly series(.|\n)*motion_margin(.|\n)*record: \{series: true\}"):
        FIGURE(dataclasses.replace(tables, series=fewer))
    with pytest.raises(DesignError, match="motion_margin, motions_tabled, sponsor_count"):
        FIGURE(dataclasses.replace(tables, series=tables.series.iloc[:0]))


def test_dates_and_years() -> None:
    tables = make_tables()
    assert tables.dates("quiet", ["summit", "tariff_deadline"]).tolist() == [12, 24, 30, 36, 48]
    assert tables.dates("quiet", ["games"]).tolist() == []
    assert tables.years(np.array([0, 7])) == pytest.approx([1989 + 5.5 / 12, 1990 + 0.5 / 12])


def test_the_reference_is_that_of_the_scenario() -> None:
    tables = make_tables()
    assert tables.reference == "as_it_was"
    assert dataclasses.replace(tables, asked=ask(ARMS, (), reference="vocal")).reference == "vocal"


def test_the_batch_holds_what_was_done_of_the_accounts_that_are_shown() -> None:
    tables = make_tables()
    fewer = tables.outcomes[~tables.outcomes["arm"].isin(["vocal"])]
    batch = dataclasses.replace(tables, outcomes=fewer, accounts={ACCOUNTS[1]: ""}).batch
    assert (batch.arms, batch.accounts) == (("quiet", "as_it_was"), (ACCOUNTS[1],))
    assert batch.asked.contrast == ("quiet", "as_it_was")
    assert set(batch.runs["account"]) == {ACCOUNTS[1]}
