"""`compare(batch)`: the answer to what a scenario asks, or to what else one wants to compare.

Summary, figures and the command `compare` show what this returns; a program gets the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from demarche.analysis.comparison.batch import Batch, batch_of
from demarche.analysis.comparison.contrast import LOWER, UPPER, Contrast, halves
from demarche.analysis.comparison.differences import MEASURES, count_lonely, differences, disagreements
from demarche.analysis.comparison.intervals import Interval
from demarche.analysis.comparison.shown import few_units
from demarche.analysis.comparison.units import DRAWS, over_what, unit_words
from demarche.errors import DesignError, Problem, check_known

if TYPE_CHECKING:
    import pandas as pd

    from demarche.experiment.results.store import Results

MOST_LEVELS = 12
INTERVALS: tuple[Interval, ...] = ("t", "bootstrap")
HOW = {
    "t": "95 % interval of the mean (t)",
    "bootstrap": "95 % interval of the mean (percentiles of 2,000 bootstrap resamples)",
    "welch": "95 % interval of the difference (Welch's t)",
}


@dataclass(frozen=True, eq=False)
class Comparison:
    """Differences, and all that must be said of them.

    Parameters
    ----------
    contrast
        What was compared.
    table
        One row a difference; see `differences`.
    splits
        Outcomes on which accounts disagree; see `disagreements`. Empty between accounts.
    over
        What intervals are over, in words.
    unit_words
        What independent units are called.
    n_accounts
        Accounts that were run.
    lost
        Pairs that could not be made, since one of the two runs failed or is not part of the design.
    unknown
        Outcome -> why it has no number.
    notes
        What else was done with the runs, and what is a projection, one sentence each.
    """

    contrast: Contrast
    table: pd.DataFrame
    splits: pd.DataFrame
    over: str
    unit_words: str
    n_accounts: int
    lost: int = 0
    unknown: dict[str, str] | None = None
    notes: tuple[str, ...] = ()

    @property
    def how(self) -> str:
        """How intervals were made, in words."""
        return f"{HOW[self.contrast.interval if self.contrast.paired else 'welch']} {self.over}"

    @property
    def has_draws(self) -> bool:
        """Tell whether there are draws of parameters, and intervals given the draws besides those over them."""
        return self.unit_words == DRAWS and self.contrast.paired

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes that have a number."""
        return tuple(name for name in self.contrast.outcomes if name not in (self.unknown or {}))

    @property
    def known(self) -> pd.DataFrame:
        """Rows of the outcomes that have a number."""
        return self.table[self.table["outcome"].isin(self.outcomes)]

    @property
    def split(self) -> tuple[str, ...]:
        """Outcomes on which accounts disagree."""
        return tuple(dict.fromkeys(str(name) for name in self.splits["outcome"]))

    @property
    def units(self) -> tuple[int, int]:
        """The smallest and the largest number of independent units of a difference that has pairs."""
        counted = self.table.loc[self.table["n"] > 0, "units"]
        return (int(counted.min()), int(counted.max())) if len(counted) else (0, 0)

    @property
    def pairs_text(self) -> str:
        """How many pairs (runs a side if unpaired) differences rest on, those without any left out."""
        return _span(self.table.loc[self.table["n"] > 0, "n"])

    @property
    def units_text(self) -> str:
        """How many independent units there are, in words."""
        counted = _span(self.table.loc[self.table["n"] > 0, "units"])
        return f"{counted} independent {'unit' if counted == '1' else self.unit_words}"

    @property
    def missing(self) -> tuple[str, ...]:
        """Outcomes that no pair has, so that nothing can be said of them."""
        pairs = self.table.groupby("outcome", sort=False)["n"].sum()
        return tuple(str(name) for name, counted in pairs.items() if not counted)

    @property
    def warning(self) -> str:
        """What must be said of too few independent units, empty if there are enough."""
        return few_units(self.units[0], self.unit_words)

    @property
    def compares_accounts(self) -> bool:
        """Tell whether accounts could disagree: there are several, and they are not what is compared."""
        return self.contrast.between != "account" and self.n_accounts > 1


def _span(counts: pd.Series) -> str:
    """Return the smallest and the largest of some counts, or the one that all are."""
    low, high = (int(counts.min()), int(counts.max())) if len(counts) else (0, 0)
    return f"{low:,}{f' to {high:,}' if high > low else ''}"


