"""The commit that results name: of a wheel the one that it was built from, of a changed tree none."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from demarche.experiment.run import finishing
from tests.conftest import ROOT

ARCHIVED = "0123456789abcdef" * 2 + "01234567"


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The build hook; what it is a kind of is there only while something is built."""
    parent = "hatchling.builders.hooks.plugin.interface"
    monkeypatch.setitem(sys.modules, parent, SimpleNamespace(BuildHookInterface=object))  # type: ignore[arg-type]
    for name in (parent.rsplit(".", depth)[0] for depth in range(1, 5)):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_an_archive_tells_its_commit_and_a_bare_folder_none(hook: ModuleType, tmp_path: Path) -> None:
    assert hook.commit_of(tmp_path) == ""
    (tmp_path / ".commit").write_text("$Format:%H$\n", encoding="utf-8")
    assert hook.commit_of(tmp_path) == "", "not an archive"
    (tmp_path / ".commit").write_text(f"{ARCHIVED}\n", encoding="utf-8")
    assert hook.commit_of(tmp_path) == ARCHIVED


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_a_checkout_tells_its_commit_unless_it_was_changed(hook: ModuleType, tmp_path: Path) -> None:
    def git(*words: str) -> str:
        named = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(tmp_path))
        return subprocess.run(["git", *named, *words], capture_output=True, text=True, check=True).stdout.strip()

    git("init", "--quiet")
    (tmp_path / "file").write_text("one", encoding="utf-8")
    git("add", "file")
    git("commit", "--quiet", "-m", "one")
    (tmp_path / ".venv").write_text("untracked", encoding="utf-8")
    assert hook.commit_of(tmp_path) == git("rev-parse", "HEAD")
    (tmp_path / "file").write_text("two", encoding="utf-8")
    assert hook.commit_of(tmp_path) == ""


def test_results_name_what_the_installation_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "lib" / "demarche"
    package.mkdir(parents=True)
    monkeypatch.setattr(finishing, "PACKAGE", package)
    assert "commit" not in finishing.versions()
    (package / "commit.txt").write_text("unknown\n", encoding="utf-8")
    assert "commit" not in finishing.versions()
    (package / "commit.txt").write_text(f"{ARCHIVED}\n", encoding="utf-8")
    assert finishing.versions()["commit"] == ARCHIVED
