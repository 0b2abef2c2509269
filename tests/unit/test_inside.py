"""Files inside a results folder: no name leads out of it, and no link is followed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from demarche.errors import DiskError, StoreError
from demarche.experiment.run.folder import check_folder, make_folder
from demarche.experiment.tables.files import FileRecord, check_file, is_held, lock, read_checked, sha256
from demarche.experiment.tables.inside import check_name, inside, read_inside
from demarche.experiment.tables.parquet import write_table
from demarche.figures.draw import figures_folder

NAMES = (
    "", ".", "..", "../x", "a/../x", "a/..", "/etc/passwd", "//host/x", "C:/x", "c:x", "a\\b", "\\\\host\\x", "a//b",
    "./a", "a/", "a\0b", "a\nb", "a\u202eb", "a:stream", "a" * 1001,
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(StoreError, match="outside of their folder"):
        check_name(name)
    with pytest.raises(StoreError):
        FileRecord(name, "", 0, 0, "")


@pytest.mark.parametrize("name", ["a", "a/b.csv", "inputs/scenarios/quiet or vocal.yaml", "inputs/安静.yaml", "..a/b"])
def test_names_within_the_folder_are_taken(tmp_path: Path, name: str) -> None:
    assert inside(tmp_path, name) == tmp_path / name


@pytest.mark.parametrize("way", ["file", "folder above", "loop", "nowhere"])
def test_links_are_not_followed_wherever_they_lie(tmp_path: Path, way: str) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    root.mkdir()
    elsewhere.mkdir()
    (elsewhere / "b").write_bytes(b"mine")
    links = {"file": ("b", elsewhere / "b"), "folder above": ("a", elsewhere), "loop": ("b", root / "b"),
             "nowhere": ("b", tmp_path / "none")}  # fmt: skip
    link, target = links[way]
    (root / link).symlink_to(target)
    name = "a/b" if way == "folder above" else "b"
    record = FileRecord(name, "", 0, 4, sha256(b"mine"))
    for act in (read_checked, check_file):
        with pytest.raises(StoreError, match="links in results are not followed"):
            act(root, record)
    pa = pytest.importorskip("pyarrow")
    with pytest.raises(StoreError, match="links in results are not followed"):
        write_table(root, name, "runs", pa.table({"run": [1]}))
    assert (elsewhere / "b").read_bytes() == b"mine"


def test_the_folder_itself_may_be_reached_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "a").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "root")
    assert read_inside(tmp_path / "link", "a") == b"mine"


def test_a_lock_elsewhere_is_left_as_it_is(tmp_path: Path) -> None:
    diary = tmp_path / "diary.txt"
    diary.write_bytes(b"my diary")
    for number, make in enumerate((os.symlink, os.link)):
        root = tmp_path / str(number)
        root.mkdir()
        make(diary, root / ".lock")
        with pytest.raises(StoreError, match=r"is a link|second name"), lock(root):
            pass
        assert diary.read_bytes() == b"my diary"
    with pytest.raises(StoreError):
        is_held(tmp_path / "0")


def test_pipes_and_devices_are_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError, match="not an ordinary file"):
        read_inside(tmp_path, "pipe")


def test_figures_are_not_drawn_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "figures").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="links in results are not followed"):
        figures_folder(tmp_path)


def test_places_that_cannot_be_written_are_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to(tmp_path / "none")
    (tmp_path / "file").write_bytes(b"")
    for name in ("dangling", "a" * 300, "file/below"):
        with pytest.raises(DiskError):
            make_folder(tmp_path / name)
    with pytest.raises(DiskError):
        check_folder(tmp_path / "dangling")
