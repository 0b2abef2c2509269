"""Runs that can be compared, and what must be known of them to do so rightly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from demarche.analysis.comparison.units import DRAW, POINT_GROUP
from demarche.analysis.sensitivity.layout import points_drawn_together
from demarche.engine.variables import OUTCOMES, without_window
from demarche.errors import DesignError, Problem
from demarche.experiment.design.parameters_from import in_words, parameters_from
from demarche.experiment.design.quick import quick_words
from demarche.scenario.question import Question
from demarche.world.calendar import Month

if TYPE_CHECKING:
    import pandas as pd

    from demarche.experiment.results.store import Results


@dataclass(frozen=True, eq=False)
class Batch:
    """The runs of a batch.

    Parameters
    ----------
    runs
        One row a run that was done: inputs, outcomes and the columns that tell which runs are independent.
    asked
        What the scenario asks of it.
    arms, accounts
        Names of those that have runs, in the order of the experiment.
    parameters
        Paths of the parameters that vary.
    n_steps
        Months of a run.
    projection
        What must be said of months that the data of the case do not reach; empty if there are none.
    parameters_from
        Where parameters have their values from: `medians`, `prior`, `posterior`, or empty if nobody says.
    quick
        What must be said of a smaller form of an experiment; empty if it is whole.
    """

    runs: pd.DataFrame
    asked: Question
    arms: tuple[str, ...]
    accounts: tuple[str, ...]
    parameters: tuple[str, ...]
    n_steps: int
    projection: str = ""
    parameters_from: str = ""
    quick: str = ""

    @property
    def parameters_in_words(self) -> str:
        """What must be said of where parameters have their values from; empty if nobody says."""
        return in_words(self.parameters_from, self.varies)

    @property
    def varies(self) -> bool:
        """Tell whether a design varies parameters that it does not draw."""
        return bool(self.parameters) and DRAW not in self.runs.columns

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes that were recorded."""
        return tuple(name for name in OUTCOMES if name in self.runs.columns)

    @property
    def shown(self) -> tuple[str, ...]:
        """Outcomes that the scenario asks for, as far as they were recorded."""
        return tuple(name for name in self.asked.outcomes if name in self.runs.columns)

    def without_number(self, outcomes: tuple[str, ...]) -> dict[str, str]:
        """Return outcome -> why it has no number in this period, for those of some outcomes that have none."""
        return why_no_number(outcomes, self.n_steps)


def why_no_number(outcomes: Iterable[str], n_steps: int) -> dict[str, str]:
    """Return outcome -> why it has no number in a period of so many months, for those of some that have none."""
    return {
        spec.name: f"{spec.name} needs a period of {spec.months} months or more, this one has {n_steps}"
        for spec in without_window(outcomes, n_steps)
    }


def projection_words(period: Mapping[str, Any]) -> str:
    """Return what a reader must know of a period that goes on after the data of its case, empty if it does not.

    Examples
    --------
    >>> projection_words({"end": "2009-12", "data_end": "1998-12"})
    'Numbers are of the whole period, to 2009-12; its months after 1998-12, where the data end, are a projection.'
    >>> projection_words({"end": "1998-12", "data_end": "1998-12"})
    ''
    """
    end, known = str(period["end"]), str(period.get("data_end", ""))
    if not known or Month.parse(end) <= Month.parse(known):
        return ""
    return f"Numbers are of the whole period, to {end}; its months after {known}, where the data end, are a projection."


def with_units(results: Results, runs: pd.DataFrame) -> pd.DataFrame:
    """Return runs of a results folder with the column that tells which points were drawn together, if any were."""
    together = points_drawn_together(results)
    return runs.assign(**{POINT_GROUP: runs["point"] // together}) if together else runs


def batch_of(results: Results) -> Batch:
    """Return the runs of a results folder, checksums compared.

    Raises
    ------
    DesignError
        If no run was done.
    """
    manifest = results.manifest
    runs = with_units(results, results.outcomes())
    if runs.empty:
        raise DesignError([Problem(str(results.path), "no run was done, so there is nothing to analyse")])
    arms, accounts = (
        tuple(name for name in manifest.experiment[f"{what}s"] if name in set(runs[what]))
        for what in ("arm", "account")
    )
    return Batch(
        runs=runs,
        asked=manifest.asked.among(arms),
        arms=arms,
        accounts=accounts,
        parameters=tuple(str(name) for name in manifest.experiment["parameters"]),
        n_steps=int(manifest.period["n_steps"]),
        projection=projection_words(manifest.period),
        parameters_from=parameters_from(manifest.experiment),
        quick=quick_words(manifest.experiment),
    )
