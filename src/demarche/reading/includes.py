"""Files that a file names: relative, existing, and inside the folder that may be read."""

from __future__ import annotations

import errno
from pathlib import Path, PurePosixPath, PureWindowsPath

from demarche.errors import closest
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import KeyPath


def find_include(report: Report, path: KeyPath, text: str, start: Path, root: Path) -> Path | None:
    """Return the file that a text names, or None with the reason in the report.

    Parameters
    ----------
    report, path
        Where to say what is wrong.
    text
        The path as the file has it.
    start
        Folder that it is relative to.
    root
        Folder that it may not leave, not even through a symbolic link.
    """
    return _find(report, path, text, start, root, wants_folder=False)


def find_folder(report: Report, path: KeyPath, text: str, start: Path, root: Path) -> Path | None:
    """Return the folder that a text names, or None with the reason in the report; see `find_include`."""
    return _find(report, path, text, start, root, wants_folder=True)


def target_inside(text: str, start: Path, root: Path) -> Path | None:
    """Return where a relative path leads, links followed; None if that is outside a folder.

    Raises
    ------
    OSError, RuntimeError, ValueError
        If it cannot be followed.
    """
    target = (start / text).resolve()
    return target if target.is_relative_to(root.resolve()) else None


def _find(report: Report, path: KeyPath, text: str, start: Path, root: Path, wants_folder: bool) -> Path | None:
    if not text or PurePosixPath(text).is_absolute() or PureWindowsPath(text).drive or "\\" in text:
        fix = "write it relative to this file, with '/' between folders"
        report.add(path, "this is not a relative path", found=text or None, fix=fix)
        return None
    kind, other = ("folder", "file") if wants_folder else ("file", "folder")
    try:
        target = target_inside(text, start, root)
        if target is None:
            fix = f"move the {kind} into the folder, or copy it there"
            report.add(path, "the path leaves the folder that may be read", found=text, fix=fix)
            return None
        if target.is_dir() if wants_folder else target.is_file():
            return target
        if target.is_symlink():
            raise OSError(errno.ELOOP, "a link that leads to itself")  # Python 3.13 resolves it to itself
        what = f"this is a {other}, not a {kind}" if target.exists() else f"there is no such {kind}"
        among = _neighbours(start, text, wants_folder)
        report.add(path, what, found=text, name=text, among=among, fix=f"name an existing {kind}")
    except PermissionError:
        fix = f"check the right to read the {kind} and the folders on its way"
        report.add(path, f"the {kind} may not be read (permission denied)", found=text, fix=fix)
    except (OSError, RuntimeError, ValueError):
        report.add(path, "the path cannot be followed", found=text, fix=f"name an existing {kind}")
    return None


def _neighbours(start: Path, text: str, wants_folder: bool) -> list[str]:
    folder = PurePosixPath(text).parent
    place = start / folder
    entries = place.iterdir() if place.is_dir() else ()
    names = sorted(entry.name for entry in entries if entry.is_dir() == wants_folder)
    return [str(folder / name) for name in names if closest(PurePosixPath(text).name, [name])]
