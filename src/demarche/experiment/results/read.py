"""Read a manifest, which may come from elsewhere: what this version did not write is refused in one line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, ValidationError

from demarche.errors import Problem, StoreError
from demarche.experiment.results.manifest import (
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    RIGHT_FOLDER,
    WORK,
    Manifest,
    unsealed,
)
from demarche.experiment.tables.columns import TABLES
from demarche.experiment.tables.files import FileRecord, make_again, resume_command
from demarche.experiment.tables.inside import read_inside
from demarche.reading.scalars import MONTH_PATTERN
from demarche.reading.strict import Strict
from demarche.reading.text import find_unfit, nearest

KINDS_OF_FILES = frozenset({"", "ledger", "outcome_parts", *TABLES})


class OtherVersionError(StoreError):
    """Results are whole, but of a format that this version does not read (exit code 3)."""


class _Record(Strict):
    series: bool
    events: bool


class _Experiment(Strict):
    model_config = ConfigDict(extra="allow")  # a design tells keys of its own

    replications: int
    seed: int
    design: str
    points: int
    places: tuple[str, str]
    parameters: tuple[str, ...]
    arms: tuple[str, ...]
    accounts: tuple[str, ...]
    record: _Record
    vary: Mapping[str, Any]


class _Period(Strict):
    start: str
    end: str
    n_steps: int
    data_end: str


class _Arm(Strict):
    title: str
    bundles: Any


class _Account(Strict):
    title: str
    account: str
    documents: tuple[str, ...]
    settings: Mapping[str, float]
    reasons: Mapping[str, str]


class _Column(Strict):
    name: str
    unit: str
    meaning: str
    type: str


class _Content(Strict):
    name: str
    title: str
    question: str
    identity: str
    created: str
    finished: str
    seconds: float
    cpu_seconds: float
    runs: Mapping[str, int]
    versions: Mapping[str, str]
    digests: Mapping[str, str]
    experiment: _Experiment
    period: _Period
    arms: Mapping[str, _Arm]
    accounts: Mapping[str, _Account]
    focal: str
    critic: str
    outcomes: tuple[str, ...]
    figures: tuple[str, ...] | None
    columns: Mapping[str, list[_Column]]
    inputs: Mapping[str, str]
    files: list[Mapping[str, Any]]
    aliases: Mapping[str, str]
    contrast: tuple[str, ...]
    reference: str
    baseline: str


def read_manifest(root: Path) -> Manifest:
    """Read the manifest of a results folder.

    Raises
    ------
    StoreError
        If there is none (unfinished), it is damaged, another version wrote it, or it names what does not lie in the
        folder.
    """
    if not root.is_dir():
        what = "this is a file, not a results folder" if root.exists() else "there is no such results folder"
        raise StoreError([Problem(str(root), what, "", "", "" if root.exists() else nearest(root), RIGHT_FOLDER)])
    path = root / MANIFEST
    try:
        written = read_inside(root, MANIFEST)
    except FileNotFoundError as error:
        raise StoreError([_unfinished(root)]) from error
    try:
        content = unsealed(written)
    except ValueError as error:
        raise StoreError([damaged_manifest(path, str(error))]) from error
    format_name, version = content.pop("format", None), content.pop("format_version", None)
    if (format_name, version) != (FORMAT, FORMAT_VERSION):
        raise OtherVersionError([_of_another_version(path, content, format_name, version)])
    return _built(path, content)


def _of_another_version(path: Path, content: Mapping[str, Any], name: object, version: object) -> Problem:
    if name != FORMAT:
        return Problem(str(path), "these are other results", ascii(name)[:80], FORMAT, fix=RIGHT_FOLDER)
    versions = content.get("versions")
    known = versions.get("demarche") if isinstance(versions, dict) else None
    maker = f"Demarche {known[:20]}" if isinstance(known, str) and known.isprintable() else "another Demarche"
    what = f"{maker} wrote these results in a format that this version does not read"
    fix = f"read them with {maker}, or run their experiment again into another folder"
    return Problem(str(path), what, f"format {ascii(version)[:20]}", f"format {FORMAT_VERSION}", fix=fix)


def _built(path: Path, content: dict[str, Any]) -> Manifest:
    try:
        _Content.model_validate_json(json.dumps(content))
        files = tuple(FileRecord.of(file) for file in content["files"])
        flaw = next(_flaws(content, files), "")
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        flaw = f"{'.'.join(str(part)[:40] for part in first['loc'])}: {first['msg'].lower()}"
    except StoreError as error:
        raise StoreError([replace(problem, where=str(path)) for problem in error.problems]) from error
    except (ValueError, RecursionError) as error:
        flaw = str(error)[:200]
    if flaw:
        raise StoreError([damaged_manifest(path, f"this version did not write it ({flaw})")])
    lists: dict[str, Any] = {name: tuple(content.pop(name)) for name in ("outcomes", "contrast")}
    figures = content.pop("figures")
    return Manifest(**{**content, "files": files}, figures=None if figures is None else tuple(figures), **lists)


def _flaws(content: Mapping[str, Any], files: tuple[FileRecord, ...]) -> Iterator[str]:
    """Yield what contradicts itself in a manifest of the right form."""
    import re

    names = [file.file for file in files]
    tables = [file.table for file in files]
    arms, accounts = content["experiment"]["arms"], content["experiment"]["accounts"]
    if len(set(names)) < len(names):
        yield "a file is there twice"
    if not KINDS_OF_FILES.issuperset(tables) or any(tables.count(one) != 1 for one in ("runs", "outcomes", "ledger")):
        yield "the files are not those of results"
    inputs = {file.file for file in files if not file.table}
    if not {"experiment", "scenario", "cast"} <= set(content["inputs"]) or not inputs >= {*content["inputs"].values()}:
        yield "the inputs are not among the files"
    if set(content["columns"]) != set(TABLES):
        yield "the columns are not those of its tables"
    if any(count < 0 for count in content["runs"].values()) or set(content["runs"]) != _COUNTS:
        yield "the counts of runs are no counts"
    if set(arms) != set(content["arms"]) or set(accounts) != set(content["accounts"]) or not arms or not accounts:
        yield "arms and accounts are not those of the experiment"
    if not set(arms) >= {*content["contrast"], content["reference"]} or content["baseline"] not in (*arms, ""):
        yield "it compares arms that there are not"
    ends = [content["period"][name] for name in ("start", "end", "data_end")]
    if not all(re.fullmatch(MONTH_PATTERN, month) for month in ends) or content["period"]["n_steps"] < 1:
        yield "the period has no months"
    if "demarche" not in content["versions"]:
        yield "it does not say which version wrote it"
    unfit = next(filter(None, map(find_unfit, _texts(content))), "")
    if unfit:
        yield f"it holds the character {unfit}"


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from node
    parts = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for part in parts:
        yield from _texts(part)


_COUNTS = {"total", "done", "failed", "killed"}


def _unfinished(root: Path) -> Problem:
    if (root / WORK).is_dir():
        what = "the results are unfinished: there is no manifest yet"
        return Problem(str(root), what, fix=f"go on with: {resume_command(root)}")
    if (root / "ledger.sqlite").is_file():
        what = f"the results have lost their {MANIFEST}"
        return Problem(str(root), what, fix=make_again(root))
    return Problem(str(root), f"this is not a results folder: it has no {MANIFEST}", fix=RIGHT_FOLDER)


def damaged_manifest(path: Path, what: str) -> Problem:
    """Return the problem of a manifest that cannot be relied on."""
    fix = make_again(path.parent)
    return Problem(str(path), f"the manifest is damaged: {what}", fix=fix)
