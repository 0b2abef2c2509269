"""The one way to files inside a results folder: names that cannot lead out of it, and no link is followed.

A results folder may come from elsewhere. What its manifest and ledger call a file is a name within the folder and
nothing else, and whatever lies there as a link is refused before it is read or written.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath, PureWindowsPath

from demarche.errors import Problem, StoreError

LONGEST_NAME = 1000
LINK_TAGS = (0xA000000C, 0xA0000003)  # symbolic links and junctions as Windows marks them
LARGEST = 1 << 30  # bytes of a file that is read at once
NO_LINKS = "put the file itself in the place of the link, or remove the link"
FOREIGN = "do not use this folder: nobody but a program that means harm writes such a name"


def check_name(name: str) -> None:
    """Refuse a name of a file that is not one within the folder.

    Raises
    ------
    StoreError
        If it is empty, absolute, names a drive, holds '..' or signs that cannot be seen.
    """
    parts = PurePosixPath(name).parts
    is_fit = (
        0 < len(name) <= LONGEST_NAME and name.isprintable() and not {"\\", ":"} & set(name)
        and not PurePosixPath(name).is_absolute() and not PureWindowsPath(name).drive and ".." not in parts
        and name == "/".join(parts)
    )  # fmt: skip
    if not is_fit:
        what = "a file of the results is said to lie outside of their folder"
        raise StoreError([Problem("", what, found=ascii(name[:LONGEST_NAME]), fix=FOREIGN)])


def inside(root: Path, name: str, *, folder: bool = False, alone: bool = False) -> Path:
    """Return the path of a file of a results folder, which need not be there.

    Parameters
    ----------
    root
        The folder; it may itself be reached through links.
    name
        Path within it, with forward slashes.
    folder
        Whether it is a folder.
    alone
        Whether it is written in place, so that it may have no second name elsewhere.

    Raises
    ------
    StoreError
        If the name leads out of the folder, or a link, a device or something else of another kind lies on the way.
    """
    check_name(name)
    *above, last = PurePosixPath(name).parts
    path = root
    for part in above:
        path = path / part
        _check_entry(path, folder=True)
    path = path / last
    _check_entry(path, folder=folder, alone=alone)
    return path


def _check_entry(path: Path, folder: bool, alone: bool = False) -> None:
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return
    if stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) in LINK_TAGS:
        raise StoreError([Problem(str(path), "this is a link, and links in results are not followed", fix=NO_LINKS)])
    if not (stat.S_ISDIR if folder else stat.S_ISREG)(found.st_mode):
        what = f"this is not an ordinary {'folder' if folder else 'file'}"
        raise StoreError([Problem(str(path), what, fix="remove it, or restore the results from a copy")])
    if alone and found.st_nlink > 1:
        what = "this file has a second name elsewhere, and would be changed there too"
        raise StoreError([Problem(str(path), what, fix="copy the results folder and use the copy")])


def read_inside(root: Path, name: str) -> bytes:
    """Return the bytes of a file of a results folder.

    Raises
    ------
    FileNotFoundError
        If it is not there.
    StoreError
        If it cannot be read, is too large, or its name leads elsewhere.
    """
    path = inside(root, name)
    try:
        with open(path, "rb") as stream:
            content = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unreadable(path, error) from error
    if len(content) > LARGEST:
        raise StoreError([Problem(str(path), f"the file is larger than {LARGEST:,} bytes")])
    return content


def unreadable(path: Path, error: OSError) -> StoreError:
    """Return what the operating system refused to read as an error of the results."""
    reason = (error.strerror or str(error)).lower()
    return StoreError([Problem(str(path), f"the file cannot be read: {reason}", fix="check the right to read it")])
