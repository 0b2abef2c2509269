"""The study of liveness as it is kept: account, arm, what it holds for, what decides outcomes, what acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from demarche.accounts.account import COMMON
from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.kept import read_kept, stamp
from demarche.analysis.liveness.deciding import Decided, decided
from demarche.analysis.liveness.effects import Case, Moved, all_cases, moved_by
from demarche.analysis.liveness.occasions import moved_with_occasion
from demarche.engine.setup import Setup

FOLDER, FILE = "demarche.analysis.liveness", "study.json"
COMMAND = "demarche liveness experiments/quiet_or_vocal.yaml --write study.json"
DRAWS, LUCKS, AGAIN = 768, 4, 24
MAIN = (
    "core_practice_change", "releases", "concessions_persons", "first_detentions", "commitment_change",
    "formal_law_change", "treaty_acts", "motions_tabled", "no_action_margin", "dialogues", "sanctioning_states",
    "mobilisation", "internalisation",
)  # fmt: skip
"""Outcomes of which the page tells what moves them most."""
AGAIN_FROM = 1005  # the lucks of what is tried again lie so far behind


@dataclass(frozen=True)
class Kept:
    """How far one case moves outcomes, as it is kept.

    Parameters
    ----------
    name, kind, low, high
        As in `Case`.
    outcome, effect
        The outcome that it moves most, and by how many of its spreads.
    again
        Whether it moved nothing with few lucks, so that this is of more.
    occasion
        Whether it had nothing to do in the arm, so that this is where it has: levers set, events that the case lacks.
    """

    name: str
    kind: str
    low: float
    high: float
    outcome: str
    effect: float
    again: bool = False
    occasion: bool = False

    @property
    def case(self) -> Case:
        """The case that was tried."""
        return Case(self.name, self.kind, self.low, self.high)


def kept(moved: Moved, again: bool = False, occasion: bool = False) -> Kept:
    """Return what is kept of a case."""
    case, outcome = moved.case, moved.largest()
    return Kept(case.name, case.kind, case.low, case.high, outcome, round(moved.effects[outcome], 4), again, occasion)


def run_study(
    setup: Setup, arm: str, seed: int, tell: Callable[[str], None], most: int | None = None, draws: int = DRAWS
) -> dict[str, Any]:
    """Run the study under the common account and return it as plain data.

    Parameters
    ----------
    setup, arm
        What is run; its accounts are replaced by the packaged ones.
    seed
        First seed of luck.
    tell
        Called with a line on how far it is.
    most, draws
        Cases of each kind, all if None; draws from which it is told what decides.
    """
    whole = replace(setup, accounts=packaged_accounts())
    tell(f"{draws} draws")
    found = decided(whole, arm, COMMON, range(seed, seed + draws))
    cases = _some(all_cases(whole, COMMON), most)
    seeds = range(seed, seed + LUCKS)
    moved = moved_by(whole, arm, COMMON, cases, seeds, found.spreads, partial(_tell, tell, len(cases)))
    weak = [one.case for one in moved if one.is_faint()]
    more = range(seed + AGAIN_FROM, seed + AGAIN_FROM + AGAIN)
    again = moved_by(whole, arm, COMMON, weak, more, found.spreads, partial(_tell, tell, len(weak)))
    surer = {one.case.name: kept(one, again=True) for one in again}
    silent = [one.case for one in again if one.is_faint()]
    for one in moved_with_occasion(whole, arm, COMMON, silent, more, found.spreads):
        surer[one.case.name] = kept(one, again=True, occasion=True)
    return {
        **stamp(COMMAND, whole.catalogue, whole.cast), "account": COMMON, "arm": arm,
        "seed": seed, "lucks": LUCKS, "draws": draws, "error": round(found.error, 4),
        "spreads": {name: round(value, 8) for name, value in found.spreads.items()},
        "deciding": {name: _leading(found, name) for name in MAIN},
        "again": {"lucks": AGAIN, "seed": seed + AGAIN_FROM},
        "cases": [vars(surer.get(one.case.name, kept(one))) for one in moved],
    }  # fmt: skip


def _some(cases: Sequence[Case], most: int | None) -> list[Case]:
    kinds = dict.fromkeys(case.kind for case in cases)
    return [case for kind in kinds for case in [one for one in cases if one.kind == kind][:most]]


def _leading(found: Decided, outcome: str) -> dict[str, float]:
    """Return the effects of all links and base rates on an outcome, largest first."""
    effects = found.effects[outcome]
    return {path: round(effects[path], 3) for path in sorted(effects, key=lambda one: -abs(effects[one]))}


def _tell(tell: Callable[[str], None], n: int, done: int) -> None:
    tell(f"{done} of {n} cases")


def repeated(setup: Setup, study: Mapping[str, Any], sample: Sequence[Kept]) -> list[Kept]:
    """Return some cases of a study as they come out now, with its luck and spreads."""
    whole = replace(setup, accounts=packaged_accounts())
    found: dict[str, Kept] = {}
    for again, said in ((False, study), (True, study["again"])):
        seeds = range(said["seed"], said["seed"] + said["lucks"])
        for occasion, tried in ((False, moved_by), (True, moved_with_occasion)):
            mine = [one.case for one in sample if (one.again, one.occasion) == (again, occasion)]
            moved = tried(whole, study["arm"], study["account"], mine, seeds, study["spreads"])
            found |= {one.case.name: kept(one, again, occasion) for one in moved}
    return [found[one.name] for one in sample]


def read_study(path: Path | None = None) -> dict[str, Any]:
    """Return a study, the packaged one if no path is given; `{}` if there is none."""
    return read_kept(FOLDER, FILE, path)


def cases_of(study: Mapping[str, Any]) -> tuple[Kept, ...]:
    """Return the cases of a study."""
    return tuple(Kept(**row) for row in study["cases"])
