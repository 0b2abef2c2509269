"""How many draws or replications are enough: a pilot in memory, and what its spread asks for."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from demarche.analysis.comparison.intervals import needed
from demarche.analysis.comparison.units import DRAW, REPLICATION
from demarche.arrays import Array

if TYPE_CHECKING:
    import pandas as pd

    from demarche.experiment.design.experiment import Experiment

PILOT = 20
MOST_POINTS = 3
CAUTION = 0.8  # confidence with which the true spread lies below the one that is used
COLUMNS = (
    "outcome", "what", "arm", "reference", "account", "point", "n", "mean", "sd", "sd_used", "half_width", "needed",
    "needed_unpaired", "needed_for_sign",
)  # fmt: skip


@dataclass(frozen=True)
class Pilot:
    """A small batch that was kept in memory.

    Parameters
    ----------
    frame
        One row a run: arm, account, point and replication, or draw and luck, and outcomes.
    points
        Design points that were tried.
    seconds
        CPU time of a run.
    """

    frame: pd.DataFrame
    points: tuple[int, ...]
    seconds: float


def run_pilot(
    experiment: Experiment, units: int = PILOT, progress: Callable[[int, int], None] | None = None
) -> Pilot:
    """Run a few draws, or replications at up to three design points spread over the design, of every arm and account.

    Parameters
    ----------
    experiment
        A checked experiment.
    units
        Draws or replications of the pilot, at least 2.
    progress
        Called with the number of runs that are done and of all runs.

    Raises
    ------
    DesignError
        If the design cannot be laid out.
    """
    import pandas as pd

    from demarche.engine.simulate import simulate
    from demarche.experiment.design.method import PLACES
    from demarche.experiment.design.table import make_design
    from demarche.scenario.load import compile_scenario

    design = make_design(experiment.with_units(units))
    tried = design.n_points if experiment.has_draws else min(design.n_points, MOST_POINTS)
    points = np.unique(np.linspace(0, design.n_points - 1, tried).astype(int))
    rows = np.arange(len(design))
    index = design.index(rows)
    rows = rows[np.isin(index["point"], points)]
    count = [0]

    def tell(n: int) -> None:
        count[0] += n
        if progress is not None:
            progress(count[0], len(rows))

    began = time.process_time()
    runs = design.to_runs(rows)
    done = simulate(compile_scenario(experiment.scenario), runs, events=False, progress=tell)
    seconds = (time.process_time() - began) / len(rows)
    inputs = {said: index[name][rows] for said, name in zip(design.places, PLACES, strict=True)}
    frame = pd.DataFrame({"arm": list(runs.arm), "account": list(runs.account), **inputs, **done.outcomes})
    return Pilot(frame, tuple(int(point) for point in points), seconds)


def proposals(
    frame: pd.DataFrame,
    reference: str,
    outcomes: tuple[str, ...],
    half_widths: Mapping[str, float] | None = None,
    relative: float = 0.1,
) -> pd.DataFrame:
    """Return how many replications, or draws with the lucks of the pilot, each mean and each paired difference needs.

    Parameters
    ----------
    frame
        One row a run of a pilot: arm, account, point and replication, or draw and luck, and outcomes.
    reference
        The arm that is subtracted.
    outcomes
        Columns to look at.
    half_widths
        Wished half-width of the 95 % interval by outcome, in its unit; others follow `relative`.
    relative
        Wished half-width as a share of the size of an outcome: the larger of its absolute mean and its
        standard deviation among all runs of the pilot.

    Returns
    -------
    pandas.DataFrame
        One row for each mean (`what` is mean) and each difference to the reference (difference):
        pilot's n, mean and sd; sd_used (upper 80 % confidence limit of sd), half_width, needed
        (replications or draws), needed_unpaired (each side, with luck of its own), needed_for_sign
        (half-width equal to the pilot's mean difference; NaN for means).
    """
    import pandas as pd

    rows: list[tuple[object, ...]] = []
    halves = wished(frame, outcomes, half_widths, relative)
    unit = DRAW if DRAW in frame.columns else REPLICATION
    placed = frame.assign(point=0) if unit == DRAW else frame
    for (account, point), part in placed.groupby(["account", "point"], sort=False, observed=True):
        for name in outcomes:
            table = part.pivot_table(index=unit, columns="arm", values=name, observed=True, sort=False)
            if reference not in table.columns:
                continue
            half = halves[name]
            for arm in table.columns:
                values = table[arm].dropna().to_numpy(dtype=np.float64)
                rows.append((name, "mean", arm, "", account, point, *_need(values, half), math.nan, math.nan))
                if arm != reference:
                    both = table[[arm, reference]].dropna().to_numpy(dtype=np.float64)
                    rows.append((name, "difference", arm, reference, account, point, *_differ(both, half)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def wished(
    frame: pd.DataFrame, outcomes: tuple[str, ...], half_widths: Mapping[str, float] | None, relative: float
) -> dict[str, float]:
    """Return outcome -> wished half-width: as named, others a share of the size of the outcome among all runs."""
    halves = {name: relative * _size(frame[name].to_numpy(dtype=np.float64)) for name in outcomes}
    return halves | dict(half_widths or {})


def worst(table: pd.DataFrame) -> pd.DataFrame:
    """Return of each outcome the mean and the difference that need most replications."""
    known = table[table["needed"].notna()]
    rows = known.groupby(["outcome", "what"], sort=False, observed=True)["needed"].idxmax()
    return known.loc[list(rows)].reset_index(drop=True)


def sd_limit(sd: float, n: int) -> float:
    """Return the upper 80 % confidence limit of a standard deviation that was estimated from n values.

    Examples
    --------
    >>> round(sd_limit(1.0, 20), 2)
    1.18
    """
    from scipy.special import chdtri

    return sd * math.sqrt((n - 1) / float(chdtri(n - 1, CAUTION)))


def _size(values: Array) -> float:
    known = values[~np.isnan(values)]
    return max(abs(float(known.mean())), float(known.std())) if len(known) else math.nan


def _need(values: Array, half: float) -> tuple[float, ...]:
    """Return n, mean, sd, sd_used, half_width and needed of some values."""
    if len(values) < 2:
        return (len(values), *[math.nan] * 3, half, math.nan)
    mean, sd = float(values.mean()), float(values.std(ddof=1))
    used = sd_limit(sd, len(values))
    return len(values), mean, sd, used, half, _runs(used, half)


def _differ(both: Array, half: float) -> tuple[float, ...]:
    """Return the same of the differences of pairs `(n, 2)`, and needs without pairing and for the sign."""
    found = _need(both[:, 0] - both[:, 1], half)
    if len(both) < 2:
        return (*found, math.nan, math.nan)
    apart = sd_limit(math.sqrt(float(both.var(axis=0, ddof=1).sum())), len(both))
    return (*found, _runs(apart, half), _runs(found[3], abs(found[1])))


def _runs(sd: float, half: float) -> float:
    """Return the number of replications; none is enough for a half-width of 0 unless nothing varies."""
    if sd == 0:
        return 2
    return needed(sd, half) if half > 0 else math.nan
