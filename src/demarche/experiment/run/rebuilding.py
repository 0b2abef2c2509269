"""What a results folder has lost is made again from what it still holds: the ledger, or the manifest."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demarche.engine.simulate import CHUNK
from demarche.errors import Problem, StoreError
from demarche.experiment.chunks.shards import FOLDERS, PARTS
from demarche.experiment.ledger.ledger import DONE, FAILED, KILLED, PENDING, Chunk, Ledger
from demarche.experiment.ledger.ledger import LEDGER as FINISHED_LEDGER
from demarche.experiment.results.manifest import MANIFEST, WORK, Manifest
from demarche.experiment.results.read import OtherVersionError, read_manifest
from demarche.experiment.run.aim import Aim
from demarche.experiment.run.folder import make_folder, put_aim, put_in_place, working_ledger
from demarche.experiment.tables.files import FileRecord, check_file, resume_command
from demarche.experiment.tables.inside import inside
from demarche.experiment.tables.parquet import read_table

if TYPE_CHECKING:
    from demarche.experiment.design.experiment import Experiment
    from demarche.experiment.design.table import Design

AGAIN = "run the experiment into another folder with --out"


def mend(root: Path, aim: Aim, experiment: Experiment, design: Design) -> bool:
    """Make the ledger of finished results again if it is lost, and set a damaged manifest aside if the ledger is whole.

    Returns
    -------
    Whether anything was lost, so that the folder has to be finished anew.

    Raises
    ------
    StoreError
        If neither is whole, another version wrote them, or they are of other runs than the experiment asks for.
    """
    has_manifest, has_ledger = (root / MANIFEST).is_file(), (root / FINISHED_LEDGER).is_file()
    if working_ledger(root).is_file() or not (has_manifest or has_ledger):
        return False
    manifest = manifest_or_ledger(root)
    is_as_written = manifest is not None and _is_as_written(root, manifest)
    told = _told_by_ledger(root)
    if manifest is not None and is_as_written and told == manifest.core:
        return False
    if manifest is None or (is_as_written and told):
        _set_aside(root, has_manifest)
    elif told in ("", manifest.core):
        _rebuild(root, manifest, aim, experiment, design)
    else:
        what = "manifest and ledger contradict each other, and neither is the one that the other knows"
        raise StoreError([Problem(str(root), what, fix=AGAIN)])
    return True


def _is_as_written(root: Path, manifest: Manifest) -> bool:
    try:
        check_file(root, manifest.ledger)
    except StoreError:
        return False
    return True


def _told_by_ledger(root: Path) -> str:
    """Return what a finished ledger says of the manifest, empty if it is damaged or of other runs."""
    if not (root / FINISHED_LEDGER).is_file():
        return ""
    try:
        with Ledger.open(inside(root, FINISHED_LEDGER), finished=True) as ledger:
            facts = ledger.facts()
            for number in ledger.chunk_numbers(DONE):
                ledger.chunk(number)
    except StoreError:
        return ""
    return facts.get("manifest", "")


def _set_aside(root: Path, has_manifest: bool) -> None:
    """Move a manifest that cannot be relied on out of the way; the ledger tells all that it has to say."""
    if has_manifest:
        make_folder(inside(root, WORK, folder=True))
        os.replace(inside(root, MANIFEST), root / WORK / "damaged.json")


def manifest_or_ledger(root: Path) -> Manifest | None:
    """Return the manifest of finished results, None if it is lost or damaged but their ledger is whole.

    Raises
    ------
    StoreError
        If neither is whole, or another version wrote them.
    """
    try:
        return read_manifest(root)
    except OtherVersionError:
        raise
    except StoreError as error:
        if not (root / FINISHED_LEDGER).is_file():
            raise
        try:
            with Ledger.open(inside(root, FINISHED_LEDGER), finished=True) as ledger:
                ledger.inputs()
        except StoreError:
            what = "neither the manifest nor the ledger of these results is whole"
            raise StoreError([Problem(str(root), what, fix=AGAIN)]) from error
    return None


def _rebuild(root: Path, manifest: Manifest, aim: Aim, experiment: Experiment, design: Design) -> None:
    """Write a new working ledger from the manifest, the table of runs and the parts."""
    if aim.identity != manifest.identity:
        what = "the ledger of these results is damaged, and it can be made again from their own experiment alone"
        raise StoreError([Problem(str(root), what, fix=resume_command(root))])
    (record,) = manifest.table("runs")
    runs = read_table(root, record).to_pylist()
    place = {key: row for row, key in enumerate(design.keys())}
    if {row["key"] for row in runs} != set(place):
        raise StoreError([Problem(str(root / record.file), "its runs are not those of the experiment", fix=AGAIN)])
    path = working_ledger(root)
    make_folder(inside(root, WORK, folder=True))
    aside = path.with_name("begun.sqlite")
    aside.unlink(missing_ok=True)
    with Ledger.create(aside) as ledger, ledger.transaction():
        _write_runs(ledger, runs, place, design, list(_parts(root, manifest)), manifest.cpu_seconds)
        put_aim(ledger, aim, experiment, list(manifest.copies), manifest.created)
    put_in_place(aside, path)
    aside.unlink()


@dataclass(frozen=True)
class Part:
    """Number, shards and runs of a chunk."""

    number: int
    files: tuple[FileRecord, ...]
    runs: list[int]


def _parts(root: Path, manifest: Manifest) -> Iterator[Part]:
    """Yield the chunks whose outcomes are whole."""
    shards: dict[str, list[FileRecord]] = {}
    for file in manifest.files:
        if file.table in FOLDERS:
            shards.setdefault(Path(file.file).name, []).append(file)
    for name, files in shards.items():
        (part,) = (file for file in files if file.table == PARTS)
        try:
            runs = read_table(root, part, ["run"])["run"].to_pylist()
        except StoreError:
            continue
        yield Part(int(name.removeprefix("part-").removesuffix(".parquet")), tuple(files), runs)


def _write_runs(
    ledger: Ledger, runs: Sequence[dict[str, Any]], place: dict[str, int], design: Design, parts: list[Part],
    seconds: float,
) -> None:  # fmt: skip
    """Write runs, chunks and failures: what is in a part is done, what failed failed, and the rest waits."""
    chunk_of: dict[int, int] = {}
    for part in parts:
        chunk = Chunk(part.number, min(part.runs), max(part.runs), len(part.runs), DONE, 1, 0, seconds, part.files)
        ledger.put_chunks([chunk])
        chunk_of |= dict.fromkeys(part.runs, part.number)
        seconds = 0.0
    rest = [run for run in runs if run["run"] not in chunk_of]
    failed = [run for run in rest if run["status"] in (FAILED, KILLED)]
    waiting = [run for run in rest if run["status"] not in (FAILED, KILLED)]
    chunk_of |= _new_chunks(ledger, failed, design, DONE) | _new_chunks(ledger, waiting, design, PENDING)
    status = {run["run"]: run["status"] for run in failed} | {run["run"]: PENDING for run in waiting}
    failure_of = {run["run"]: number for number, run in enumerate(failed)}
    texts = ((failure_of[run["run"]], run["exception"], run["message"], run["traceback"]) for run in failed)
    ledger.put("failures", texts)
    ledger.put("runs", (
        (run["run"], place[run["key"]], run["key"], chunk_of[run["run"]], status.get(run["run"], DONE),
         failure_of.get(run["run"]))
        for run in runs
    ))  # fmt: skip


def _new_chunks(ledger: Ledger, runs: list[dict[str, Any]], design: Design, status: str) -> dict[int, int]:
    """Write chunks of runs that keep company and return the chunk of each run."""

    def company(run: dict[str, Any]) -> str:
        return str(design.company(run["arm"], run["account"]))

    chunk_of: dict[int, int] = {}
    for _, some in groupby(sorted(runs, key=company), key=company):
        members = sorted(run["run"] for run in some)
        for start in range(0, len(members), CHUNK):
            cut = members[start : start + CHUNK]
            number = ledger.next_number("chunks")
            ledger.put_chunks([Chunk(number, cut[0], cut[-1], len(cut), status)])
            chunk_of |= dict.fromkeys(cut, number)
    return chunk_of
