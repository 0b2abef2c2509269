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
from demarche.engine.initial import world_codes
from demarche.engine.recorder import EventTable, Recorder, detail_label, join_events
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import padded
from demarche.engine.simulation import Simulation
from demarche.engine.variables import EVENT_KINDS
from demarche.errors import DesignError, Problem
from demarche.scenario.content import Scenario
from demarche.scenario.shown import shown_name
from demarche.seminar.explore.asked import Asked
from demarche.seminar.explore.fan import Explorer

FIRST, SECOND = "first", "second"
SIDES = (FIRST, SECOND)
"""Of the two arms of a question."""

BALLOTS = ("vote_no_action", "vote_text")


@dataclass(frozen=True)
class Happened:
    """One thing that happened in a world.

    Parameters
    ----------
    month
        When.
    kind, detail
        What, as the table of events has it.
    actor, about
        Codes of whom it is, and of whom or what it is about; empty for none.
    who
        Both in words.
    """

    month: str
    kind: str
    detail: str
    actor: str
    about: str
    who: str

    @property
    def query(self) -> Mapping[str, str]:
        """What the address of its reasons says of it."""
        return {"kind": self.kind, "actor": self.actor, "about": self.about, "month": self.month}


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
    first, second = (_happened(scenario, setup, runs.take(np.array([row])), steps) for row in (0, 1))
    mine, other = Counter(first), Counter(second)
    apart = {FIRST: _ordered(mine - other), SECOND: _ordered(other - mine)}
    both = _ordered(mine & other)
    same, ballots = (tuple(one for one in both if (one.kind in BALLOTS) is cast) for cast in (False, True))
    return Year(int(text), apart, same, ballots)


def _happened(scenario: Scenario, setup: Setup, runs: Runs, steps: list[int]) -> list[Happened]:
    recorder = Recorder(world_codes(scenario.cast), scenario.period.n_steps, 1)
    simulation = Simulation(setup, padded(runs), recorder=recorder)
    while simulation.step <= steps[-1]:
        simulation.advance()
    table = join_events(recorder.parts)
    rows = np.flatnonzero((table.step >= steps[0]) & (table.step <= steps[-1]) & (table.run == 0))
    return [_row(scenario, recorder, table, row) for row in rows.tolist()]


def _row(scenario: Scenario, recorder: Recorder, table: EventTable, row: int) -> Happened:
    number = int(table.kind[row])
    kind = EVENT_KINDS[number]
    places = [int(table.actor[row]), int(table.about[row])]
    codes = [recorder.codes[axis][place] if place >= 0 else "" for axis, place in zip(kind.axes, places, strict=False)]
    actor, about = (*codes, "", "")[:2]
    names = dict(zip(scenario.cast.state_codes, scenario.cast.state_names, strict=True)) | dict(scenario.aliases)
    who = ", ".join(names.get(code) or shown_name(code, scenario.aliases) for code in (actor, about) if code)
    month = str(scenario.period.month(int(table.step[row])))
    return Happened(month, kind.kind, detail_label(number, int(table.detail[row])), actor, about, who)


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