def compare(
    batch: Batch | Results,
    between: str = "arm",
    *,
    reference: str = "",
    levels: Sequence[str] = (),
    by: Sequence[str] | None = None,
    outcomes: Sequence[str] = (),
    interval: Interval = "t",
    paired: bool = True,
) -> Comparison:
    """Compare arms, accounts or values of a parameter.

    Parameters
    ----------
    batch
        Runs, or the results folder that holds them.
    between
        `arm`, `account` or the path of a parameter that varies.
    reference
        What is subtracted; if empty the reference arm of the scenario, the first account or the smallest value.
    levels
        What it is subtracted from; if empty all others, in order.
    by
        Columns within whose values differences are averaged, one average if empty; None for accounts (arms if
        accounts are what is compared).
    outcomes
        Outcomes to compare; those of the scenario if empty.
    interval
        `t` or `bootstrap`.
    paired
        False to compare runs that do not share their luck.

    Raises
    ------
    DesignError
        If a name is unknown, there is nothing to compare, or runs cannot be paired.
    """
    runs = batch if isinstance(batch, Batch) else batch_of(batch)
    check_known("between", "column to compare", [between], ["arm", "account", *runs.parameters])
    check_known("interval", "interval", [interval], INTERVALS)
    others = [name for name in ("account", "arm", *runs.parameters) if name != between]
    averaged = _default_by(between, runs.runs) if by is None else tuple(by)
    check_known("by", "other column", averaged, others)
    check_known("outcomes", "outcome", outcomes, runs.outcomes)
    wanted = tuple(dict.fromkeys(outcomes)) or runs.shown
    contrast = Contrast(between, "", (), wanted, averaged, runs.parameters, interval, paired)
    frame, notes = runs.runs, tuple(filter(None, (runs.quick, runs.projection)))
    if not paired and between in runs.parameters and frame[between].nunique() > MOST_LEVELS:
        notes += (_halved(frame, between),)
        frame = halves(frame, contrast)
    contrast = _with_levels(runs, frame, contrast, reference, levels)
    return _answer(runs, frame, contrast, notes)


def compare_asked(batch: Batch | Results) -> Comparison | None:
    """Return the contrast that the scenario asks for, by account; None if there is one arm."""
    runs = batch if isinstance(batch, Batch) else batch_of(batch)
    if not runs.asked.contrast:
        return None
    arm, other = runs.asked.contrast
    return compare(runs, reference=other, levels=(arm,))


def _answer(batch: Batch, frame: pd.DataFrame, contrast: Contrast, notes: tuple[str, ...]) -> Comparison:
    made, lost = count_lonely(frame, contrast) if contrast.paired else (len(frame), 0)
    if not made:
        keys = ", ".join(contrast.keys(frame))
        what = f"the runs cannot be paired: no two share their {keys} and differ in {contrast.between}"
        fix = "add --unpaired (paired=False) to compare runs that do not share their luck; intervals are wider"
        raise DesignError([Problem("between", what, fix=fix)])
    table = differences(frame, contrast)
    splits = disagreements(table if "account" in contrast.by else _within_accounts(frame, contrast))
    unknown = batch.without_number(contrast.outcomes)
    words = (over_what(frame, batch.parameters_from, batch.varies), unit_words(frame))
    return Comparison(contrast, table, splits, *words, len(batch.accounts), lost, unknown, notes)


def _within_accounts(frame: pd.DataFrame, contrast: Contrast) -> pd.DataFrame:
    """Return the differences in which signs are compared; none between accounts."""
    import pandas as pd

    if contrast.between != "account":
        return differences(frame, contrast.within_accounts)
    return pd.DataFrame(columns=["account", "level", "reference", "outcome", *MEASURES])


def _default_by(between: str, frame: pd.DataFrame) -> tuple[str, ...]:
    if between == "account":
        return ("arm",)
    return ("account",) if between == "arm" or frame["arm"].nunique() == 1 else ("account", "arm")


def _halved(frame: pd.DataFrame, between: str) -> str:
    median, count = frame[between].median(), frame[between].nunique()
    return f"{between} has {count:,} values: the halves below and above {median:.4g} are compared."


def _with_levels(
    batch: Batch, frame: pd.DataFrame, contrast: Contrast, reference: str, wanted: Sequence[str]
) -> Contrast:
    """Return the contrast with its reference and its levels, in the order of the experiment."""
    between, present = contrast.between, set(frame[contrast.between])
    levels: Sequence[Hashable]
    if between in ("arm", "account"):
        levels = batch.arms if between == "arm" else batch.accounts
    elif present <= {LOWER, UPPER}:
        levels = [LOWER, UPPER]
    else:
        levels = sorted(float(value) for value in present)
    named = {f"{level:g}" if isinstance(level, float) else str(level): level for level in levels}
    check_known("reference", between, [reference] if reference else [], list(named))
    check_known("levels", between, wanted, list(named))
    first = batch.asked.reference if between == "arm" else next(iter(named))
    chosen = named[reference or first]
    rest = tuple(named[name] for name in wanted) or tuple(level for level in levels if level != chosen)
    if not rest:
        raise DesignError([Problem("between", f"these results have one {between}, so there is nothing to compare")])
    return replace(contrast, reference=chosen, levels=rest)
