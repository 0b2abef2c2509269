"""What a measure sees: the runs of one account in the arms that it needs, with the error of a historian."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from demarche.history.tables import MONTHS, Slice
from demarche.keyed import entity_keys, run_keys, text_key, uniforms

if TYPE_CHECKING:
    import pandas as pd

BASELINE, QUIET = "baseline", "quiet"
PRACTICE = ("core_practice", "practice_")


class NotMeasured(Exception):
    """Why a pattern cannot be measured on some tables; never seen by users as an error."""


@dataclass(frozen=True)
class PracticeError:
    """Error of recorded practice: an autoregression from year to year, standard deviation `sd`."""

    sd: float
    correlation: float

    def drawn(self, runs: NDArray[np.int64], first: int, n_years: int, name: str) -> NDArray[np.float64]:
        """Return errors `(n_runs, n_years)` of a series from the year `first` on; keyed by run, series and year."""
        keys, stream = run_keys(runs), text_key(f"scorecard/practice/{name}")
        errors = np.zeros((len(runs), n_years))
        fresh = np.sqrt(1.0 - self.correlation**2)
        for year in range(n_years):
            z = normals(keys, stream, first + year)
            errors[:, year] = z if year == 0 else self.correlation * errors[:, year - 1] + fresh * z
        return self.sd * errors


def normals(keys: NDArray[np.uint64], stream: np.uint64, step: int) -> NDArray[np.float64]:
    """Return keyed standard normals `(n_runs,)`, by the transformation of Box and Muller."""
    first, second = uniforms(keys, stream, step, entity_keys(["radius", "angle"]))
    return np.asarray(np.sqrt(-2.0 * np.log1p(-first)) * np.cos(2.0 * np.pi * second))


@dataclass(frozen=True)
class Surroundings:
    """What a historian knows of states besides the output.

    Parameters
    ----------
    groups
        State -> regional group.
    covariates
        One row a state and year: `state`, `year`, `ideal_point`, `trade`; None if unknown.
    """

    groups: Mapping[str, str] = field(default_factory=dict)
    covariates: pd.DataFrame | None = None


@dataclass(frozen=True)
class View:
    """The runs of one account.

    Parameters
    ----------
    arms
        Role or name of an arm -> its runs.
    around
        What is known of states.
    error
        Error of recorded practice, None on the record itself.
    """

    arms: Mapping[str, Slice]
    around: Surroundings = Surroundings()
    error: PracticeError | None = None

    def arm(self, role: str = BASELINE) -> Slice:
        """Return the runs of an arm; raises `NotMeasured` if there are none."""
        if role not in self.arms or not self.arms[role].runs:
            raise NotMeasured(f"there are no runs of the arm '{role}'")
        return self.arms[role]

    def events(self, kind: str, years: tuple[int, int], role: str = BASELINE) -> pd.DataFrame:
        """Return the events of a kind in some years; raises `NotMeasured` if the output knows no such kind."""
        runs = self.arm(role)
        if kind not in self.known:
            raise NotMeasured(f"the output has no events '{kind}'")
        return runs.events_of(kind, years)

    @cached_property
    def known(self) -> frozenset[str]:
        """Kinds of events of any arm."""
        return frozenset(kind for runs in self.arms.values() for kind in runs.events["kind"].unique())

    def need(self, *columns: str, role: str = BASELINE) -> None:
        """Raise `NotMeasured` if the series lack one of some columns."""
        missing = [name for name in columns if not self.arm(role).has(name)]
        if missing:
            raise NotMeasured(f"the series lack {', '.join(missing)}")

    def monthly(self, column: str, years: tuple[int, int], role: str = BASELINE) -> pd.DataFrame:
        """Return a monthly series as recorded by the model: runs as rows, steps as columns."""
        self.need(column, role=role)
        runs = self.arm(role)
        low, high = runs.steps(*years)
        rows = runs.months(column, low, high)
        return rows.pivot(index="run", columns="step", values=column).astype(float)

    def yearly(self, column: str, years: tuple[int, int], role: str = BASELINE) -> pd.DataFrame:
        """Return means of calendar years, runs as rows; practice with the error of a historian."""
        self.need(column, role=role)
        runs = self.arm(role)
        table = runs.yearly(column, years)
        if self.error is None or not column.startswith(PRACTICE):
            return table
        first = int(runs.start[:4])
        n_years = years[1] - first + 1
        errors = self.error.drawn(table.index.to_numpy(dtype=np.int64), first, n_years, column)
        return table + errors[:, [int(year) - first for year in table.columns]]

    def per_run(self, values: pd.Series[Any], fill: float = float("nan"), role: str = BASELINE) -> pd.Series[float]:
        """Return values for every run of an arm; `fill` for runs that have none."""
        return values.reindex(list(self.arm(role).runs), fill_value=fill).astype(float)

    def paired(self, values: Mapping[str, pd.Series[float]]) -> pd.DataFrame:
        """Return values of several arms side by side: role -> values by run become columns by replication."""
        import pandas as pd

        columns = {role: one.set_axis([self.arm(role).replication(run) for run in one.index])
                   for role, one in values.items()}  # fmt: skip
        return pd.DataFrame(columns).dropna()

    def dated(self, *kinds: str, role: str = BASELINE) -> NDArray[np.int64]:
        """Return the steps of dated events of some kinds; raises `NotMeasured` if the calendar has none."""
        calendar = self.arm(role).calendar
        steps = calendar[calendar["kind"].isin(kinds)]["step"].to_numpy(dtype=np.int64)
        if not len(steps):
            raise NotMeasured(f"the calendar has no {' or '.join(kinds)}")
        return np.unique(steps)

    def year_of(self, steps: pd.Series[Any], role: str = BASELINE) -> pd.Series[int]:
        """Return the calendar year of steps."""
        year, month = (int(part) for part in self.arm(role).start.split("-"))
        return ((steps + year * MONTHS + month - 1) // MONTHS).astype(int)
