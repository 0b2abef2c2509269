"""What sensitivity indices say in words: who leads, what cannot be ranked, whether the sample was large enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

MAIN = {"saltelli": "total", "morris": "mu_star"}
GROUP = ["arm", "account", "outcome"]
MOVED = 0.05  # assumption: a change of an index by 5 % of the largest one, from half to all, counts as settled


@dataclass(frozen=True)
class Ranking:
    """What can be said of the order of parameters in one arm, account and outcome.

    Parameters
    ----------
    names
        Parameters, largest index first.
    leaders
        How many at the top cannot be told from the first.
    ranked
        How many neighbours, from the top, have intervals that do not overlap.
    moved
        Largest change of an index from half to all of the base sample, as a share of the largest index;
        NaN if the half is too small.
    """

    names: tuple[str, ...]
    leaders: int
    ranked: int
    moved: float


def full_sample(table: pd.DataFrame) -> pd.DataFrame:
    """Return the indices on the whole base sample."""
    return table[table["n_base"] == table.groupby(GROUP, observed=True)["n_base"].transform("max")]


def rank(table: pd.DataFrame, index: str) -> Ranking:
    """Return the ranking by one index (`total` or `mu_star`) within one arm, account and outcome.

    Parameters
    ----------
    table
        Rows of `sensitivity` of one arm, account and outcome.
    index
        The index that ranks.
    """
    mine = table[table["index"] == index]
    sizes = sorted(set(mine["n_base"]))
    rows = mine[mine["n_base"] == sizes[-1]].sort_values("value", ascending=False, kind="stable")
    low, high = rows["low"].to_numpy(), rows["high"].to_numpy()
    leaders = int((high >= low[0]).sum()) if len(rows) else 0
    ranked = 0
    while ranked < len(rows) - 1 and low[ranked] > high[ranked + 1 :].max():
        ranked += 1
    moved = float("nan")
    if len(sizes) > 1:
        half = mine[mine["n_base"] == sizes[-2]].set_index("parameter")["value"]
        gaps = (rows.set_index("parameter")["value"] - half).abs()
        moved = float(gaps.max() / rows["value"].max()) if rows["value"].max() > 0 else float("nan")
    return Ranking(tuple(rows["parameter"]), leaders, ranked, moved)


def statement(found: Ranking) -> str:
    """Return in words what leads, whether it can be ranked, and whether the sample was large enough."""
    names = found.names
    if found.leaders == 1:
        text = f"{names[0]} leads"
        if found.ranked > 1:
            text = f"in this order: {', '.join(names[: found.ranked])}"
    elif found.leaders == len(names):
        text = "the intervals are too wide to rank any parameter"
    else:
        shown = ", ".join(names[: found.leaders])
        text = f"the intervals are too wide to rank the first {found.leaders}: {shown}"
    if found.moved != found.moved:
        return f"{text}; the sample is too small to look at convergence"
    settled = "settled" if found.moved <= MOVED else "not settled, use a larger base sample"
    moved = f"from half to all of the sample indices moved by up to {100 * found.moved:.1f} % of the largest"
    return f"{text}; {moved} ({settled})"
