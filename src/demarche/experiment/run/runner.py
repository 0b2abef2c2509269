"""`run_experiment(experiment, out)`: every run of a design into one results folder, streamed chunk by chunk."""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from demarche.engine.simulate import CHUNK
from demarche.errors import DesignError, Problem, RunError, ScenarioError, StoreError, closest
from demarche.experiment.chunks.engines import ENGINES, Engine, Here
from demarche.experiment.chunks.shards import Failure, Job, Receipt, Task
from demarche.experiment.design.table import Design, make_design
from demarche.experiment.ledger.ledger import DONE, FAILED, KILLED, Ledger
from demarche.experiment.ledger.ledger import LEDGER as FINISHED_LEDGER
from demarche.experiment.ledger.plan import reopen, split, task_of
from demarche.experiment.results.manifest import WORK, Manifest
from demarche.experiment.results.store import open_results
from demarche.experiment.run.aim import Aim, check_aim
from demarche.experiment.run.finishing import finish
from demarche.experiment.run.folder import (
    check_folder,
    damaged_chunks,
    finished,
    forget_chunk,
    make_folder,
    open_ledger,
    tidy,
    working_ledger,
)
from demarche.experiment.run.inputs import staged_inputs
from demarche.experiment.run.rebuilding import manifest_or_ledger, mend
from demarche.experiment.tables.columns import column_dictionary
from demarche.experiment.tables.files import FileRecord, lock, read_checked
from demarche.experiment.tables.inside import inside
from demarche.version import __version__

if TYPE_CHECKING:
    from demarche.experiment.design.experiment import Experiment

SERIAL_BELOW = 500  # runs; a pool needs about a second to start
MAX_DEATHS = 3  # workers that may end over a run before it counts as killed
MAX_DEATHS_IN_A_ROW = 50  # without a chunk finished in between: then it is not the runs


@dataclass(frozen=True)
class Progress:
    """How far an experiment is, in runs; `kept` were finished by an earlier session."""

    done: int
    failed: int
    kept: int
    total: int


Tell = Callable[[Progress], None]


