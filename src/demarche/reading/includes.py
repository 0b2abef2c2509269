"""Files that a file names: relative, existing, and inside the folder that may be read."""

from __future__ import annotations

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
    if not text or PurePosixPath(text).is_absolute() or PureWindowsPath(text).drive or "\\" in text:
        fix = "write it relative to this file, with '/' between folders"
        report.add(path, "this is not a relative path", found=text or None, fix=fix)
        return None
    try:
        target = (start / text).resolve()
        if not target.is_relative_to(root.resolve()):
            fix = "move the file into the folder, or copy it there"
            report.add(path, "the path leaves the folder that may be read", found=text, fix=fix)
            return None
        if target.is_file():
            return target
        what = "this is a folder, not a file" if target.is_dir() else "there is no such file"
        report.add(path, what, found=text, name=text, among=_neighbours(start, text), fix="name an existing file")
    except (OSError, RuntimeError, ValueError):
        report.add(path, "the path cannot be followed", found=text, fix="name an existing file")
    return None


def _neighbours(start: Path, text: str) -> list[str]:
    folder = PurePosixPath(text).parent
    place = start / folder
    names = sorted(entry.name for entry in place.iterdir() if entry.is_file()) if place.is_dir() else []
    return [str(folder / name) for name in names if closest(PurePosixPath(text).name, [name])]
