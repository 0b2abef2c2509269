"""The study of decisions as it is kept: how often each option is taken in each account, and what it holds for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from demarche.analysis.decisions.counted import OptionCount
from demarche.analysis.kept import facts_of, read_kept, rounded_row, stamp
from demarche.engine.setup import Setup

FOLDER, FILE = "demarche.analysis.decisions", "study.json"
COMMAND = "demarche decisions count experiments/quiet_or_vocal.yaml --write decisions.json"


def as_study(
    setup: Setup, arm: str, draws: int, seed: int, found: Mapping[str, Sequence[OptionCount]]
) -> dict[str, Any]:
    """Return counts of options by account as plain data."""
    rows = [{"account": account, **rounded_row(one)} for account, counts in found.items() for one in counts]
    return {
        **stamp(COMMAND, setup.catalogue, setup.cast), "arm": arm, "draws": draws, "seed": seed, "rows": rows,
    }  # fmt: skip


def read_decisions() -> dict[str, Any]:
    """Return the packaged study; `{}` if there is none."""
    return read_kept(FOLDER, FILE)


def counts_of(study: Mapping[str, Any]) -> dict[str, tuple[OptionCount, ...]]:
    """Return account -> counts of a study."""
    found: dict[str, list[OptionCount]] = {}
    for row in study["rows"]:
        facts = facts_of(row)
        account = facts.pop("account")
        found.setdefault(account, []).append(OptionCount(**facts))
    return {account: tuple(counts) for account, counts in found.items()}
