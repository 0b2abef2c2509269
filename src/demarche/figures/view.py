"""What a picture shows: outcomes, accounts, arms, month and run, as a reader chose them or as the scenario asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from demarche.engine.variables import OUTCOMES, SERIES
from demarche.errors import DesignError, Problem, check_known, closest
from demarche.figures.titles import title_of
from demarche.world.calendar import Month

if TYPE_CHECKING:
    import pandas as pd

    from demarche.figures.tables import FigureTables

MOST_PANELS = 4
MOST_ARMS = 4
COUNTS = frozenset(spec.name for spec in SERIES if spec.counts)


@dataclass(frozen=True)
class View:
    """What is chosen; whatever is left out is chosen by the figure from what the scenario asks.

    Parameters
    ----------
    outcomes, accounts, arms
        Names, in the order in which they are shown.
    against
        The arm that is subtracted.
    date
        Month of a session, such as `1995-03`.
    run
        Replication (or draw) whose luck is shown, counted from 0.
    """

    outcomes: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    arms: tuple[str, ...] = ()
    against: str = ""
    date: str = ""
    run: int = 0

    @property
    def chosen(self) -> tuple[str, ...]:
        """Names of what was chosen, in the order of the fields."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name) != one.default)


USUAL = View()


def chosen_accounts(tables: FigureTables, view: View, most: int = MOST_PANELS) -> tuple[str, ...]:
    """Return the accounts to show: those that were named, else the first ones.

    Raises
    ------
    DesignError
        If there is no such account.
    """
    check_known("--account", "account", view.accounts, list(tables.accounts))
    return view.accounts or tuple(tables.accounts)[:most]


def chosen_arms(tables: FigureTables, view: View, most: int = MOST_ARMS) -> tuple[str, ...]:
    """Return the arms to show, the reference first; of many that nobody named those of the contrast.

    Raises
    ------
    DesignError
        If there is no such arm.
    """
    _check_arms(tables, view)
    if view.arms:
        return view.arms
    arms, asked = tables.batch.arms, tables.batch.asked
    if len(arms) > most:
        arms = tuple(arm for arm in arms if arm in {*asked.contrast, asked.reference})
    return tuple(sorted(arms, key=lambda arm: arm != asked.reference))


def chosen_pair(tables: FigureTables, view: View) -> tuple[str, str]:
    """Return the arm whose effect is shown and the arm that is subtracted.

    Raises
    ------
    DesignError
        If an arm is unknown or both are the same.
    """
    _check_arms(tables, view)
    first, second = tables.batch.asked.contrast
    if len(view.arms) > 1 and not view.against:
        first, second = view.arms[:2]
    elif view.arms:
        first = view.arms[0]
        second = second if second != first else tables.batch.asked.reference
    second = view.against or second
    if first == second and not view.arms:
        first = next(arm for arm in tables.batch.arms if arm != second)
    if first == second:
        raise DesignError([_with_itself(tables, first)])
    return first, second


def chosen_against(tables: FigureTables, view: View) -> tuple[tuple[str, ...], str]:
    """Return the arms whose effects are shown, all others unless some were named, and the arm that is subtracted.

    Raises
    ------
    DesignError
        If an arm is unknown, or the one that was named is the one that is subtracted.
    """
    _check_arms(tables, view)
    against = view.against or tables.batch.asked.reference
    arms = tuple(arm for arm in view.arms or tables.batch.arms if arm != against)
    if not arms:
        raise DesignError([_with_itself(tables, against)])
    return arms, against


def _with_itself(tables: FigureTables, arm: str) -> Problem:
    """Return what is said of an arm that is to be compared with itself."""
    others = ", ".join(other for other in tables.batch.arms if other != arm)
    return Problem("--against", "an arm cannot be compared with itself", arm, f"one of {others}")


def _check_arms(tables: FigureTables, view: View) -> None:
    """Refuse arms that have no run."""
    for option, names in (("--arm", view.arms), ("--against", (view.against,) if view.against else ())):
        check_known(option, "arm", names, list(tables.batch.arms))


