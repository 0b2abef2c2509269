"""A results folder while it is written: begun, gone on with, finished; never overwritten silently."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from demarche import __version__
from demarche.errors import DesignError, Problem, StoreError
from demarche.experiment.columns import arrow_table
from demarche.experiment.design import Design
from demarche.experiment.files import (
    LOCK_NAME,
    TEMPORARY,
    FileRecord,
    now_text,
    read_table,
    sha256,
    write_bytes,
    write_json,
    write_table,
)
from demarche.experiment.manifest import MANIFEST, Manifest, read_manifest
from demarche.experiment.shards import DONE, WORK, Job, Receipt, find_receipt

if TYPE_CHECKING:
    from demarche.experiment.spec import Experiment

PLAN = f"{WORK}/plan.json"
INPUTS = "inputs"
OTHER_FOLDER = "choose another folder with --out, or remove this one"


@dataclass(frozen=True)
class Aim:
    """What is to lie in a folder: the hash of all runs, and the digests of scenario and rules."""

    identity: str
    scenario: str
    rules: str


@dataclass(frozen=True)
class Plan:
    """What an unfinished folder was begun for, when, and in how many chunks."""

    identity: str
    scenario: str
    rules: str
    created: str
    parts: int


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


def finished(root: Path, aim: Aim) -> Manifest | None:
    """Return the manifest if the folder holds exactly these results, None if it holds none yet.

    Raises
    ------
    DesignError
        If it holds the results of another experiment.
    StoreError
        If its manifest is damaged.
    """
    if not (root / MANIFEST).is_file():
        return None
    manifest = read_manifest(root)
    found = Aim(manifest.identity, manifest.digests["scenario"], manifest.digests["rules"])
    if found != aim:
        raise _other(root, found, aim, "results")
    return manifest


def begin(root: Path, aim: Aim, parts: int) -> Plan:
    """Return the plan of the folder, written now if there is none; half-written files are removed.

    Raises
    ------
    DesignError
        If the folder was begun for another experiment.
    StoreError
        If the plan cannot be read.
    """
    path = root / PLAN
    if not path.is_file():
        plan = Plan(aim.identity, aim.scenario, aim.rules, now_text(), parts)
        write_json(path, asdict(plan))
        return plan
    try:
        plan = Plan(**json.loads(path.read_bytes()))
    except (ValueError, TypeError) as error:
        raise StoreError([Problem(str(path), "the plan cannot be read", fix=OTHER_FOLDER)]) from error
    found = Aim(plan.identity, plan.scenario, plan.rules)
    if found != aim:
        raise _other(root, found, aim, "unfinished results")
    for half in root.rglob(f"*{TEMPORARY}"):
        half.unlink()
    return plan


def _other(root: Path, found: Aim, expected: Aim, held: str) -> DesignError:
    compared = (
        ("scenario", found.scenario, expected.scenario),
        ("version of the rules", found.rules, expected.rules),
        ("design of this scenario", found.identity, expected.identity),
    )
    name, there, wanted = next(entry for entry in compared if entry[1] != entry[2])
    what = f"the folder holds {held} of another {name}"
    return DesignError([Problem(str(root), what, found=there, expected=wanted, fix=OTHER_FOLDER)])


def earlier_receipts(root: Path, parts: int) -> dict[int, Receipt]:
    """Return the chunks that an earlier session finished; failed ones are tried again."""
    receipts = (find_receipt(root, part) for part in range(parts))
    return {r.part: r for r in receipts if r is not None and r.status == DONE and _is_whole(root, r)}


def _is_whole(root: Path, receipt: Receipt) -> bool:
    return all((root / f.file).is_file() and (root / f.file).stat().st_size == f.bytes for f in receipt.files)


def finish(
    job: Job, experiment: Experiment, design: Design, keys: Sequence[str], plan: Plan, receipts: Sequence[Receipt],
    seconds: float,
) -> Manifest:
    """Write what is left to write, the manifest last, and remove the work folder."""
    root = job.root
    receipts = sorted(receipts, key=lambda receipt: receipt.part)
    inputs, copies = copy_inputs(root, experiment)
    files = (
        write_runs(job, design, keys, receipts),
        join_outcomes(job, receipts),
        write_calendar(job, design.arms),
        *(file for receipt in receipts for file in receipt.files if file.table != "outcomes"),
        *copies,
    )
    failed = sum(receipt.count for receipt in receipts if receipt.status != DONE)
    manifest = Manifest(
        identity=plan.identity,
        created=plan.created,
        finished=now_text(),
        seconds=round(seconds, 3),
        cpu_seconds=round(sum(receipt.cpu_seconds for receipt in receipts), 3),
        runs={"total": len(design), "done": len(design) - failed, "failed": failed},
        columns={table: [asdict(column) for column in listed] for table, listed in job.columns.items()},
        inputs=inputs,
        files=files,
        **describe(experiment, design),
    )
    manifest.write(root)
    shutil.rmtree(root / WORK)
    return manifest


def write_runs(job: Job, design: Design, keys: Sequence[str], receipts: Sequence[Receipt]) -> FileRecord:
    """Write one row a run: inputs, identity, and whether it was done."""
    import numpy as np

    rows = np.arange(len(design))
    runs = design.to_runs(rows)
    index = design.index(rows)
    told: dict[str, list[str]] = {name: [] for name in ("status", "exception", "message", "traceback")}
    for receipt in receipts:
        for name, values in told.items():
            values += [getattr(receipt, name)] * receipt.count
    columns: dict[str, Any] = {
        "run": rows, "arm": runs.arm, "pack": runs.pack, "point": index["point"], "replication": index["replication"],
        "key": keys, "seed": runs.seed, **told, **runs.values,
    }  # fmt: skip
    return write_table(job.root, "runs.parquet", "runs", arrow_table(job.columns["runs"], columns))


def join_outcomes(job: Job, receipts: Sequence[Receipt]) -> FileRecord:
    """Join the outcomes of all chunks into one table, one row a run that was done, sorted by run."""
    import pyarrow as pa

    from demarche.experiment.columns import arrow_schema

    parts = [
        read_table(job.root, file) for receipt in receipts for file in receipt.files if file.table == "outcomes"
    ]
    empty = arrow_schema(job.columns["outcomes"]).empty_table()
    table = pa.concat_tables([part.cast(empty.schema) for part in parts] or [empty]).combine_chunks()
    return write_table(job.root, "outcomes.parquet", "outcomes", table)


def write_calendar(job: Job, arms: Sequence[str]) -> FileRecord:
    """Write the dated events of each arm that fall into the period."""
    period = job.setup.period
    rows = [
        {"arm": arm, "step": step, "code": event.code, "kind": event.kind, "date": str(event.month),
         "actors": " ".join(event.actors), "strength": event.strength}
        for arm in arms
        for event in sorted(job.setup.arms[arm].calendar.events, key=lambda e: (e.month, e.code))
        if 0 <= (step := period.start.steps_to(event.month)) < period.n_steps
    ]  # fmt: skip
    listed = job.columns["calendar"]
    columns = {column.name: [row[column.name] for row in rows] for column in listed}
    return write_table(job.root, "calendar.parquet", "calendar", arrow_table(listed, columns))


def input_files(experiment: Experiment) -> list[Path]:
    """Return every file that the experiment rests on: its own, the scenario, the cast and the cast's tables."""
    from demarche.scenario.yaml_nodes import read_yaml

    scenario = experiment.scenario.path
    cast = scenario.parent / str(read_yaml(scenario).get("cast"))
    tables = read_yaml(cast).get("tables") or {}
    return [experiment.path, scenario, cast, *(cast.parent / str(name) for name in tables.values())]


