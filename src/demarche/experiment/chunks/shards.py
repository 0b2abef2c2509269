"""One chunk of runs: simulated, written as one shard of every table, told in a small receipt."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.engine.recorder import Recorder, detail_label, join_events
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import simulate_chunk
from demarche.engine.variables import EVENT_KINDS, OUTCOMES
from demarche.experiment.tables.columns import Column, arrow_table
from demarche.experiment.tables.files import FileRecord
from demarche.experiment.tables.parquet import write_table
from demarche.world.fields import FIELDS

PARTS = "outcome_parts"  # outcomes of a chunk; joined into the table `outcomes` when the experiment is finished
FOLDERS = {PARTS: "outcomes", "series": "series", "events": "events"}
FAILED, KILLED = "failed", "killed"
MAX_ALONE = 8  # runs of a chunk that are tried alone before failing pieces count as a whole
LONGEST_TEXT = 8000  # characters of a message or traceback that are kept


@dataclass(frozen=True)
class Task:
    """A chunk of runs of one arm and account.

    Parameters
    ----------
    chunk
        Number of the chunk and of its shards.
    runs
        Numbers of the runs, in order.
    inputs
        The same runs as input of the engine.
    """

    chunk: int
    runs: NDArray[np.int64]
    inputs: Runs


@dataclass(frozen=True)
class Failure:
    """Why some runs are missing.

    Parameters
    ----------
    runs
        Numbers of the runs.
    exception, message, traceback
        What was raised.
    status
        `failed`, or `killed` if it ended its worker process.
    """

    runs: tuple[int, ...]
    exception: str
    message: str
    traceback: str = ""
    status: str = FAILED


@dataclass(frozen=True)
class Receipt:
    """What is told of a chunk that was simulated and written.

    Parameters
    ----------
    chunk
        Number of the chunk.
    cpu_seconds
        CPU time of simulating and writing.
    files
        The shards; none if no run was done.
    failures
        Runs that failed.
    idle
        Bound choices for which there was no occasion: step, decision, who, and in how many runs.
    """

    chunk: int
    cpu_seconds: float
    files: tuple[FileRecord, ...] = ()
    failures: tuple[Failure, ...] = ()
    idle: tuple[tuple[int, str, tuple[str, ...], int], ...] = ()


Tell = Callable[[int, float], None]
"""Is told the number of a chunk under way, and the share of it that is done."""


@dataclass(frozen=True)
class Job:
    """What all chunks of an experiment have in common; every worker reads it once.

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


def run_task(job: Job, task: Task, tell: Tell | None = None) -> Receipt:
    """Simulate a chunk and write its shards; an exception of the model is told in the receipt.

    Raises
    ------
    DiskError
        If a file cannot be written.
    Exception
        What `tell` raises.
    """
    start = time.process_time()
    done, failures = simulate_apart(job, task, tell)
    files = []
    if done:
        for name, table in shard_tables(job, done).items():
            files.append(write_table(job.root, shard_file(name, task.chunk), name, table))
    idle = tuple((one.step, one.decision, one.actors, len(one.runs)) for _, part in done for one in part.idle)
    return Receipt(task.chunk, time.process_time() - start, tuple(files), tuple(failures), idle)


Part = tuple[NDArray[np.int64], Recorder]


def simulate_apart(job: Job, task: Task, tell: Tell | None = None) -> tuple[list[Part], list[Failure]]:
    """Simulate the runs of a chunk; one that fails is found by halving, so that the others are done.

    After `MAX_ALONE` runs failed alone, a piece that fails is not halved any more: when a whole
    arm cannot be run, trying each run alone would take longer than the experiment.

    Returns
    -------
    Numbers of the runs that were done with their recorders, in order, and the failures.
    """
    done: list[Part] = []
    failures: list[Failure] = []
    left = [np.arange(len(task.runs))]
    alone = 0
    told: list[Exception] = []

    def progress(share: float) -> None:
        if tell is not None:
            try:
                tell(task.chunk, share * len(piece) / len(task.runs))
            except Exception as error:  # nothing that the runs did
                told.append(error)
                raise

    while left:
        piece = left.pop()
        inputs = task.inputs if len(piece) == len(task.runs) else task.inputs.take(piece)
        try:
            recorder = simulate_chunk(
                job.setup, inputs, events=job.events, all_series=job.series, progress=progress
            )
            done.append((task.runs[piece], recorder))
        except OSError:
            raise
        except Exception as error:
            if told:
                raise
            if len(piece) > 1 and alone < MAX_ALONE:
                middle = len(piece) // 2
                left += [piece[middle:], piece[:middle]]
            else:
                alone += len(piece) == 1
                failures.append(_failure(task.runs[piece], error, job.setup))
    return done, failures


