"""A results folder while it is written: what it is for, begun, gone on with, extended; never overwritten silently."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from demarche.errors import DesignError, Problem, StoreError
from demarche.experiment.ledger.ledger import DONE, PENDING, Chunk, Ledger, Row, damaged
from demarche.experiment.ledger.ledger import LEDGER as FINISHED_LEDGER
from demarche.experiment.ledger.plan import lay_out
from demarche.experiment.results.manifest import MANIFEST, WORK, Manifest
from demarche.experiment.results.read import read_manifest
from demarche.experiment.run.aim import Aim, background, check_aim
from demarche.experiment.run.inputs import copy_inputs, staged_inputs
from demarche.experiment.tables.files import (
    LOCK_NAME,
    TEMPORARY,
    FileRecord,
    disk_error,
    now_text,
    read_checked,
    replacing,
    write_bytes,
)
from demarche.experiment.tables.inside import inside, read_inside

if TYPE_CHECKING:
    from demarche.experiment.design.experiment import Experiment
    from demarche.experiment.design.table import Design

LEDGER = f"{WORK}/{FINISHED_LEDGER}"
BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite writes beside a ledger


def check_folder(root: Path) -> None:
    """Refuse a place where results cannot be written: a file, or a folder with other content.

    Raises
    ------
    DesignError
        Naming the place and what is there.
    DiskError
        If it is a link that leads nowhere, or a name that no file can have.
    """
    try:
        there = os.path.lexists(root) and root.stat()
    except OSError as error:
        raise disk_error(error, root) from error
    if not there:
        return
    if not root.is_dir():
        raise DesignError([Problem(str(root), "this is a file, not a folder", fix="choose another place with --out")])
    names = {path.name for path in root.iterdir()} - {LOCK_NAME, "figures"}
    if names and not {MANIFEST, WORK, FINISHED_LEDGER} & names:
        found = ", ".join(sorted(names)[:3])
        raise DesignError([
            Problem(str(root), "the folder holds other files", found, fix="choose another folder with --out")
        ])  # fmt: skip


def make_folder(root: Path) -> None:
    """Make a results folder if it is not there.

    Raises
    ------
    DiskError
        If it cannot be made.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(error, root) from error


def working_ledger(root: Path) -> Path:
    """Return where the ledger of an unfinished folder lies.

    Raises
    ------
    StoreError
        If something else lies there, such as a link.
    """
    for more in BESIDE:
        inside(root, f"{LEDGER}{more}", alone=True)
    return root / LEDGER


def finished(root: Path, aim: Aim) -> Manifest | None:
    """Return the manifest if the folder holds exactly these results, None if it does not hold all of them yet.

    Raises
    ------
    StoreError
        If its manifest or its ledger is damaged.
    """
    if not (root / MANIFEST).is_file():
        return None
    manifest = read_manifest(root)
    read_checked(root, manifest.ledger)
    with Ledger.open(root / manifest.ledger.file, finished=True) as ledger:
        facts, inputs = ledger.facts(), ledger.inputs()
    is_whole = facts.get("manifest") == manifest.core and all(_is_whole(root, record) for record in inputs)
    return manifest if is_whole and Aim.found(facts) == aim else None


def open_ledger(root: Path, aim: Aim, experiment: Experiment, design: Design, chunk: int) -> Ledger:
    """Return the working ledger of a folder with every run of the design in it.

    It is that of an earlier session, a copy of the one of finished results, or a new one.
    Half-written files are removed.

    Raises
    ------
    DesignError
        If the folder holds something that this experiment does not extend.
    StoreError
        If a ledger is damaged.
    """
    path = working_ledger(root)
    make_folder(path.parent)
    _remove_halves(root)
    is_copy = not path.is_file() and _copy_finished(root, path)
    if not path.is_file():
        _begin(path, aim, experiment, design, chunk)
    ledger = Ledger.open(path)
    try:
        facts = ledger.facts()
        if Aim.found(facts) != aim:
            check_aim(root, facts, aim, experiment)
            _aim_at(ledger, aim, experiment, design, chunk)
        staged = inside(path.parent, staged_inputs(aim), folder=True)
        if not staged.is_dir() and not all(_is_whole(root, record) for record in ledger.inputs()):
            records = copy_inputs(staged, experiment)
            with ledger.transaction():
                put_aim(ledger, aim, experiment, records, facts["created"])
        if ledger.counts()["total"] != len(design):
            raise damaged(path, "it has other runs than the experiment that it is for")
    except BaseException:
        ledger.close()
        if is_copy:
            remove_work(root)
        raise
    return ledger


