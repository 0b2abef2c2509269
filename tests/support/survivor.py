"""A batch in a process of its own that tests may kill: one line a chunk, so that a moment can be chosen."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

from demarche.errors import DemarcheError
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.run.means import Means, Progress
from demarche.experiment.run.runner import run_experiment
from tests.conftest import ROOT


def start(
    experiment: Path, out: Path, workers: int, engine: str, chunk: int, limit: str = "", pause: int = 0
) -> subprocess.Popen[str]:
    """Start a batch; its lines of progress come through standard output.

    With a limit like `3:4096` it cannot write a file beyond 4096 bytes after the third chunk;
    with a pause it waits for a line on standard input after so many chunks.
    """
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    arguments = [str(experiment), str(out), str(workers), engine, str(chunk), limit, str(pause)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.survivor", *arguments],
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def processes_below(parent: int) -> list[int]:
    """Return the processes that descend from one, with a worker's work to do or without."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, left = [], [parent]
    while left:
        below = children.get(left.pop(), [])
        found += below
        left += below
    return found


def disturb(batch: subprocess.Popen[str], victim: str, luck: random.Random, mark: str = "forkserver") -> str:
    """Let a batch that pauses go on, end a part of it a moment later, and return what it said of errors."""
    assert batch.stdout is not None
    assert batch.stdin is not None
    while batch.stdout.readline() not in ("waits\n", ""):
        continue
    workers = workers_of(batch.pid, mark)
    assert workers, "the batch has no workers"
    batch.stdin.write("go\n")
    batch.stdin.flush()
    time.sleep(luck.random() * 0.06)
    if victim in ("parent", "both"):
        kill(batch.pid)
    if victim in ("worker", "both"):
        kill(luck.choice(workers))
    return batch.communicate(timeout=120)[1]


def workers_of(parent: int, mark: str = "forkserver") -> list[int]:
    """Return the worker processes of a batch: those below its fork server, or those of a cluster."""
    found = []
    for process in processes_below(parent):
        try:
            line = Path(f"/proc/{process}/cmdline").read_bytes().decode()
        except OSError:
            continue
        if mark in line and not (mark == "forkserver" and process in _direct(parent)):
            found.append(process)
    return found


def _direct(parent: int) -> list[int]:
    path = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(text) for text in path.read_text().split()] if path.exists() else []


def kill(process: int) -> None:
    """End a process at once; one that has ended already is no mistake."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return


def main() -> None:
    """Run the batch that the arguments name."""
    experiment, out, workers, engine, chunk, limit, pause = sys.argv[1:]
    after, _, size = limit.partition(":")

    told = 0

    def tell(progress: Progress) -> None:
        nonlocal told
        print(progress.done, flush=True)
        if pause != "0" and told == int(pause):
            print("waits", flush=True)
            sys.stdin.readline()
        told += 1
        if limit and progress.done >= int(after) * int(chunk):
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), resource.RLIM_INFINITY))

    means = Means(int(workers), engine, chunk=int(chunk))
    try:
        run_experiment(load_experiment(Path(experiment)), Path(out), progress=tell, means=means)
    except DemarcheError as error:
        print(error, file=sys.stderr)
        raise SystemExit(error.exit_code) from error


if __name__ == "__main__":
    main()
