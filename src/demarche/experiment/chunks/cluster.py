"""Dask distributed: chunks on the machines of a cluster, or on workers that are started here.

Workers write their shards into the results folder, which they must see under the same path; only
receipts travel. A worker that dies is replaced by Dask, and its chunk is given out again.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from demarche.errors import DesignError, RunError
from demarche.experiment.chunks.engines import Answer, read_job, write_job
from demarche.experiment.chunks.pool import starting_children
from demarche.experiment.chunks.shards import Job, Receipt, Task, run_task

INSTALL = "pip install 'demarche[cluster]'"
PATIENCE = 20  # seconds to wait for a scheduler
CALM = {
    "distributed.scheduler.allowed-failures": 0,  # the ledger counts the deaths of a chunk
    "distributed.worker.memory.terminate": False,
    "distributed.worker.memory.pause": False,
}


class Cluster:
    """Executes chunks on the workers of a Dask scheduler.

    Parameters
    ----------
    job
        What all chunks have in common.
    workers
        Number of processes to start here if there is no scheduler.
    scheduler
        Address of a scheduler, such as `tcp://10.0.0.5:8786`; empty starts one here.

    Raises
    ------
    DesignError
        If Dask is not installed.
    RunError
        If the scheduler cannot be reached or is lost.
    """

    is_exact = False  # Dask may give a worker a second chunk, which is lost with the first

    def __init__(self, job: Job, workers: int, scheduler: str = "") -> None:
        if importlib.util.find_spec("distributed") is None:
            raise DesignError(f"Dask is not installed. Fix: {INSTALL}")
        self.job, self.room, self.scheduler = job, workers, scheduler
        self.checksum = ""
        self.client: Any = None
        self.own: Any = None
        self.tasks: dict[str, Task] = {}
        self.stream: Any = None

    def __enter__(self) -> Self:
        dask, distributed = _import("dask"), _import("distributed")
        self.checksum = write_job(self.job)
        with dask.config.set(CALM):
            if not self.scheduler:
                with starting_children():
                    self.own = distributed.LocalCluster(
                        n_workers=self.room,
                        threads_per_worker=1,
                        processes=True,
                        dashboard_address="127.0.0.1:0",  # any free port: that the usual one is taken would be told
                        memory_limit=0,
                        silence_logs=logging.CRITICAL,
                    )
            try:
                self.client = distributed.Client(self.own or self.scheduler, timeout=PATIENCE)
            except (OSError, ValueError, TimeoutError) as error:
                what = f"the scheduler {self.scheduler} cannot be reached ({type(error).__name__})"
                raise RunError(f"{what}. Fix: check --scheduler, then repeat the command") from error
        if self.scheduler:
            self.room = sum(self.client.nthreads().values())
            if not self.room:
                what = f"the scheduler {self.scheduler} has no workers"
                raise RunError(f"{what}. Fix: start some, then repeat the command")
        self.stream = distributed.as_completed([])
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()
        for part in (self.client, self.own):
            if part is not None:
                part.close()

    def submit(self, task: Task) -> None:
        """Take a chunk to execute."""
        root = str(self.job.root.resolve())
        future = self.client.submit(_run_on_worker, root, self.checksum, task, pure=False)
        self.tasks[future.key] = task
        self.stream.add(future)

    def as_completed(self) -> Iterator[Answer]:
        """Yield chunks as they come, in any order."""
        while self.tasks:
            future = next(self.stream)
            task = self.tasks.pop(future.key)
            yield task, self._answer(future)

    def _answer(self, future: Any) -> Receipt | None:
        if future.status == "finished":
            receipt: Receipt = future.result()
            return receipt
        if future.status == "error":
            error = future.exception()
            if isinstance(error, _import("distributed").KilledWorker):
                return None
            raise error
        fix = "start it again, then repeat the command; what was written is kept"
        raise RunError(f"the Dask cluster was lost. Fix: {fix}")

    def cancel(self) -> None:
        """Drop what waits and what is under way."""
        if self.client is not None and self.tasks:
            self.client.cancel(list(self.stream.futures), force=True)
        self.tasks.clear()


def _import(name: str) -> Any:
    return importlib.import_module(name)


def _run_on_worker(root: str, checksum: str, task: Task) -> Receipt:
    return run_task(_job(root, checksum), task)


@functools.lru_cache(maxsize=2)
def _job(root: str, checksum: str) -> Job:
    return read_job(Path(root), checksum)
