"""Where a user may not read or write, the message names the place and the remedy, with the documented exit code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.run.runner import run_experiment
from tests.conftest import ROOT
from tests.unit.test_runner import FOUR_RUNS, write_tiny

CAPABILITIES = "-dac_override,-dac_read_search"
AS_ANYBODY = ["setpriv", f"--bounding-set={CAPABILITIES}", f"--inh-caps={CAPABILITIES}"]
"""Takes from root what lets it read and write everything."""

TRY = """
import json, os, sys
from pathlib import Path
from typer.testing import CliRunner
from demarche.cli.main import app
told = []
for words, locked, mode in json.load(sys.stdin):
    before = os.stat(locked).st_mode
    os.chmod(locked, int(mode, 8))
    done = CliRunner().invoke(app, words)
    os.chmod(locked, before)
    told.append((done.exit_code, done.output, type(done.exception).__name__))
print(json.dumps(told))
"""
RUN = ["run", "files/experiments/tiny.yaml", "--quiet", "--no-figures", "--out"]
RESULTS, LIST = "results/one", ["results", "list"]
CASES = [
    # command, what is locked and how, exit code, what is told
    ([*RUN, "locked/new"], "locked", "555", 5, "locked/new: permission denied. Fix: choose a place where you may"),
    ([*RUN, RESULTS], RESULTS, "555", 0, ""),
    ([*RUN, RESULTS], "files/experiments/tiny.yaml", "000", 2, "is not"),
    (["check", "files/experiments/tiny.yaml"], "files/scenarios/tiny.yaml", "000", 2, "the file cannot be read"),
    (["check", "files/scenarios/tiny.yaml"], "files/scenarios/casts", "000", 2, "check the right to read the file"),
    (["init", "locked/new"], "locked", "555", 5, "locked/new: the files cannot be copied"),
    (["results", "verify", RESULTS], f"{RESULTS}/outcomes.parquet", "000", 3, "check the right to read it"),
    (["results", "verify", RESULTS], f"{RESULTS}/ledger.sqlite", "000", 3, "check the right to read it"),
    (["results", "show", RESULTS], f"{RESULTS}/manifest.json", "000", 3, "check the right to read it"),
    (["results", "resume", RESULTS], f"{RESULTS}/ledger.sqlite", "000", 5, "check the right to read it"),
    (["compare", RESULTS, "--no-figure"], RESULTS, "555", 0, "n = "),
    (["compare", RESULTS], f"{RESULTS}/figures", "555", 5, "figures/compare_arm.png: permission denied. Fix: "),
    (["plot", RESULTS, "--kind", "contrast", "--out", "locked"], "locked", "555", 5, "permission denied"),
    (["results", "export", RESULTS, "--to", "locked/x.csv"], "locked", "555", 5, "locked/x.csv: permission denied"),
    (["results", "export", RESULTS, "--crate", "locked/c"], "locked", "555", 5, "permission denied"),
    ([*LIST, "results"], RESULTS, "000", 0, "results/one cannot be looked at; check the right to read it"),
    (["schema", "--out", "locked"], "locked", "555", 5, "permission denied"),
]


@pytest.mark.long
@pytest.mark.skipif(os.name != "posix", reason="rights are tried on POSIX only")
@pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0 and not shutil.which("setpriv"),
    reason="root may read and write everything, and setpriv, which would take that away, is not here",
)
def test_what_may_not_be_read_or_written_is_told_without_a_traceback(tmp_path: Path) -> None:
    experiment = write_tiny(tmp_path / "files", FOUR_RUNS)
    run_experiment(load_experiment(experiment), tmp_path / RESULTS, workers=1)
    shutil.copytree(tmp_path / RESULTS, tmp_path / "results" / "other")
    (tmp_path / RESULTS / "figures").mkdir(exist_ok=True)
    (tmp_path / "locked").mkdir()
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        [*(AS_ANYBODY if os.geteuid() == 0 else []), sys.executable, "-c", TRY], cwd=tmp_path, env=env, text=True,
        input=json.dumps([case[:3] for case in CASES]), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    wrong = []
    for (words, locked, mode, code, what), (got, output, raised) in zip(CASES, json.loads(done.stdout), strict=True):
        told = " ".join(output.split())
        if got != code or what not in told or raised not in ("NoneType", "SystemExit"):
            wrong.append(f"{' '.join(words)} with {locked} as {mode}: {got} {raised}\n{output[-400:]}")
    assert not wrong, "\n".join(wrong)
