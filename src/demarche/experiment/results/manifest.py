"""The manifest: what a results folder rests on and holds; written last, so that its presence means complete.

`demarche.experiment.results.read` reads it, and refuses what this version did not write.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from demarche.experiment.tables.files import FileRecord, json_bytes, sha256, write_bytes
from demarche.experiment.tables.inside import inside
from demarche.scenario.question import Question, ask

MANIFEST = "manifest.json"
FORMAT = "demarche results"
FORMAT_VERSION = 5
EDITED = "the manifest does not say what it said when the ledger was closed"
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
    def copies(self) -> tuple[FileRecord, ...]:
        """The copies of the inputs, the experiment first."""
        return self.table("")

    @property
    def ledger(self) -> FileRecord:
        """The ledger."""
        return self.table("ledger")[0]

    @property
    def core(self) -> str:
        """Hash of all that it says besides the ledger, which keeps it: neither can be changed alone."""
        files = tuple(file for file in self.files if file.table != "ledger")
        return _digest(asdict(replace(self, files=files)))

    def units(self, table: str) -> dict[str, str]:
        """Return the unit of each column of a table."""
        return {column["name"]: column["unit"] for column in self.columns[table]}

    def write(self, root: Path) -> None:
        """Write the manifest with a checksum of its own."""
        content = {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(self)}
        write_bytes(inside(root, MANIFEST), json_bytes({**content, "sha256": _digest(content)}))


def _digest(content: Mapping[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode())


def unsealed(written: bytes) -> dict[str, Any]:
    """Return what the bytes of a manifest say, after comparing them with their checksum.

    Raises
    ------
    ValueError
        If they are not those of any manifest, with the reason.
    """
    try:
        content = json.loads(written)
        is_exact = json_bytes(content) == written
        found = content.pop("sha256")
        expected = _digest(content)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise ValueError(f"it cannot be read ({type(error).__name__})") from error
    if found != expected or not is_exact:
        raise ValueError("it is not the one that was written")
    return dict(content)
