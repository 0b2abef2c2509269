"""Which links carry a contrast: the effect of one arm instead of another, less the effect without the link.

Each link of an account in turn is set to the value at which its mechanism does nothing, all else at the account's
medians, and both arms are run again with the same luck. What the effect loses is what the link carries. Links act
through one another, so that the parts need not add up to the effect.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from demarche.accounts.links import LINK_PREFIX, all_links
from demarche.accounts.packaged import common_account
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import simulate

if TYPE_CHECKING:
    import pandas as pd

AT_ONCE = 16  # links whose runs share chunks
CLEAR = 2.0  # standard errors from which a part counts as more than luck
COLUMNS = ("account", "arm", "against", "outcome", "link", "effect", "carried", "error", "lucks")

Values = dict[str, NDArray[np.float64]]


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


def carriers(setup: Setup, asked: Question, tell: Callable[[int, int], None] | None = None) -> pd.DataFrame:
    """Return what each link carries of the effect on each outcome.

    Parameters
    ----------
    setup
        What the scenario compiled to.
    asked
        Account, arms, outcomes, luck.
    tell
        Called with the links done and in all.

    Returns
    -------
    pandas.DataFrame
        One row an outcome and link, what carries most first: account, arm, against, outcome, link; effect, the mean
        paired difference at the medians of the account; carried, that effect less the effect without the link;
        error, the standard error of carried over lucks; lucks, their number.
    """
    import pandas as pd

    neutral = neutral_values(setup, asked.account)
    base = _effects(setup, asked, [None], neutral)[0]
    rows: list[tuple[object, ...]] = []
    paths = list(neutral)
    for start in range(0, len(paths), AT_ONCE):
        some = paths[start : start + AT_ONCE]
        for path, found in zip(some, _effects(setup, asked, some, neutral), strict=True):
            rows += [_row(asked, name, path, base[name], found[name]) for name in asked.outcomes]
        if tell is not None:
            tell(min(start + AT_ONCE, len(paths)), len(paths))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    order = table.assign(size=table["carried"].abs()).sort_values("size", ascending=False, kind="stable")
    places = {name: place for place, name in enumerate(asked.outcomes)}
    return order.sort_values("outcome", key=lambda names: names.map(places), kind="stable", ignore_index=True).drop(
        columns="size"
    )


def _effects(setup: Setup, asked: Question, links: Sequence[str | None], neutral: dict[str, float]) -> list[Values]:
    """Return for each link outcome -> paired differences without it `(n_lucks,)`; None leaves all links as they are."""
    cases = [(link, arm, seed) for link in links for arm in (asked.arm, asked.against) for seed in asked.seeds]
    moved = {link for link in links if link is not None}
    held = setup.accounts[asked.account].settings
    values = {}
    for path in moved:
        plain = held.get(path, setup.catalogue.parameters[path].default)
        values[path] = np.array([neutral[path] if link == path else plain for link, _, _ in cases])
    runs = Runs([arm for _, arm, _ in cases], [asked.account] * len(cases), [seed for *_, seed in cases], values)
    outcomes = simulate(setup, runs, events=False).outcomes
    shape = (len(links), 2, len(asked.seeds))
    gaps = {name: outcomes[name].reshape(shape)[:, 0] - outcomes[name].reshape(shape)[:, 1] for name in asked.outcomes}
    return [{name: gap[place] for name, gap in gaps.items()} for place in range(len(links))]


def _row(asked: Question, outcome: str, path: str, base: NDArray[np.float64], without: NDArray[np.float64]
         ) -> tuple[object, ...]:  # fmt: skip
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
