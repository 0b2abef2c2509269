"""How chunks are executed: the interface of engines, and the one that uses this process alone."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, Self

from demarche.errors import Problem, StoreError
from demarche.experiment.chunks.shards import Job, Receipt, Task, Tell, run_task
from demarche.experiment.tables.files import sha256, write_bytes
from demarche.experiment.tables.inside import inside, read_inside

ENGINES = ("auto", "serial", "pool", "dask")
JOB = "unfinished/job.pickle"
Answer = tuple[Task, Receipt | None]


class Engine(AbstractContextManager["Engine"], Protocol):
    """Something that executes chunks: three methods and the number of chunks that it wants to have.

    Parameters
    ----------
    room
        Number of chunks that keep it busy.
    is_exact
        Whether a chunk is told to have lost its worker only if that worker was busy with it.
    """

    room: int
    is_exact: bool

    def submit(self, task: Task) -> None:
        """Take a chunk to execute."""

    def as_completed(self) -> Iterator[Answer]:
        """Yield each chunk with its receipt, None if its worker died; ends when none is left, more may be submitted.

        Raises
        ------
        DiskError
            If a worker cannot write a file.
        RunError
            If there are no workers any more.
        """

    def cancel(self) -> None:
        """Stop at once; chunks under way are lost."""


class Here:
    """Executes chunks one after another in this process."""

    room, is_exact = 1, True

    def __init__(self, job: Job, tell: Tell | None = None) -> None:
        self.job, self.tell = job, tell
        self.waiting: deque[Task] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()

    def submit(self, task: Task) -> None:
        """Take a chunk to execute."""
        self.waiting.append(task)

    def as_completed(self) -> Iterator[Answer]:
        """Execute a chunk at a time and yield it with its receipt."""
        while self.waiting:
            task = self.waiting.popleft()
            yield task, run_task(self.job, task, self.tell)

    def cancel(self) -> None:
        """Drop what waits."""
        self.waiting.clear()


def write_job(job: Job) -> str:
    """Write the job for workers into the folder and return its checksum."""
    content = pickle.dumps(job)
    write_bytes(inside(job.root, JOB), content)
    return sha256(content)


def read_job(root: Path, checksum: str) -> Job:
    """Read the job that another process wrote.

    Raises
    ------
    StoreError
        If it is not the one with this checksum.
    """
    content = read_inside(root, JOB)
    if sha256(content) != checksum:
        what = "the job of the workers is not the one that was written"
        raise StoreError([Problem(str(root / JOB), what, fix="repeat the command")])
    job: Job = pickle.loads(content)
    return job