@dataclass(frozen=True)
class Means:
    """With what runs are executed; the results do not depend on it.

    Parameters
    ----------
    workers
        Processes that simulate; None chooses by the number of runs.
    engine
        `serial` here, `pool` in processes, `dask` on a cluster; `auto` is one of the first two.
    scheduler
        Address of a Dask scheduler; empty starts one here.
    chunk
        Most runs side by side; None gives each worker two chunks, as far as these stay within what is cheap.
    """

    workers: int | None = None
    engine: str = "auto"
    scheduler: str = ""
    chunk: int | None = None

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            near = closest(self.engine, ENGINES)
            raise DesignError([
                Problem("--engine", "there is no such engine", self.engine, ", ".join(ENGINES), near)
            ])  # fmt: skip
        if self.scheduler and self.engine != "dask":
            raise DesignError([Problem("--scheduler", "a scheduler is used by Dask alone", fix="add --engine dask")])


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
    repaired
        Runs of earlier sessions whose files were damaged, so that they were run again.
    was_complete
        Whether the folder already held all of these results, so that nothing was done.
    seconds
        Wall time of this session.
    idle
        Bound choices of this session's runs for which there was no occasion: step, decision, who -> number of runs.
    """

    path: Path
    manifest: Manifest
    kept: int
    repaired: int
    was_complete: bool
    seconds: float
    idle: Mapping[tuple[int, str, tuple[str, ...]], int] = field(default_factory=dict)

    @property
    def failed(self) -> int:
        """Number of runs that failed."""
        return self.manifest.runs["failed"]


def default_chunk(n_runs: int, workers: int) -> int:
    """Return the most runs of a chunk: two chunks a worker, so that it tells how far it is, as far as calls are shared.

    Examples
    --------
    >>> default_chunk(2400, 2), default_chunk(2400, 8), default_chunk(43_008, 2)
    (600, 300, 1200)
    """
    return min(max(-(-n_runs // (2 * workers)), CHUNK // 4), CHUNK)


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
    means: Means | None = None,
    failed: bool = False,
    repair: bool = False,
) -> RunReport:
    """Run an experiment into a folder; what is already there of it is not run again.

    A folder that holds a part of the runs, finished or not, is extended by the others.

    Parameters
    ----------
    experiment
        A checked experiment.
    out
        Results folder; made if it does not exist.
    workers
        Short for `means=Means(workers)`.
    progress
        Called before the first chunk and after each chunk.
    means
        With what runs are executed.
    failed
        Whether runs that failed are tried again.
    repair
        Whether the files of complete results are checked, and what is damaged is made again.

    Raises
    ------
    DesignError
        If the design cannot be laid out or the folder holds something else.
    BusyError
        If another process writes into the folder.
    DiskError
        If a file cannot be written; what was written before is kept.
    RunError
        If workers end whatever they are given.
    KeyboardInterrupt
        If the user interrupts; what was written is kept, and the same call goes on from there.
    """
    began = time.perf_counter()
    means = means or Means(workers)
    design = make_design(experiment)
    aim = Aim.of(experiment, design)
    check_folder(out)
    make_folder(out)
    with lock(out):
        manifest = None if mend(out, aim, experiment, design) else finished(out, aim)
        again = (failed and manifest and manifest.runs["failed"]) or (repair and manifest and not _is_sound(out))
        if manifest is not None and not again:
            tidy(out, aim)
            return RunReport(out, manifest, len(design), 0, True, time.perf_counter() - began)
        chunk = means.chunk or default_chunk(len(design), means.workers or default_workers(len(design)))
        with open_ledger(out, aim, experiment, design, chunk) as ledger:
            job = job_of(experiment, design, out)
            session = Session(job, design, ledger, progress)
            session.prepare(failed)
            session.work(means)
            manifest = finish(job, experiment, design, ledger, time.perf_counter() - began)
    return RunReport(out, manifest, session.kept, session.repaired, False, time.perf_counter() - began, session.idle)


def _is_sound(root: Path) -> bool:
    try:
        open_results(root).verify()
    except StoreError:
        return False
    return True


def job_of(experiment: Experiment, design: Design, root: Path) -> Job:
    """Return what all chunks of an experiment have in common."""
    from demarche.scenario.load import compile_scenario

    setup = compile_scenario(experiment.scenario)
    columns = column_dictionary(design.varied, [issue.code for issue in setup.cast.issues], design.places)
    return Job(setup, root, columns, experiment.record.series, experiment.record.events)


def resume(out: Path, *, progress: Tell | None = None, means: Means | None = None, failed: bool = False) -> RunReport:
    """Go on with the experiment of a folder, read from the copies of its inputs; damaged files are made again.

    Raises
    ------
    StoreError
        If the folder is not one of results, or was begun by a program with what its files do not tell.
    """
    facts, root, records = _begun(out)
    experiment = _read_again(root, records, facts)
    aim = Aim.of(experiment, make_design(experiment))
    if facts["identity"] != aim.identity:
        check_aim(out, facts, aim, experiment)
        what = "the runs that were begun are not those of its files: a program laid them out"
        raise StoreError([Problem(str(out), what, fix="repeat the call that began them")])
    return run_experiment(experiment, out, progress=progress, means=means, failed=failed, repair=True)


def _begun(out: Path) -> tuple[dict[str, str], Path, list[FileRecord]]:
    """Return what is known of a folder, where the copies of its inputs lie, and these, the experiment first."""
    path = working_ledger(out)
    if path.is_file():
        with Ledger.open(path) as ledger:
            facts = ledger.facts()
            return facts, inside(out, f"{WORK}/{staged_inputs(Aim.found(facts))}", folder=True), ledger.inputs()
    manifest = manifest_or_ledger(out)
    if manifest is None:
        with Ledger.open(inside(out, FINISHED_LEDGER), finished=True) as ledger:
            return ledger.facts(), out, ledger.inputs()
    facts = {"identity": manifest.identity, "version": manifest.versions["demarche"], **manifest.digests}
    facts["seed"] = str(manifest.experiment["seed"])
    if (out / FINISHED_LEDGER).is_file():
        with suppress(StoreError), Ledger.open(inside(out, FINISHED_LEDGER), finished=True) as ledger:
            facts = ledger.facts()
    return facts, out, list(manifest.copies)


def _read_again(root: Path, records: list[FileRecord], facts: Mapping[str, str]) -> Experiment:
    """Read an experiment from the copies of its inputs."""
    from demarche.experiment.design.experiment import load_experiment

    for record in records:
        try:
            read_checked(root, record)
        except StoreError as error:
            fix = "run the experiment again with its own file and --out this folder, which copies the inputs anew"
            told = [replace(one, fix=fix if "resume" in one.fix else one.fix) for one in error.problems]
            raise StoreError(told) from error
    try:
        return load_experiment(inside(root, records[0].file))
    except ScenarioError as error:
        began = facts.get("version", "another version")
        what = f"Demarche {began} began this, and {__version__} cannot read its experiment any more"
        first = "; ".join(problem.what for problem in error.problems[:3])
        fix = f"go on with Demarche {began}, or run the experiment again into another folder"
        raise StoreError([Problem(str(root), what, first, fix=fix)]) from error


class Session:
    """One session of work on a folder: gives out what waits, records what comes back.

    Parameters
    ----------
    job, design, ledger
        What is run, and where it is recorded.
    progress
        Called before the first chunk and after each chunk.
    """

    def __init__(self, job: Job, design: Design, ledger: Ledger, progress: Tell | None) -> None:
        self.job, self.design, self.ledger, self.progress = job, design, ledger, progress
        self.queue: deque[int] = deque()
        self.kept = self.repaired = self.deaths = 0
        self.flying = 0
        self.suspects: set[int] = set()
        self.is_alone = False
        self.idle: Counter[tuple[int, str, tuple[str, ...]]] = Counter()

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
        workers = means.workers or default_workers(counts["total"] - counts[DONE])
        if means.engine == "dask":
            from demarche.experiment.chunks.cluster import Cluster

            return Cluster(self.job, workers, means.scheduler)
        if means.engine == "serial" or (means.engine == "auto" and (workers == 1 or len(self.queue) < 2)):
            return Here(self.job)
        from demarche.experiment.chunks.pool import Pool

        return Pool(self.job, min(workers, len(self.queue)))

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

    def tell(self) -> None:
        """Say how far the experiment is."""
        if self.progress is not None:
            counts = self.ledger.counts()
            lost = counts[FAILED] + counts[KILLED]
            self.progress(Progress(counts[DONE], lost, self.kept, counts["total"]))


