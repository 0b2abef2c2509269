"""Worker processes on this machine: each has a pipe of its own, so that one that dies costs only its chunk."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any, Self

from demarche.errors import DemarcheError, RunError
from demarche.experiment.chunks.engines import Answer, read_job, write_job
from demarche.experiment.chunks.shards import Job, Receipt, Task, Tell, run_task

THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
ALLOCATOR = "GLIBC_TUNABLES"
KEPT = 2**32  # bytes: more than a world and what its rules leave for a moment
PAGES = f"glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold={KEPT}:glibc.malloc.trim_threshold={KEPT}"
"""Memory in large pages, which stays with a process when it lets go of it: a month fills and leaves that of its rules
thousands of times, and to take it from the system each time is a part of the cost of a run. Read by the C library of
Linux when a process starts, and by nothing else.
"""
CHILDREN: dict[str, str] = {**dict.fromkeys(THREAD_VARIABLES, "1"), ALLOCATOR: PAGES}
"""Variable -> what it is while child processes start."""
MAX_STARTS = 3  # workers that may end one after another before any of them was ready
NEEDED = ["demarche.experiment.chunks.pool", "demarche.rules.find", "pyarrow.parquet"]  # by every worker
READY = "ready"
STOP = None
PATIENCE = 5.0  # seconds that a worker has to end by itself
_STARTING = threading.RLock()  # what is changed while children start belongs to the whole process


class Worker:
    """One worker process and this end of its pipe."""

    def __init__(self, root: Path, checksum: str) -> None:
        context: Any = multiprocessing.get_context(start_method())
        other: Connection
        self.pipe: Connection
        self.pipe, other = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(other, root, checksum), daemon=True)
        self.process.start()
        other.close()
        self.is_ready = False
        self.task: Task | None = None

    def give(self, task: Task) -> None:
        """Send a chunk; that the worker has died is seen later, when its pipe ends."""
        self.task = task
        with suppress(OSError):
            self.pipe.send(task)

    def end(self, patience: float) -> None:
        """Ask the worker to stop; after some seconds it is made to."""
        with suppress(OSError):
            self.pipe.send(STOP)
        self.pipe.close()
        self.process.join(patience)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


class Pool:
    """Executes chunks in worker processes, which write their own shards.

    Parameters
    ----------
    job
        What all chunks have in common.
    workers
        Number of processes.
    tell
        Is told how far the chunks under way are.
    """

    is_exact = True

    def __init__(self, job: Job, workers: int, tell: Tell | None = None) -> None:
        self.job, self.room, self.tell = job, workers, tell
        self.workers: list[Worker] = []
        self.waiting: deque[Task] = deque()
        self.checksum = ""
        self.false_starts = 0

    def __enter__(self) -> Self:
        self.checksum = write_job(self.job)
        with starting_children():
            _start_server()
            self.workers = [Worker(self.job.root, self.checksum) for _ in range(self.room)]
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._end(PATIENCE)
        else:
            self.cancel()

    def submit(self, task: Task) -> None:
        """Take a chunk to execute."""
        self.waiting.append(task)
        self._share_out()

    def as_completed(self) -> Iterator[Answer]:
        """Yield chunks as they come, in any order; a worker that died is replaced."""
        while self.waiting or any(worker.task for worker in self.workers):
            for pipe in wait([worker.pipe for worker in self.workers]):
                worker = next(worker for worker in self.workers if worker.pipe is pipe)
                answer = self._hear(worker)
                self._share_out()
                if answer is not None:
                    yield answer

    def cancel(self) -> None:
        """End the workers at once."""
        self.waiting.clear()
        for worker in self.workers:
            worker.process.kill()
        self._end(0.0)

    def _end(self, patience: float) -> None:
        for worker in self.workers:
            worker.end(patience)
        self.workers = []

    def _share_out(self) -> None:
        for worker in self.workers:
            if self.waiting and worker.is_ready and worker.task is None:
                worker.give(self.waiting.popleft())

    def _hear(self, worker: Worker) -> Answer | None:
        """Take what a worker says; None if it only says that it is ready or how far it is, or ended without a chunk."""
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            return self._replace(worker)
        if isinstance(said, Exception):
            raise said
        if said == READY:
            worker.is_ready, self.false_starts = True, 0
            return None
        if isinstance(said, float):
            if self.tell is not None and worker.task is not None:
                self.tell(worker.task.chunk, said)
            return None
        task, worker.task = worker.task, None
        if task is None or not isinstance(said, Receipt) or said.chunk != task.chunk:
            raise RunError("a worker process answered what it was not asked; repeat the command")
        return task, said

    def _replace(self, worker: Worker) -> Answer | None:
        self.false_starts += not worker.is_ready
        worker.end(0.0)
        if self.false_starts >= MAX_STARTS:
            self.workers.remove(worker)  # it is closed, and not to be ended again
            what = f"{MAX_STARTS} worker processes ended before they were ready"
            raise RunError(f"{what}. Fix: see whether memory is short, or use --engine serial, then repeat the command")
        with starting_children():
            _start_server()
            self.workers[self.workers.index(worker)] = Worker(self.job.root, self.checksum)
        return (worker.task, None) if worker.task is not None else None


def start_method() -> str:
    """Return the start method of workers; never the default, which importing other packages may change."""
    return "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def make_ready() -> None:
    """Start the process that workers are forked from, so that it imports what they need while other things are done."""
    with starting_children():
        _start_server()


def make_ready_behind(niceness: int = 5) -> None:
    """Start the process that workers are forked from so that it and they yield to whoever else wants the processor.

    For servers: who asks for a page does not wait for workers. Only where each thread has a priority of its own, and
    only before any worker was started; elsewhere nothing is done.
    """
    if sys.platform != "linux" or start_method() != "forkserver":
        return

    def start() -> None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)  # of this thread, and what it starts
        with starting_children():
            _ensure_running()

    starter = threading.Thread(target=start)
    starter.start()
    starter.join()


def _start_server() -> None:
    """Start the process that workers are forked from so that it and they ignore Ctrl-C, which the parent answers."""
    if start_method() != "forkserver" or threading.current_thread() is not threading.main_thread():
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _ensure_running()
    finally:
        signal.signal(signal.SIGINT, before)


def _ensure_running() -> None:
    from multiprocessing import forkserver

    forkserver.set_forkserver_preload(NEEDED)
    forkserver.ensure_running()


@contextmanager
def starting_children() -> Iterator[None]:
    """Let child processes start with settings of their own, and without the script of whoever calls.

    They have one thread each for linear algebra, and an allocator that keeps its memory unless the caller has set one
    otherwise. Of the script they need nothing. Python would execute it once more in each of them: one that starts a
    batch outside of `if __name__ == "__main__":` would start it over and over.
    """
    with _STARTING:
        before, script = {name: os.environ.get(name) for name in CHILDREN}, sys.modules["__main__"]
        os.environ.update({**CHILDREN, ALLOCATOR: os.environ.get(ALLOCATOR, PAGES)})
        sys.modules["__main__"] = ModuleType("__main__")  # of no file
        try:
            yield
        finally:
            sys.modules["__main__"] = script
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


def _work(pipe: Connection, root: Path, checksum: str) -> None:
    """Be a worker: execute what comes through the pipe until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        job = read_job(root, checksum)
        pipe.send(READY)
        while (task := pipe.recv()) is not STOP:
            pipe.send(run_task(job, task, lambda _, share: pipe.send(share)))
    except (EOFError, BrokenPipeError):
        return
    except (OSError, DemarcheError) as error:
        pipe.send(error)


def _end_with_parent() -> None:
    """End this process when its parent has ended, however it ended; nobody would read the answer."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
