"""Lines that lie on one another, in words: a reader who sees one line must know that it stands for several."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from demarche.engine.variables import OUTCOMES
from demarche.figures.common import account_name, list_words
from demarche.figures.look import unsigned
from demarche.figures.titles import title_of, unit_of

if TYPE_CHECKING:
    import pandas as pd

    from demarche.figures.tables import FigureTables

NEAR = 0.04  # of the height of what is drawn in a panel: about the size of a mark


def together(tables: FigureTables, frame: pd.DataFrame) -> str:
    """Return which arms lie on one another in which panels and how far apart they are at most; empty if none do.

    Parameters
    ----------
    tables
        For the names of accounts.
    frame
        One row a panel, arm and date: panel, outcome, account, arm, year, low, median, high.
    """
    panels = [(str(panel), mine) for panel, mine in frame.groupby("panel", sort=False)]
    found: dict[tuple[str, ...], dict[str, float]] = {}
    for panel, mine in panels:
        for arms, gap in alike(mine):
            found.setdefault(arms, {})[panel] = gap
    if not found:
        return ""
    one = frame["outcome"].nunique() == 1
    told = []
    for arms, gaps in found.items():
        places = [f"{_place(tables, panel, one)} ({_gap(gap, panel)})" for panel, gap in gaps.items()]
        if one and len(panels) == len(gaps) > 1:
            places = [f"every panel ({_gap(max(gaps.values()), panels[0][0])})"]
        told.append(f"{list_words(arms)} in {list_words(places)}")
    return f" Lines that lie on one another, with their largest gap: {'; '.join(told)}."


def alike(part: pd.DataFrame) -> list[tuple[tuple[str, ...], float]]:
    """Return groups of arms of one panel whose lines lie on one another all along, and the largest gap in each."""
    lines = part.pivot(index="year", columns="arm", values="median")[list(dict.fromkeys(part["arm"]))]
    drawn = part[["low", "median", "high"]].to_numpy(dtype=np.float64)
    drawn = drawn[~np.isnan(drawn)]
    high = float(np.ptp(drawn)) if len(drawn) else 0.0
    arms = [str(arm) for arm in lines.columns]
    values = {arm: lines[arm].to_numpy(dtype=np.float64) for arm in arms}
    gaps = {pair: _most(np.abs(values[pair[0]] - values[pair[1]])) for pair in combinations(arms, 2)}
    groups: list[list[str]] = []
    for arm in arms:
        home = next((one for one in groups if all(gaps[other, arm] <= NEAR * high for other in one)), None)
        if home is None:
            groups.append([arm])
        else:
            home.append(arm)
    return [(tuple(one), max(gaps[pair] for pair in combinations(one, 2))) for one in groups if len(one) > 1]


def _most(gaps: NDArray[np.float64]) -> float:
    """Return the largest of some gaps; without end if there is none, so that nothing is said of them."""
    known = gaps[~np.isnan(gaps)]
    return float(known.max()) if len(known) else np.inf


def _place(tables: FigureTables, panel: str, one: bool) -> str:
    outcome, account = panel.split("|")
    return account_name(tables, account) if one else title_of(outcome)


def _gap(gap: float, panel: str) -> str:
    outcome = panel.partition("|")[0]
    unit = OUTCOMES[outcome].unit if outcome in OUTCOMES else unit_of(outcome)
    return f"{unsigned(gap, unit)} {unit.partition(',')[0]}".rstrip()
