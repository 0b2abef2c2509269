"""`run_experiment(experiment, out)`: every run of a design into one results folder, streamed chunk by chunk."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from demarche.errors import Problem, ScenarioError, StoreError
from demarche.experiment.chunks.shards import Job
from demarche.experiment.design.table import Design, make_design
from demarche.experiment.ledger.ledger import DONE, Ledger
from demarche.experiment.ledger.ledger import LEDGER as FINISHED_LEDGER
from demarche.experiment.results.manifest import WORK, Manifest
from demarche.experiment.results.store import open_results
from demarche.experiment.run.aim import Aim, check_aim
from demarche.experiment.run.finishing import finish
from demarche.experiment.run.folder import (
    check_folder,
    finished,
    make_folder,
    open_ledger,
    tidy,
    working_ledger,
)
from demarche.experiment.run.inputs import staged_inputs
from demarche.experiment.run.means import Means, Tell, default_chunk
from demarche.experiment.run.rebuilding import manifest_or_ledger, mend
from demarche.experiment.run.session import Session
from demarche.experiment.tables.columns import column_dictionary
from demarche.experiment.tables.files import FileRecord, lock, read_checked
from demarche.experiment.tables.inside import inside
from demarche.version import __version__

if TYPE_CHECKING:
    from demarche.experiment.design.experiment import Experiment



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
        Called before the first chunk, after each, and now and then while chunks are under way.
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
        If the user interrupts, with how many runs are kept; the same call goes on from there.
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
        workers = means.processes(len(design))
        chunk = means.chunk or default_chunk(len(design), workers, experiment.record.series)
        with open_ledger(out, aim, experiment, design, chunk) as ledger:
            job = job_of(experiment, design, out)
            session = Session(job, design, ledger, progress)
            session.prepare(failed)
            try:
                session.work(means)
            except KeyboardInterrupt as stopped:
                counts = ledger.counts()
                said = f"{counts[DONE]:,} of {counts['total']:,} runs are written and kept"
                raise KeyboardInterrupt(said) from stopped
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
