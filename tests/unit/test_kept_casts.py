"""A cast is read once in a process, and anew as soon as a byte of its files, or where they lie, is another."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from demarche.cast.cast import load_cast
from demarche.cast.kept import Shelf
from demarche.errors import ScenarioError
from demarche.history.record import need_record
from tests.conftest import ROOT

TABLE, RECORD = "china_1989/pairs.csv", "china_1989/record/dialogues.csv"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "scenarios" / "casts", tmp_path / "casts")
    return tmp_path / "casts" / "china_1989.yaml"


def test_the_same_files_are_the_same_cast(path: Path) -> None:
    assert load_cast(path) is load_cast(path)


def test_a_copy_is_the_same_cast_under_its_own_paths(path: Path, tmp_path: Path) -> None:
    first = load_cast(path)
    shutil.copytree(path.parent, tmp_path / "copy")
    other = load_cast(tmp_path / "copy" / path.name)
    assert other.digest == first.digest
    assert all(file.is_relative_to(tmp_path / "copy") for file in other.files)
    assert len(other.files) == len(first.files)
    assert need_record(other).folder == tmp_path / "copy" / "china_1989" / "record"


def add_a_line_end(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


@pytest.mark.parametrize("name", ["china_1989.yaml", TABLE, "world/seats.csv", RECORD])
def test_another_byte_is_another_cast(path: Path, name: str) -> None:
    before = load_cast(path)
    add_a_line_end(path.parent / name)
    assert load_cast(path) is not before


def test_a_number_that_changes_is_read(path: Path) -> None:
    before = load_cast(path)
    text = (path.parent / "world" / "years.csv").read_text(encoding="utf-8").splitlines()
    head, row = text[0].split(","), text[1].split(",")
    place = head.index("ideal_point")
    row[place] = f"{float(row[place]) + 0.25:.4f}"
    (path.parent / "world" / "years.csv").write_text("\n".join([text[0], ",".join(row), *text[2:], ""]))
    after = load_cast(path)
    assert np.abs(after.columns["ideal_point"] - before.columns["ideal_point"]).max() == pytest.approx(0.25, abs=1e-3)
    assert after.digest != before.digest


def lose(table: Path) -> None:
    table.unlink()


def lead_outside(table: Path) -> None:
    outside = table.parents[2] / "outside.csv"
    shutil.move(table, outside)
    table.symlink_to(outside)


@pytest.mark.parametrize("change", [lose, lead_outside])
def test_a_file_that_may_no_longer_be_read_is_refused(path: Path, change: Callable[[Path], None]) -> None:
    load_cast(path)
    change(path.parent / TABLE)
    with pytest.raises(ScenarioError, match="pairs"):
        load_cast(path)


def test_a_shelf_lets_go_what_was_used_longest_ago() -> None:
    shelf: Shelf[str, int] = Shelf(2)
    for number, name in enumerate(["first", "second"]):
        shelf.put(name, number)
    assert shelf.get("first") == 0
    shelf.put("third", 2)
    assert [shelf.get(name) for name in ("first", "second", "third")] == [0, None, 2]
