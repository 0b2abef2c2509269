"""A script of a user: what it starts does not execute it again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.test_runner import write_tiny

pytestmark = pytest.mark.long

SCRIPT = """
import demarche as dm
from demarche.analysis.side_by_side import side_by_side

print("once")
results = dm.run("experiments/tiny.yaml", "out", workers=2)
print(len(results.outcomes), list(side_by_side(abs, [-1, -2, -3], 2)))
"""


def test_a_script_without_a_guard_runs_once_and_uses_workers(tmp_path: Path) -> None:
    write_tiny(tmp_path)
    (tmp_path / "study.py").write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "study.py"], cwd=tmp_path, capture_output=True, text=True, timeout=200, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["once", "18 [1, 2, 3]"]
