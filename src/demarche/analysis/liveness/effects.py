"""Does it act? How far outcomes move when a number goes to an end of its prior, or a rule is off, all else the same.

Everything else is drawn of the account, one draw a luck, so that a link at its neutral value hides nobody. Each luck
has one run as drawn, and one for each case: with the number at 5 % of its prior in every other luck and at 95 % in the
rest, or with the rule off. Runs of one luck part ways once anything differs, so this tells what acts and what does
not; how much each number decides is told over many draws (`deciding`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from demarche.accounts.links import LINK_PREFIX, RATE_PREFIX
from demarche.analysis.liveness.runs_apart import CHUNK, Apart, outcomes_apart
from demarche.arrays import Array
from demarche.engine.setup import Runs, Setup
from demarche.rules.priors import drawn_columns, priors_of, uncertain_paths

LINK, RATE, NUMBER, RULE = "link", "base rate", "number", "rule"
FAINT = 0.01  # of the spread: what moves no outcome by more is as good as dead


@dataclass(frozen=True)
class Case:
    """One thing that is tried: a number at the ends of its prior, or a rule that is off.

    Parameters
    ----------
    name
        Path of the number, or id of the rule.
    kind
        `link`, `base rate`, `number` or `rule`.
    low, high
        Ends of the prior; 0 and 1, off and on, of a rule.
    """

    name: str
    kind: str
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True)
class Moved:
    """How far one case moves outcomes.

    Parameters
    ----------
    case
        What was tried.
    effects
        Outcome -> mean distance from the run as drawn, over lucks, in spreads of the outcome.
    """

    case: Case
    effects: dict[str, float]

    def largest(self) -> str:
        """Return the outcome that it moves most."""
        return max(self.effects, key=lambda name: self.effects[name])

    def is_faint(self, at_most: float = FAINT) -> bool:
        """Tell whether no outcome moves by more than a share of its spread."""
        return self.effects[self.largest()] <= at_most


def all_cases(setup: Setup, account: str) -> list[Case]:
    """Return every link, base rate and uncertain number of the account, then every rule."""
    held = setup.accounts[account]
    priors = priors_of(setup.catalogue, held, uncertain_paths(setup.catalogue.on(account)), setup.fixed)
    numbers = [Case(path, _kind(path), prior.low, prior.high) for path, prior in priors.items()]
    return [*numbers, *(Case(rule.id, RULE) for rule in setup.catalogue.on(account))]


def _kind(path: str) -> str:
    return LINK if path.startswith(LINK_PREFIX) else RATE if path.startswith(RATE_PREFIX) else NUMBER


def moved_by(
    setup: Setup, arm: str, account: str, cases: Sequence[Case], lucks: Sequence[int], spreads: dict[str, float],
    tell: Callable[[int], None] | None = None,
) -> list[Moved]:  # fmt: skip
    """Return how far each case moves outcomes.

    Parameters
    ----------
    setup, arm, account
        What is run.
    cases
        What is tried.
    lucks
        Seeds of luck, the same for every case; an even number has both ends of each prior alike.
    spreads
        Outcome -> its spread over runs, see `deciding.Decided`.
    tell
        Called with the number of cases that are done.
    """
    n = max(CHUNK // len(lucks) - 1, 1)
    found: list[Moved] = []
    for start in range(0, len(cases), n):
        found += moved_together(setup, arm, account, cases[start : start + n], lucks, spreads)
        if tell is not None:
            tell(len(found))
    return found


def moved_together(
    setup: Setup, arm: str, account: str, cases: Sequence[Case], lucks: Sequence[int], spreads: dict[str, float]
) -> list[Moved]:
    """Return how far some cases move outcomes, all in one chunk beside the runs as drawn."""
    shape = (1 + len(cases), len(lucks))
    n = int(np.prod(shape))
    place = np.arange(n).reshape(shape)
    held = setup.accounts[account]
    drawn = drawn_columns(setup.catalogue, [held] * len(lucks), range(len(lucks)), lucks[0])
    values = {path: np.tile(column, shape[0]) for path, column in drawn.items() if path not in setup.fixed}
    off = {}
    for row, case in enumerate(cases, 1):
        if case.kind == RULE:
            off[case.name] = place[row]
        else:
            values[case.name][place[row, ::2]], values[case.name][place[row, 1::2]] = case.low, case.high
    runs = Runs([arm] * n, [account] * n, list(lucks) * shape[0], values)
    found = outcomes_apart(setup, runs, Apart(off))
    return [_moved(case, {name: one.reshape(shape)[[0, row]] for name, one in found.items()}, spreads)
            for row, case in enumerate(cases, 1)]  # fmt: skip


def _moved(case: Case, outcomes: dict[str, Array], spreads: dict[str, float]) -> Moved:
    effects = {}
    for name, (plain, other) in outcomes.items():
        gaps = np.abs(other - plain)[np.isfinite(other - plain)]
        known = spreads.get(name, 0.0) > 0 and len(gaps) > 0
        effects[name] = float(gaps.mean() / spreads[name]) if known else 0.0
    return Moved(case, effects)
