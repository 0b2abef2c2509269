"""The files of pinned numbers: written, compared, and tied to a line of the changelog.

A file names the line under **Changes results** under which its numbers were last changed, and a seal over both.
So numbers that were changed by hand, or without a line, are noticed without asking a version control system.
"""

from __future__ import annotations

import hashlib
import json
import math
import platform
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from tests.baselines.measuring import SEEDS, Numbers, Pair
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "baselines" / "reference"
CHANGELOG = ROOT / "CHANGELOG.md"
HEADING = "**Changes results**"
TOLERANCE = 1e-6
SMALLEST = 1e-9  # below it two means are equal: sums of single precision leave no more
STANDARD_ERRORS = 5.5  # of a difference of means: some 1,300 numbers fail once in 20,000 on luck alone
FIRST = "first pinned"
UPDATE = "python -m pytest --update-baselines"


class Refused(Exception):
    """Why a file is not written."""


@dataclass(frozen=True)
class Kept:
    """One file of pinned numbers.

    Parameters
    ----------
    arm
        The arm whose numbers they are.
    machine
        Processor, NumPy and vector instructions with which they were written.
    line
        Line of the changelog under which they were last changed.
    known
        Digests of the lines that stood in the changelog then.
    numbers
        See `Numbers`.
    seal
        Digest of all of this.
    """

    arm: str
    machine: str
    line: str
    known: list[str]
    numbers: Numbers
    seal: str = ""

    def sealed(self) -> str:
        """Return the seal that fits the content."""
        content = {name: value for name, value in asdict(self).items() if name != "seal"}
        return _digest(json.dumps(content, sort_keys=True))


def path_of(arm: str) -> Path:
    """Return where the numbers of an arm lie."""
    return FOLDER / f"{arm}.json"


def read(arm: str) -> Kept:
    """Return the pinned numbers of an arm."""
    return Kept(**json.loads(path_of(arm).read_text(encoding="utf-8")))


def update(path: Path, arm: str, numbers: Numbers, changelog: str) -> bool:
    """Write the numbers of an arm if they have changed, and return whether they have.

    Raises
    ------
    Refused
        If they have changed, or were changed by hand, and no line under **Changes results** is new since then.
    """
    before = Kept(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None
    lines = lines_of(changelog)
    kept = Kept(arm, machine(), FIRST, sorted(map(_digest, lines)), numbers)
    if before is not None:
        changed = unequal(before.numbers, numbers)
        if not changed and not flaws(before, changelog):
            return False
        new = [line for line in lines if _digest(line) not in before.known]
        if not new:
            raise Refused(
                f"{len(changed)} numbers of the arm {arm} have changed, but nothing under {HEADING} in CHANGELOG.md "
                "has. Fix: add a line there that says what changes and why, then update again"
            )
        kept = replace(kept, line=" ".join(new))
    content = {**asdict(kept), "seal": kept.sealed()}
    text = json.dumps(content, indent=1)
    path.write_text(re.sub(r"\[\s+(\S+),\s+(\S+)\s+\]", r"[\1, \2]", text) + "\n", encoding="utf-8")
    return True


def flaws(kept: Kept, changelog: str) -> list[str]:
    """Return why a file is not one that was written together with a line of the changelog."""
    found = []
    if kept.sealed() != kept.seal:
        found.append(f"its numbers were not written by {UPDATE}")
    text = " ".join(lines_of(changelog))
    if kept.line != FIRST and kept.line not in text:
        found.append(f"the line under which it was changed is not under {HEADING} any more: {kept.line}")
    return found


def lines_of(changelog: str) -> list[str]:
    """Return the entries under every heading **Changes results**, each as one line.

    Examples
    --------
    >>> lines_of("## 1\\n- a\\n\\n**Changes results**\\n\\n- b\\n  c\\n- d\\n\\n## 0\\n- e\\n")
    ['b c', 'd']
    """
    entries: list[str] = []
    inside = False
    for line in changelog.splitlines():
        if line.startswith(("**", "#")):
            inside = line.strip().lstrip("# ") in (HEADING, HEADING.strip("*"))
        elif inside and line.startswith("- "):
            entries.append(line[2:].strip())
        elif inside and line.startswith(" ") and entries:
            entries[-1] += f" {line.strip()}"
    return entries


def machine() -> str:
    """Return what the last bits of a number depend on: processor, NumPy, vector instructions."""
    built = np.show_config(mode="dicts") or {}
    vectors = built.get("SIMD Extensions", {}).get("found", [])
    release = ".".join(np.__version__.split(".")[:2])
    return f"{platform.machine()}, NumPy {release}, {' '.join(vectors) or 'no vector instructions'}"


def unequal(before: Numbers, now: Numbers) -> list[str]:
    """Return the numbers that differ by more than rounding, in words."""
    return _differences(before, now, lambda a, b: all(map(_same, a, b)))


def far(before: Numbers, now: Numbers) -> list[str]:
    """Return the numbers that another machine could not give by luck, in words: means too far apart for 24 seeds."""

    def near(a: Pair, b: Pair) -> bool:
        (mean, sd), (other, spread) = a, b
        if mean is None or sd is None or other is None or spread is None:
            return a == b
        error = math.sqrt((sd**2 + spread**2) / len(SEEDS))
        return abs(mean - other) <= STANDARD_ERRORS * error + TOLERANCE * abs(mean) + SMALLEST

    return _differences(before, now, near)


def _same(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=TOLERANCE, abs_tol=SMALLEST)


def _differences(before: Numbers, now: Numbers, agree: Callable[[Pair, Pair], bool]) -> list[str]:
    words = []
    nothing: Pair = [0.0, 0.0]  # an event that never happened has no row
    for account in dict.fromkeys((*before, *now)):
        old, new = before.get(account, {}), now.get(account, {})
        for name in dict.fromkeys((*old, *new)):
            a, b = old.get(name, nothing), new.get(name, nothing)
            if not agree(a, b):
                words.append(f"{account}, {name}: mean {a[0]} is now {b[0]}, sd {a[1]} is now {b[1]}")
    return words


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
