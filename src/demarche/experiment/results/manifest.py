"""The manifest: what a results folder rests on and holds; written last, so that its presence means complete."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from demarche.errors import Problem, StoreError
from demarche.experiment.tables.files import FileRecord, json_bytes, sha256, write_bytes
from demarche.scenario.question import Question, ask

MANIFEST = "manifest.json"
FORMAT = "demarche results"
FORMAT_VERSION = 4
# 1: no ledger, the outcomes of a chunk were not kept apart; 2: no contrast and reference; 3: accounts were called packs
READABLE = (1, 2, 3, 4)
OLD_WORDS = {"pack": "account", "packs": "accounts"}
LAST_OF_OLD_WORDS = 3
WORK = "unfinished"
RIGHT_FOLDER = "give the folder that 'demarche run' wrote"


@dataclass(frozen=True)
class Manifest:
    """What is known of a finished results folder.

    Parameters
    ----------
    name, title, question
        Name of the experiment, title and question of its scenario.
    identity
        Hash of all runs and of what is kept of them; equal for the same experiment.
    created, finished
        When it was begun and finished, ISO 8601 in UTC.
    seconds, cpu_seconds
        Wall time of the last session, and CPU time of all chunks.
    runs
        Number of runs `total`, `done`, `failed` (those that ended their worker included) and `killed`.
    versions
        Versions of Demarche, Python and libraries, and the platform.
    digests
        SHA-256 of scenario (cast included), cast and rules, and of the record of history if the case brings one.
    experiment
        Replications, seed, seeds of replications, design, points, parameters that vary, arms, accounts, tables kept.
    period
        First and last month, number of steps, and `data_end`, the last month that the tables of the case know.
    arms, accounts
        Titles of arms and what the bundles hold that they take; title, account, documents and settings of accounts.
    focal, critic
        Codes of the focal state and of its leading critic.
    outcomes, figures
        Outcomes to report and figures to draw; None for those that can be drawn.
    columns
        Table -> columns with name, unit, meaning and type.
    inputs
        Where the copies of the experiment, the scenario and the cast file lie.
    files
        Every file with rows, size and SHA-256.
    aliases
        Code -> name for display, as the scenario says it.
    contrast, reference, baseline
        The two arms that are compared, the arm to which all others are, and the arm that sets nothing; see `asked`.
    """

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
    experiment: Mapping[str, Any]
    period: Mapping[str, Any]
    arms: Mapping[str, Any]
    accounts: Mapping[str, Any]
    focal: str
    critic: str
    outcomes: tuple[str, ...]
    figures: tuple[str, ...] | None
    columns: Mapping[str, list[dict[str, str]]]
    inputs: Mapping[str, str]
    files: tuple[FileRecord, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    contrast: tuple[str, ...] = ()
    reference: str = ""
    baseline: str = ""

    @property
    def asked(self) -> Question:
        """What is shown of the runs, which arms are compared, and to which arm all others are."""
        return ask(tuple(self.arms), self.outcomes, self.contrast, self.reference, self.baseline)

    def table(self, name: str) -> tuple[FileRecord, ...]:
        """Return the files of a table in order; none if it was not kept."""
        return tuple(file for file in self.files if file.table == name)

    @property
    def ledger(self) -> FileRecord | None:
        """Return the ledger; None in results of the first format."""
        return next(iter(self.table("ledger")), None)

    def units(self, table: str) -> dict[str, str]:
        """Return the unit of each column of a table."""
        return {column["name"]: column["unit"] for column in self.columns[table]}

    def write(self, root: Path) -> None:
        """Write the manifest with a checksum of its own."""
        content = {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(self)}
        write_bytes(root / MANIFEST, json_bytes({**content, "sha256": _digest(content)}))


def _digest(content: Mapping[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode())


def read_manifest(root: Path) -> Manifest:
    """Read the manifest of a results folder.

    Raises
    ------
    StoreError
        If there is none (unfinished), it is damaged, or a later version wrote it.
    """
    path = root / MANIFEST
    if not root.is_dir():
        raise StoreError([Problem(str(root), "there is no such results folder", fix=RIGHT_FOLDER)])
    if not path.is_file():
        raise StoreError([_unfinished(root)])
    try:
        written = path.read_bytes()
        content = json.loads(written)
        is_exact = json_bytes(content) == written
        found = content.pop("sha256")
        expected = _digest(content)
        format_name, version = content.pop("format"), content.pop("format_version")
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise StoreError([_damaged(path, f"it cannot be read ({type(error).__name__})")]) from error
    if found != expected or not is_exact:
        what = "it is not the one that was written"
        raise StoreError([_damaged(path, what, f"SHA-256 {expected}", f"SHA-256 {found}")])
    if format_name != FORMAT or version not in READABLE:
        what = "a newer version of Demarche wrote these results" if format_name == FORMAT else "these are other results"
        raise StoreError([
            Problem(str(path), what, f"{format_name}, format {version}", f"{FORMAT}, format {FORMAT_VERSION} or older",
                    fix=f"read them with Demarche {content['versions']['demarche']} or later")
        ])  # fmt: skip
    if version <= LAST_OF_OLD_WORDS:
        content = _in_new_words(content)
    files = tuple(FileRecord(**file) for file in content.pop("files"))
    figures = content.pop("figures")
    lists: dict[str, Any] = {name: tuple(content.pop(name, ())) for name in ("outcomes", "contrast")}
    return Manifest(**content, files=files, figures=None if figures is None else tuple(figures), **lists)


def _in_new_words(content: dict[str, Any]) -> dict[str, Any]:
    """Return the content of an older manifest with keys, columns and figures called as they are now."""
    renamed = {OLD_WORDS.get(name, name): value for name, value in content.items()}
    renamed["experiment"] = {OLD_WORDS.get(name, name): value for name, value in content["experiment"].items()}
    renamed["columns"] = {
        table: [{**column, "name": OLD_WORDS.get(column["name"], column["name"])} for column in columns]
        for table, columns in content["columns"].items()
    }
    if content["figures"] is not None:
        renamed["figures"] = [OLD_WORDS.get(name, name) for name in content["figures"]]
    return renamed


def _unfinished(root: Path) -> Problem:
    if (root / WORK).is_dir():
        what = "the results are unfinished: there is no manifest yet"
        return Problem(str(root), what, fix=f"go on with: demarche results resume {root}")
    return Problem(str(root), f"this is not a results folder: it has no {MANIFEST}", fix=RIGHT_FOLDER)


def _damaged(path: Path, what: str, found: str = "", expected: str = "") -> Problem:
    fix = "restore it from a copy, or repeat the run into another folder with --out"
    return Problem(str(path), f"the manifest is damaged: {what}", found, expected, fix=fix)
