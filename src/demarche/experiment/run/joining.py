"""From chunks to tables of all runs: streamed, and the same bytes whatever the chunks were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from demarche.experiment.chunks.shards import Job
from demarche.experiment.ledger.ledger import DONE, Ledger
from demarche.experiment.results.merged import merged
from demarche.experiment.tables.columns import arrow_schema, arrow_table
from demarche.experiment.tables.files import FileRecord
from demarche.experiment.tables.parquet import write_table, write_tables

if TYPE_CHECKING:
    from demarche.experiment.design.table import Design

REPEAT = "demarche results rerun RESULTS --run"


def write_runs(root: Path, job: Job, design: Design, ledger: Ledger) -> FileRecord:
    """Write one row a run: inputs, identity, and what became of it."""
    listed = job.columns["runs"]
    tables = (arrow_table(listed, _run_columns(design, batch)) for batch in ledger.batches())
    return write_tables(root, "runs.parquet", "runs", arrow_schema(listed), tables)


def _run_columns(design: Design, batch: Sequence[tuple[Any, ...]]) -> dict[str, Any]:
    run, row, key, status, exception, message, traceback = zip(*batch, strict=True)
    return {
        **identity_columns(design, run, row), "key": key, "seed": design.to_runs(np.array(row)).seed,
        "status": status, "exception": exception, "message": message, "traceback": traceback,
        "repeat": ["" if state == DONE else f"{REPEAT} {number}" for number, state in zip(run, status, strict=True)],
    }  # fmt: skip


def identity_columns(design: Design, run: Sequence[int], row: Sequence[int]) -> dict[str, Any]:
    """Return arm, account, point, replication and the varied parameters of some runs."""
    rows = np.array(row, dtype=np.int64)
    inputs, index = design.to_runs(rows), design.index(rows)
    place = dict(zip(design.places, (index["point"], index["replication"]), strict=True))
    return {"run": list(run), "arm": inputs.arm, "account": inputs.account, **place, **inputs.values}


def join_outcomes(root: Path, job: Job, design: Design, ledger: Ledger) -> FileRecord:
    """Join the outcomes of all chunks into one table, one row a run that was done, sorted by run."""
    listed = job.columns["outcomes"]
    rows_of = _Rows(ledger)

    def tables() -> Iterator[Any]:
        for part in merged(job.root, ledger):
            run = part["run"].to_pylist()
            outcomes = {name: part[name].combine_chunks() for name in part.column_names}
            yield arrow_table(listed, {**outcomes, **identity_columns(design, run, rows_of(run))})

    return write_tables(root, "outcomes.parquet", "outcomes", arrow_schema(listed), tables())


class _Rows:
    """Rows of the design of runs that are asked for in rising order; holds one batch of the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.batches = ledger.batches()
        self.held: dict[int, int] = {}

    def __call__(self, runs: Sequence[int]) -> list[int]:
        known = {run: row for run, row in self.held.items() if run >= runs[0]}
        while not known or max(known) < runs[-1]:
            known |= {entry[0]: entry[1] for entry in next(self.batches)}
        self.held = known
        return [known[run] for run in runs]


def write_calendar(root: Path, job: Job, arms: Sequence[str]) -> FileRecord:
    """Write the dated events of each arm that fall into the period."""
    period = job.setup.period
    rows = [
        {"arm": arm, "step": step, "code": event.code, "kind": event.kind, "date": str(event.month),
         "actors": " ".join(event.actors), "strength": event.strength}
        for arm in arms
        for event in sorted(job.setup.arms[arm].calendar.events, key=lambda e: (e.month, e.code))
        if 0 <= (step := period.start.steps_to(event.month)) < period.n_steps
    ]  # fmt: skip
    listed = job.columns["calendar"]
    columns = {column.name: [row[column.name] for row in rows] for column in listed}
    return write_table(root, "calendar.parquet", "calendar", arrow_table(listed, columns))
