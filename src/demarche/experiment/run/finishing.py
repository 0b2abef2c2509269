"""The end of an experiment: joined tables, the ledger's copy and the manifest, which comes last."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demarche.experiment.chunks.shards import Job
from demarche.experiment.ledger.ledger import DONE, FAILED, KILLED, Ledger
from demarche.experiment.ledger.ledger import LEDGER as FINISHED_LEDGER
from demarche.experiment.results.manifest import MANIFEST, WORK, Manifest
from demarche.experiment.run.aim import Aim
from demarche.experiment.run.folder import make_folder, put_in_place, remove_work
from demarche.experiment.run.inputs import INPUT_NAMES, staged_inputs
from demarche.experiment.run.joining import join_outcomes, write_calendar, write_runs
from demarche.experiment.tables.files import FileRecord, now_text, read_checked, write_bytes
from demarche.experiment.tables.inside import inside
from demarche.scenario.bundles import bundles_of
from demarche.version import __version__

if TYPE_CHECKING:
    from demarche.experiment.design.experiment import Experiment
    from demarche.experiment.design.table import Design

STAGED = f"{WORK}/finished"
PACKAGE = Path(__file__).parents[2]


def finish(job: Job, experiment: Experiment, design: Design, ledger: Ledger, seconds: float) -> Manifest:
    """Write what is left to write, the manifest last, and remove the work folder.

    Everything is written aside first; only then is an earlier manifest set aside, so that at every
    moment the folder holds complete results or says that it is unfinished.
    """
    root, staged = job.root, inside(job.root, STAGED, folder=True)
    facts, inputs = ledger.facts(), ledger.inputs()
    make_folder(staged)
    tables = [
        write_runs(staged, job, design, ledger),
        join_outcomes(staged, job, design, ledger),
        write_calendar(staged, job, design.arms),
    ]
    files = (*tables, *_shards(ledger), *inputs)
    counts = ledger.counts()
    lost = {FAILED: counts[FAILED] + counts[KILLED], KILLED: counts[KILLED]}
    manifest = Manifest(
        identity=facts["identity"],
        created=facts["created"],
        finished=now_text(),
        seconds=round(seconds, 3),
        cpu_seconds=round(sum(row[0] for row in ledger.rows("SELECT cpu_seconds FROM chunks ORDER BY chunk")), 3),
        runs={"total": counts["total"], DONE: counts[DONE], **lost},
        columns={table: [asdict(column) for column in listed] for table, listed in job.columns.items()},
        inputs=dict(zip(INPUT_NAMES, (record.file for record in inputs), strict=False)),
        files=files,
        **describe(experiment, design),
    )
    with ledger.transaction():
        ledger.put_facts({"manifest": manifest.core})
    tables.append(_copy_ledger(ledger, staged))
    manifest = replace(manifest, files=(*tables, *manifest.files[len(tables) - 1 :]))
    if inside(root, MANIFEST).is_file():
        os.replace(root / MANIFEST, root / WORK / "earlier.json")
    for table in tables:
        put_in_place(staged / table.file, inside(root, table.file))
    for record in inputs:
        aside = inside(root, f"{WORK}/{staged_inputs(Aim.found(facts))}", folder=True)
        if aside.is_dir():  # else they have been in their place since the folder was finished before
            write_bytes(inside(root, record.file), read_checked(aside, record))
    manifest.write(root)
    ledger.close()
    remove_work(root)
    return manifest


def _shards(ledger: Ledger) -> Iterator[FileRecord]:
    for number in ledger.chunk_numbers(DONE):
        yield from ledger.chunk(number).files


def _copy_ledger(ledger: Ledger, folder: Path) -> FileRecord:
    path = folder / FINISHED_LEDGER
    ledger.copy_to(path)
    with open(path, "rb") as stream:
        checksum = hashlib.file_digest(stream, "sha256").hexdigest()
    return FileRecord(FINISHED_LEDGER, "ledger", ledger.counts()["total"], path.stat().st_size, checksum)


def describe(experiment: Experiment, design: Design) -> dict[str, Any]:
    """Return the parts of the manifest that tell what was run."""
    scenario = experiment.scenario
    asked = scenario.asked.among(design.arms)
    accounts = {name: account for name, account in _accounts(experiment).items() if name in design.accounts}
    return {
        "name": experiment.path.stem,
        "title": scenario.title,
        "question": scenario.question,
        "versions": versions(),
        "digests": digests(experiment, design),
        "experiment": {
            "replications": design.replications, "seed": design.seed, **experiment.describe_design(),
            "points": design.n_points, "places": list(design.places),
            "parameters": list(design.parameters), "arms": list(design.arms),
            "accounts": list(design.accounts), "record": asdict(experiment.record),
        },
        "period": {
            "start": str(scenario.period.start), "end": str(scenario.period.end), "n_steps": scenario.period.n_steps,
            "data_end": str(scenario.cast.data_end),
        },
        "arms": {
            name: {"title": scenario.arms[name].title or name, "bundles": bundles_of(scenario, name)}
            for name in design.arms
        },
        "accounts": accounts,
        "focal": scenario.cast.focal,
        "critic": scenario.cast.critic,
        "aliases": dict(scenario.aliases),
        "outcomes": asked.outcomes,
        "contrast": asked.contrast,
        "reference": asked.reference,
        "baseline": asked.baseline,
        "figures": experiment.figures,
    }  # fmt: skip


def digests(experiment: Experiment, design: Design) -> dict[str, str]:
    """Return the SHA-256 of scenario, cast and rules, and of the record, on which no run rests."""
    from demarche.history.record import load_record

    scenario = experiment.scenario
    record = load_record(scenario.cast)
    found = {"scenario": scenario.digest, "cast": scenario.cast.digest, "rules": design.rules_digest}
    return found if record is None else {**found, "record": record.digest}


def _accounts(experiment: Experiment) -> dict[str, Any]:
    from demarche.scenario.load import compile_scenario

    return {
        name: {"title": account.title, "account": account.account, "documents": list(account.documents),
               "settings": dict(account.settings), "reasons": dict(account.reasons)}
        for name, account in compile_scenario(experiment.scenario).accounts.items()
    }  # fmt: skip


def versions() -> dict[str, str]:
    """Return the versions that results may depend on."""
    import numpy
    import pyarrow

    return {
        "demarche": __version__, "python": platform.python_version(), "numpy": numpy.__version__,
        "pyarrow": pyarrow.__version__, "platform": sys.platform, "machine": platform.machine(), **_commit(),
    }  # fmt: skip


def _commit() -> dict[str, str]:
    """Return the commit that this version was installed from, or lies in; nothing if that is not known."""
    from importlib.metadata import PackageNotFoundError, distribution

    commit = ""
    with suppress(PackageNotFoundError, ValueError, AttributeError):
        told = json.loads(distribution("demarche").read_text("direct_url.json") or "{}")
        commit = told.get("vcs_info", {}).get("commit_id", "")
    with suppress(OSError, ValueError):
        commit = commit or _text_of(PACKAGE / "commit.txt") or _head(PACKAGE.parents[1] / ".git")
    return {"commit": commit} if re.fullmatch("[0-9a-f]{40,64}", commit) else {}


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def _head(git: Path) -> str:
    """Return the commit of a checkout, empty if there is none."""
    if git.is_file():
        git = git.parent / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
    if not (git / "HEAD").is_file():
        return ""
    told = (git / "HEAD").read_text(encoding="utf-8").strip()
    if not told.startswith("ref: "):
        return told
    common = git / (git / "commondir").read_text(encoding="utf-8").strip() if (git / "commondir").is_file() else git
    place = common / told.removeprefix("ref: ")
    return _text_of(place)
