"""A folder in which a page is tried: bundled files of the same names but small, and results of them.

Commands and code of pages run word for word. What is smaller than for a reader: bundled scenarios end in December 1996,
bundled experiments have two draws or replications and few points, and `SMALLER` is added to some commands (a report
repeats no runs; the scorecard has the fewest that it takes and no placebos, which the frozen verdicts and `.ci/run`
run).
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.docs.fences import Fence
from tests.support.editing import without_class
from typer.testing import CliRunner

from demarche.cli.main import app

END = "1996-12"
SMALLER = {
    "validate": ["--replications", "20", "--accounts-only"],
    "tornado": ["--lucks", "2"],
    "arms": ["--draws", "8"],
    "reps": ["--pilot", "3"],
    "decisions count": ["--draws", "2"],
    "report": ["--quick"],
}
"""Command -> options that are added to it; the last of an option holds."""
FEW = {"draws": 2, "lucks": 2, "replications": 2, "points": 8, "base_points": 8, "trajectories": 2}
CI = ROOT / ".ci" / "run"
BY_CI = re.compile(r"(\.venv[\w-]*/bin/)?(python3? -m|pip|ruff|mypy)\b")
"""Commands that install or test: `.ci/run` runs them."""
ENTER = re.compile(r"\. \.venv[\w-]*/bin/activate")


def small_package(folder: Path) -> Path:
    """Lay the bundled files into a folder, smaller, and return what stands in the place of the package."""
    bundled = folder / "bundled"
    for kind in ("scenarios", "experiments"):
        shutil.copytree(ROOT / kind, bundled / kind)
    for path in (bundled / "scenarios").glob("*.yaml"):
        path.write_text(_shorter(path.read_text(encoding="utf-8")), encoding="utf-8")
    for path in (bundled / "experiments").glob("*.yaml"):
        path.write_text(_fewer(path.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def _shorter(text: str) -> str:
    def cut(match: re.Match[str]) -> str:
        return match[1] + min(match[2], END) + match[3]

    return re.sub(r"^(period: .*end: )([\d-]+)(.*)$", cut, without_class(text), count=1, flags=re.MULTILINE)


def _fewer(text: str) -> str:
    for key, number in FEW.items():
        text = re.sub(rf"^{key}: \d+", f"{key}: {number}", text, flags=re.MULTILINE)
    return text


def commands(block: Fence) -> list[str]:
    """Return the commands of a shell block, continued lines joined, comments left out."""
    joined = re.sub(r"\\\n\s*", " ", block.text)
    lines = [" ".join(shlex.split(line, comments=True, posix=False)) for line in joined.splitlines()]
    return [part.strip() for line in lines if line for part in line.split("&&")]


def run_python(block: Fence, space: dict[str, Any]) -> str:
    """Run a block of Python among the names of its page, and return what it printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile("\n" * block.line + block.text, str(block.page), "exec"), space)
    return printed.getvalue()


def run_shell(block: Fence) -> str:
    """Run the commands of a block where we stand, and return what they printed.

    Raises
    ------
    AssertionError
        If one ends with another code than stated, or is no command that is known here.
    """
    wanted = int(block.mark[1]) if block.mark[0] == "exit" else 0
    todo, printed = commands(block), ""
    for line in todo:
        words = shlex.split(line)
        if ENTER.fullmatch(line):
            continue
        if words[0] == "cd":
            os.chdir(words[1])
        elif BY_CI.match(line):
            by_ci = CI.read_text(encoding="utf-8").replace(" --quiet", "")
            assert line in by_ci, f"{block}: .ci/run does not run '{line}'"
        else:
            assert Path(words[0]).name == "demarche", f"{block}: '{line}' is no command that is known here"
            done = CliRunner().invoke(app, [*words[1:], *_smaller(words[1:])])
            code = wanted if line == todo[-1] else 0
            told = f"{block}: '{line}' ended with {done.exit_code}\n{done.output}{done.exception}"
            assert done.exit_code == code, told
            printed += done.output
    return printed


def _smaller(words: list[str]) -> list[str]:
    names = [name for name in SMALLER if words[: len(name.split())] == name.split()]
    return SMALLER[names[0]] if names and "--help" not in words else []
