"""The study of arms as it is kept: what each arm does under each packaged account, and what carries it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.arms.effects import ArmEffect, Carrier, arm_effects
from demarche.analysis.kept import facts_of, read_kept, rounded_row, stamp
from demarche.engine.setup import Setup

FOLDER, FILE = "demarche.analysis.arms", "study.json"
COMMAND = "demarche arms experiments/quiet_or_vocal.yaml --accounts all --draws 256 --write arms.json"


def run_arms(
    setup: Setup, accounts: Sequence[str], arms: Sequence[str], reference: str, outcomes: Sequence[str], draws: int,
    lucks: int, seed: int, contrast: tuple[str, str] | None, tell: Callable[[str, list[ArmEffect]], None],
) -> dict[str, Any]:  # fmt: skip
    """Run the study of some packaged accounts and return it as plain data.

    Parameters
    ----------
    setup
        What is run; its accounts are replaced by the packaged ones.
    accounts, arms, reference, outcomes, draws, lucks, seed, contrast
        As in `arm_effects`.
    tell
        Called with each account and its effects as soon as they are known.
    """
    whole = replace(setup, accounts=packaged_accounts())
    found = []
    for account in accounts:
        mine = arm_effects(whole, account, arms, reference, outcomes, draws, lucks, seed, contrast)
        tell(account, mine)
        found += mine
    return {
        **stamp(COMMAND, whole.catalogue, whole.cast), "reference": reference, "contrast": contrast, "draws": draws,
        "lucks": lucks, "seed": seed, "rows": [rounded_row(one) for one in found],
    }  # fmt: skip


def read_arms() -> dict[str, Any]:
    """Return the packaged study; `{}` if there is none."""
    return read_kept(FOLDER, FILE)


def rows_of(study: Mapping[str, Any]) -> tuple[ArmEffect, ...]:
    """Return the effects of a study."""
    carriers = [{kind: tuple(Carrier(**one) for one in row[kind]) for kind in ("links", "rates")}
                for row in study["rows"]]  # fmt: skip
    return tuple(ArmEffect(**{**facts_of(row), **some}) for row, some in zip(study["rows"], carriers, strict=True))