def copy_inputs(root: Path, experiment: Experiment) -> tuple[dict[str, str], list[FileRecord]]:
    """Copy the inputs as they lie to one another, so that the folder alone repeats its runs."""
    paths = [path.resolve() for path in input_files(experiment)]
    top = Path(os.path.commonpath([path.parent for path in paths]))
    records = []
    for path in dict.fromkeys(paths):
        file = str(PurePosixPath(INPUTS, *path.relative_to(top).parts))
        content = path.read_bytes()
        write_bytes(root / file, content)
        records.append(FileRecord(file, "", 0, len(content), sha256(content)))
    return {"experiment": records[0].file, "scenario": records[1].file}, records


def describe(experiment: Experiment, design: Design) -> dict[str, Any]:
    """Return the parts of the manifest that tell what was run."""
    scenario = experiment.scenario
    packs = {name: pack for name, pack in _packs(experiment).items() if name in design.packs}
    return {
        "name": experiment.path.stem,
        "title": scenario.title,
        "question": scenario.question,
        "versions": versions(),
        "digests": {"scenario": scenario.digest, "cast": scenario.cast.digest, "rules": design.rules_digest},
        "experiment": {
            "replications": design.replications, "seed": design.seed, "design": experiment.design,
            "points": design.n_points, "parameters": list(design.parameters), "arms": list(design.arms),
            "packs": list(design.packs), "record": asdict(experiment.record),
        },
        "period": {
            "start": str(scenario.period.start), "end": str(scenario.period.end), "n_steps": scenario.period.n_steps,
        },
        "arms": {name: {"title": scenario.arms[name].title or name} for name in design.arms},
        "packs": packs,
        "focal": scenario.cast.focal,
        "critic": scenario.cast.critic,
        "outcomes": tuple(scenario.outcomes),
        "figures": tuple(experiment.figures),
    }  # fmt: skip


def _packs(experiment: Experiment) -> dict[str, Any]:
    from demarche.scenario.load import compile_scenario

    return {
        name: {"title": pack.title, "account": pack.account, "documents": list(pack.documents),
               "settings": dict(pack.settings), "reasons": dict(pack.reasons)}
        for name, pack in compile_scenario(experiment.scenario).packs.items()
    }  # fmt: skip


def versions() -> dict[str, str]:
    """Return the versions that results may depend on."""
    import numpy
    import pyarrow

    return {
        "demarche": __version__, "python": platform.python_version(), "numpy": numpy.__version__,
        "pyarrow": pyarrow.__version__, "platform": sys.platform, "machine": platform.machine(),
    }  # fmt: skip
