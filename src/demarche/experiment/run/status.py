"""What lies in a results folder, finished or not: found, read and told without touching it."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from demarche.errors import DemarcheError, Problem, ResultsWarning, StoreError
from demarche.experiment.ledger.ledger import DONE, FAILED, KILLED, Ledger
from demarche.experiment.ledger.ledger import LEDGER as FINISHED_LEDGER
from demarche.experiment.results.manifest import MANIFEST, RIGHT_FOLDER, WORK, Manifest
from demarche.experiment.results.store import open_results
from demarche.experiment.run.folder import working_ledger
from demarche.experiment.tables.files import is_held, owner_of, resume_command
from demarche.reading.text import nearest

State = Literal["finished", "running", "unfinished", "damaged"]
DEPTH = 2  # folders below the one that is searched


@dataclass(frozen=True)
class Status:
    """What lies in a results folder.

    Parameters
    ----------
    path
        The folder.
    state
        `finished`, `running` (a process holds it), `unfinished` or `damaged`.
    counts
        Runs `total`, `done`, `failed` (those that ended their worker included); empty if damaged.
    manifest
        What finished results rest on, None while there are none.
    note
        Who holds it, or what is wrong.
    fix
        How to mend it.
    """

    path: Path
    state: State
    counts: Mapping[str, int]
    manifest: Manifest | None = None
    note: str = ""
    fix: str = ""


def is_results(path: Path) -> bool:
    """Return whether a folder looks like one of results, as far as it may be looked at."""
    with suppress(PermissionError):
        return (path / MANIFEST).is_file() or (path / WORK).is_dir() or (path / FINISHED_LEDGER).is_file()
    return False


def find_results(root: Path) -> Iterator[Path]:
    """Yield the results folders at and below a folder, in order of their names."""
    levels = [root]
    for _ in range(DEPTH + 1):
        yield from (path for path in levels if is_results(path))
        below = (path for path in levels if path.is_dir() and not is_results(path))
        levels = sorted(child for path in below for child in _folders_in(path))


def locked_folders(root: Path) -> list[Path]:
    """Return the folders in a folder of results that may not be looked at."""
    return sorted(path for path in _folders_in(root) if not os.access(path, os.R_OK | os.X_OK))


def _folders_in(path: Path) -> list[Path]:
    with suppress(PermissionError):
        return [child for child in path.iterdir() if child.is_dir()]
    return []


def status_of(root: Path) -> Status:
    """Return what lies in a results folder; damage is told, not raised.

    Raises
    ------
    StoreError
        If it is no results folder.
    """
    if not is_results(root):
        what = "this is not a results folder" if root.exists() else "there is no such results folder"
        raise StoreError([Problem(str(root), what, "", "", "" if root.exists() else nearest(root), RIGHT_FOLDER)])
    try:
        held = is_held(root)
        owner = f"in use by {owner_of(root)}" if held else ""
        if (root / MANIFEST).is_file() or not (root / WORK).is_dir():
            manifest, flaw = _finished(root)
            note = owner or flaw or _begun_beside(root, manifest)
            return Status(root, "running" if held else "finished", manifest.runs, manifest, note)
        return Status(root, "running" if held else "unfinished", _unfinished_counts(root), None, owner)
    except DemarcheError as error:
        return Status(root, "damaged", {}, None, error.problems[0].what, error.problems[0].fix)
    except OSError as error:
        return Status(root, "damaged", {}, None, f"it cannot be read ({(error.strerror or str(error)).lower()})")


def _finished(root: Path) -> tuple[Manifest, str]:
    """Return the manifest of finished results, and what should be mended."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResultsWarning)
        manifest = open_results(root).manifest
    return manifest, "; ".join(str(one.message) for one in caught)


def _begun_beside(root: Path, manifest: Manifest) -> str:
    path = working_ledger(root)
    if not path.is_file():
        return ""
    with Ledger.open(path, read_only=True) as ledger:
        is_same = ledger.facts()["identity"] == manifest.identity
    return "" if is_same else f"a larger design was begun; go on with: {resume_command(root)}"


def _unfinished_counts(root: Path) -> dict[str, int]:
    path = working_ledger(root)
    if not path.is_file():
        return {}
    with Ledger.open(path, read_only=True) as ledger:
        counts = ledger.counts()
    return {"total": counts["total"], DONE: counts[DONE], FAILED: counts[FAILED] + counts[KILLED]}
