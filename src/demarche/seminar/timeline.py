"""Rounds and their closings: which months pass when a class closes a year, and when it closes a session."""

from __future__ import annotations

from dataclasses import dataclass

from demarche.errors import Problem, ScenarioError
from demarche.scenario.compile import arm_calendar
from demarche.scenario.content import Arm, Scenario
from demarche.scenario.seminar.acts import Closing
from demarche.scenario.seminar.declared import Seminar

CLASS = "class"
"""Name of the arm that a room writes."""

NOBODY = "nobody"
"""Name of the arm in which nobody sits: the twin."""


@dataclass(frozen=True)
class Stage:
    """What lies between two closings of a room.

    Parameters
    ----------
    round
        Number of the round, from 1 on.
    closing
        `year`: conduct up to the month before the session; `session`: ballots in its month.
    first, last
        First and last step.
    year
        Year of the session.
    """

    round: int
    closing: Closing
    first: int
    last: int
    year: int


def need_seminar(scenario: Scenario) -> Seminar:
    """Return the class game of a scenario.

    Raises
    ------
    ScenarioError
        If it has none.
    """
    if scenario.seminar is None:
        fix = "add a block 'seminar' with rounds and seats, see the guide"
        raise ScenarioError([Problem(str(scenario.path), "the scenario has no seminar", fix=fix)])
    return scenario.seminar


def months_before(scenario: Scenario) -> range:
    """Return the steps that lie before the first round; the rules play them, and a class is told of them."""
    return range(stages_of(scenario)[0].first)


def stages_of(scenario: Scenario) -> tuple[Stage, ...]:
    """Return the stages of the rounds that a class plays, in order: of each round the year, then the session.

    Raises
    ------
    ScenarioError
        If the scenario has no seminar, or no session falls into the years that it names.
    """
    seminar, period = need_seminar(scenario), scenario.period
    sessions = [s for s in arm_calendar(scenario, Arm(CLASS)).steps("session") if 0 <= s < period.n_steps]
    stages: list[Stage] = []
    number, before = 0, 0
    for session in sessions:
        year = period.month(session).year
        if seminar.first <= year <= seminar.last:
            number += 1
            if before < session:
                stages.append(Stage(number, "year", before, session - 1, year))
            stages.append(Stage(number, "session", session, session, year))
        before = session + 1
    if not stages:
        found = f"{seminar.first} to {seminar.last}"
        what, fix = "no session falls into the years that a class plays", "choose other years under seminar.rounds"
        raise ScenarioError([Problem(f"{scenario.path}: seminar.rounds", what, found=found, fix=fix)])
    return tuple(stages)
