"""One chunk of runs: simulated, written as one shard of every table, told in a small receipt."""

from __future__ import annotations

import json
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.engine.recorder import Recorder, detail_label, join_events
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import simulate_chunk
from demarche.engine.variables import EVENT_KINDS
from demarche.experiment.columns import Column, arrow_table
from demarche.experiment.files import FileRecord, write_json, write_table
from demarche.world.fields import FIELDS

WORK = "unfinished"
DONE, FAILED = "done", "failed"


@dataclass(frozen=True)
class Task:
    """A chunk of up to 128 runs of one arm and pack.

    Parameters
    ----------
    part
        Number of the shard.
    rows
        Rows of the design table, in order.
    index
        Arm, pack, point and replication of each row, as their columns say.
    runs
        The same runs as input of the engine.
    """

    part: int
    rows: NDArray[np.int64]
    index: dict[str, Any]
    runs: Runs


@dataclass(frozen=True)
class Receipt:
    """What is left of a chunk in the parent process.

    Parameters
    ----------
    part, first, count
        Number of the shard, its first row and how many follow one another.
    status
        `done` or `failed`.
    cpu_seconds
        CPU time of simulating and writing.
    files
        The shards; none if it failed.
    exception, message, traceback
        Why it failed, else empty.
    """

    part: int
    first: int
    count: int
    status: str
    cpu_seconds: float
    files: tuple[FileRecord, ...] = ()
    exception: str = ""
    message: str = ""
    traceback: str = ""

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Receipt:
        """Return the receipt that `to_json` described."""
        return cls(**{**content, "files": tuple(FileRecord(**file) for file in content["files"])})

    def to_json(self) -> dict[str, Any]:
        """Return the receipt as plain data."""
        return asdict(self)


@dataclass(frozen=True)
class Job:
    """What all chunks of an experiment have in common; travels once to every worker.

    Parameters
    ----------
    setup
        What the scenario compiled to.
    root
        Results folder.
    columns
        The column dictionary.
    series, events
        Whether these tables are kept.
    """

    setup: Setup
    root: Path
    columns: dict[str, tuple[Column, ...]]
    series: bool = True
    events: bool = True


def receipt_file(part: int) -> str:
    """Return where the receipt of a chunk lies while the experiment is unfinished."""
    return f"{WORK}/receipt-{part:05d}.json"


def run_task(job: Job, task: Task) -> Receipt:
    """Simulate a chunk and write its shards; the receipt comes last, so that a shard with a receipt is complete.

    An exception of the model is written into the receipt; one of the file system is raised.

    Raises
    ------
    OSError
        If a file cannot be written.
    """
    start = time.process_time()
    first, count = int(task.rows[0]), len(task.rows)
    try:
        recorder = simulate_chunk(job.setup, task.runs, events=job.events)
        tables = shard_tables(job, task, recorder)
    except OSError:
        raise
    except Exception as error:
        lines = traceback.format_exc()
        kind, text = type(error).__name__, str(error)
        receipt = Receipt(task.part, first, count, FAILED, time.process_time() - start, (), kind, text, lines)
    else:
        files = tuple(write_table(job.root, shard_file(name, task.part), name, table) for name, table in tables.items())
        receipt = Receipt(task.part, first, count, DONE, time.process_time() - start, files)
    write_receipt(job.root, receipt)
    return receipt


def write_receipt(root: Path, receipt: Receipt) -> None:
    """Write a receipt into the results folder; from then on its chunk counts as written."""
    write_json(root / receipt_file(receipt.part), receipt.to_json())


def find_receipt(root: Path, part: int) -> Receipt | None:
    """Return the receipt of a chunk, None if the chunk has not been written."""
    try:
        return Receipt.from_json(json.loads((root / receipt_file(part)).read_bytes()))
    except FileNotFoundError:
        return None


def shard_file(table: str, part: int) -> str:
    """Return where a shard lies; outcomes are joined into one file when the experiment is finished."""
    start = f"{WORK}/outcomes" if table == "outcomes" else f"{table}/part"
    return f"{start}-{part:05d}.parquet"


def shard_tables(job: Job, task: Task, recorder: Recorder) -> dict[str, Any]:
    """Return the Arrow tables of a chunk by name."""
    outcomes = {"run": task.rows, **task.index, **task.runs.values, **recorder.outcomes()}
    tables = {"outcomes": arrow_table(job.columns["outcomes"], outcomes)}
    if job.series:
        tables["series"] = arrow_table(job.columns["series"], series_columns(task.rows, recorder))
    if job.events:
        tables["events"] = arrow_table(job.columns["events"], event_columns(task.rows, recorder))
    return tables


def series_columns(rows: NDArray[np.int64], recorder: Recorder) -> dict[str, Any]:
    """Return the columns of the series table, sorted by run and step."""
    n_series, n_steps, n_runs = recorder.series.shape
    values = recorder.series.transpose(0, 2, 1).reshape(n_series, n_runs * n_steps)
    columns: dict[str, Any] = {"run": np.repeat(rows, n_steps), "step": np.tile(np.arange(n_steps), n_runs)}
    return columns | {spec.name: values[row] for row, spec in enumerate(recorder.specs)}


def event_columns(rows: NDArray[np.int64], recorder: Recorder) -> dict[str, Any]:
    """Return the columns of the event table, sorted by run, step, kind and actor."""
    import pyarrow as pa

    table = join_events(recorder.parts)
    kinds = [kind.kind for kind in EVENT_KINDS]
    actors, details = _actor_words(recorder.codes), _detail_words()
    return {
        "run": rows[table.run],
        "step": table.step,
        "kind": pa.DictionaryArray.from_arrays(table.kind.astype(np.int32), kinds),
        "actor": _words(actors, table.kind, table.actor),
        "detail": _words(details, table.kind, table.detail.astype(np.int32) - 1),
        "value": pa.array(table.value, pa.float32(), mask=np.isnan(table.value)),
    }


def _words(words: list[tuple[str, ...]], kind: NDArray[np.int8], position: NDArray[Any]) -> Any:
    """Return the word at a position of the list that belongs to each kind; missing where it is -1."""
    import pyarrow as pa

    unique = list(dict.fromkeys(word for listed in words for word in listed))
    place = {word: number for number, word in enumerate(unique)}
    longest = max(len(listed) for listed in words)
    codes = np.full((len(words), longest), -1, dtype=np.int32)
    for row, listed in enumerate(words):
        codes[row, : len(listed)] = [place[word] for word in listed]
    found = np.where(position < 0, -1, codes[kind, position])
    return pa.DictionaryArray.from_arrays(pa.array(found, pa.int32(), mask=found < 0), unique)


def _actor_words(codes: dict[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return for each kind of event the codes of its actors."""
    axes = (FIELDS[kind.field].axes for kind in EVENT_KINDS)
    return [codes[axis[0]] if axis else () for axis in axes]


def _detail_words() -> list[tuple[str, ...]]:
    """Return for each kind of event the labels of its codes."""
    return [
        tuple(detail_label(position, code + 1) for code in range(len(FIELDS[kind.field].labels)))
        for position, kind in enumerate(EVENT_KINDS)
    ]
