"""The study of liveness as it is kept: which account and arm, what it holds for, what moves what."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from demarche.accounts.account import COMMON
from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.liveness.effects import LINK, NUMBER, RATE, RULE, Case, Moved, all_cases, moved_by, spreads_of
from demarche.analysis.scorecard.held_for import digests, holds
from demarche.engine.setup import Setup
from demarche.history.record import need_record

FOLDER, FILE = "demarche.analysis.liveness", "study.json"
COMMAND = "demarche liveness experiments/quiet_or_vocal.yaml --write study.json"
LUCKS = {LINK: 24, RATE: 24, NUMBER: 12, RULE: 12}
SPREAD_RUNS = 384
MAIN = (
    "core_practice_change", "releases", "concessions_persons", "first_detentions", "commitment_change",
    "formal_law_change", "treaty_acts", "motions_tabled", "no_action_margin", "dialogues", "sanctioning_states",
    "mobilisation", "internalisation",
)  # fmt: skip
"""Outcomes of which the page tells what moves them most."""
SURE = 4.0  # standard errors: beyond luck, over a hundred outcomes and a thousand cases
SAMPLE = 12  # every so many-th case is repeated by a test


@dataclass(frozen=True)
class Kept:
    """One case of the study.

    Parameters
    ----------
    name, kind, low, high
        As in `Case`.
    outcome, effect
        The outcome that it moves most, and by how many of its spreads.
    surest, errors
        The outcome that stands out most from luck, and by how many standard errors.
    main
        Main outcome -> effect and standard error, in spreads.
    """

    name: str
    kind: str
    low: float
    high: float
    outcome: str
    effect: float
    surest: str
    errors: float
    main: Mapping[str, tuple[float, float]]

    @property
    def case(self) -> Case:
        """The case that was tried."""
        return Case(self.name, self.kind, self.low, self.high)


def kept(moved: Moved) -> Kept:
    """Return what is kept of a case."""
    case, outcome, (surest, errors) = moved.case, moved.largest(), moved.surest()
    main = {name: (round(moved.effects[name], 4), round(moved.errors[name], 4)) for name in MAIN}
    return Kept(case.name, case.kind, case.low, case.high, outcome, round(moved.effects[outcome], 4), surest,
                round(errors, 2), main)  # fmt: skip


def run_study(
    setup: Setup, arm: str, seed: int, workers: int, tell: Callable[[str], None], most: int | None = None
) -> dict[str, Any]:
    """Run the study under the common account and return it as plain data.

    Parameters
    ----------
    setup, arm
        What is run; its accounts are replaced by the packaged ones.
    seed
        First seed of luck.
    workers
        Processes.
    tell
        Called with a line on how far it is.
    most
        Cases of each kind; all if None.
    """
    whole = replace(setup, accounts=packaged_accounts())
    spreads = spreads_of(whole, arm, COMMON, range(seed, seed + SPREAD_RUNS))
    cases = all_cases(whole, COMMON)
    found: list[Kept] = []
    for kind, lucks in LUCKS.items():
        mine = [case for case in cases if case.kind == kind][:most]
        seeds = range(seed, seed + lucks)
        moved = moved_by(whole, arm, COMMON, mine, seeds, spreads, workers, partial(_tell, tell, kind, len(mine)))
        found += [kept(one) for one in moved]
    record = need_record(setup.cast)
    return {
        "command": COMMAND, "digests": digests(whole.catalogue, whole.cast, record), "account": COMMON, "arm": arm,
        "seed": seed, "lucks": LUCKS, "spreads": {name: round(value, 8) for name, value in spreads.items()},
        "cases": [{**vars(one), "main": dict(one.main)} for one in found],
    }  # fmt: skip


def _tell(tell: Callable[[str], None], kind: str, n: int, done: int) -> None:
    tell(f"{kind}: {done} of {n}")


def repeated(setup: Setup, study: Mapping[str, Any], sample: Sequence[Kept]) -> list[Kept]:
    """Return some cases of a study as they come out now, with its luck and spreads."""
    whole = replace(setup, accounts=packaged_accounts())
    found = {}
    for kind, lucks in LUCKS.items():
        mine = [one.case for one in sample if one.kind == kind]
        seeds = range(study["seed"], study["seed"] + lucks)
        for moved in moved_by(whole, study["arm"], study["account"], mine, seeds, study["spreads"]):
            found[moved.case.name] = kept(moved)
    return [found[one.name] for one in sample]


def read_study(path: Path | None = None) -> dict[str, Any]:
    """Return a study, the packaged one if no path is given; `{}` if there is none."""
    source = path or resources.files(FOLDER) / FILE
    found: dict[str, Any] = json.loads(source.read_text(encoding="utf-8")) if source.is_file() else {}
    return found


def cases_of(study: Mapping[str, Any]) -> tuple[Kept, ...]:
    """Return the cases of a study."""
    return tuple(
        Kept(**{**row, "main": {name: tuple(pair) for name, pair in row["main"].items()}}) for row in study["cases"]
    )


def is_current(setup: Setup, study: Mapping[str, Any]) -> bool:
    """Tell whether a study holds for the rules, the case and the engine at hand."""
    return holds(study["digests"], setup.catalogue, setup.cast, need_record(setup.cast))
