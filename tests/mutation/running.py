"""Running the tests on mutants: in a copy of the tree, one change at a time; the tree itself is never touched."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.mutants import ROOT, Mutant, Mutants

COPIED = ("src", "tests", "scenarios", "experiments", "docs", "pyproject.toml", "README.md", "CHANGELOG.md")
PASSED, FAILED = 0, 1  # exit codes of pytest
PATIENCE = 300.0  # seconds until tests that hang count as having noticed
KILLED, SURVIVED, BROKEN = "killed", "survived", "broken"


class Unsound(Exception):
    """Why nothing can be said of mutants: the tests do not pass, or do not run, without any."""


@dataclass(frozen=True)
class Verdict:
    """What became of one mutant.

    Parameters
    ----------
    mutant
        Its name.
    status
        `killed` if a test failed, `survived` if all passed, `broken` if the tests could not be run.
    by
        The first test that failed, or what went wrong.
    seconds
        Wall time.
    """

    mutant: str
    status: str
    by: str
    seconds: float


def copy_tree(folder: Path) -> Path:
    """Copy what the tests need into a folder, without compiled files."""
    leave_out = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=leave_out)
        elif source.is_file():
            shutil.copy2(source, folder / name)
    return folder


def run_tests(root: Path, tests: Iterable[str]) -> tuple[int, str]:
    """Run some tests in a copy until the first fails; return pytest's exit code and what it said.

    Nothing is compiled to disk: a change of the same length within a second would go unseen.
    """
    settings = {"PYTHONPATH": str(root / "src"), "PYTHONDONTWRITEBYTECODE": "1", "MPLBACKEND": "Agg"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", *tests]
    done = subprocess.run(
        command, cwd=root, env={**os.environ, **settings}, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return done.returncode, done.stdout + done.stderr


def check_sound(root: Path, found: Mutants, names: Iterable[str]) -> None:
    """Refuse to judge mutants by tests that fail, or that import the package from elsewhere.

    Raises
    ------
    Unsound
        With what the tests said.
    """
    script = "import demarche; print(demarche.__file__)"
    where = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root, env={**os.environ, "PYTHONPATH": str(root / "src")}, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    if not Path(where).is_relative_to(root):
        raise Unsound(f"the package is imported from {where} and not from the copy")
    for name in dict.fromkeys(names):
        code, said = run_tests(root, found.selections[name])
        if code != PASSED:
            raise Unsound(f"the selection {name} does not pass without any mutant:\n{said[-3000:]}")


def judge(root: Path, mutant: Mutant, tests: Iterable[str]) -> Verdict:
    """Apply one mutant in a copy, run the tests, take it back."""
    path = root / mutant.file
    text = path.read_text(encoding="utf-8")
    began = time.monotonic()
    path.write_text(mutant.applied(text), encoding="utf-8")
    try:
        code, said = run_tests(root, tests)
    except subprocess.TimeoutExpired:
        code, said = FAILED, "FAILED no answer in time"
    finally:
        path.write_text(text, encoding="utf-8")
    first = re.search(r"^(?:FAILED|ERROR) (.*)$", said, re.MULTILINE)
    status = {PASSED: SURVIVED, FAILED: KILLED}.get(code, BROKEN)
    by = "" if status == SURVIVED else first[1] if first else said.strip()[-300:]
    return Verdict(mutant.name, status, by, round(time.monotonic() - began, 1))


def judge_all(root: Path, found: Mutants, chosen: list[Mutant], tell: Callable[[Verdict], None]) -> list[Verdict]:
    """Judge mutants one after another in one copy."""
    check_sound(root, found, [mutant.tests for mutant in chosen])
    verdicts = []
    for mutant in chosen:
        verdicts.append(judge(root, mutant, found.selections[mutant.tests]))
        tell(verdicts[-1])
    return verdicts
