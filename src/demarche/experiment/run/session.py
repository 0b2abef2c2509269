"""One session of work on a folder: chunks are given out, and what comes back is recorded."""

from __future__ import annotations

import time
from collections import Counter, deque
from dataclasses import replace

from demarche.errors import RunError
from demarche.experiment.chunks.engines import Engine, Here
from demarche.experiment.chunks.shards import Failure, Job, Receipt, Task
from demarche.experiment.design.table import Design
from demarche.experiment.ledger.ledger import DONE, FAILED, KILLED, Ledger
from demarche.experiment.ledger.plan import reopen, split, task_of
from demarche.experiment.run.folder import damaged_chunks, forget_chunk
from demarche.experiment.run.means import Means, Progress, Tell

MAX_DEATHS = 3  # workers that may end over a run before it counts as killed
MAX_DEATHS_IN_A_ROW = 50  # without a chunk finished in between: then it is not the runs
SELDOM = 0.5  # seconds between two looks at chunks under way


class Session:
    """One session of work on a folder: gives out what waits, records what comes back.

    Parameters
    ----------
    job, design, ledger
        What is run, and where it is recorded.
    progress
        Called before the first chunk, after each, and now and then while chunks are under way.
    """

    def __init__(self, job: Job, design: Design, ledger: Ledger, progress: Tell | None) -> None:
        self.job, self.design, self.ledger, self.progress = job, design, ledger, progress
        self.queue: deque[int] = deque()
        self.kept = self.repaired = self.deaths = 0
        self.flying = 0
        self.suspects: set[int] = set()
        self.is_alone = False
        self.idle: Counter[tuple[int, str, tuple[str, ...]]] = Counter()
        self.under_way: dict[int, float] = {}
        self.told = -SELDOM

    def prepare(self, failed: bool) -> None:
        """See what earlier sessions left: damaged chunks are run again, those under way too."""
        with self.ledger.transaction():
            for chunk in damaged_chunks(self.job.root, self.ledger):
                self.repaired += chunk.count
                forget_chunk(self.ledger, chunk)
            self.queue.extend(reopen(self.ledger, failed=failed))
        self.kept = self.ledger.counts()[DONE]

    def work(self, means: Means) -> None:
        """Execute all chunks that wait."""
        self.tell()
        if not self.queue:
            return
        with self.engine(means) as engine:
            self.give(engine)
            for task, receipt in engine.as_completed():
                self.flying -= 1
                self.under_way.pop(task.chunk, None)
                if receipt is None:
                    with self.ledger.transaction():
                        self.lose(task)
                    self.give(engine)
                else:
                    self.deaths = 0
                    for step, decision, actors, n_runs in receipt.idle:
                        self.idle[step, decision, actors] += n_runs
                    self.give(engine, receipt)
                self.tell()

    def engine(self, means: Means) -> Engine:
        """Return the engine that the means name, for what is left to run."""
        counts = self.ledger.counts()
        workers = means.processes(counts["total"] - counts[DONE])
        if means.engine == "dask":
            from demarche.experiment.chunks.cluster import Cluster

            return Cluster(self.job, workers, means.scheduler)
        if means.engine == "serial" or (means.engine == "auto" and (workers == 1 or len(self.queue) < 2)):
            return Here(self.job, self.hear)
        from demarche.experiment.chunks.pool import Pool

        return Pool(self.job, min(workers, len(self.queue)), self.hear)

    def give(self, engine: Engine, receipt: Receipt | None = None) -> None:
        """Give the engine as much as it has room for, then record that and what it brought: workers do not wait."""
        given: list[int] = []
        while self.queue and self.flying < self.room(engine):
            engine.submit(task_of(self.ledger, self.design, self.queue[0]))
            given.append(self.queue.popleft())
            self.is_alone = given[-1] in self.suspects
            self.flying += 1
        if given or receipt is not None:
            with self.ledger.transaction():
                if receipt is not None:
                    self.ledger.record(receipt)
                for number in given:
                    self.ledger.start(number)

    def room(self, engine: Engine) -> int:
        """Return how many chunks may be under way: one that lost a worker is alone where others could be blamed."""
        is_alone = self.is_alone or self.queue[0] in self.suspects
        return 1 if is_alone and not engine.is_exact else engine.room

    def lose(self, task: Task) -> None:
        """Take note that the worker of a chunk has died: try again, then halve, until one run is left to blame."""
        self.deaths += 1
        if self.deaths >= MAX_DEATHS_IN_A_ROW:
            what = f"{self.deaths} worker processes ended one after another without finishing a chunk"
            raise RunError(f"{what}. Fix: see whether memory is short, then repeat the command with fewer --workers")
        chunk = self.ledger.chunk(task.chunk)
        chunk = replace(chunk, deaths=chunk.deaths + 1)
        self.ledger.put_chunks([chunk])
        if chunk.count > 1 or chunk.deaths < MAX_DEATHS:
            again = split(self.ledger, chunk) if chunk.count > 1 and chunk.deaths > 1 else [chunk.chunk]
            self.suspects.update(again)
            self.queue.extendleft(reversed(again))
        else:
            message = f"the run ended its worker process {chunk.deaths} times"
            failure = Failure((chunk.first,), "WorkerDied", message, status=KILLED)
            self.ledger.record(Receipt(chunk.chunk, 0.0, (), (failure,)))

    def hear(self, chunk: int, share: float) -> None:
        """Take note of how far a chunk under way is."""
        self.under_way[chunk] = share
        if time.monotonic() - self.told >= SELDOM:
            self.tell()

    def tell(self) -> None:
        """Say how far the experiment is."""
        if self.progress is not None:
            self.told = time.monotonic()
            counts = self.ledger.counts()
            lost = counts[FAILED] + counts[KILLED]
            begun = int(sum(share * self.ledger.chunk(chunk).count for chunk, share in self.under_way.items()))
            self.progress(Progress(counts[DONE], lost, self.kept, counts["total"], begun))
