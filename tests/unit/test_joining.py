"""Outcomes of chunks joined: every run once, in order, with its own numbers, whatever the chunks were."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest

from demarche.cast.cast import Cast
from demarche.engine.setup import ArmSetup, Setup
from demarche.experiment.chunks.shards import PARTS, Receipt, shard_file
from demarche.experiment.ledger.ledger import PENDING, Chunk, Ledger
from demarche.experiment.run.joining import merged, write_calendar
from demarche.experiment.tables.columns import column_dictionary
from demarche.experiment.tables.parquet import read_table, write_table
from demarche.world.calendar import Calendar, CalendarEvent, Month, Period

LAYOUTS = {
    "one after another": [[0, 1, 2], [3, 4], [5, 6, 7]],
    "one within another": [[0, 1, 6, 7], [2, 3], [4, 5]],
    "crossing": [[0, 2, 4, 6], [1, 3, 5, 7]],
    "nested twice": [[0, 7], [1, 6], [2, 3, 4, 5]],
    "one alone": [[0, 1, 2, 3, 4, 5, 6, 7]],
}


def joined(folder: Path, chunks: list[list[int]], written: set[int]) -> list[tuple[int, float]]:
    """Return run and number of what is merged; chunks are recorded last first."""
    with Ledger.create(folder / "ledger.sqlite") as ledger:
        with ledger.transaction():
            for number, runs in enumerate(chunks):
                ledger.put_chunks([Chunk(number, runs[0], runs[-1], len(runs))])
                ledger.put("runs", ((run, run, f"key{run}", number, PENDING, None) for run in runs))
        for number, runs in reversed(list(enumerate(chunks))):
            kept = [run for run in runs if run in written]
            table = pa.table({"run": pa.array(kept, pa.int64()), "releases": [run + 0.5 for run in kept]})
            files = (write_table(folder, shard_file(PARTS, number), PARTS, table),) if kept else ()
            with ledger.transaction():
                ledger.record(Receipt(number, 1.0, files))
        parts = list(merged(folder, ledger))
    return [pair for part in parts for pair in zip(*(part[n].to_pylist() for n in ("run", "releases")), strict=True)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_run_comes_once_in_order_with_its_number(tmp_path: Path, layout: str) -> None:
    assert joined(tmp_path, LAYOUTS[layout], set(range(8))) == [(run, run + 0.5) for run in range(8)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_runs_that_failed_are_left_out(tmp_path: Path, layout: str) -> None:
    """Runs 2 to 5 failed: in some layouts these are whole chunks."""
    assert joined(tmp_path, LAYOUTS[layout], {0, 1, 6, 7}) == [(run, run + 0.5) for run in (0, 1, 6, 7)]


def test_the_calendar_holds_the_events_of_the_period_first_and_last_month_included(cast: Cast, tmp_path: Path) -> None:
    period = Period(Month(2000, 1), 12)
    dates = {"before": Month(1999, 12), "first": Month(2000, 1), "last": Month(2000, 12), "after": Month(2001, 1)}
    calendar = Calendar(period, tuple(CalendarEvent(code, "summit", month) for code, month in dates.items()))
    without = calendar.changed(remove=("first",))
    setup = Setup(cast, period, {"a": ArmSetup("a", calendar), "b": ArmSetup("b", without)}, {})
    job = SimpleNamespace(setup=setup, columns=column_dictionary({}, []))
    table = read_table(tmp_path, write_calendar(tmp_path, job, ["b", "a"]))  # type: ignore[arg-type]
    found = [tuple(table[name].to_pylist()) for name in ("arm", "code", "step")]
    assert found == [("b", "a", "a"), ("last", "first", "last"), (11, 0, 11)]
