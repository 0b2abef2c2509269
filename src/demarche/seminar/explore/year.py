"""From a curve to what happened: the events of a year in the first pair of worlds, and why one of them came about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from demarche.analysis.why.answer import Asked as Question
from demarche.analysis.why.answer import answer
from demarche.analysis.why.case import Case
from demarche.analysis.why.told import Told
from demarche.errors import DesignError, Problem
from demarche.seminar.explore.asked import Asked
from demarche.seminar.explore.fan import Explorer
from demarche.seminar.happened import BALLOTS, Happened, happened

FIRST, SECOND = "first", "second"
SIDES = (FIRST, SECOND)
"""Of the two arms of a question."""


@dataclass(frozen=True)
class Year:
    """A year in the first pair of worlds of a question.

    Parameters
    ----------
    year
        Which.
    apart
        Side -> what happened there and not in the other world, ballots first.
    same, ballots
        What happened in both: all but ballots, and ballots that were cast alike.
    """

    year: int
    apart: Mapping[str, tuple[Happened, ...]]
    same: tuple[Happened, ...]
    ballots: tuple[Happened, ...]


def year_of(explorer: Explorer, asked: Asked, text: str) -> Year:
    """Return what happened in a year in the first pair of worlds.

    Raises
    ------
    DesignError
        If the text is no year of the period.
    """
    scenario = explorer.scenario
    period = scenario.period
    known = range(period.start.year, period.end.year + 1)
    if not text.isdecimal() or len(text) > 4 or int(text) not in known:
        raise DesignError([Problem("year", "this is no year of the period", text[:20], f"{known[0]} to {known[-1]}")])
    steps = [step for step in range(period.n_steps) if period.month(step).year == int(text)]
    setup, runs = explorer.table(asked, 1)
    first, second = (happened(scenario, setup, runs.take(np.array([row])), steps) for row in (0, 1))
    mine, other = Counter(first), Counter(second)
    apart = {FIRST: _ordered(mine - other), SECOND: _ordered(other - mine)}
    both = _ordered(mine & other)
    same, ballots = (tuple(one for one in both if (one.kind in BALLOTS) is cast) for cast in (False, True))
    return Year(int(text), apart, same, ballots)


def _ordered(found: Counter[Happened]) -> tuple[Happened, ...]:
    return tuple(sorted(found, key=lambda one: (one.kind not in BALLOTS, one.month, one.kind, one.who)))


def why_of(explorer: Explorer, asked: Asked, side: str, event: Mapping[str, str]) -> Told:
    """Return why something happened in the first world of an arm: choice and chances, rules, passages.

    Parameters
    ----------
    explorer, asked
        The question whose worlds they are.
    side
        `first` or `second`: of which arm.
    event
        `kind`, `actor`, `about` and `month`, as `Happened.query` says them.

    Raises
    ------
    DesignError
        If there is no such thing.
    """
    if side not in SIDES:
        raise DesignError([Problem("side", "there is no such arm", side[:20], ", ".join(SIDES))])
    setup, runs = explorer.table(asked, 1)
    scenario = explorer.scenario
    case = Case(setup, runs, SIDES.index(side), scenario.path.name, scenario.aliases)
    kind, actor, about, month = (event.get(name, "") for name in ("kind", "actor", "about", "month"))
    told = answer(case, Question(event=kind, actor=actor, about=about, date=month))
    return replace(told, next_steps=())  # commands would ask a file that is not written
