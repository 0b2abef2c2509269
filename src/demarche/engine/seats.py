"""Seats: choices that a person, a policy or a file of moves makes instead of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.engine.deciding import Choice, may_decide
from demarche.engine.setup import ArmSetup, Move
from demarche.errors import DesignError, Problem, closest
from demarche.world.decisions import Decision
from demarche.world.world import World

Runs = NDArray[np.intp] | slice
ALL_RUNS = slice(None)


@dataclass(frozen=True)
class Idle:
    """A bound choice for which there was no occasion: the seat was not asked in that step.

    Parameters
    ----------
    step, decision, actors
        When, what and who.
    runs
        Positions of the runs of the chunk in which the seat was not asked.
    """

    step: int
    decision: str
    actors: tuple[str, ...]
    runs: tuple[int, ...]


@dataclass
class Seats:
    """Bound choices of a chunk: the moves of its arms, and those that are bound while it runs.

    Parameters
    ----------
    arms, arm_of_run
        Arms of the chunk, and the position among them of each run `(n_runs,)`.
    """

    arms: Sequence[ArmSetup]
    arm_of_run: NDArray[np.intp]
    idle: list[Idle] = field(default_factory=list)
    _bound: dict[str, list[tuple[Move, Runs]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._moves: dict[tuple[str, int], list[tuple[Move, Runs]]] = {}
        for position, arm in enumerate(self.arms):
            runs = np.flatnonzero(self.arm_of_run == position)
            for move in arm.moves:
                self._moves.setdefault((move.decision, move.step), []).append((move, runs))

    def bind(self, decision: str, option: str, *actors: str, runs: Runs = ALL_RUNS) -> None:
        """Bind a choice the next time that the decision is taken; a later binding of the same seat wins.

        Parameters
        ----------
        decision, option
            What is decided, and how.
        actors
            Codes of those who decide it, one an axis of the decision.
        runs
            Positions of runs of the chunk.
        """
        self._bound.setdefault(decision, []).append((Move(-1, decision, option, actors), runs))

    def take_over(self, other: Seats, rows: NDArray[np.intp]) -> None:
        """Take over what is bound for later and what found no occasion, of some runs of another chunk in that order.

        Moves are not taken over: they belong to the arm that a run goes on in.
        """
        self._bound, self.idle = {}, other.idle_in(rows)
        for decision, bound in other._bound.items():
            for move, runs in bound:
                theirs = np.arange(len(other.arm_of_run))[runs]
                self._bound.setdefault(decision, []).append((move, np.flatnonzero(np.isin(rows, theirs))))

    def idle_in(self, rows: NDArray[np.intp]) -> list[Idle]:
        """Return the bound choices that found no occasion in some runs, whose positions are those in `rows`."""
        here = [(one, np.flatnonzero(np.isin(rows, one.runs))) for one in self.idle]
        return [replace(one, runs=tuple(place.tolist())) for one, place in here if len(place)]

    def __call__(self, decision: Decision, world: World, step: int) -> bool:
        """Write the bindings of a decision into its binding field; tell whether there were any."""
        due = [*self._moves.get((decision.name, step), ()), *self._bound.pop(decision.name, ())]
        for move, runs in due:
            self._hold(decision, world, step, move, runs)
        return bool(due)

    def _hold(self, decision: Decision, world: World, step: int, move: Move, runs: Runs) -> None:
        held: Choice = world[f"{decision.name}_held"]
        cell, option = locate(decision, world, move.option, move.actors)
        seat = cell[-len(decision.axes) :]
        here = np.arange(world.n_runs)[runs]
        asked = may_decide(decision, world)[seat][here]
        if not asked.all():
            self.idle.append(Idle(step, decision.name, move.actors, tuple(here[~asked].tolist())))
        place: tuple[Any, ...] = (*cell, here[asked])
        held[place] = option


def locate(decision: Decision, world: World, option: str, actors: Sequence[str]) -> tuple[tuple[int, ...], int]:
    """Return the cell of a seat in the choice field, without the run axis, and the code of an option.

    Raises
    ------
    DesignError
        If an actor or the option is unknown; says which was probably meant.
    """
    problems = []
    if len(actors) != len(decision.axes):
        expected = f"one code for each of {', '.join(decision.axes)}"
        problems.append(Problem(decision.name, "the seat is not named", found=", ".join(actors), expected=expected))
    cell: list[int] = []
    for axis, code in zip(decision.axes, actors, strict=False):
        if code not in world.codes[axis]:
            near = closest(code, world.codes[axis])
            problems.append(Problem(decision.name, f"no {axis} has the code '{code}'", did_you_mean=near))
        else:
            cell.append(world.codes[axis].index(code))
    if option not in decision.options:
        expected, near = ", ".join(decision.options), closest(option, decision.options)
        problems.append(Problem(decision.name, f"'{option}' is not an option", expected=expected, did_you_mean=near))
    if problems:
        raise DesignError(problems)
    position = decision.index(option)
    if decision.takes_some and len(decision.axes) == 1:
        return (position, *cell), 1
    return tuple(cell), position
