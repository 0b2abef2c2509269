"""The scenarios and experiments that come with the package, and copying them out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from demarche.errors import DiskError, Problem, ScenarioError

FOLDERS = ("scenarios", "experiments")
PACKAGE = Path(__file__).parents[1]


def bundled_root() -> Path:
    """Return the folder that holds `scenarios` and `experiments`.

    In an installed package that is `demarche/bundled`; in a checkout it is the top level.

    Raises
    ------
    ScenarioError
        If neither is there.
    """
    package = PACKAGE.resolve()
    for root in (package / "bundled", package.parent.parent):
        if all((root / folder).is_dir() for folder in FOLDERS):
            return root
    raise ScenarioError([Problem(str(package), "the bundled scenarios are missing", fix="install the package again")])


def bundled_files() -> list[Path]:
    """Return the bundled files, relative to `bundled_root()`, sorted."""
    root = bundled_root()
    found = [path.relative_to(root) for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file()]
    return sorted(path for path in found if not any(part.startswith((".", "__")) for part in path.parts))


def copy_bundled(target: Path) -> list[Path]:
    """Copy the bundled files into a folder, which is made if need be; nothing is ever overwritten.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ScenarioError
        Naming every file that already exists, before anything is written; or if a file is in the way.
    DiskError
        If it cannot be written there.
    """
    root = bundled_root()
    return copy_files(target, {path: (root / path).read_bytes() for path in bundled_files()})


def copy_files(target: Path, contents: Mapping[Path, bytes]) -> list[Path]:
    """Write files into a folder, which is made if need be; nothing is ever overwritten.

    Parameters
    ----------
    target
        The folder.
    contents
        Path relative to it -> what the file holds.

    Raises
    ------
    ScenarioError
        Naming every file that already exists, before anything is written; or if a file is in the way.
    DiskError
        If it cannot be written there.
    """
    present = [target / path for path in contents if (target / path).exists() or (target / path).is_symlink()]
    if present:
        fix = "choose another folder, or move the file away"
        raise ScenarioError([Problem(str(path), "the file already exists", fix=fix) for path in present])
    written: list[Path] = []
    try:
        for path, content in contents.items():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            with (target / path).open("xb") as copy:
                copy.write(content)
            written.append(target / path)
    except OSError as error:
        fix = "choose a folder in which files may be written"
        what = f"the files cannot be copied ({error.strerror or error})"
        is_named_wrongly = isinstance(error, (NotADirectoryError, FileExistsError))
        raise (ScenarioError if is_named_wrongly else DiskError)([Problem(str(target), what, fix=fix)]) from error
    return written