def _begin(path: Path, aim: Aim, experiment: Experiment, design: Design, chunk: int) -> None:
    """Write a new ledger aside and move it into place: one that is there is complete."""
    aside = path.with_name("begun.sqlite")
    for name in (aside.name, f"{aside.name}-wal", f"{aside.name}-shm"):
        aside.with_name(name).unlink(missing_ok=True)
    with Ledger.create(aside) as ledger:
        _aim_at(ledger, aim, experiment, design, chunk)
    put_in_place(aside, path)
    aside.unlink()


def _aim_at(ledger: Ledger, aim: Aim, experiment: Experiment, design: Design, chunk: int) -> None:
    """Lay out the runs that the ledger does not have, and keep the inputs that they rest on."""
    records = copy_inputs(inside(ledger.path.parent, staged_inputs(aim), folder=True), experiment)
    with ledger.transaction():
        lay_out(ledger, design, chunk)
        put_aim(ledger, aim, experiment, records, ledger.fact("created") or now_text())


def put_aim(
    ledger: Ledger, aim: Aim, experiment: Experiment, records: list[FileRecord], created: str
) -> None:
    """Write what a ledger is for, and on which inputs its runs rest; must be called within a transaction."""
    inputs = json.dumps([asdict(record) for record in records])
    ledger.put_facts({**asdict(aim), **background(experiment), "created": created, "inputs": inputs})


def _copy_finished(root: Path, path: Path) -> bool:
    """Copy the ledger of finished results, which stay readable until those of the larger design take their place.

    Returns
    -------
    Whether there are finished results.
    """
    if (root / MANIFEST).is_file():
        write_bytes(path, read_checked(root, read_manifest(root).ledger))
        return True
    if (root / FINISHED_LEDGER).is_file():
        write_bytes(path, read_inside(root, FINISHED_LEDGER))
    return False


def damaged_chunks(root: Path, ledger: Ledger) -> list[Chunk]:
    """Return the chunks that count as written but whose shards are missing or not those that were written."""
    chunks = (ledger.chunk(number) for number in ledger.chunk_numbers(DONE))
    return [chunk for chunk in chunks if not all(_is_whole(root, file) for file in chunk.files)]


def _is_whole(root: Path, record: FileRecord) -> bool:
    try:
        read_checked(root, record)
    except StoreError:
        return False
    return True


def forget_chunk(ledger: Ledger, chunk: Chunk) -> None:
    """Make the runs of a chunk wait again."""
    row = Chunk(chunk.chunk, chunk.first, chunk.last, chunk.count, PENDING, chunk.attempts, chunk.deaths)
    ledger.put_chunks([row])
    ledger.put("runs", _waiting(ledger.runs_of(chunk)))


def _waiting(rows: list[Row]) -> list[Row]:
    return [(*row[:4], PENDING, None) for row in rows]


def remove_work(root: Path) -> None:
    """Remove what only an unfinished folder needs, and what a killed worker left half written."""
    shutil.rmtree(inside(root, WORK, folder=True), ignore_errors=True)
    _remove_halves(root)


def _remove_halves(root: Path) -> None:
    for half_written in root.rglob(f"*{TEMPORARY}"):
        half_written.unlink(missing_ok=True)


def tidy(root: Path, aim: Aim) -> None:
    """Remove what a session left that ended just after it had finished; a larger design that was begun is kept."""
    path = working_ledger(root)
    if path.is_file():
        with Ledger.open(path) as ledger:
            if Aim.found(ledger.facts()) != aim:
                return
    remove_work(root)


def put_in_place(staged: Path, path: Path) -> None:
    """Copy a file that was written aside to its place, complete or not at all."""
    with replacing(path) as stream, open(staged, "rb") as source:
        shutil.copyfileobj(source, stream, 1 << 20)
