"""Which links carry a contrast: the effect of one arm instead of another, less the effect without the link.

Each link of an account in turn is set to the value at which its mechanism does nothing, all else at the account's
medians, and both arms are run again with the same luck. What the effect loses is what the link carries. Links act
through one another, so that the parts need not add up to the effect.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from demarche.accounts.links import LINK_PREFIX, all_links
from demarche.accounts.packaged import common_account
from demarche.analysis.side_by_side import Workers, even_parts, side_by_side
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import LEAN_CHUNK, simulate

if TYPE_CHECKING:
    import pandas as pd

CLEAR = 2.0  # standard errors from which a part counts as more than luck
COLUMNS = ("account", "arm", "against", "outcome", "link", "effect", "carried", "error", "lucks")

Values = dict[str, NDArray[np.float64]]
Row = tuple[Any, ...]
NOTHING = ""  # in the place of a link: all links act


@dataclass(frozen=True)
class Question:
    """What is asked: account, two arms, outcomes, seeds of luck.

    Parameters
    ----------
    account
        Its name in the setup.
    arm, against
        The arm whose effect is explained, and the arm that is subtracted.
    outcomes
        Names of outcomes.
    seeds
        Luck of the runs, the same in both arms and with and without each link; two or more.
    """

    account: str
    arm: str
    against: str
    outcomes: tuple[str, ...]
    seeds: tuple[int, ...]


def neutral_values(setup: Setup, account: str) -> dict[str, float]:
    """Return the path of each link that the account does not hold to do nothing, with the value at which it would.

    Parameters
    ----------
    setup
        What the scenario compiled to.
    account
        Name of an account of it.
    """
    held, found = setup.accounts[account].settings, {}
    common = common_account().links
    for name, link in all_links().items():
        path = LINK_PREFIX + name
        if path not in setup.catalogue.parameters or path in setup.fixed:
            continue
        neutral = link.said.neutral
        value = common[name].prior.median if isinstance(neutral, str) else float(neutral)
        if held.get(path, setup.catalogue.parameters[path].default) != value:
            found[path] = value
    return found


def carriers(
    setup: Setup, questions: Sequence[Question], workers: int | Workers = 1,
    tell: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Return what each link carries of each effect; the runs of all questions are made side by side.

    Parameters
    ----------
    setup
        What the scenario compiled to.
    questions
        Account, arms, outcomes, luck.
    workers
        Processes.
    tell
        Called with the runs done and in all.

    Returns
    -------
    pandas.DataFrame
        One row a question, outcome and link, what carries most first: account, arm, against, outcome, link; effect,
        the mean paired difference at the medians of the account; carried, that effect less the effect without the
        link; error, the standard error of carried over lucks; lucks, their number.
    """
    import pandas as pd

    values = [{NOTHING: 0.0, **neutral_values(setup, asked.account)} for asked in questions]
    cases = [
        Case(asked.account, path, value, arm, seed)
        for asked, neutral in zip(questions, values, strict=True)
        for path, value in neutral.items()
        for arm in (asked.arm, asked.against)
        for seed in asked.seeds
    ]
    names = tuple(dict.fromkeys(name for asked in questions for name in asked.outcomes))
    found = _all_outcomes(setup, cases, names, workers, tell)
    rows: list[Row] = []
    start = 0
    for asked, neutral in zip(questions, values, strict=True):
        shape = (len(neutral), 2, len(asked.seeds))
        stop = start + math.prod(shape)
        for name in asked.outcomes:
            both = found[name][start:stop].reshape(shape)
            rows += _ranked(asked, name, list(neutral)[1:], both[:, 0] - both[:, 1])
        start = stop
    return pd.DataFrame(rows, columns=list(COLUMNS))


@dataclass(frozen=True)
class Case:
    """A run: account, path of the link that does nothing (`NOTHING` for none) with that value, arm, seed."""

    account: str
    path: str
    value: float
    arm: str
    seed: int


@dataclass(frozen=True)
class _Part:
    setup: Setup
    cases: Sequence[Case]
    outcomes: tuple[str, ...]


def _all_outcomes(
    setup: Setup, cases: Sequence[Case], names: tuple[str, ...], workers: int | Workers,
    tell: Callable[[int, int], None] | None,
) -> Values:
    """Return outcome -> its value in each case."""
    parts = [_Part(setup, cases[rows.start : rows.stop], names) for rows in even_parts(len(cases), LEAN_CHUNK)]
    found, done = [], 0
    for part, one in zip(parts, side_by_side(_outcomes_of, parts, workers), strict=True):
        found.append(one)
        done += len(part.cases)
        if tell is not None:
            tell(done, len(cases))
    return {name: np.concatenate([one[name] for one in found], axis=0) for name in names}


def _outcomes_of(part: _Part) -> Values:
    setup, cases = part.setup, part.cases
    values = {}
    for path in sorted({case.path for case in cases} - {NOTHING}):
        default = setup.catalogue.parameters[path].default
        plain = {name: one.settings.get(path, default) for name, one in setup.accounts.items()}
        values[path] = np.array([case.value if case.path == path else plain[case.account] for case in cases])
    arms, accounts = [case.arm for case in cases], [case.account for case in cases]
    runs = Runs(arms, accounts, [case.seed for case in cases], values)
    outcomes = simulate(setup, runs, events=False, all_series=False, chunk=len(cases)).outcomes
    return {name: outcomes[name].astype(np.float64) for name in part.outcomes}


def _ranked(asked: Question, outcome: str, paths: Sequence[str], gaps: NDArray[np.float64]) -> list[Row]:
    """Return the rows of an outcome, what carries most first; `gaps` is `(1 + n_paths, n_lucks)`, all links first."""
    rows = [_row(asked, outcome, path, gaps[0], without) for path, without in zip(paths, gaps[1:], strict=True)]
    carried = np.array([abs(row[COLUMNS.index("carried")]) for row in rows])
    return [rows[place] for place in np.argsort(-carried, kind="stable")]


def _row(asked: Question, outcome: str, path: str, base: NDArray[np.float64], without: NDArray[np.float64]
         ) -> Row:  # fmt: skip
    known = ~np.isnan(base) & ~np.isnan(without)
    lost, n = (base - without)[known], int(known.sum())
    error = float(lost.std(ddof=1) / n**0.5) if n > 1 else float("nan")
    effect, carried = (float(one.mean()) if n else float("nan") for one in (base[known], lost))
    link = path.removeprefix(LINK_PREFIX)
    return asked.account, asked.arm, asked.against, outcome, link, effect, carried, error, n


def is_clear(carried: float, error: float) -> bool:
    """Tell whether a part is more than luck: further from 0 than two standard errors.

    Examples
    --------
    >>> is_clear(3.0, 1.0), is_clear(-1.0, 1.0), is_clear(1.0, float("nan")), is_clear(2.0, 0.0)
    (True, False, False, True)
    """
    return abs(carried) > CLEAR * error if error == error else False
