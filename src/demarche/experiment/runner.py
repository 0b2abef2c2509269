"""`run_experiment(experiment, out)`: every run of a design into one results folder, streamed chunk by chunk."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from demarche.engine.simulate import CHUNK
from demarche.experiment.columns import column_dictionary
from demarche.experiment.design import Design, make_design
from demarche.experiment.files import lock
from demarche.experiment.folder import Aim, begin, check_folder, earlier_receipts, finish, finished
from demarche.experiment.manifest import FORMAT_VERSION, Manifest
from demarche.experiment.pool import run_here, run_in_processes
from demarche.experiment.shards import DONE, Job, Receipt, Task

if TYPE_CHECKING:
    from demarche.experiment.spec import Experiment

SERIAL_BELOW = 500  # runs; a pool needs about a second to start


@dataclass(frozen=True)
class Progress:
    """How far an experiment is, in runs; `kept` were finished by an earlier session."""

    done: int
    failed: int
    kept: int
    total: int


Tell = Callable[[Progress], None]


@dataclass(frozen=True)
class RunReport:
    """What became of an experiment.

    Parameters
    ----------
    path
        The results folder.
    manifest
        What it holds.
    kept
        Runs that an earlier session had finished.
    was_complete
        Whether the folder already held all of these results, so that nothing was done.
    seconds
        Wall time of this session.
    """

    path: Path
    manifest: Manifest
    kept: int
    was_complete: bool
    seconds: float

    @property
    def failed(self) -> int:
        """Number of runs that failed."""
        return self.manifest.runs["failed"]


def identity_of(keys: Sequence[str], experiment: Experiment) -> str:
    """Return a hash of all runs and of what is kept of them."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{FORMAT_VERSION} {CHUNK} {experiment.record}".encode())
    for key in keys:
        digest.update(key.encode())
    return digest.hexdigest()


def plan_tasks(design: Design, chunk: int = CHUNK) -> list[Task]:
    """Return the chunks of a design: up to `chunk` runs of one arm and pack, whatever the number of workers."""
    tasks: list[Task] = []
    for arm, pack, rows in design.groups():
        for start in range(0, len(rows), chunk):
            part = rows[start : start + chunk]
            index = design.index(part)
            names = {"arm": [arm] * len(part), "pack": [pack] * len(part)}
            tasks.append(Task(len(tasks), part, {**index, **names}, design.to_runs(part)))
    return tasks


def default_workers(n_runs: int) -> int:
    """Return the number of workers for so many runs: one for a small batch, else one a processor."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 1 if n_runs < SERIAL_BELOW else available


def run_experiment(
    experiment: Experiment,
    out: Path,
    *,
    workers: int | None = None,
    progress: Tell | None = None,
) -> RunReport:
    """Run an experiment into a folder; what is already there of it is not run again.

    Parameters
    ----------
    experiment
        A checked experiment.
    out
        Results folder; made if it does not exist.
    workers
        Processes that simulate; None chooses by the number of runs. The results do not depend on it.
    progress
        Called before the first chunk and after each chunk.

    Raises
    ------
    DesignError
        If the design cannot be laid out or the folder holds something else.
    BusyError
        If another process writes into the folder.
    OSError
        If a file cannot be written; what was written before is kept.
    KeyboardInterrupt
        If the user interrupts; what was written is kept, and the same call goes on from there.
    """
    from demarche.scenario.load import compile_scenario

    began = time.perf_counter()
    design = make_design(experiment)
    keys = design.keys()
    aim = Aim(identity_of(keys, experiment), design.scenario_digest, design.rules_digest)
    check_folder(out)
    out.mkdir(parents=True, exist_ok=True)
    with lock(out):
        manifest = finished(out, aim)
        if manifest is not None:
            return RunReport(out, manifest, len(design), True, time.perf_counter() - began)
        setup = compile_scenario(experiment.scenario)
        columns = column_dictionary(design.parameters, [issue.code for issue in setup.cast.issues])
        job = Job(setup, out, columns, experiment.record.series, experiment.record.events)
        tasks = plan_tasks(design)
        plan = begin(out, aim, len(tasks))
        receipts = earlier_receipts(out, len(tasks))
        kept = sum(receipt.count for receipt in receipts.values())
        _execute(job, tasks, receipts, workers or default_workers(len(design) - kept), progress)
        seconds = time.perf_counter() - began
        manifest = finish(job, experiment, design, keys, plan, list(receipts.values()), seconds)
    return RunReport(out, manifest, kept, False, seconds)


def _execute(
    job: Job, tasks: Sequence[Task], receipts: dict[int, Receipt], workers: int, progress: Tell | None
) -> None:
    """Run the chunks that have no receipt yet and add theirs."""
    total = sum(len(task.rows) for task in tasks)
    kept = sum(receipt.count for receipt in receipts.values())
    left = [task for task in tasks if task.part not in receipts]
    count = {"done": kept, "failed": 0}

    def tell() -> None:
        if progress is not None:
            progress(Progress(count["done"], count["failed"], kept, total))

    def take(receipt: Receipt) -> None:
        receipts[receipt.part] = receipt
        count["done" if receipt.status == DONE else "failed"] += receipt.count
        tell()

    tell()
    if workers == 1 or len(left) < 2:
        run_here(job, left, take)
    else:
        run_in_processes(job, left, min(workers, len(left)), take)