def _failure(runs: NDArray[np.int64], error: Exception, setup: Setup) -> Failure:
    message = str(error) + _in_own_rules(error, setup)
    if len(runs) > 1:
        message += f" (raised by {len(runs)} runs side by side; they were not tried one by one)"
    lines = traceback.format_exc()[-LONGEST_TEXT:]
    return Failure(tuple(int(run) for run in runs), type(error).__name__, message[:LONGEST_TEXT], lines)


def _in_own_rules(error: Exception, setup: Setup) -> str:
    """Return where a rule file of the scenario stopped with an error, empty where none did."""
    files = {rule.body.__code__.co_filename for rule in setup.catalogue.added}
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in files]
    return f" (rule file {Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""


def shard_file(table: str, chunk: int) -> str:
    """Return where a shard lies."""
    return f"{FOLDERS[table]}/part-{chunk:05d}.parquet"


def part_columns(columns: dict[str, tuple[Column, ...]]) -> tuple[Column, ...]:
    """Return the columns of the outcomes of a chunk: the run and what came of it."""
    return tuple(column for column in columns["outcomes"] if column.name == "run" or column.name in OUTCOMES)


def shard_tables(job: Job, done: list[Part]) -> dict[str, Any]:
    """Return the Arrow tables of a chunk by name."""
    import pyarrow as pa

    tables = {PARTS: [_parts_table(job, *part) for part in done]}
    if job.series:
        listed = job.columns["series"]
        tables["series"] = [arrow_table(listed, series_columns(*part)) for part in done]
    if job.events:
        listed = job.columns["events"]
        tables["events"] = [arrow_table(listed, event_columns(*part)) for part in done]
    return {name: pa.concat_tables(parts).combine_chunks() for name, parts in tables.items()}


def _parts_table(job: Job, runs: NDArray[np.int64], recorder: Recorder) -> Any:
    return arrow_table(part_columns(job.columns), {"run": runs, **recorder.outcomes()})


def series_columns(runs: NDArray[np.int64], recorder: Recorder) -> dict[str, Any]:
    """Return the columns of the series table, sorted by run and step."""
    _, n_steps, n_runs = recorder.series.shape
    columns: dict[str, Any] = {"run": np.repeat(runs, n_steps), "step": np.tile(np.arange(n_steps), n_runs)}
    return columns | {spec.name: recorder.series[row].T.ravel() for row, spec in enumerate(recorder.specs)}


def event_columns(runs: NDArray[np.int64], recorder: Recorder) -> dict[str, Any]:
    """Return the columns of the event table, sorted by run, step, kind, actor and whom it is about."""
    import pyarrow as pa

    table = join_events(recorder.parts)
    kinds = [kind.kind for kind in EVENT_KINDS]
    actors, others, details = _axis_words(recorder.codes, 0), _axis_words(recorder.codes, 1), _detail_words()
    return {
        "run": runs[table.run],
        "step": table.step,
        "kind": pa.DictionaryArray.from_arrays(table.kind.astype(np.int32), kinds),
        "actor": _words(actors, table.kind, table.actor),
        "about": _words(others, table.kind, table.about),
        "detail": _words(details, table.kind, table.detail.astype(np.int32) - 1),
        "value": pa.array(table.value, pa.float32(), mask=np.isnan(table.value)),
    }


def _words(words: list[tuple[str, ...]], kind: NDArray[np.int8], position: NDArray[Any]) -> Any:
    """Return the word at a position of the list that belongs to each kind; missing where it is -1."""
    import pyarrow as pa

    unique = list(dict.fromkeys(word for listed in words for word in listed))
    place = {word: number for number, word in enumerate(unique)}
    longest = max(1, *(len(listed) for listed in words))
    codes = np.full((len(words), 1 + longest), -1, dtype=np.int32)  # the first stands for no word
    for row, listed in enumerate(words):
        codes[row, 1 : 1 + len(listed)] = [place[word] for word in listed]
    at = kind.astype(np.int32) * codes.shape[1] + position + 1
    found = codes.reshape(-1).take(at, mode="wrap")
    return pa.DictionaryArray.from_arrays(pa.array(found, pa.int32(), mask=found < 0), unique)


def _axis_words(codes: dict[str, tuple[str, ...]], side: int) -> list[tuple[str, ...]]:
    """Return for each kind of event the codes of its actors (side 0) or of those it is about (side 1)."""
    axes = (kind.axes for kind in EVENT_KINDS)
    return [codes[axis[side]] if len(axis) > side else () for axis in axes]


def _detail_words() -> list[tuple[str, ...]]:
    """Return for each kind of event the labels of its codes."""
    return [
        tuple(detail_label(position, code + 1) for code in range(len(FIELDS[kind.field].labels)))
        for position, kind in enumerate(EVENT_KINDS)
    ]
