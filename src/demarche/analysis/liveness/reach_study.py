"""The study of reach as it is kept: accounts, what it holds for, how far each class of conduct reaches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.kept import read_kept, stamp
from demarche.analysis.liveness.conduct import Reach, reaches
from demarche.analysis.liveness.study import FOLDER
from demarche.engine.setup import Setup

FILE = "reach.json"
COMMAND = "demarche reach experiments/quiet_or_vocal.yaml --write reach.json"
OUTCOME = "core_practice"


def run_reach(
    setup: Setup, arm: str, accounts: Sequence[str], outcome: str, draws: int, lucks: int, seed: int,
    tell: Callable[[Reach], None],
) -> dict[str, Any]:  # fmt: skip
    """Run the study of some packaged accounts and return it as plain data; `tell` is called with each row."""
    whole = replace(setup, accounts=packaged_accounts())
    found = []
    for account in accounts:
        for one in reaches(whole, arm, account, outcome, draws, lucks, seed):
            tell(one)
            found.append(one)
    return {
        **stamp(COMMAND, whole.catalogue, whole.cast), "arm": arm, "outcome": outcome,
        "draws": draws, "lucks": lucks, "seed": seed, "rows": [_rounded(one) for one in found],
    }  # fmt: skip


def _rounded(one: Reach) -> dict[str, Any]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(one).items()}


def read_reach() -> dict[str, Any]:
    """Return the packaged study; `{}` if there is none."""
    return read_kept(FOLDER, FILE)


def rows_of(study: Mapping[str, Any]) -> tuple[Reach, ...]:
    """Return the rows of a study."""
    return tuple(Reach(**row) for row in study["rows"])
