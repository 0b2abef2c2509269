"""How many draws and how many lucks a wanted width takes, from the two layers of variance that some runs show."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from demarche.analysis.comparison.intervals import needed, t_quantile
from demarche.analysis.comparison.replications import sd_limit, wished
from demarche.analysis.comparison.units import DRAW, LUCK
from demarche.arrays import Array

if TYPE_CHECKING:
    import pandas as pd

LEAST_LUCKS = 2
"""With one luck a draw nobody knows how much of the spread is luck."""
MOST_LUCKS = 50
OF_DRAWS = 0.8
"""Share of the variance between means of draws that must lie in the draws, so that the sign of a draw is its own."""
COLUMNS = (
    "outcome", "arm", "reference", "account", "n_draws", "n_lucks", "mean", "sd_draws", "sd_luck", "half_width",
    "draws", "lucks", "runs", "lucks_for_signs", "draws_for_signs",
)  # fmt: skip


@dataclass(frozen=True)
class Layers:
    """Variance of a paired difference: between draws, and of luck within a draw, each at its upper 80 % limit."""

    draws: float
    luck: float

    def sd(self, lucks: int) -> float:
        """Return the standard deviation of the mean of a draw with so many lucks."""
        return math.sqrt(self.draws + self.luck / lucks)


def layers_of(values: Array) -> tuple[Layers, Layers]:
    """Return the two layers of differences `(n_draws, n_lucks)`, as estimated and at the upper limit.

    Two draws and lucks or more. The limit widens both layers alike, as the means of so few draws may understate them.
    """
    n_draws, n_lucks = values.shape
    luck = float(values.var(axis=1, ddof=1).mean())
    means = values.mean(axis=1)
    draws = max(float(means.var(ddof=1)) - luck / n_lucks, 0.0)
    wider = sd_limit(1.0, n_draws) ** 2
    return Layers(draws, luck), Layers(wider * draws, wider * luck)


def proposed(layers: Layers, half: float, luck_share: float) -> tuple[int, int]:
    """Return draws and lucks, the fewest runs whose intervals are as narrow as wanted.

    Parameters
    ----------
    layers
        Variances.
    half
        Wished half-width of the 95 % interval over draws and luck.
    luck_share
        Largest half-width of the interval given the draws, as a share of that.
    """
    tried = []
    for lucks in range(LEAST_LUCKS, MOST_LUCKS + 1):
        n = draws_for(layers, half, lucks)
        while luck_half(layers, n, lucks) > luck_share * half:
            n = max(n + 1, math.ceil(1.02 * n))
        tried.append((n * lucks, lucks, n))
    _, lucks, n = min(tried)
    return n, lucks


def draws_for(layers: Layers, half: float, lucks: int) -> int:
    """Return how many draws of so many lucks make an interval over draws and luck as narrow as wanted."""
    return needed(layers.sd(lucks), half)


def luck_half(layers: Layers, draws: int, lucks: int) -> float:
    """Return the half-width of the 95 % interval given the draws."""
    return t_quantile(draws * (lucks - 1)) * math.sqrt(layers.luck / (draws * lucks))


def lucks_for_signs(layers: Layers) -> int:
    """Return how many lucks let the sign of a draw be its own rather than luck's; 0 if more than can be meant.

    Examples
    --------
    >>> lucks_for_signs(Layers(1.0, 1.0)), lucks_for_signs(Layers(0.0, 1.0))
    (4, 0)
    """
    if layers.draws <= 0.0:
        return 0
    lucks = max(LEAST_LUCKS, math.ceil(OF_DRAWS / (1.0 - OF_DRAWS) * layers.luck / layers.draws - 1e-9))
    return lucks if lucks <= MOST_LUCKS else 0


def proposals_of_layers(
    frame: pd.DataFrame, reference: str, outcomes: tuple[str, ...], half_widths: Mapping[str, float] | None = None,
    relative: float = 0.1, luck_share: float = 0.5,
) -> pd.DataFrame:  # fmt: skip
    """Return what each paired difference to the reference needs, of runs with draws and two lucks or more.

    Parameters
    ----------
    frame
        One row a run: arm, account, draw, luck and outcomes.
    reference, outcomes
        The arm that is subtracted; columns to look at.
    half_widths, relative
        Wished half-width by outcome, others as a share of the size of an outcome; see `proposals`.
    luck_share
        See `proposed`.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`: standard deviations of the layers as estimated; draws, lucks and their product, the fewest runs; and
        lucks and draws with which the sign of a draw is its own (0 if that takes more lucks than can be meant).
    """
    import pandas as pd

    halves = wished(frame, outcomes, half_widths, relative)
    rows: list[tuple[object, ...]] = []
    for account, part in frame.groupby("account", sort=False, observed=True):
        for name in outcomes:
            table = part.pivot_table(index=[DRAW, LUCK], columns="arm", values=name, observed=True, sort=False)
            for arm in table.columns if reference in table.columns else ():
                if arm == reference or not halves[name] > 0:
                    continue
                values = _square(table[arm] - table[reference])
                if min(values.shape) < LEAST_LUCKS or not np.ptp(values):
                    continue
                found, used = layers_of(values)
                draws, lucks = proposed(used, halves[name], luck_share)
                more = lucks_for_signs(found)
                rows.append((name, arm, reference, account, *values.shape, float(values.mean()),
                             math.sqrt(found.draws), math.sqrt(found.luck), halves[name], draws, lucks, draws * lucks,
                             more, draws_for(used, halves[name], more) if more else 0))  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _square(differences: pd.Series) -> Array:
    """Return differences `(n_draws, n_lucks)` of the draws of which every luck has one."""
    wide = differences.unstack(LUCK).dropna()
    values: Array = wide.to_numpy(dtype=np.float64)
    return values


def most_demanding(table: pd.DataFrame) -> pd.DataFrame:
    """Return of each outcome the difference that needs most runs."""
    return table.loc[list(table.groupby("outcome", sort=False)["runs"].idxmax())].reset_index(drop=True)
