"""What somebody does to manifest or ledger is told, in one of our errors, and nothing outside the folder changes."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from tests.support.tampering import edit_ledger, edit_manifest, flip
from tests.unit.test_runner import FOUR_RUNS, write_tiny

from demarche.errors import DemarcheError, StoreError
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.results.crate import export_crate
from demarche.experiment.results.store import open_results
from demarche.experiment.results.verify import verify
from demarche.experiment.run.runner import resume, run_experiment
from demarche.experiment.run.status import status_of

pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore::demarche.errors.ResultsWarning")]

N_CHANGES = 40
TINY = FOUR_RUNS + "figures: [contrast]\n"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("tampered")
    run_experiment(load_experiment(write_tiny(top / "files", TINY)), top / "results", workers=1)
    return top / "results"


def state_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def is_told(root: Path) -> bool:
    try:
        verify(root)
    except StoreError:
        return True
    return False


def try_all(root: Path, beside: Path) -> None:
    """Read, tell, export and go on: each does it or says in our words why not; then the folder is whole or refused."""
    tasks: dict[str, Callable[[], object]] = {
        "show": lambda: status_of(root),
        "tables": lambda: [open_results(root).runs(), open_results(root).outcomes(), open_results(root).series()],
        "crate": lambda: export_crate(open_results(root), beside.with_name("crate")),
        "resume": lambda: resume(root) and verify(root),
    }
    for task in tasks.values():
        with suppress(DemarcheError):
            task()
    shutil.rmtree(beside.with_name("crate"), ignore_errors=True)


def change(path: Path, luck: random.Random, kind: str) -> str:
    if kind == "flip":
        flip(path, luck)
        return f"a bit of {path.name}"
    return edit_manifest(path, luck) if path.name == "manifest.json" else edit_ledger(path, luck)


@pytest.mark.parametrize("kind", ["flip", "edit"])
@pytest.mark.parametrize("file", ["manifest.json", "ledger.sqlite"])
def test_no_change_is_silent_or_reaches_outside(whole: Path, tmp_path: Path, kind: str, file: str) -> None:
    check_changes(whole, tmp_path, kind, file, N_CHANGES // 4)


def check_changes(whole: Path, place: Path, kind: str, file: str, n: int) -> None:
    sentinel = place / "sentinel"
    sentinel.mkdir()
    (sentinel / "diary.txt").write_text("my diary\n", encoding="utf-8")
    before = state_of(sentinel)
    luck = random.Random(f"{kind} {file}")
    for number in range(n):
        root = shutil.copytree(whole, place / "results")
        label = f"{number}: {change(root / file, luck, kind)}"
        assert is_told(root), f"silent: {label}"
        try:
            try_all(root, sentinel)
        except Exception as error:
            raise AssertionError(label) from error
        assert state_of(sentinel) == before, label
        assert {path.name for path in place.iterdir()} == {"sentinel", "results"}, label
        shutil.rmtree(root)
