"""How far each link, base rate, number of a rule and rule moves every outcome, in units of its spread over runs.

Numbers go to 5 and to 95 % of their priors, rules are switched off. Everything else is drawn of the account, one draw a
luck, so that a link at its neutral value hides nobody; both sides share luck and draw. Runs of one luck part ways once
anything differs, so that an effect is told with its standard error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np

from demarche.accounts.links import LINK_PREFIX, RATE_PREFIX
from demarche.accounts.priors import Prior
from demarche.analysis.liveness.runs_apart import CHUNK, Apart, outcomes_apart
from demarche.arrays import Array
from demarche.engine.setup import Runs, Setup
from demarche.rules.priors import drawn_columns, priors_of, uncertain_paths

LINK, RATE, NUMBER, RULE = "link", "base rate", "number", "rule"
FAINT = 0.01  # of the spread: what moves no outcome by more is as good as dead


@dataclass(frozen=True)
class Case:
    """One thing that is tried: a number at both ends of its prior, or a rule that is off and on.

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
    """What one case does to every outcome.

    Parameters
    ----------
    case
        What was tried.
    effects, errors
        Outcome -> mean difference of the high end and the low one, and its standard error, in spreads of the outcome.
    """

    case: Case
    effects: dict[str, float]
    errors: dict[str, float]

    def largest(self) -> str:
        """Return the outcome that it moves most."""
        return max(self.effects, key=lambda name: abs(self.effects[name]))

    def is_faint(self, at_most: float = FAINT) -> bool:
        """Tell whether no outcome moves by more than a share of its spread."""
        return abs(self.effects[self.largest()]) <= at_most

    def surest(self) -> tuple[str, float]:
        """Return the outcome that stands out most from luck, and by how many standard errors."""
        sure = {name: abs(self.effects[name]) / error for name, error in self.errors.items() if error > 0}
        name = max(sure, key=lambda one: sure[one]) if sure else self.largest()
        return name, sure.get(name, 0.0)


def all_cases(setup: Setup, account: str) -> list[Case]:
    """Return every link, base rate and uncertain number of the account, then every rule."""
    held = setup.accounts[account]
    priors = priors_of(setup.catalogue, held, uncertain_paths(setup.catalogue.on(account)), setup.fixed)
    numbers = [Case(path, _kind(path), *_ends(prior)) for path, prior in priors.items()]
    return [*numbers, *(Case(rule.id, RULE) for rule in setup.catalogue.on(account))]


def _kind(path: str) -> str:
    return LINK if path.startswith(LINK_PREFIX) else RATE if path.startswith(RATE_PREFIX) else NUMBER


def _ends(prior: Prior) -> tuple[float, float]:
    return prior.low, prior.high


def moved_by(
    setup: Setup, arm: str, account: str, cases: Sequence[Case], lucks: Sequence[int], spreads: dict[str, float],
    workers: int = 1, tell: Callable[[int], None] | None = None,
) -> list[Moved]:  # fmt: skip
    """Return what each case moves.

    Parameters
    ----------
    setup, arm, account
        What is run.
    cases
        What is tried.
    lucks
        Seeds of luck, the same for every case and side.
    spreads
        Outcome -> its spread, see `spreads_of`.
    workers
        Processes.
    tell
        Called with the number of cases that are done.
    """
    n = max(CHUNK // (2 * len(lucks)), 1)
    parts = [cases[start : start + n] for start in range(0, len(cases), n)]
    found: list[Moved] = []
    for part in _parts(setup, arm, account, parts, lucks, spreads, workers):
        found += part
        if tell is not None:
            tell(len(found))
    return found


def _parts(
    setup: Setup, arm: str, account: str, parts: Sequence[Sequence[Case]], lucks: Sequence[int],
    spreads: dict[str, float], workers: int,
) -> Iterator[list[Moved]]:  # fmt: skip
    if workers < 2:
        yield from (moved_together(setup, arm, account, part, lucks, spreads) for part in parts)
        return
    n = len(parts)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(moved_together, [setup] * n, [arm] * n, [account] * n, parts, [lucks] * n, [spreads] * n)


def moved_together(
    setup: Setup, arm: str, account: str, cases: Sequence[Case], lucks: Sequence[int], spreads: dict[str, float]
) -> list[Moved]:
    """Return what some cases move, all in one chunk."""
    shape = (len(cases), 2, len(lucks))
    n = int(np.prod(shape))
    place = np.arange(n).reshape(shape)
    values, off = _drawn(setup, account, lucks, shape), {}
    for row, case in enumerate(cases):
        if case.kind == RULE:
            off[case.name] = place[row, 0]
        else:
            values[case.name][place[row, 0]], values[case.name][place[row, 1]] = case.low, case.high
    seeds = list(np.broadcast_to(np.asarray(lucks), shape).reshape(-1))
    found = outcomes_apart(setup, Runs([arm] * n, [account] * n, seeds, values), Apart(off))
    return [_moved(case, {name: one.reshape(shape)[row] for name, one in found.items()}, spreads)
            for row, case in enumerate(cases)]  # fmt: skip


def _drawn(setup: Setup, account: str, lucks: Sequence[int], shape: tuple[int, ...]) -> dict[str, Array]:
    """Return path -> values of the draws, one a luck, repeated for every case and side."""
    held = setup.accounts[account]
    drawn = drawn_columns(setup.catalogue, [held] * len(lucks), range(len(lucks)), lucks[0])
    return {
        path: np.broadcast_to(column, shape).reshape(-1).copy()
        for path, column in drawn.items()
        if path not in setup.fixed
    }


def _moved(case: Case, outcomes: dict[str, Array], spreads: dict[str, float]) -> Moved:
    effects, errors = {}, {}
    for name, (low, high) in outcomes.items():
        gaps = (high - low)[np.isfinite(high - low)]
        known = spreads.get(name, 0.0) > 0 and len(gaps) > 1
        effects[name] = float(gaps.mean() / spreads[name]) if known else 0.0
        errors[name] = float(gaps.std(ddof=1) / np.sqrt(len(gaps)) / spreads[name]) if known else 0.0
    return Moved(case, effects, errors)


def spreads_of(setup: Setup, arm: str, account: str, seeds: Sequence[int]) -> dict[str, float]:
    """Return outcome -> standard deviation over runs in which everything is drawn, one a draw."""
    held = setup.accounts[account]
    drawn = drawn_columns(setup.catalogue, [held] * len(seeds), range(len(seeds)), seeds[0])
    values = {path: column for path, column in drawn.items() if path not in setup.fixed}
    runs = Runs([arm] * len(seeds), [account] * len(seeds), list(seeds), values)
    found: dict[str, list[Array]] = {}
    for start in range(0, len(seeds), CHUNK):
        part = runs.take(np.arange(start, min(start + CHUNK, len(seeds))))
        for name, one in outcomes_apart(setup, part, Apart()).items():
            found.setdefault(name, []).append(one)
    return {name: float(np.nanstd(np.concatenate(parts), ddof=1)) for name, parts in found.items()}
