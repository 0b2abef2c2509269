"""What is asked: a choice, an event or the course of a quantity, with the codes of its row and its months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from demarche.analysis.why.case import Case
from demarche.cast.cast import Cast
from demarche.engine.initial import world_codes
from demarche.errors import DesignError, Problem, check_known
from demarche.world.calendar import Month
from demarche.world.decisions import DECISION_OF, Decision
from demarche.world.fields import FIELDS

ROWS_OF = {"sender": "state"}
"""Axis -> axis that has the same codes in its first rows."""
OPTION = "option:"
SIDES = ("--actor", "--about")


@dataclass(frozen=True)
class Row:
    """One row of a field.

    Parameters
    ----------
    axes, codes
        Axes of the row, without that of options, and the code on each.
    positions
        Position of each code.
    """

    axes: tuple[str, ...]
    codes: tuple[str, ...]
    positions: tuple[int, ...]

    @property
    def by_axis(self) -> dict[str, str]:
        """Axis -> code."""
        return dict(zip(self.axes, self.codes, strict=True))


def month_step(case: Case, text: str, option: str) -> int:
    """Return the step of a month.

    Raises
    ------
    DesignError
        If it is no month or lies outside the period.
    """
    period = case.setup.period
    expected = f"a month from {period.start} to {period.end}"
    try:
        step = period.start.steps_to(Month.parse(text.strip()))
    except ValueError as error:
        raise DesignError([Problem(option, str(error), expected=expected)]) from error
    if not 0 <= step < period.n_steps:
        raise DesignError([Problem(option, "the month lies outside the period", found=text, expected=expected)])
    return step


def asked_decision(name: str) -> Decision:
    """Return a decision by its name, in any case.

    Raises
    ------
    DesignError
        If there is none; says which was probably meant.
    """
    name = name.strip().lower().replace("-", "_")
    check_known("--decision", "decision", [name], list(DECISION_OF))
    return DECISION_OF[name]


def check_due(case: Case, decision: Decision, step: int) -> None:
    """Refuse a month in which a decision is not taken.

    Raises
    ------
    DesignError
        Naming the nearest months in which it is.
    """
    calendar, period = case.setup.arms[case.arm].calendar, case.setup.period
    if calendar.is_due(decision.when, step):
        return
    due = [other for other in range(period.n_steps) if calendar.is_due(decision.when, other)]
    near = sorted(sorted(due, key=lambda other: abs(other - step))[:3])
    months = ", ".join(str(period.month(other)) for other in near) or "none in this period"
    what = f"'{decision.name}' is not decided in {period.month(step)}"
    raise DesignError([Problem("--date", what, expected=months, fix="choose one of these months")])


def asked_stock(name: str) -> str:
    """Return the field of a stock or memory, whose course can be followed.

    Raises
    ------
    DesignError
        If there is none.
    """
    name = name.strip().lower().replace("-", "_")
    check_known("--stock", "stock", [name], [one.name for one in FIELDS.values() if one.kind in ("stock", "memory")])
    return name


def asked_row(case: Case, axes: Sequence[str], given: Sequence[str]) -> Row:
    """Return the row that a user means on some axes.

    Parameters
    ----------
    case
        The run.
    axes
        Axes that have a code each.
    given
        What was given as actor and as whom or what it is about; empty where nothing was.

    Raises
    ------
    DesignError
        If a code is missing, unknown or more than there is room for.
    """
    members_of = {axis: members(codes_of(case), axis) for axis in axes}
    codes, problems = [], []
    for axis, option, text in zip(axes, SIDES, (*given, "", ""), strict=False):
        listed = members_of[axis]
        if not listed:
            problems.append(Problem(option, f"this case has no {axis}", fix="ask about something else"))
        elif not text and len(listed) == 1:
            codes.append(listed[0])
        elif not text:
            what = f"say which {axis}: there is one value for each"
            problems.append(Problem(option, what, fix=f"for example {option} {listed[0]}"))
        else:
            codes.append(case.code(text, listed, option))
    for option, text in list(zip(SIDES, given, strict=False))[len(axes) :]:
        if text:
            problems.append(Problem(option, "there is no such side here", found=text, fix=f"leave {option} out"))
    if problems:
        raise DesignError(problems)
    places = tuple(members_of[axis].index(code) for axis, code in zip(axes, codes, strict=True))
    return Row(tuple(axes), tuple(codes), places)


def members(known: Mapping[str, tuple[str, ...]], axis: str) -> tuple[str, ...]:
    """Return the codes of an axis, or the options of a decision where it has those; none if there are none."""
    if axis.startswith(OPTION):
        return DECISION_OF[axis.removeprefix(OPTION)].options
    return known.get(axis, ())


def codes_of(case: Case) -> Mapping[str, tuple[str, ...]]:
    """Return the codes of every axis of the world of a case."""
    return _codes(case.setup.cast)


@lru_cache(maxsize=4)
def _codes(cast: Cast) -> dict[str, tuple[str, ...]]:
    return world_codes(cast)
