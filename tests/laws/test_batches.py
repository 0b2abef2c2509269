"""Laws of batches: a run is the same run wherever, with whomever and however often it is run."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import numpy as np
import pytest
from tests.conftest import make_setup
from tests.support.compare import assert_equal, event_rows, runs_of

from demarche.cast.cast import Cast
from demarche.engine.setup import Setup
from demarche.engine.simulate import simulate, simulate_chunk
from demarche.world.world import World

pytestmark = pytest.mark.long

ARMS = ["as_it_was", "quiet"]


@pytest.fixture(scope="module")
def short_setup(cast: Cast) -> Setup:
    """Thirty months: two sessions, two tariff deadlines, the crackdown."""
    return make_setup(cast, 30)


@pytest.fixture(scope="module")
def reference(short_setup: Setup):
    """Two accounts that share the fewest rules."""
    runs = runs_of(ARMS, ["strategic_target", "domestic_engine"], list(range(70)))
    return runs, simulate(short_setup, runs, chunk=256)


@pytest.mark.parametrize("chunk", [64, 69])
def test_chunks_do_not_matter(short_setup: Setup, reference, chunk: int) -> None:
    runs, whole = reference
    assert_equal(simulate(short_setup, runs, chunk=chunk), whole)


def test_chunks_of_seven_do_not_matter(short_setup: Setup, reference) -> None:
    """Ten of them, with runs of all arms and accounts."""
    runs, whole = reference
    rows = np.sort(np.random.default_rng(7).choice(len(runs), 70, replace=False))
    found = simulate(short_setup, runs.take(rows), chunk=7)
    np.testing.assert_array_equal(found.series, whole.series[:, :, rows])
    for name, values in found.outcomes.items():
        np.testing.assert_array_equal(values, whole.outcomes[name][rows], err_msg=name)
    for place, row in enumerate(rows):
        assert event_rows(found, run=place) == event_rows(whole, run=row)


@pytest.mark.parametrize("row", [0, 69, 233])
def test_a_run_alone_equals_the_run_in_a_batch(short_setup: Setup, reference, row: int) -> None:
    runs, whole = reference
    alone = simulate(short_setup, runs.take(np.array([row])))
    np.testing.assert_array_equal(alone.series[:, :, 0], whole.series[:, :, row])
    assert event_rows(alone, run=0) == event_rows(whole, run=row)


def test_the_order_of_the_table_does_not_matter(short_setup: Setup, reference) -> None:
    runs, whole = reference
    order = np.random.default_rng(3).permutation(len(runs))
    shuffled = simulate(short_setup, runs.take(order))
    np.testing.assert_array_equal(shuffled.series, whole.series[:, :, order])


def test_recording_changes_nothing(short_setup: Setup, reference) -> None:
    runs, whole = reference
    silent = simulate(short_setup, runs, events=False)
    np.testing.assert_array_equal(silent.series, whole.series)
    assert len(silent.events) == 0


def test_outcomes_are_the_same_where_only_their_series_are_recorded(short_setup: Setup, reference) -> None:
    runs, whole = reference
    lean = simulate(short_setup, runs, events=False, all_series=False)
    assert 2 * len(lean.series_names) < len(whole.series_names)
    assert list(lean.outcomes) == list(whole.outcomes)
    for name, values in whole.outcomes.items():
        np.testing.assert_array_equal(lean.outcomes[name], values, name)
    for name in lean.series_names:
        np.testing.assert_array_equal(lean.of(name), whole.of(name), name)


def test_a_chunk_leaves_no_world_behind(short_setup: Setup) -> None:
    def worlds() -> int:
        return sum(isinstance(one, World) for one in gc.get_objects())

    gc.collect()
    before = worlds()
    gc.disable()
    try:
        kept = simulate_chunk(short_setup, runs_of(ARMS, ["domestic_engine"], [0]))
        assert worlds() == before
    finally:
        gc.enable()
    assert kept.series.size


def test_another_seed_gives_another_result(short_setup: Setup, reference) -> None:
    _, whole = reference
    other = simulate(short_setup, runs_of(ARMS, ["strategic_target", "domestic_engine"], list(range(1000, 1070))))
    for name in ("core_practice", "releases", "sponsor_count", "mobilisation"):
        assert not np.array_equal(other.of(name), whole.of(name)), name


SCRIPT = """
import hashlib, sys
sys.path[:0] = {path!r}
from pathlib import Path
from tests.conftest import make_setup, ROOT
from tests.support.compare import runs_of, event_rows
from demarche.engine.simulate import simulate
from tests.support.accounts import document_accounts
from demarche.cast.cast import load_cast
setup = make_setup(load_cast(ROOT / "scenarios" / "casts" / "china_1989.yaml"), 24)
result = simulate(setup, runs_of(["as_it_was"], list(document_accounts()), [1, 2, 3]))
print(hashlib.sha256(result.series.tobytes() + repr(event_rows(result)).encode()).hexdigest())
"""


def test_the_hash_seed_of_python_does_not_matter() -> None:
    script = SCRIPT.format(path=[os.getcwd(), *filter(None, sys.path)])
    seen = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(seen) == 1, "a set or dict order reaches the results; look for iteration over sets"
