"""What if a seat had done otherwise: one of its moves changed, the rest of the class and all luck the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from demarche.analysis.comparison.intervals import estimate
from demarche.analysis.comparison.shown import side_of
from demarche.arrays import Array
from demarche.engine.initial import world_codes
from demarche.engine.recorder import Recorder
from demarche.engine.setup import Runs
from demarche.engine.simulate import padded
from demarche.engine.simulation import Simulation
from demarche.engine.variables import OUTCOMES
from demarche.errors import DesignError, Problem, closest
from demarche.experiment.design.seeds import replication_seed
from demarche.figures.titles import title_of
from demarche.scenario.compile import compile_arm, compile_scenario
from demarche.scenario.content import Arm
from demarche.scenario.seminar.acts import Act
from demarche.seminar.debrief import Line, asked_outcomes
from demarche.seminar.orders import LEAVE, Order
from demarche.seminar.room import Room
from demarche.seminar.timeline import CLASS, Stage

PAIRS = 100
"""Pairs of worlds of an answer; the first of them is the room's own."""


@dataclass(frozen=True)
class Instead:
    """A question of a seat.

    Parameters
    ----------
    seat
        Name of the seat, whose own move it is.
    place
        Position of the stage in which the move was made.
    act, option
        The act, and what it had been instead; empty for leaving it to the ministry.
    """

    seat: str
    place: int
    act: str
    option: str


@dataclass(frozen=True)
class Choice:
    """A move that a seat may ask about.

    Parameters
    ----------
    place
        Position of its stage.
    stage, act
        The stage and the act.
    given
        What the seat did; None if it left it to the ministry.
    options
        What it might have done instead; the empty one is leaving it to the ministry.
    """

    place: int
    stage: Stage
    act: Act
    given: Order | None
    options: tuple[str, ...]

    @property
    def key(self) -> str:
        """The choice as the value of a field."""
        return f"{self.place}.{self.act.name}"


def choices_of(room: Room, seat: str) -> list[Choice]:
    """Return the moves that a seat had, in order; without a target it cannot ask for an act that names somebody."""
    found = []
    for place, (stage, orders) in enumerate(room.stages_closed()):
        given = {order.act: order for order in orders if order.seat == seat}
        for legal in room.rulebook.legal(room.seat(seat), stage):
            mine = given.get(legal.act.name)
            now = mine.option if mine else LEAVE
            named = not legal.act.target or (mine is not None and bool(mine.targets))
            options = tuple(one for one in (LEAVE, *legal.options) if one != now and (named or one == LEAVE))
            if options:
                found.append(Choice(place, stage, legal.act, mine, options))
    return found


def check(room: Room, asked: Instead) -> Choice:
    """Return the move that a question is about.

    Raises
    ------
    DesignError
        If the seat had no such move, or might not have done so, or the debrief does not tell yet.
    """
    if not room.state.opened:
        raise DesignError([Problem("instead", "the seal is closed; this is asked in the debrief")])
    known = {one.key: one for one in choices_of(room, asked.seat)}
    key = f"{asked.place}.{asked.act}"
    if key not in known:
        raise DesignError([Problem("instead", "this was no move of your seat", key[:40])])
    if asked.option not in known[key].options:
        near = closest(asked.option, known[key].options)
        what = "this could not have been done instead, or it is what you did"
        raise DesignError([Problem("instead", what, asked.option[:40], did_you_mean=near)])
    return known[key]


class Alternatives:
    """Answers questions of seats in pairs of worlds under the room's account, at its medians.

    Parameters
    ----------
    room
        After its last round; its moves are kept to the end of the period, as in the debrief.
    pairs
        Pairs of worlds.
    """

    def __init__(self, room: Room, pairs: int = PAIRS) -> None:
        self.room, self.pairs = room, pairs
        self._plain = compile_scenario(room.scenario)
        self._class: Mapping[str, Array] | None = None

    def answer(self, asked: Instead, stopped: Callable[[], bool] = lambda: False) -> tuple[Line, ...] | None:
        """Return what would have been different: the class with the other move minus the class as it was.

        Parameters
        ----------
        asked
            A question that `check` let pass.
        stopped
            Tells whether nobody waits any more, looked at every month.

        Returns
        -------
        tuple of Line
            One an outcome; None if it was stopped.
        """
        if self._class is None:
            self._class = self._outcomes(self.arm(None), stopped)
        other = None if self._class is None else self._outcomes(self.arm(asked), stopped)
        if self._class is None or other is None:
            return None
        return tuple(self._lines(other, self._class))

    def arm(self, asked: Instead | None) -> Arm:
        """Return the arm of the class, with the move changed that is asked about."""
        closed = []
        for place, (stage, orders) in enumerate(self.room.stages_closed()):
            closed.append((stage, list(orders) if asked is None or place != asked.place else _changed(orders, asked)))
        return self.room.rulebook.arm(closed, keep=True)

    def _outcomes(self, arm: Arm, stopped: Callable[[], bool]) -> Mapping[str, Array] | None:
        room, n_steps = self.room, self.room.scenario.period.n_steps
        setup = dataclasses.replace(self._plain, arms={CLASS: compile_arm(room.scenario, arm)})
        seeds = [replication_seed(room.state.seed, number) for number in range(self.pairs)]
        runs = Runs([CLASS] * self.pairs, [room.state.account] * self.pairs, seeds)
        recorder = Recorder(world_codes(room.scenario.cast), n_steps, self.pairs, events=False, all_series=False)
        simulation = Simulation(setup, padded(runs), recorder=recorder)
        while simulation.step < n_steps:
            if stopped():
                return None
            simulation.advance()
        return recorder.outcomes()

    def _lines(self, other: Mapping[str, Array], mine: Mapping[str, Array]) -> Iterator[Line]:
        for name in asked_outcomes(self.room):
            gaps = other[name] - mine[name]
            known, unit = gaps[gaps == gaps], OUTCOMES[name].unit
            if len(known) > 1:
                found = estimate(known)
                side = side_of(found.low, found.high, unit)
                yield Line(name, title_of(name), unit, self.room.state.account, found.mean, found.low, found.high, side,
                           float(gaps[0]) if gaps[0] == gaps[0] else None)  # fmt: skip


def _changed(orders: tuple[Order, ...], asked: Instead) -> list[Order]:
    """Return the orders of a stage with one changed in its place, or added, or left out."""
    key, found, done = (asked.seat, asked.act), [], False
    for order in orders:
        if (order.seat, order.act) != key:
            found.append(order)
        else:
            done = True
            if asked.option != LEAVE:
                found.append(dataclasses.replace(order, option=asked.option))
    if not done and asked.option != LEAVE:
        found.append(Order(*key, asked.option))
    return sorted(found, key=lambda one: (one.seat, one.act))
