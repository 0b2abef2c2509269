"""How chunks are executed: one after another here, or in worker processes that write their own shards."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from demarche.experiment.shards import FAILED, Job, Receipt, Task, find_receipt, run_task, write_receipt

MAX_TRIES = 3
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

_job: Job | None = None  # of a worker process; unpickled once when it starts
Take = Callable[[Receipt], None]


def run_here(job: Job, tasks: Sequence[Task], take: Take) -> None:
    """Run chunks one after another in this process."""
    for task in tasks:
        take(run_task(job, task))


def run_in_processes(job: Job, tasks: Sequence[Task], workers: int, take: Take) -> None:
    """Run chunks in worker processes; receipts are taken as they come, in any order.

    A worker that dies costs the chunks that were under way; they are tried again, one at a
    time, and after three tries a chunk is told as failed and the rest goes on.

    Raises
    ------
    OSError
        If a worker cannot write a file.
    """
    waiting, suspects, tries = deque(tasks), deque[Task](), Counter[int]()
    while waiting or suspects:
        with _pool(job, workers) as executor:
            lost = _drain(executor, ((suspects, 1), (waiting, 2 * workers)), take)
        for task in lost:
            tries[task.part] += 1
            receipt = find_receipt(job.root, task.part)
            if receipt is None and tries[task.part] < MAX_TRIES:
                suspects.append(task)
            else:
                take(receipt or _died(job, task))


def _drain(executor: ProcessPoolExecutor, queues: Sequence[tuple[deque[Task], int]], take: Take) -> list[Task]:
    """Empty the queues with so many chunks of each under way; return what was under way when a worker died."""
    flying: dict[Future[Receipt], Task] = {}
    for queue, limit in queues:
        while queue or flying:
            try:
                while queue and len(flying) < limit:
                    flying[executor.submit(_run_in_worker, queue[0])] = queue[0]
                    queue.popleft()
                for future in wait(flying, return_when=FIRST_COMPLETED).done:
                    take(future.result())
                    del flying[future]
            except BrokenProcessPool:
                return list(flying.values())
    return []


def _died(job: Job, task: Task) -> Receipt:
    message = f"the worker process ended {MAX_TRIES} times while it ran this chunk"
    receipt = Receipt(task.part, int(task.rows[0]), len(task.rows), FAILED, 0.0, (), "WorkerDied", message)
    write_receipt(job.root, receipt)
    return receipt


def start_method() -> str:
    """Return the start method of workers; never the default, which importing other packages may change."""
    return "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


@contextmanager
def _pool(job: Job, workers: int) -> Iterator[ProcessPoolExecutor]:
    context = multiprocessing.get_context(start_method())
    with _one_thread_each():
        _start_server()
        executor = ProcessPoolExecutor(
            workers, mp_context=context, initializer=_start_worker, initargs=(pickle.dumps(job),)
        )
        try:
            yield executor
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _start_server() -> None:
    """Start the process that workers are forked from so that it and they ignore Ctrl-C, which the parent answers."""
    if start_method() != "forkserver" or threading.current_thread() is not threading.main_thread():
        return
    from multiprocessing import forkserver

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let child processes start with one thread each for linear algebra."""
    before = {name: os.environ.get(name) for name in THREAD_VARIABLES}
    os.environ.update(dict.fromkeys(THREAD_VARIABLES, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _start_worker(job: bytes) -> None:
    global _job
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent answers Ctrl-C; chunks under way are finished
    _job = pickle.loads(job)


def _run_in_worker(task: Task) -> Receipt:
    if _job is None:
        raise RuntimeError("the worker was not started")
    return run_task(_job, task)
