"""Posterior files: what a record left of the priors of one account, as draws of equal weight.

A file is JSON with one line a parameter, so that versions can be compared. It says which priors and rules it was
learned with, and is refused by others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from demarche.arrays import Array
from demarche.errors import Problem, ScenarioError
from demarche.reading.text import read_bytes

VERSION = 1
DIGITS = 7
MOST_BYTES = 2**28  # some hundred times a file of usual size
HEAD = ("version", "command", "account", "held", "rules", "until", "report", "draws")


@dataclass(frozen=True, eq=False)
class Posterior:
    """What a record left of an account.

    Parameters
    ----------
    account, held, rules
        Id and digest of the account whose priors were drawn, and digest of the rules.
    until
        Last year of the record that was looked at.
    draws
        Path -> values `(n_draws,)` of everything uncertain; row k of all paths belongs together.
    command
        What wrote it.
    report
        How it was learned, as plain data.
    path
        File that it was read from.
    """

    account: str
    held: str
    rules: str
    until: int
    draws: Mapping[str, Array]
    command: str = ""
    report: Mapping[str, Any] = field(default_factory=dict)
    path: Path | None = None

    @property
    def n_draws(self) -> int:
        """Number of draws."""
        return len(next(iter(self.draws.values())))

    def rows(self, draws: Sequence[int]) -> dict[str, Array]:
        """Return path -> values of some draws, from 0; beyond the last one the file begins anew."""
        places = np.asarray(draws) % self.n_draws
        return {path: values[places] for path, values in self.draws.items()}

    def text(self) -> str:
        """Return the content of its file."""
        facts = {"version": VERSION, "command": self.command, "account": self.account, "held": self.held,
                 "rules": self.rules, "until": self.until, "report": self.report}  # fmt: skip
        head = json.dumps(facts, indent=1).removesuffix("\n}")
        lines = [f"{json.dumps(path)}: [{', '.join(f'{value:.{DIGITS}g}' for value in values)}]"
                 for path, values in self.draws.items()]  # fmt: skip
        return f'{head},\n "draws": {{\n' + ",\n".join(lines) + "\n}}\n"


def read_posterior(path: Path) -> Posterior:
    """Read a posterior file.

    Raises
    ------
    ScenarioError
        If it cannot be used.
    """
    try:
        said = json.loads(read_bytes(path, MOST_BYTES, "posterior file").decode("utf-8-sig"))
    except ScenarioError as error:
        found = error.problems[0].what
        raise ScenarioError([_problem(path, "the posterior file cannot be read", found)]) from None
    except (ValueError, RecursionError):
        raise ScenarioError([_problem(path, "the posterior file is no JSON")]) from None
    if not isinstance(said, dict) or any(name not in said for name in HEAD):
        raise ScenarioError([_problem(path, "the posterior file lacks keys", expected=", ".join(HEAD))])
    if said["version"] != VERSION:
        raise ScenarioError([_problem(path, "the posterior file is of another version", found=str(said["version"]),
                                      expected=str(VERSION))])  # fmt: skip
    try:
        draws = {name: np.asarray(values, dtype=np.float64) for name, values in said["draws"].items()}
        until = int(said["until"])
    except (AttributeError, TypeError, ValueError, OverflowError):
        expected = "a year in until, and a list of numbers for each path in draws"
        raise ScenarioError([_problem(path, "a value of the posterior file is no number", expected=expected)]) from None
    sizes = {values.shape for values in draws.values()}
    if len(sizes) != 1 or not all(len(size) == 1 and size[0] for size in sizes):
        raise ScenarioError([_problem(path, "the parameters of the posterior file differ in their number of draws")])
    if not all(np.isfinite(values).all() for values in draws.values()):
        raise ScenarioError([_problem(path, "a value of the posterior file is no number")])
    return Posterior(str(said["account"]), str(said["held"]), str(said["rules"]), until, draws,
                     str(said["command"]), said["report"], path)  # fmt: skip


def _problem(path: Path, what: str, found: str = "", expected: str = "") -> Problem:
    fix = "write it with: demarche calibrate EXPERIMENT --account ACCOUNT --out FILE"
    return Problem(f"{path}:1:1", what, found=found, expected=expected, fix=fix)
