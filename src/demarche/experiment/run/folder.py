"""A results folder while it is written: what it is for, begun, gone on with, extended; never overwritten silently."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from demarche.errors import DesignError, Problem, StoreError
from demarche.experiment.ledger.ledger import DONE, PENDING, Chunk, Ledger, Row
from demarche.experiment.ledger.ledger import LEDGER as FINISHED_LEDGER
from demarche.experiment.ledger.plan import OTHER_FOLDER, identity_of, lay_out
from demarche.experiment.results.manifest import MANIFEST, WORK, Manifest, read_manifest
from demarche.experiment.tables.files import (
    LOCK_NAME,
    TEMPORARY,
    FileRecord,
    now_text,
    read_checked,
    replacing,
    sha256,
    write_bytes,
)
from demarche.scenario.bundles import bundles_of

if TYPE_CHECKING:
    from demarche.experiment.design.experiment import Experiment
    from demarche.experiment.design.table import Design

LEDGER = f"{WORK}/{FINISHED_LEDGER}"
INPUTS = "inputs"
INPUT_NAMES = ("experiment", "scenario", "cast")


@dataclass(frozen=True)
class Aim:
    """What is to lie in a folder: hashes of all runs and of what is told of them, and what it cannot change."""

    identity: str
    scenario: str
    rules: str
    seed: str
    record: str
    told: str

    @classmethod
    def of(cls, experiment: Experiment, design: Design) -> Aim:
        """Return the aim of an experiment."""
        return cls(
            identity=identity_of(design, experiment.record),
            scenario=design.scenario_digest,
            rules=design.rules_digest,
            seed=str(design.seed),
            record=", ".join(name for name, kept in asdict(experiment.record).items() if kept),
            told=_told(experiment),
        )

    @classmethod
    def found(cls, facts: Mapping[str, str]) -> Aim:
        """Return the aim that a ledger tells."""
        return cls(**{name: facts.get(name, "") for name in cls.__dataclass_fields__})


def _told(experiment: Experiment) -> str:
    """Return a hash of what is told of the runs: titles, bundles, outcomes, arms that are compared, figures, aliases.

    It moves no run, but the manifest of results that are there already says it anew when it changes.
    """
    scenario = experiment.scenario
    arms = {name: (scenario.arms[name].title, bundles_of(scenario, name)) for name in experiment.arms}
    asked = asdict(scenario.asked.among(experiment.arms))
    parts = (scenario.title, scenario.question, asked, arms, experiment.figures, dict(scenario.aliases))
    return sha256(json.dumps(parts).encode())


NAMES = {
    "scenario": "scenario",
    "rules": "version of the rules",
    "seed": "seed",
    "record": "choice of tables",
}


def check_folder(root: Path) -> None:
    """Refuse a place where results cannot be written: a file, or a folder with other content.

    Raises
    ------
    DesignError
        Naming the place and what is there.
    """
    if not root.exists():
        return
    if not root.is_dir():
        raise DesignError([Problem(str(root), "this is a file, not a folder", fix="choose another place with --out")])
    names = {path.name for path in root.iterdir()} - {LOCK_NAME, "figures"}
    if names and MANIFEST not in names and WORK not in names:
        found = ", ".join(sorted(names)[:3])
        raise DesignError([
            Problem(str(root), "the folder holds other files", found, fix="choose another folder with --out")
        ])  # fmt: skip


def finished(root: Path, aim: Aim, design: Design) -> Manifest | None:
    """Return the manifest if the folder holds exactly these results, None if it does not hold all of them yet.

    Raises
    ------
    DesignError
        If an earlier version wrote other results there, which cannot be extended.
    StoreError
        If its manifest or its ledger is damaged.
    """
    if not (root / MANIFEST).is_file():
        return None
    manifest = read_manifest(root)
    if manifest.ledger is None:
        if _same_runs(root, manifest, design):
            return manifest
        what = "an earlier version wrote these results, which cannot be extended"
        raise DesignError([Problem(str(root), what, fix=OTHER_FOLDER)])
    read_checked(root, manifest.ledger)
    with Ledger.open(root / manifest.ledger.file, finished=True) as ledger:
        if Aim.found(ledger.facts()) == aim:
            return manifest
    return None


def _same_runs(root: Path, manifest: Manifest, design: Design) -> bool:
    from demarche.experiment.tables.parquet import read_table

    if manifest.runs["total"] != len(design):
        return False
    (record,) = manifest.table("runs")
    keys: list[str] = read_table(root, record, ["key"])["key"].to_pylist()
    return keys == design.keys()


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
    path = root / LEDGER
    path.parent.mkdir(exist_ok=True)
    for half in root.rglob(f"*{TEMPORARY}"):
        half.unlink(missing_ok=True)
    is_copy = not path.is_file() and _copy_finished(root, path)
    if not path.is_file():
        _begin(path, aim, experiment, design, chunk)
    ledger = Ledger.open(path)
    try:
        found = Aim.found(ledger.facts())
        if found != aim:
            check_aim(root, found, aim)
            _aim_at(ledger, aim, experiment, design, chunk)
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
    records = copy_inputs(ledger.path.parent / staged_inputs(aim), experiment)
    created = ledger.facts().get("created", now_text())
    inputs = json.dumps([asdict(record) for record in records])
    with ledger.transaction():
        lay_out(ledger, design, chunk)
        ledger.put_facts({**asdict(aim), "created": created, "inputs": inputs})


def _copy_finished(root: Path, path: Path) -> bool:
    """Copy the ledger of finished results, which stay readable until those of the larger design take their place.

    Returns
    -------
    Whether there are finished results.
    """
    source = root / FINISHED_LEDGER
    if (root / MANIFEST).is_file():
        record = read_manifest(root).ledger
        if record is not None:
            write_bytes(path, read_checked(root, record))
        return True
    if source.is_file():
        write_bytes(path, source.read_bytes())
    return False


def check_aim(root: Path, found: Aim, wanted: Aim) -> None:
    """Refuse to add to a folder what rests on something else.

    Raises
    ------
    DesignError
        Naming the first thing that differs, as it is there and as it is wanted.
    """
    for field, name in NAMES.items():
        there, here = getattr(found, field), getattr(wanted, field)
        if there != here:
            what = f"the folder holds results of another {name}"
            raise DesignError([
                Problem(str(root), what, found=there or "none", expected=here or "none", fix=OTHER_FOLDER)
            ])  # fmt: skip


def input_files(experiment: Experiment) -> list[Path]:
    """Return every file that the experiment rests on: its own first, those of its scenario, what its design read."""
    own, *more = experiment.files
    return [own, *experiment.scenario.files, *more]


def staged_inputs(aim: Aim) -> str:
    """Return the folder within the work folder where the inputs lie until the experiment is finished."""
    return f"{INPUTS}-{aim.identity[:8]}"


def copy_inputs(folder: Path, experiment: Experiment) -> list[FileRecord]:
    """Copy the inputs as they lie to one another, so that the folder alone repeats and goes on with its runs.

    Returns
    -------
    Where they will lie in the finished folder, in the order of `INPUT_NAMES`, then the others.
    """
    paths = [path.resolve() for path in input_files(experiment)]
    top = Path(os.path.commonpath([path.parent for path in paths]))
    records = []
    for path in dict.fromkeys(paths):
        file = str(PurePosixPath(INPUTS, *path.relative_to(top).parts))
        content = path.read_bytes()
        write_bytes(folder / file, content)
        records.append(FileRecord(file, "", 0, len(content), sha256(content)))
    return records


def inputs_of(facts: Mapping[str, str]) -> list[FileRecord]:
    """Return the copies of the inputs that a ledger tells, the experiment first."""
    return [FileRecord(**record) for record in json.loads(facts["inputs"])]


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
    shutil.rmtree(root / WORK, ignore_errors=True)
    for half_written in root.rglob(f"*{TEMPORARY}"):
        half_written.unlink(missing_ok=True)


def tidy(root: Path, aim: Aim) -> None:
    """Remove what a session left that ended just after it had finished; a larger design that was begun is kept."""
    if (root / LEDGER).is_file():
        with Ledger.open(root / LEDGER) as ledger:
            if Aim.found(ledger.facts()) != aim:
                return
    remove_work(root)


def put_in_place(staged: Path, path: Path) -> None:
    """Copy a file that was written aside to its place, complete or not at all."""
    with replacing(path) as stream, open(staged, "rb") as source:
        shutil.copyfileobj(source, stream, 1 << 20)