def joined(parts: Sequence[pd.DataFrame], kind: str) -> pd.DataFrame:
    """Return the parts of a tidy table as one.

    Raises
    ------
    DesignError
        If there is none, since no run of what was chosen was done.
    """
    import pandas as pd

    if not parts:
        what = "no run of the arms and accounts that were chosen was done"
        raise DesignError([Problem(f"--kind {kind}", what, fix="choose others, or see: demarche results show RESULTS")])
    return pd.concat(parts, ignore_index=True)


def chosen_outcomes(tables: FigureTables, view: View, most: int = MOST_PANELS) -> tuple[str, ...]:
    """Return the outcomes to show that have a number: those that were named, else the first of the scenario.

    Raises
    ------
    DesignError
        If there is no such outcome, or one that was named has no number in this period.
    """
    known = tables.batch.outcomes
    _check_outcomes(view.outcomes, known)
    missing = tables.batch.without_number(view.outcomes)
    if missing:
        raise DesignError([Problem("--outcome", why, fix="choose another outcome") for why in missing.values()])
    shown = [name for name in tables.batch.shown if name not in tables.batch.without_number(tables.batch.shown)]
    return view.outcomes or tuple(shown[:most])


def chosen_series(tables: FigureTables, view: View, usual: Sequence[str]) -> tuple[str, ...]:
    """Return the outcomes or series to show over time: those that were named, else the first of some that is kept.

    Raises
    ------
    DesignError
        If a series is unknown, or was not kept.
    """
    there = [str(name) for name in tables.series.columns if name not in ("run", "step")]
    _check_outcomes(view.outcomes, [*OUTCOMES, *there])
    if not view.outcomes:
        return tuple(name for name in usual if series_of(name) in there)[:1]
    lost = [name for name in view.outcomes if series_of(name) not in there]
    if lost:
        fix = "set 'record: {series: true}' in the experiment and run it again"
        raise DesignError([Problem("--outcome", f"these results do not hold the months of '{name}'", fix=fix)
                           for name in lost])  # fmt: skip
    return view.outcomes


def series_of(name: str) -> str:
    """Return the series on which an outcome rests; a series is its own."""
    return OUTCOMES[name].series if name in OUTCOMES else name


def _check_outcomes(names: Sequence[str], known: Sequence[str]) -> None:
    """Refuse unknown outcomes; a title that was meant counts as a near name."""
    titles = {title_of(name).casefold(): name for name in known}
    problems = [
        Problem("--outcome", "unknown outcome", name, _some(known),
                closest(name, known) or titles.get(closest(name.casefold(), titles), ""))
        for name in names if name not in known
    ]  # fmt: skip
    if problems:
        raise DesignError(problems)


def _some(names: Sequence[str], most: int = 12) -> str:
    """Return the first names of a list in words."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def step_of(tables: FigureTables, date: str) -> int:
    """Return the step of a month.

    Raises
    ------
    DesignError
        If it is no month or lies outside the period.
    """
    expected = f"a month from {tables.start} to {tables.start.plus(tables.n_steps - 1)}"
    try:
        step = tables.start.steps_to(Month.parse(date))
    except ValueError as error:
        raise DesignError([Problem("--date", str(error), expected=expected)]) from error
    if not 0 <= step < tables.n_steps:
        raise DesignError([Problem("--date", "the month lies outside the period", date, expected)])
    return step


def only(tables: FigureTables, accounts: Sequence[str], arms: Sequence[str]) -> FigureTables:
    """Return the tables of some accounts and arms."""
    runs, outcomes = (
        frame[frame["account"].isin(list(accounts)) & frame["arm"].isin(list(arms))]
        for frame in (tables.runs, tables.outcomes)
    )
    pick: Mapping[str, Mapping[str, str]] = {
        "arms": {name: tables.arms[name] for name in arms},
        "accounts": {name: tables.accounts[name] for name in accounts},
    }
    return replace(tables, runs=runs, outcomes=outcomes, asked=tables.asked.among(tuple(arms)), **pick)  # type: ignore[arg-type]
