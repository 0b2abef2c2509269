"""The table of runs: parts of it keep what belongs to each run, and runs that may share a chunk are found."""

from __future__ import annotations

import dataclasses
import gc
from types import SimpleNamespace

import numpy as np
import pytest

from demarche.engine.initial import world_codes
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import gather, simulate, simulate_chunk
from demarche.engine.variables import SERIES, issue_series

TABLE = Runs(
    ["quiet", "vocal", "quiet", "vocal", "quiet"],
    ["a", "a", "b", "b", "a"],
    [1, 2, 3, 4, 5],
    {"x.y": np.array([0.1, 0.2, 0.3, 0.4, 0.5])},
)


def test_a_part_has_arm_account_seed_and_values_of_its_rows() -> None:
    part = TABLE.take(np.array([4, 1, 1]))
    assert (part.arm, part.account, part.seed) == (["quiet", "vocal", "vocal"], ["a", "a", "a"], [5, 2, 2])
    np.testing.assert_array_equal(part.values["x.y"], [0.5, 0.2, 0.2])


def test_rows_are_grouped_in_order_of_first_appearance() -> None:
    assert [rows.tolist() for rows in TABLE.groups()] == [[0, 4], [1], [2], [3]]
    assert [rows.tolist() for rows in TABLE.groups(lambda arm, account: account)] == [[0, 1, 4], [2, 3]]


def test_chunks_are_put_together_in_the_order_of_the_table(short_setup: Setup) -> None:
    """Two chunks of two runs that stand in turn in the table: every number names the run that left it."""

    def chunk(rows: list[int]) -> tuple[np.ndarray, SimpleNamespace]:
        left = np.array(rows, dtype=np.float64)
        kept = SimpleNamespace(
            specs=specs, series=np.broadcast_to(left, shape), outcomes=lambda: {"releases": left}, parts=[]
        )
        return np.array(rows, dtype=np.intp), kept

    specs = (*SERIES, *issue_series(world_codes(short_setup.cast)["issue"]))
    shape = (len(specs), short_setup.period.n_steps, 2)
    found = gather(short_setup, [chunk([1, 3]), chunk([0, 2])], 4)  # type: ignore[list-item]
    np.testing.assert_array_equal(found.outcomes["releases"], [0.0, 1.0, 2.0, 3.0])
    np.testing.assert_array_equal(found.series, np.broadcast_to(np.arange(4.0), (*shape[:2], 4)))


@pytest.mark.long
def test_every_run_has_its_own_values_in_whatever_chunk(short_setup: Setup) -> None:
    """Six runs of one seed that differ in one parameter, two accounts in turn, in chunks of two."""
    values = np.linspace(0.0, 1.0, 6)
    accounts = ["strategic_target", "domestic_engine"] * 3
    runs = Runs(["as_it_was"] * 6, accounts, [7] * 6, {"focal.threat_screen.strength": 12.0 * values})
    whole, apart = simulate(short_setup, runs), simulate(short_setup, runs, chunk=2)
    np.testing.assert_array_equal(apart.series, whole.series)
    for row in range(6):
        alone = simulate(short_setup, runs.take(np.array([row])))
        np.testing.assert_array_equal(alone.series[:, :, 0], whole.series[:, :, row])
        for name, found in alone.outcomes.items():
            np.testing.assert_array_equal(found[0], whole.outcomes[name][row], err_msg=name)
    releases = whole.outcomes["releases"]
    assert len(set(releases[::2])) > 1
    assert len(set(releases[1::2])) > 1


@pytest.mark.parametrize(
    ("all_series", "chunk", "widths"), [(True, None, [3, 2]), (False, None, [4, 1]), (False, 2, [2, 2, 1])]
)
def test_chunks_are_wider_where_few_series_are_recorded(
    short_setup: Setup, monkeypatch: pytest.MonkeyPatch, all_series: bool, chunk: int | None, widths: list[int]
) -> None:
    monkeypatch.setattr("demarche.engine.simulate.CHUNK", 3)
    monkeypatch.setattr("demarche.engine.simulate.LEAN_CHUNK", 4)
    runs, met = Runs(["as_it_was"] * 5, ["domestic_engine"] * 5, [1, 2, 3, 4, 5]), []
    setup = dataclasses.replace(short_setup, period=dataclasses.replace(short_setup.period, n_steps=1))
    simulate(setup, runs, events=False, all_series=all_series, chunk=chunk, progress=met.append)
    assert met == widths


def test_while_months_pass_the_collector_of_cycles_passes_over_what_was_there(short_setup: Setup) -> None:
    seen: list[int] = []

    def look(share: float) -> None:
        seen.append(gc.get_freeze_count())
        raise KeyboardInterrupt

    gc.unfreeze()  # what runs the tests may have asked for the same
    with pytest.raises(KeyboardInterrupt):
        simulate_chunk(short_setup, Runs(["as_it_was"] * 2, ["strategic_target"] * 2, [1, 2]), progress=look)
    assert seen[0] > 10_000
    assert gc.get_freeze_count() == 0
