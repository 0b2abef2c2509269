"""Workers of a debrief yield to the server: they have a lower priority, and the server keeps its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import multiprocessing, os
from demarche.experiment.chunks.pool import make_ready_behind


def say(pipe):
    pipe.send(os.nice(0))


if __name__ == "__main__":
    before = os.nice(0)
    make_ready_behind(3)
    context = multiprocessing.get_context("forkserver")
    here, there = context.Pipe()
    process = context.Process(target=say, args=(there,))
    process.start()
    print(os.nice(0) - before, here.recv() - before)
    process.join()
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priority of their own elsewhere")
def test_workers_yield_and_the_server_does_not(tmp_path: Path) -> None:
    script = tmp_path / "yielding.py"
    script.write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split() == ["0", "3"]
